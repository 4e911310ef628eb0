"""Who did what, for undo and for the report's change log; and the answers given to command ids."""

from __future__ import annotations

from dataclasses import asdict

from workshop.model import LogEntry
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx

RECENT = 12


def add(tx: Tx, entry: LogEntry) -> None:
    """Store what was done."""
    tx.run(
        """INSERT INTO log (id, session_id, rev, at, actor, action, subject, before, after, undone_at)
           VALUES (:id, :session_id, :rev, :at, :actor, :action, :subject, :before, :after, :undone_at)""",
        **asdict(entry),
    )


def recent(tx: Tx, session: str) -> list[LogEntry]:
    """The latest entries, newest first; of turns that follow upon each other the last alone, so that they move nothing else away."""
    rows = tx.all(
        """SELECT * FROM log WHERE session_id = :session AND NOT (action IN ('turn.next', 'turn.back') AND COALESCE((
             SELECT after.action FROM log AS after WHERE after.session_id = :session AND after.rev > log.rev ORDER BY after.rev LIMIT 1
           ), '') IN ('turn.next', 'turn.back'))
           ORDER BY rev DESC, id DESC LIMIT :n""",
        session=session, n=RECENT,
    )
    return each(LogEntry, rows)


def of_session(tx: Tx, session: str) -> list[LogEntry]:
    """Every entry, oldest first."""
    return each(LogEntry, tx.all("SELECT * FROM log WHERE session_id = :session ORDER BY rev, id", session=session))


def rewordings(tx: Tx, session: str, since: int = -1) -> list[LogEntry]:
    """The entries newer than the revision *since* that changed the words of something, oldest first."""
    rows = tx.all(
        """SELECT * FROM log WHERE session_id = :session AND rev > :since AND (before LIKE '%"title"%' OR before LIKE '%"detail"%')
           ORDER BY rev, id""",
        session=session, since=since,
    )
    return each(LogEntry, rows)


def find(tx: Tx, session: str, entry: str) -> LogEntry | None:
    """The entry, looked up through its session."""
    return maybe(LogEntry, tx.one("SELECT * FROM log WHERE id = :id AND session_id = :session", id=entry, session=session))


def mark_undone(tx: Tx, entry: str, at: int) -> None:
    """Remember that the entry has been undone."""
    tx.run("UPDATE log SET undone_at = :at WHERE id = :id", id=entry, at=at)


def answer(tx: Tx, actor: str, command_id: str) -> str | None:
    """The answer (JSON) once given to the actor's command, if any."""
    row = tx.one("SELECT answer FROM answers WHERE actor = :actor AND command_id = :id", actor=actor, id=command_id)
    return row["answer"] if row else None


def keep_answer(tx: Tx, actor: str, command_id: str, text: str, at: int) -> None:
    """Keep the answer (JSON) for a repetition of the command."""
    tx.run(
        "INSERT INTO answers (actor, command_id, answer, at) VALUES (:actor, :id, :text, :at)",
        actor=actor, id=command_id, text=text, at=at,
    )
