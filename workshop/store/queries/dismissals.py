"""Suggestions of two similar ideas that are not wanted."""

from __future__ import annotations

from workshop.model import Dismissal
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx


def of_session(tx: Tx, session: str, since: int = -1) -> list[Dismissal]:
    """The session's dismissals, those taken back too, newer than the revision *since*."""
    sql = "SELECT * FROM dismissals WHERE session_id = :session AND rev > :since ORDER BY one, other"
    return each(Dismissal, tx.all(sql, session=session, since=since))


def find(tx: Tx, session: str, one: str, other: str) -> Dismissal | None:
    """What was said of the pair, looked up through its session; *one* is the smaller id."""
    sql = "SELECT * FROM dismissals WHERE one = :one AND other = :other AND session_id = :session"
    return maybe(Dismissal, tx.one(sql, one=one, other=other, session=session))


def by_id(tx: Tx, session: str, pair: str) -> Dismissal | None:
    """The same by `Dismissal.id`."""
    one, _, other = pair.partition(" ")
    return find(tx, session, one, other)


def save(tx: Tx, dismissal: Dismissal) -> None:
    """Store what was said of the pair, for the first time or anew."""
    tx.run(
        """INSERT INTO dismissals (session_id, one, other, dismissed, rev) VALUES (:session, :one, :other, :dismissed, :rev)
           ON CONFLICT (one, other) DO UPDATE SET dismissed = excluded.dismissed, rev = excluded.rev""",
        session=dismissal.session_id, one=dismissal.one, other=dismissal.other, dismissed=int(dismissal.dismissed), rev=dismissal.rev,
    )
