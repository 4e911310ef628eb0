"""A room that writes, shares and votes without a pause, for whoever breaks something under it; no bench by itself."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from workshop.model import KINDS, new_id
from workshop.rehearse.browser import Cookies, join
from workshop.rehearse.client import Console, Journal, Phone
from workshop.rehearse.crowd import bounded
from workshop.rehearse.desk import Desk
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

ARRIVING = 16  # phones that join at once
TOPICS = 8  # ideas in each of the themes that are shared and voted on
IDEAS, EXPERIENCES = 40, 3  # of one phone at most; then it edits what it has
WORDS = ("repair", "återbruk", "修理", "leasing", "spare-parts", "é́", "👩‍👩‍👧", "five-year", "lifecycle", "'quoted'", '"and"', "<b>")
THEMES = ("Written", "Shared", "Voted on")


@dataclass(frozen=True)
class Venue:
    """A session with a theme for each part of the storm, and the cookies of its facilitator."""

    code: str
    written: str
    shared: str
    voted: str
    facilitator: Cookies


def prepare(data: Path) -> Venue:
    """A new session in the data folder, which is made; not to be called inside an event loop."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Desk(data) as desk:
        event = desk.organize.create_event(EventPlan("Storm"))
        plan = SessionPlan("Storm", themes=tuple(ThemeLine(title) for title in THEMES), method="agree")
        session = desk.organize.create_session(event.id, plan)
        _, themes = desk.organize.session(session.id)
        return Venue(session.code, *(theme.id for theme in themes), desk.facilitator())


@dataclass
class Person:
    """A phone and what it has sent: ids of its ideas, and ids of its experiences with what they are on."""

    phone: Phone
    ideas: list[str] = field(default_factory=list)
    experiences: dict[str, str] = field(default_factory=dict)


class Storm:
    """Phones at work.

    Args:
        journal: where everything sent and answered is noted.
        chance: where all chance comes from.
        pace: seconds between two commands of a phone, on average.

    ``people`` are those who are in.
    """

    def __init__(self, url: str, venue: Venue, journal: Journal, chance: random.Random, pace: float = 1.0) -> None:
        self._url, self._venue, self._journal, self._chance, self._pace = url, venue, journal, chance, pace
        self._topics: dict[str, list[str]] = {venue.shared: [], venue.voted: []}
        self._stops = False
        self._now = asyncio.Event()
        self._said = 0
        self.people: list[Person] = []

    @property
    def phones(self) -> list[Phone]:
        """The phones of all who are in."""
        return [person.phone for person in self.people]

    def rush(self) -> None:
        """Let everybody who waits send a command now."""
        self._now.set()
        self._now = asyncio.Event()

    @contextlib.asynccontextmanager
    async def blowing(self, phones: int) -> AsyncIterator[None]:
        """Everybody joins; the storm goes on inside, and at the end every command is answered.

        Raises:
            workshop.rehearse.client.Refused, TimeoutError: somebody was forgotten or refused, or not answered.
        """
        try:
            await self._gather(phones)
            async with asyncio.TaskGroup() as group:
                for person in self.people:
                    group.create_task(self._go_on(person))
                try:
                    yield
                finally:
                    self._stops = True
                    self.rush()
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None  # the others failed because this one did
        finally:
            await asyncio.gather(*(phone.close() for phone in self.phones))

    async def _gather(self, phones: int) -> None:
        async with Console(self._url, self._venue.code, self._venue.facilitator) as console:
            await console.do("hold.set", {"hold": False})
            await console.do("phase.set", {"phase": "write"})
            await bounded(ARRIVING, range(phones), self._arrive)
            await self._write_topics()
            await console.do("phase.set", {"phase": "share", "theme": self._venue.shared})
            await console.do("phase.set", {"phase": "vote", "theme": self._venue.voted})

    async def _arrive(self, number: int) -> None:
        cookies = await join(self._url, self._venue.code, name=f"Phone {number + 1}", quote="anonymous")
        phone = await Phone(self._url, self._venue.code, cookies, journal=self._journal).open()
        self.people.append(Person(phone))
        await phone.do("me.put", {"name": f"Phone {number + 1}", "quote": "organisation"})  # now the journal knows who is here

    async def _write_topics(self) -> None:
        for theme, topics in self._topics.items():
            for number in range(TOPICS):
                topics.append(new_id())
                phone = self.phones[number % len(self.people)]
                await phone.do("idea.put", {"idea": topics[-1], "theme": theme, "title": self._text(), "detail": ""})

    # -- one phone -------------------------------------------------------------------------------

    async def _go_on(self, person: Person) -> None:
        parts = (self._write, self._write, self._take_back, self._share, self._share, self._unshare, self._vote, self._vote, self._vote)
        while not self._stops:
            await self._chance.choice(parts)(person)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), self._chance.uniform(0, 2 * self._pace))

    async def _write(self, person: Person) -> None:
        fresh = len(person.ideas) < IDEAS and (not person.ideas or self._chance.random() < 0.6)
        idea = new_id() if fresh else self._chance.choice(person.ideas)
        person.ideas.extend([idea] if fresh else [])
        await person.phone.do("idea.put", {"idea": idea, "theme": self._venue.written, "title": self._text(), "detail": self._text(9)})

    async def _take_back(self, person: Person) -> None:
        if person.ideas:
            body = {"idea": self._chance.choice(person.ideas), "withdrawn": self._chance.random() < 0.5}
            await person.phone.do("idea.withdraw", body)

    async def _share(self, person: Person) -> None:
        fresh = len(person.experiences) < EXPERIENCES
        experience = new_id() if fresh else self._chance.choice(list(person.experiences))
        idea = person.experiences.setdefault(experience, self._chance.choice(self._topics[self._venue.shared]))
        body = {"experience": experience, "idea": idea, "kind": self._chance.choice(KINDS), "text": self._text(5)}
        await person.phone.do("experience.put", body)

    async def _unshare(self, person: Person) -> None:
        if person.experiences:
            body = {"experience": self._chance.choice(list(person.experiences)), "withdrawn": self._chance.random() < 0.5}
            await person.phone.do("experience.withdraw", body)

    async def _vote(self, person: Person) -> None:
        topics = self._topics[self._venue.voted]
        choices = {idea: self._chance.choice((-1, 0, 1)) for idea in self._chance.sample(topics, self._chance.randint(1, len(topics)))}
        await person.phone.do("ballot.put", {"theme": self._venue.voted, "round": 1, "choices": choices})

    def _text(self, words: int = 3) -> str:
        """A text that comes once: what is stored twice, or under another id, shows."""
        self._said += 1
        return f"{' '.join(self._chance.choices(WORDS, k=words))} {self._said}"
