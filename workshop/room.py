"""A session in memory, kept up to date by revision: what `views` looks at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from workshop.model import Ballot, Dismissal, Event, Experience, Idea, LogEntry, Organisation, Participant, Session, Step, Theme
from workshop.rules.tally import Result, may_count
from workshop.rules.written import Originals, take_over
from workshop.store.queries.record import Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The round before the one that is shown, counted by the ideas as they stand now."""

    round: int
    result: Result


Counts = dict[str, tuple[Result, Earlier | None]]  # by theme


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
    dismissals: dict[str, Dismissal] = field(default_factory=dict)
    voted: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))  # (theme, round) → participants
    log: list[LogEntry] = field(default_factory=list)
    actors: dict[str, str] = field(default_factory=dict)  # the names of accounts
    originals: Originals = field(default_factory=dict)  # what authors wrote where the console has put it right
    steps: dict[str, Step] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)  # of revealed themes alone
    earlier: dict[str, Earlier | None] = field(default_factory=dict)  # likewise
    # People by organisation (None: without one), without those who were sent out: who joined, whose ballots count, who is
    # connected, and who has voted of those who count.
    joined: Counter[str | None] = field(default_factory=Counter)
    eligible: Counter[str | None] = field(default_factory=Counter)
    here: Counter[str | None] = field(default_factory=Counter)
    people: int = 0  # persons among those who joined: tables entered by proxy are none
    turnout: dict[tuple[str, int], Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))
    rehearsal: dict[str, Any] | None = None  # how the rehearsal that runs goes, or went
    kept: dict[Any, Any] = field(default_factory=dict)  # what was made of the rows; see `kept`
    made: dict[Any, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)  # … of some of them; see `made_of`

    def apply(self, changes: Changes) -> None:
        """Take over the rows of *changes*, which are newer than what is here."""
        if not self._differs_by_ballots_alone(changes):
            self.kept.clear()
        others_count = self.session.hosts_vote != changes.session.hosts_vote
        self.event, self.session, self.log, self.actors = changes.event, changes.session, changes.log, changes.actors
        self.originals = take_over(self.originals, changes.rewordings)
        self.organisations = {o.id: o for o in changes.organisations}
        self.themes = {t.id: t for t in changes.themes}
        self.participants |= {p.id: p for p in changes.participants}
        if changes.participants or others_count:
            self._count_anew()
        self.ideas |= {i.id: i for i in changes.ideas}
        self.experiences |= {e.id: e for e in changes.experiences}
        self.dismissals |= {d.id: d for d in changes.dismissals}
        self.steps |= {s.id: s for s in changes.steps}
        for ballot in changes.ballots:
            self._count(ballot)

    def count(self, counts: Counts) -> None:
        """Take over what themes that are revealed come to now."""
        self.results.update({theme: result for theme, (result, _) in counts.items()})
        self.earlier.update({theme: earlier for theme, (_, earlier) in counts.items()})

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
            voter = self.participants[ballot.participant_id]
            self.turnout[poll][voter.organisation_id] += may_count(self.session, voter)

    def _count_anew(self) -> None:
        """Somebody has come or was sent out, or other ballots count."""
        inside = [p for p in self.participants.values() if p.removed_at is None]
        counting = {p.id: p.organisation_id for p in inside if may_count(self.session, p)}
        persons = [p for p in inside if not p.proxy]
        self.people, self.joined, self.eligible = len(persons), Counter(p.organisation_id for p in persons), Counter(counting.values())
        for poll, voters in self.voted.items():
            self.turnout[poll] = Counter(counting[voter] for voter in voters & counting.keys())

    def _differs_by_ballots_alone(self, changes: Changes) -> bool:
        """Whether nothing has changed but who has voted (and with it the session's revision): most of a session's changes."""
        return not (changes.ideas or changes.experiences or changes.participants or changes.dismissals or changes.steps) and (
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
