"""Sessions and their themes."""

from __future__ import annotations

from workshop.model import Phase, Poll, Session, Theme
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx


def by_code(tx: Tx, code: str) -> Session | None:
    """The session with the join *code* (canonical form)."""
    return maybe(Session, tx.one("SELECT * FROM sessions WHERE code = :code", code=code))


def by_id(tx: Tx, session: str) -> Session | None:
    """The session with the id."""
    return maybe(Session, tx.one("SELECT * FROM sessions WHERE id = :session", session=session))


def bump(tx: Tx, session: str) -> int:
    """Raise the session's revision by one and return it; every changed row carries it."""
    tx.touched.add(session)
    row = tx.one("UPDATE sessions SET rev = rev + 1 WHERE id = :session RETURNING rev", session=session)
    return row["rev"] if row else 0


def set_phase(tx: Tx, session: str, phase: Phase) -> None:
    """Put the session into *phase*."""
    tx.run("UPDATE sessions SET phase = :phase WHERE id = :session", session=session, phase=phase)


def set_timer(tx: Tx, session: str, ends_at: int | None, left: int | None) -> None:
    """A running timer has *ends_at* (epoch ms), a paused one *left* (ms), none has neither."""
    tx.run(
        "UPDATE sessions SET timer_ends_at = :ends_at, timer_left = :left WHERE id = :session",
        session=session, ends_at=ends_at, left=left,
    )


def set_wall(tx: Tx, session: str, wall: str) -> None:
    """What the screen shows, as JSON."""
    tx.run("UPDATE sessions SET wall = :wall WHERE id = :session", session=session, wall=wall)


def themes(tx: Tx, session: str, since: int = -1) -> list[Theme]:
    """The session's themes in order, those newer than the revision *since*."""
    rows = tx.all(
        "SELECT * FROM themes WHERE session_id = :session AND rev > :since ORDER BY position",
        session=session, since=since,
    )
    return each(Theme, rows)


def theme(tx: Tx, session: str, theme_id: str) -> Theme | None:
    """The theme, looked up through its session."""
    row = tx.one("SELECT * FROM themes WHERE id = :id AND session_id = :session", id=theme_id, session=session)
    return maybe(Theme, row)


def poll(tx: Tx, session: str, theme_id: str) -> Poll | None:
    """What a ballot in the theme is checked against, looked up through the theme's session."""
    row = tx.one(
        """SELECT t.phase AS own_phase, s.phase AS session_phase, t.round, s.method, s.ballot_size, s.idea_cap
           FROM themes t JOIN sessions s ON s.id = t.session_id WHERE t.id = :id AND t.session_id = :session""",
        id=theme_id, session=session,
    )
    return maybe(Poll, row)


def save_theme(tx: Tx, theme_id: str, phase: Phase | None, round: int, revealed: bool, rev: int) -> None:
    """Store the state of a theme."""
    tx.run(
        "UPDATE themes SET phase = :phase, round = :round, revealed = :revealed, rev = :rev WHERE id = :id",
        id=theme_id, phase=phase, round=round, revealed=int(revealed), rev=rev,
    )
