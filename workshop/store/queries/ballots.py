"""Ballots: who voted in which theme and round, and (only where asked) what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from workshop.model import Ballot
from workshop.store.queries.rows import each, make
from workshop.store.tx import Tx


def of_session(tx: Tx, session: str, since: int = -1) -> list[Ballot]:
    """That there are ballots, newer than the revision *since*; without their choices."""
    return each(Ballot, tx.all("SELECT * FROM ballots WHERE session_id = :session AND rev > :since", session=session, since=since))


def with_choices(tx: Tx, session: str, theme: str | None = None) -> list[Ballot]:
    """The ballots of the session (of one *theme*) with their choices: for results, report and recount."""
    where = "b.session_id = :session AND (:theme IS NULL OR b.theme_id = :theme)"
    ballots = each(Ballot, tx.all(f"SELECT b.* FROM ballots b WHERE {where}", session=session, theme=theme))
    return _filled(ballots, tx.all(
        f"""SELECT c.* FROM choices c JOIN ballots b ON b.theme_id = c.theme_id
            AND b.participant_id = c.participant_id AND b.round = c.round WHERE {where}""",
        session=session, theme=theme,
    ))


def of_participant(tx: Tx, participant: str) -> list[Ballot]:
    """One's own ballots with their choices."""
    ballots = each(Ballot, tx.all("SELECT * FROM ballots WHERE participant_id = :id", id=participant))
    return _filled(ballots, tx.all("SELECT * FROM choices WHERE participant_id = :id", id=participant))


def find(tx: Tx, session: str, ballot: str) -> Ballot | None:
    """The ballot by its `Ballot.id`, looked up through its session, with its choices."""
    theme, participant, round = ballot.split("/")
    row = tx.one(
        """SELECT * FROM ballots WHERE session_id = :session AND theme_id = :theme AND participant_id = :participant AND round = :round""",
        session=session, theme=theme, participant=participant, round=int(round),
    )
    choices = tx.all(
        "SELECT * FROM choices WHERE theme_id = :theme AND participant_id = :participant AND round = :round",
        theme=theme, participant=participant, round=int(round),
    )
    return _filled([make(Ballot, row)], choices)[0] if row else None


def remove(tx: Tx, ballot: Ballot) -> None:
    """Take the ballot out again, as if it had never been cast: only one entered by proxy, by mistake."""
    tx.run(
        "DELETE FROM ballots WHERE theme_id = :theme AND participant_id = :participant AND round = :round",
        theme=ballot.theme_id, participant=ballot.participant_id, round=ballot.round,
    )
    tx.lessened.add(ballot.session_id)


def last_round(tx: Tx, theme: str) -> int:
    """The latest round of the theme in which there are ballots; 0 where there are none."""
    row = tx.one("SELECT COALESCE(MAX(round), 0) AS round FROM ballots WHERE theme_id = :theme", theme=theme)
    return row["round"] if row else 0


def put(tx: Tx, ballot: Ballot) -> None:
    """Store the whole ballot: what it no longer names goes, what it names anew comes."""
    key = {"theme": ballot.theme_id, "participant": ballot.participant_id, "round": ballot.round}
    tx.run(
        """INSERT INTO ballots (theme_id, participant_id, round, session_id, rev, created_at, updated_at)
           VALUES (:theme, :participant, :round, :session, :rev, :at, :at)
           ON CONFLICT (theme_id, participant_id, round) DO UPDATE SET rev = excluded.rev, updated_at = excluded.updated_at""",
        **key, session=ballot.session_id, rev=ballot.rev, at=ballot.updated_at,
    )
    _put_choices(tx, key, ballot.choices)


def _put_choices(tx: Tx, key: dict[str, object], choices: Mapping[str, int]) -> None:
    where = "theme_id = :theme AND participant_id = :participant AND round = :round"
    stored = {row["idea_id"]: row["value"] for row in tx.all(f"SELECT idea_id, value FROM choices WHERE {where}", **key)}
    gone = [{**key, "idea": idea} for idea in stored.keys() - choices.keys()]
    new = [{**key, "idea": idea, "value": value} for idea, value in choices.items() if stored.get(idea) != value]
    if gone:
        tx.run_many(f"DELETE FROM choices WHERE {where} AND idea_id = :idea", gone)
    if new:
        tx.run_many(
            """INSERT INTO choices (theme_id, participant_id, round, idea_id, value)
               VALUES (:theme, :participant, :round, :idea, :value)
               ON CONFLICT (theme_id, participant_id, round, idea_id) DO UPDATE SET value = excluded.value""",
            new,
        )


def _filled(ballots: list[Ballot], choices: list[dict[str, object]]) -> list[Ballot]:
    found: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for row in choices:
        found[row["theme_id"], row["participant_id"], row["round"]][row["idea_id"]] = row["value"]  # type: ignore[index,assignment]
    return [replace(b, choices=found.get((b.theme_id, b.participant_id, b.round), {})) for b in ballots]
