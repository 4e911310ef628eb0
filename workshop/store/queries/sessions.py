"""Sessions and their themes."""

from __future__ import annotations

from workshop.model import Poll, Session, Theme
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


def save(tx: Tx, session: Session) -> None:
    """Store what the console may change of a session; its revision is `bump`'s alone."""
    tx.run(
        """UPDATE sessions SET phase = :phase, hold = :hold, locked = :locked, step_id = :step_id, timer_ends_at = :timer_ends_at,
                               timer_left = :timer_left, wall = :wall WHERE id = :id""",
        id=session.id, phase=session.phase, hold=session.hold, locked=session.locked, step_id=session.step_id,
        timer_ends_at=session.timer_ends_at, timer_left=session.timer_left, wall=session.wall,
    )


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


def save_theme(tx: Tx, theme: Theme) -> None:
    """Store what may change of a theme."""
    tx.run(
        """UPDATE themes SET position = :position, title = :title, prompt = :prompt, phase = :phase, round = :round,
                             revealed = :revealed, rev = :rev WHERE id = :id""",
        id=theme.id, position=theme.position, title=theme.title, prompt=theme.prompt, phase=theme.phase, round=theme.round,
        revealed=int(theme.revealed), rev=theme.rev,
    )
