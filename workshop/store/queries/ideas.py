"""Ideas and the experiences added to them."""

from __future__ import annotations

from dataclasses import asdict

from workshop.model import Experience, Idea
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx


def of_session(tx: Tx, session: str, since: int = -1) -> list[Idea]:
    """The session's ideas in every state, newer than the revision *since*, oldest first."""
    rows = tx.all(
        "SELECT * FROM ideas WHERE session_id = :session AND rev > :since ORDER BY created_at, id",
        session=session, since=since,
    )
    return each(Idea, rows)


def of_theme(tx: Tx, theme: str) -> list[Idea]:
    """The theme's ideas in every state, oldest first."""
    return each(Idea, tx.all("SELECT * FROM ideas WHERE theme_id = :theme ORDER BY created_at, id", theme=theme))


def of_participant(tx: Tx, participant: str) -> list[Idea]:
    """One's own ideas in every state."""
    return each(Idea, tx.all("SELECT * FROM ideas WHERE participant_id = :id ORDER BY created_at, id", id=participant))


def counts(tx: Tx, participant: str) -> tuple[int, int]:
    """How many ideas and how many experiences a participant has added, in whatever state."""
    row = tx.one(
        """SELECT (SELECT COUNT(*) FROM ideas WHERE participant_id = :id) AS ideas,
                  (SELECT COUNT(*) FROM experiences WHERE participant_id = :id) AS experiences""",
        id=participant,
    )
    return (row["ideas"], row["experiences"]) if row else (0, 0)


def in_session(tx: Tx, session: str, idea: str) -> Idea | None:
    """The idea, looked up through its session."""
    return maybe(Idea, tx.one("SELECT * FROM ideas WHERE id = :id AND session_id = :session", id=idea, session=session))


def merged_into(tx: Tx, idea: str) -> list[Idea]:
    """The ideas merged directly into *idea*."""
    return each(Idea, tx.all("SELECT * FROM ideas WHERE merged_into = :id ORDER BY created_at, id", id=idea))


def votable(tx: Tx, theme: str) -> set[str]:
    """Ids of the ideas that a ballot in the theme may name: active, and not merged into another."""
    rows = tx.all("SELECT id FROM ideas WHERE theme_id = :theme AND state = 'active' AND merged_into IS NULL", theme=theme)
    return {row["id"] for row in rows}


def insert(tx: Tx, idea: Idea) -> None:
    """Store a new idea."""
    tx.run(
        """INSERT INTO ideas (id, session_id, theme_id, participant_id, title, detail, state, reason, merged_into, shared_at, rev,
                              created_at, updated_at)
           VALUES (:id, :session_id, :theme_id, :participant_id, :title, :detail, :state, :reason, :merged_into, :shared_at, :rev,
                   :created_at, :updated_at)""",
        **asdict(idea),
    )


def save(tx: Tx, idea: Idea) -> None:
    """Store what may change of an idea."""
    tx.run(
        """UPDATE ideas SET theme_id = :theme_id, title = :title, detail = :detail, state = :state, reason = :reason,
                            merged_into = :merged_into, shared_at = :shared_at, rev = :rev, updated_at = :updated_at WHERE id = :id""",
        id=idea.id, theme_id=idea.theme_id, title=idea.title, detail=idea.detail, state=idea.state, reason=idea.reason,
        merged_into=idea.merged_into, shared_at=idea.shared_at, rev=idea.rev, updated_at=idea.updated_at,
    )


def experiences(tx: Tx, session: str, since: int = -1) -> list[Experience]:
    """The session's experiences in every state, newer than *since*, oldest first."""
    rows = tx.all(
        "SELECT * FROM experiences WHERE session_id = :session AND rev > :since ORDER BY created_at, id",
        session=session, since=since,
    )
    return each(Experience, rows)


def experiences_of(tx: Tx, participant: str) -> list[Experience]:
    """One's own experiences in every state."""
    sql = "SELECT * FROM experiences WHERE participant_id = :id ORDER BY created_at, id"
    return each(Experience, tx.all(sql, id=participant))


def experience(tx: Tx, session: str, experience_id: str) -> Experience | None:
    """The experience, looked up through its session."""
    sql = "SELECT * FROM experiences WHERE id = :id AND session_id = :session"
    return maybe(Experience, tx.one(sql, id=experience_id, session=session))


def insert_experience(tx: Tx, experience: Experience) -> None:
    """Store a new experience."""
    tx.run(
        """INSERT INTO experiences (id, session_id, idea_id, participant_id, kind, text, result, year, state, reason, rev,
                                    created_at, updated_at)
           VALUES (:id, :session_id, :idea_id, :participant_id, :kind, :text, :result, :year, :state, :reason, :rev,
                   :created_at, :updated_at)""",
        **asdict(experience),
    )


def save_experience(tx: Tx, experience: Experience) -> None:
    """Store what may change of an experience."""
    tx.run(
        """UPDATE experiences SET kind = :kind, text = :text, result = :result, year = :year, state = :state, reason = :reason,
                                  rev = :rev, updated_at = :updated_at WHERE id = :id""",
        id=experience.id, kind=experience.kind, text=experience.text, result=experience.result, year=experience.year,
        state=experience.state, reason=experience.reason, rev=experience.rev, updated_at=experience.updated_at,
    )
