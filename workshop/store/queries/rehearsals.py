"""What a rehearsal has left in a session, and taking it out again.

The one place where rows of a living session go: they were never anybody's. What is a real participant's stays, but for what
hangs on an idea that goes.
"""

from __future__ import annotations

from workshop.store.tx import Tx

SIMULATED = "(SELECT id FROM participants WHERE session_id = :session AND simulated = 1)"
THEIR_IDEAS = f"(SELECT id FROM ideas WHERE participant_id IN {SIMULATED})"
# Practices made of nothing but made-up ideas: they go where nobody has written in them, else they are set aside with what was written.
MADE_UP = f"""session_id = :session AND id IN (SELECT practice_id FROM practice_ideas WHERE idea_id IN {THEIR_IDEAS})
              AND id NOT IN (SELECT practice_id FROM practice_ideas WHERE idea_id NOT IN {THEIR_IDEAS})"""
WRITTEN_IN = """(SELECT practice_id FROM wordings UNION SELECT practice_id FROM measures
                UNION SELECT practice_id FROM reviews UNION SELECT practice_id FROM review_comments)"""
# In the order in which nothing refers any more to what goes. Passes, choices of ballots and dismissals go with their rows.
LEFT_BEHIND = (
    f"DELETE FROM practices WHERE {MADE_UP} AND state <> 'frozen' AND confirmed = '' AND id NOT IN {WRITTEN_IN}",
    f"UPDATE practices SET state = 'aside', rev = rev + 1 WHERE {MADE_UP} AND state <> 'frozen'",
    f"DELETE FROM choices WHERE idea_id IN {THEIR_IDEAS}",
    f"DELETE FROM ballots WHERE participant_id IN {SIMULATED}",
    f"DELETE FROM experiences WHERE participant_id IN {SIMULATED}",
    f"DELETE FROM ideas WHERE participant_id IN {SIMULATED}",
    f"DELETE FROM answers WHERE actor IN {SIMULATED} OR (actor = 'join/' || :session AND answer IN {SIMULATED})",
    "DELETE FROM participants WHERE session_id = :session AND simulated = 1",
)


def of_real_people(tx: Tx, session: str) -> int:
    """How many ideas, experiences and ballots there are of participants who are not simulated."""
    return _count(tx, f"""SELECT
        (SELECT COUNT(*) FROM ideas WHERE session_id = :session AND participant_id NOT IN {SIMULATED}) +
        (SELECT COUNT(*) FROM experiences WHERE session_id = :session AND participant_id NOT IN {SIMULATED}) +
        (SELECT COUNT(*) FROM ballots WHERE session_id = :session AND participant_id NOT IN {SIMULATED}) AS n""", session)


def answered_by_real_people(tx: Tx, session: str) -> int:
    """How many experiences and votes of participants who are not simulated are about ideas that would go."""
    return _count(tx, f"""SELECT
        (SELECT COUNT(*) FROM experiences WHERE idea_id IN {THEIR_IDEAS} AND participant_id NOT IN {SIMULATED}) +
        (SELECT COUNT(*) FROM choices WHERE idea_id IN {THEIR_IDEAS} AND participant_id NOT IN {SIMULATED}) AS n""", session)


def ids(tx: Tx, session: str) -> set[str]:
    """The ids of the simulated participants, and of their ideas and experiences."""
    rows = tx.all(f"""SELECT id FROM participants WHERE id IN {SIMULATED} UNION SELECT id FROM ideas WHERE participant_id IN {SIMULATED}
                      UNION SELECT id FROM experiences WHERE participant_id IN {SIMULATED} OR idea_id IN {THEIR_IDEAS}""", session=session)
    return {row["id"] for row in rows}


def part_from(tx: Tx, session: str, rev: int) -> None:
    """Ideas of real participants stand on their own again where they were merged into one that goes."""
    tx.run(f"""UPDATE ideas SET merged_into = NULL, rev = :rev WHERE merged_into IN {THEIR_IDEAS} AND participant_id NOT IN {SIMULATED}""",
           session=session, rev=rev)


def remove(tx: Tx, session: str) -> None:
    """Take out the simulated participants and all that they wrote, voted and were answered."""
    for sql in LEFT_BEHIND:
        tx.run(sql, session=session)
    tx.lessened.add(session)


def remove_log(tx: Tx, entries: list[str]) -> None:
    """Take out entries of the log."""
    tx.run_many("DELETE FROM log WHERE id = :id", [{"id": entry} for entry in entries])


def remove_organisations(tx: Tx, event: str, known: list[str]) -> None:
    """Take out the organisations that were typed since there were those of *known*, that nobody has, and that said nothing in a review."""
    unused = tx.all("""SELECT id FROM organisations WHERE event_id = :event AND invited = 0
                       AND id NOT IN (SELECT organisation_id FROM participants WHERE organisation_id IS NOT NULL
                                      UNION SELECT organisation_id FROM reviews UNION SELECT organisation_id FROM review_comments)""",
                    event=event)
    tx.run_many("DELETE FROM organisations WHERE id = :id", [{"id": row["id"]} for row in unused if row["id"] not in known])


def remove_account(tx: Tx, account: str, actors: list[str]) -> None:
    """Take out the account that played the facilitator, its browsers, and the answers to *actors*."""
    tx.run_many("DELETE FROM answers WHERE actor = :actor", [{"actor": actor} for actor in actors])
    tx.run("DELETE FROM accounts WHERE id = :account", account=account)


def step_states(tx: Tx, session: str) -> dict[str, str]:
    """How far the agenda is: step → state."""
    return {row["id"]: row["state"] for row in tx.all("SELECT id, state FROM steps WHERE session_id = :session", session=session)}


def set_step_states(tx: Tx, session: str, states: dict[str, str], rev: int) -> None:
    """Put the agenda back to *states*."""
    tx.run_many(
        "UPDATE steps SET state = :state, rev = :rev WHERE session_id = :session AND id = :id AND state <> :state",
        [{"session": session, "id": id_, "state": state, "rev": rev} for id_, state in states.items()],
    )


def _count(tx: Tx, sql: str, session: str) -> int:
    row = tx.one(sql, session=session)
    return row["n"] if row else 0
