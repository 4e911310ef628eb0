"""The steps of sessions' agendas, and agendas that somebody saved for later."""

from __future__ import annotations

from dataclasses import asdict

from workshop.model import Step, Template
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx


def of_session(tx: Tx, session: str, since: int = -1) -> list[Step]:
    """The session's steps in order, removed ones too; those newer than the revision *since*."""
    rows = tx.all(
        "SELECT * FROM steps WHERE session_id = :session AND rev > :since ORDER BY position, id", session=session, since=since
    )
    return each(Step, rows)


def in_session(tx: Tx, session: str, step: str) -> Step | None:
    """The step, looked up through its session."""
    return maybe(Step, tx.one("SELECT * FROM steps WHERE id = :id AND session_id = :session", id=step, session=session))


def insert(tx: Tx, step: Step) -> None:
    """Store a new step."""
    tx.run(
        """INSERT INTO steps (id, session_id, position, phase, title, prompt, minutes, themes, state, rev)
           VALUES (:id, :session_id, :position, :phase, :title, :prompt, :minutes, :themes, :state, :rev)""",
        **asdict(step),
    )


def save(tx: Tx, step: Step) -> None:
    """Store what may change of a step."""
    tx.run(
        """UPDATE steps SET position = :position, phase = :phase, title = :title, prompt = :prompt, minutes = :minutes,
                            themes = :themes, state = :state, rev = :rev WHERE id = :id""",
        id=step.id, position=step.position, phase=step.phase, title=step.title, prompt=step.prompt, minutes=step.minutes,
        themes=step.themes, state=step.state, rev=step.rev,
    )


def templates(tx: Tx, account: str) -> list[Template]:
    """The agendas that the account saved, by name."""
    return each(Template, tx.all("SELECT * FROM templates WHERE account_id = :account ORDER BY name, id", account=account))


def template(tx: Tx, account: str, template_id: str) -> Template | None:
    """The saved agenda, looked up through its account."""
    row = tx.one("SELECT * FROM templates WHERE id = :id AND account_id = :account", id=template_id, account=account)
    return maybe(Template, row)


def save_template(tx: Tx, template: Template) -> None:
    """Store an agenda; one of the same account and name is replaced."""
    tx.run(
        """INSERT INTO templates (id, account_id, name, steps, created_at) VALUES (:id, :account_id, :name, :steps, :created_at)
           ON CONFLICT (account_id, name) DO UPDATE SET steps = excluded.steps, created_at = excluded.created_at""",
        **asdict(template),
    )


def remove_template(tx: Tx, template_id: str) -> None:
    """Delete a saved agenda; sessions that used it keep their steps."""
    tx.run("DELETE FROM templates WHERE id = :id", id=template_id)
