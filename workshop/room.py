"""A session in memory, kept up to date by revision: what `views` looks at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from workshop.model import Ballot, Event, Experience, Idea, LogEntry, Organisation, Participant, Session, Theme
from workshop.rules.tally import Result
from workshop.store.queries.record import Changes

T = TypeVar("T")


@dataclass(slots=True)
class Room:
    """All rows of one session. Ballots are known to exist; their choices never come here."""

    event: Event
    session: Session
    organisations: dict[str, Organisation] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)
    experiences: dict[str, Experience] = field(default_factory=dict)
    voted: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))  # (theme, round) → participants
    log: list[LogEntry] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)  # of revealed themes alone
    # People by organisation (None: without one), of which nobody changes: who joined, who is connected, and who has voted.
    joined: Counter[str | None] = field(default_factory=Counter)
    here: Counter[str | None] = field(default_factory=Counter)
    turnout: dict[tuple[str, int], Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))
    rehearsal: dict[str, Any] | None = None  # how the rehearsal that runs goes, or went
    kept: dict[Any, Any] = field(default_factory=dict)  # what was made of the rows; see `kept`
    made: dict[Any, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)  # … of some of them; see `made_of`

    def apply(self, changes: Changes) -> None:
        """Take over the rows of *changes*, which are newer than what is here."""
        if not self._differs_by_ballots_alone(changes):
            self.kept.clear()
        self.event, self.session, self.log = changes.event, changes.session, changes.log
        self.organisations = {o.id: o for o in changes.organisations}
        self.themes = {t.id: t for t in changes.themes}
        self.joined.update(p.organisation_id for p in changes.participants if p.id not in self.participants)
        self.participants |= {p.id: p for p in changes.participants}
        self.ideas |= {i.id: i for i in changes.ideas}
        self.experiences |= {e.id: e for e in changes.experiences}
        for ballot in changes.ballots:
            self._count(ballot)

    def made_of(self, key: Any, make: Callable[..., T], *parts: Any) -> T:
        """What *make* makes of *parts*: the very object of last time as long as the parts are equal to those of last time.

        *make* may look at nothing but its parts, and nobody may change what it makes. Equal costs little where the parts are the
        same objects, as rows are that have not changed.

        Args:
            key: what is asked for, from one time to the next.
        """
        before = self.made.get(key)
        if before is None or before[0] != parts:
            before = self.made[key] = parts, make(*parts)
        made: T = before[1]
        return made

    def gather(self, connected: Iterable[str]) -> None:
        """Take over who has an open connection; ids of people whose joining is not here yet are passed over."""
        self.here = Counter(self.participants[person].organisation_id for person in connected if person in self.participants)

    def _count(self, ballot: Ballot) -> None:
        """One who has voted in a theme and round; once, however often the ballot changes."""
        poll = ballot.theme_id, ballot.round
        if ballot.participant_id not in self.voted[poll]:
            self.voted[poll].add(ballot.participant_id)
            self.turnout[poll][self.participants[ballot.participant_id].organisation_id] += 1

    def _differs_by_ballots_alone(self, changes: Changes) -> bool:
        """Whether nothing has changed but who has voted (and with it the session's revision): most of a session's changes."""
        return not (changes.ideas or changes.experiences or changes.participants) and (
            self.event, replace(self.session, rev=0), self.log, [*self.organisations.values()], [*self.themes.values()]
        ) == (changes.event, replace(changes.session, rev=0), changes.log, changes.organisations, changes.themes)

    def root(self, idea: Idea) -> Idea:
        """The idea that *idea* now stands for: itself, or the one it is merged into."""
        seen = {idea.id}
        while idea.merged_into and idea.merged_into not in seen:
            idea = self.ideas[idea.merged_into]
            seen.add(idea.id)
        return idea


def open_room(changes: Changes) -> Room:
    """A room from the changes since before the beginning."""
    room = Room(changes.event, changes.session)
    room.apply(changes)
    return room


def kept(make: Callable[[Room], T]) -> Callable[[Room], T]:
    """*make*, whose value is kept until more changes than who has voted and who is here: it may not depend on those."""

    @wraps(make)
    def made(room: Room) -> T:
        if make not in room.kept:
            room.kept[make] = make(room)
        return room.kept[make]

    return made
