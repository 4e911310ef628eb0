"""A session as a whole: everything for the report, or what changed since a revision for the hub."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.model import Ballot, Dismissal, Event, Experience, Idea, LogEntry, Organisation, Participant, Record, Session, Step, Theme
from workshop.store.queries import accounts, ballots, dismissals, ideas, log, participants, practices, sessions, steps
from workshop.store.queries.rows import make
from workshop.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows of a session newer than a revision (ballots without their choices)."""

    event: Event
    session: Session
    organisations: list[Organisation]
    themes: list[Theme]
    participants: list[Participant]
    ideas: list[Idea]
    experiences: list[Experience]
    ballots: list[Ballot]
    dismissals: list[Dismissal]
    log: list[LogEntry]
    rewordings: list[LogEntry]
    actors: dict[str, str]  # the names of accounts
    steps: list[Step]


def load(tx: Tx, session_id: str) -> Record | None:
    """Everything that the store holds of the session."""
    session = sessions.by_id(tx, session_id)
    if session is None:
        return None
    return Record(
        event=event(tx, session.event_id),
        session=session,
        organisations=tuple(participants.organisations(tx, session.event_id)),
        themes=tuple(sessions.themes(tx, session_id)),
        participants=tuple(participants.of_session(tx, session_id)),
        ideas=tuple(ideas.of_session(tx, session_id)),
        experiences=tuple(ideas.experiences(tx, session_id)),
        ballots=tuple(ballots.with_choices(tx, session_id)),
        log=tuple(log.of_session(tx, session_id)),
        steps=tuple(steps.of_session(tx, session_id)),
        dossiers=tuple(practices.dossiers(tx, session_id)),
        practice_log=tuple(practices.noted_of_session(tx, session_id)),
    )


def changes(tx: Tx, session_id: str, since: int) -> Changes | None:
    """The rows newer than *since*; None where the session is gone. Event, organisations, log and names come whole: they are few."""
    session = sessions.by_id(tx, session_id)
    if session is None:
        return None
    return Changes(
        event=event(tx, session.event_id),
        session=session,
        organisations=participants.organisations(tx, session.event_id),
        themes=sessions.themes(tx, session_id),
        participants=participants.of_session(tx, session_id, since),
        ideas=ideas.of_session(tx, session_id, since),
        experiences=ideas.experiences(tx, session_id, since),
        ballots=ballots.of_session(tx, session_id, since),
        dismissals=dismissals.of_session(tx, session_id, since),
        log=log.recent(tx, session_id),
        rewordings=log.rewordings(tx, session_id, since),
        actors=accounts.names(tx),
        steps=steps.of_session(tx, session_id, since),
    )


def event(tx: Tx, event_id: str) -> Event:
    """The event with the id (which a session's foreign key guarantees)."""
    return make(Event, tx.one("SELECT * FROM events WHERE id = :id", id=event_id) or {})
