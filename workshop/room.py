"""A session in memory, kept up to date by revision: what `views` looks at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from workshop.model import Event, Experience, Idea, LogEntry, Organisation, Participant, Session, Theme
from workshop.rules.tally import Result
from workshop.store.queries.record import Changes


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
    here: frozenset[str] = frozenset()  # participants with an open connection

    def apply(self, changes: Changes) -> None:
        """Take over the rows of *changes*, which are newer than what is here."""
        self.event, self.session, self.log = changes.event, changes.session, changes.log
        self.organisations = {o.id: o for o in changes.organisations}
        self.themes = {t.id: t for t in changes.themes}
        self.participants |= {p.id: p for p in changes.participants}
        self.ideas |= {i.id: i for i in changes.ideas}
        self.experiences |= {e.id: e for e in changes.experiences}
        for ballot in changes.ballots:
            self.voted[ballot.theme_id, ballot.round].add(ballot.participant_id)

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
