"""``rehearse CODE``: a room full of simulated participants, from lobby to reveal, on a running server.

Everybody uses the doors that people use: the join page and a socket. What the server said is
stored is looked up in its database afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from workshop import errors
from workshop.config import Settings
from workshop.errors import N_
from workshop.model import Record, new_id
from workshop.rehearse import check, opinions
from workshop.rehearse.browser import Browser, Cookies, enter
from workshop.rehearse.client import Console, Journal, Phone, Refused, Screen, join
from workshop.rehearse.desk import Desk
from workshop.rehearse.report import Progress
from workshop.rehearse.script import Script, is_rehearsed

# Seconds over which a room's taps are spread in each phase, at pace 1.
LOBBY, WRITE, SHARE, VOTE = 10.0, 22.0, 18.0, 14.0
SETTLE = 20.0  # seconds to wait for what the screen has not shown yet
SECOND_IDEA, LATE_IDEA, SECOND_EXPERIENCE = 0.4, 0.15, 0.4  # how many do it, of one
BALLOT_STEPS = 3  # a ballot is sent as often while it is being filled in


class RealPeople(errors.WorkshopError, code="real_people", status=409):
    """The session has participants who are not simulated."""

    message = N_("Session %(code)s already has participants. Copy the session and rehearse the copy.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to rehearse; ``pace`` stretches (above 1) or shortens all waiting, 0 leaves it out."""

    code: str
    participants: int
    url: str
    pace: float = 1.0

    @classmethod
    def of(cls, args: argparse.Namespace, settings: Settings) -> Plan:
        """The plan on the command line; the address is this computer's own unless given."""
        url = getattr(args, "url", None) or f"http://127.0.0.1:{settings.port}"
        return cls(args.code, args.participants, url, getattr(args, "pace", 1.0))


@dataclass
class Seen:
    """What a rehearsal has seen from outside the server. Times are seconds; ``shown`` and ``shared`` monotonic."""

    joins: list[float] = field(default_factory=list)
    refused: int = 0
    people: set[str] = field(default_factory=set)
    journal: Journal = field(default_factory=Journal)
    shown: dict[str, float] = field(default_factory=dict)
    shared: float = 0.0

    def on_screen(self, key: str) -> None:
        """Note when the screen first had the key."""
        self.shown.setdefault(key, time.monotonic())

    def taps(self) -> dict[str, float]:
        """The key on the screen, and when it was sent, of everything put while all could see it."""
        body = {"idea.put": "idea", "experience.put": "experience"}
        stored = {e.id for e in self.journal.acknowledged(*body)}
        return {f"{body[e.command]}/{e.body[body[e.command]]}": e.at
                for e in self.journal.entries
                if e.what == "invoke" and e.id in stored and e.at >= self.shared}


def run(plan: Plan, data: Path) -> int:
    """Rehearse on the running server whose data folder is *data*, and print the table.

    Returns:
        0, or 1 where something acknowledged is lost or something is there twice.

    Raises:
        RealPeople, errors.UnknownCode, Refused: it cannot be rehearsed.
    """
    with Desk(data) as desk:
        before = desk.record(plan.code)
        _refuse_real_people(before)
        cookies = desk.rehearsal(plan.code)
    seen = asyncio.run(Rehearsal(plan, before, cookies).run())
    with Desk(data) as desk:
        found = check.compare(seen, before, desk.record(plan.code))
    print(check.summary(seen, found))
    return 1 if found.lost or found.doubled else 0


def _refuse_real_people(record: Record) -> None:
    if not all(is_rehearsed(who.name) for who in record.participants):
        raise RealPeople(code=record.session.code)


class Rehearsal:
    """One rehearsal on its way.

    Args:
        record: the session as it is before.
        cookies: of the account that plays the facilitator; with them the participants join.
        on_step: called with each part of the day as it begins.
    """

    def __init__(self, plan: Plan, record: Record, cookies: Cookies, on_step: Callable[[str], None] = lambda _step: None) -> None:
        self._plan, self._cookies, self._code = plan, cookies, record.session.code
        self._on_step = on_step
        self._chance = random.Random(record.session.code)
        self._script = Script({theme.id: theme.title for theme in record.themes}, self._chance)
        self._themes = [theme.id for theme in record.themes]
        self._phones: list[Phone] = []
        self._appeal: dict[str, float] = {}
        self.seen = Seen()

    async def run(self) -> Seen:
        """Play the whole session; what was seen."""
        url, code = self._plan.url, self._code
        await self._find_server()
        try:
            async with Console(url, code, self._cookies) as console, Screen(url, code, self._cookies) as screen:
                screen.mirror.on_key = self.seen.on_screen
                await self._play(console, screen)
        finally:
            await asyncio.gather(*(phone.close() for phone in self._phones))
        return self.seen

    async def _find_server(self) -> None:
        async with Browser(self._plan.url) as browser:
            try:
                await browser.get("healthz")
            except (OSError, aiohttp.ClientError) as problem:
                raise Refused(f"No server answers at {self._plan.url}. Start it, or say where it is with --url.") from problem

    async def _play(self, console: Console, screen: Screen) -> None:
        await console.do("hold.set", {"hold": False})  # nobody is there to approve what a crowd writes
        await console.do("phase.set", {"phase": "lobby"})
        await self._arrive()
        await console.do("phase.set", {"phase": "write"})
        await self._together("writing", [self._write(phone) for phone in self._phones])
        await console.do("phase.set", {"phase": "share"})
        self.seen.shared = time.monotonic()
        await self._together("sharing", [self._share(phone) for phone in self._phones])
        await self._all_shown(screen)
        await console.do("phase.set", {"phase": "vote"})
        await self._together("voting", [self._vote(phone) for phone in self._phones])
        await console.do("phase.set", {"phase": "reveal"})
        await screen.until(lambda: all(f"results/{theme}" in screen.state for theme in self._themes))

    # -- the participants' part ------------------------------------------------------------------

    async def _arrive(self) -> None:
        async with Browser(self._plan.url) as browser:
            organisations = (await enter(browser, self._code)).organisations or ("",)
        await self._together("joining", [self._join(number, organisations) for number in range(self._plan.participants)])

    async def _join(self, number: int, organisations: tuple[str, ...]) -> None:
        organisation = organisations[number % len(organisations)]
        quote = self._chance.choice(("name", "organisation", "organisation", "anonymous"))
        name = self._script.name(number + 1)
        await self._linger(LOBBY)
        start = time.monotonic()
        try:
            cookies = await join(self._plan.url, self._code, organisation, name, quote, cookies=self._cookies)
            phone = await Phone(self._plan.url, self._code, cookies, journal=self.seen.journal).open()
        except Refused:
            self.seen.refused += 1
            return
        self.seen.joins.append(time.monotonic() - start)
        self.seen.people.add(phone.state["mine/me"]["id"])
        self._phones.append(phone)

    async def _write(self, phone: Phone) -> None:
        ideas = 2 if self._chance.random() < SECOND_IDEA else 1
        for _ in range(ideas):
            await self._linger(WRITE / 2)
            await self._put_idea(phone)
        await phone.do("done", {"phase": "write", "done": True})

    async def _put_idea(self, phone: Phone) -> None:
        theme = self._chance.choice(self._themes)
        sample = self._script.idea(theme)
        await phone.do("idea.put", {"idea": new_id(), "theme": theme, "title": sample.title, "detail": sample.detail})

    async def _share(self, phone: Phone) -> None:
        await phone.until(lambda: phone.state["session"]["phase"] == "share")
        ideas = [value for key, value in phone.state.items() if key.startswith("idea/")]
        experiences = 2 if self._chance.random() < SECOND_EXPERIENCE else 1
        # Different ideas: a second stance on the same one would take the place of the first.
        for idea in self._chance.sample(ideas, min(experiences, len(ideas))):
            await self._linger(SHARE / 2)
            await self._put_experience(phone, idea)
        if self._chance.random() < LATE_IDEA:
            await self._put_idea(phone)

    async def _put_experience(self, phone: Phone, idea: dict[str, Any]) -> None:
        said = self._script.experience(idea["title"])
        await phone.do("experience.put", {"experience": new_id(), "idea": idea["id"], **said})

    async def _vote(self, phone: Phone) -> None:
        await phone.until(lambda: phone.state["session"]["phase"] == "vote")
        for theme in self._chance.sample(self._themes, len(self._themes)):
            ballot = self._ballot(phone, theme)
            for step in range(1, BALLOT_STEPS + 1):
                await self._linger(VOTE / BALLOT_STEPS / len(self._themes))
                choices = dict(ballot[: -(-len(ballot) * step // BALLOT_STEPS)])
                body = {"theme": theme, "round": phone.state[f"theme/{theme}"]["round"], "choices": choices}
                await phone.do("ballot.put", body)
        await phone.do("done", {"phase": "vote", "done": True})

    def _ballot(self, phone: Phone, theme: str) -> list[tuple[str, int]]:
        """What one participant thinks of a theme's ideas, in the order of tapping."""
        ideas = [value["id"] for key, value in phone.state.items() if key.startswith("idea/") and value["theme"] == theme]
        liking = {idea: self._chance.random() * self._appeal.setdefault(idea, self._chance.uniform(0.3, 1)) for idea in ideas}
        session, budget = phone.state["session"], phone.state[f"theme/{theme}"]["budget"]
        return opinions.ballot(session["method"], liking, budget, session["idea_cap"], self._chance)

    # -- time ------------------------------------------------------------------------------------

    async def _linger(self, seconds: float) -> None:
        """Take one's time: anything up to *seconds* at pace 1."""
        await asyncio.sleep(self._chance.uniform(0, seconds) * self._plan.pace)

    async def _together(self, label: str, parts: list[Coroutine[Any, Any, None]]) -> None:
        self._on_step(label)
        with Progress(label, len(parts)) as progress:
            async def one(part: Coroutine[Any, Any, None]) -> None:
                await part
                progress.step()

            await asyncio.gather(*(one(part) for part in parts))

    async def _all_shown(self, screen: Screen) -> None:
        taps = self.seen.taps()
        with contextlib.suppress(TimeoutError):  # the table tells how many were never shown
            await screen.until(lambda: taps.keys() <= self.seen.shown.keys(), patience=SETTLE)
