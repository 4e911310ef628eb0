"""What a command is for the Flask-SocketIO rival, on the product's own tables: one connection, one commit for each command."""

from __future__ import annotations

import hashlib
import json
import re
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

Body = dict[str, Any]
ID = re.compile(r"[0-9A-Za-z_-]{8,40}")


class Refused(Exception):
    """A command is not carried out; the code is its text."""


def now() -> int:
    """Epoch milliseconds."""
    return int(time.time() * 1000)


def hashed(token: str) -> str:
    """What is stored of a cookie's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class FlaskStore:
    """The database.

    Args:
        settings: the PRAGMAs of the product's own connection.
    """

    def __init__(self, path: Path, settings: list[str]) -> None:
        self._db = sqlite3.connect(str(path), isolation_level=None, cached_statements=256)
        self._db.row_factory = sqlite3.Row
        for setting in settings:
            self._db.execute(f"PRAGMA {setting}")

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows."""
        return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        """The first row, or None."""
        return self._db.execute(sql, values).fetchone()

    # -- who ---------------------------------------------------------------------------------------

    def session(self, code: str) -> Any:
        """The session with the code, or None."""
        return self.one("SELECT * FROM sessions WHERE code = ?", code)

    def participant(self, session: Any, token: str) -> str:
        """The id of the session's participant whose browser holds the token. Raises Refused."""
        sql = """SELECT p.* FROM passes JOIN participants p ON p.id = passes.participant_id
                 WHERE passes.token_hash = ? AND p.session_id = ?"""
        found = self.one(sql, hashed(token), session["id"])
        if found is None:
            raise Refused("not_signed_in")
        return str(found["id"])

    def account(self, signin: str) -> str:
        """The id of the account that is signed in. Raises Refused."""
        sql = "SELECT a.* FROM signins s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ? AND s.expires_at > ?"
        found = self.one(sql, signin, now())
        if found is None:
            raise Refused("not_signed_in")
        return str(found["id"])

    def mine(self, participant: str) -> Body:
        """All own entries of a participant, by key."""
        who = self.one("SELECT * FROM participants WHERE id = ?", participant)
        organisation = self.one("SELECT id, name FROM organisations WHERE id = ?", who["organisation_id"])
        me = {key: who[key] for key in ("rev", "id", "name", "quote", "return_code", "done")}
        found: Body = {"mine/me": {**me, "organisation": dict(organisation) if organisation else None}}
        for idea in self.rows("SELECT * FROM ideas WHERE participant_id = ? ORDER BY created_at, id", participant):
            own = {key: idea[key] for key in ("rev", "id", "title", "detail", "state")}
            found[f"mine/idea/{idea['id']}"] = {**own, "theme": idea["theme_id"], "into": idea["merged_into"]}
        for experience in self.rows("SELECT * FROM experiences WHERE participant_id = ? ORDER BY created_at, id", participant):
            own = {key: experience[key] for key in ("rev", "id", "kind", "text", "state")}
            found[f"mine/experience/{experience['id']}"] = {**own, "idea": experience["idea_id"]}
        return found | self._ballots(participant)

    def _ballots(self, participant: str) -> Body:
        choices: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        for choice in self.rows("SELECT * FROM choices WHERE participant_id = ?", participant):
            choices[choice["theme_id"], choice["round"]][choice["idea_id"]] = choice["value"]
        return {
            f"mine/ballot/{ballot['theme_id']}": _own_ballot(
                ballot["rev"], ballot["theme_id"], ballot["round"], choices[ballot["theme_id"], ballot["round"]], ballot["updated_at"]
            )
            for ballot in sorted(self.rows("SELECT * FROM ballots WHERE participant_id = ?", participant), key=lambda row: row["round"])
        }

    # -- commands ----------------------------------------------------------------------------------

    def vote(self, participant: str, ballot: Body) -> Body:
        """A participant's whole ballot in a theme."""
        return self._stored(lambda: self._put_ballot(participant, ballot))

    def edit(self, signin: str, session: str, command: Body) -> Body:
        """The facilitator's change of an idea, with its line in the log."""
        return self._stored(lambda: self._put_idea(signin, session, command))

    def _stored(self, work: Callable[[], Body]) -> Body:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            answer = work()
            self._db.execute("COMMIT")
        except Refused as problem:
            self._db.execute("ROLLBACK")
            return {"ok": False, "error": {"code": str(problem)}}
        return {"ok": True, **answer}

    def _once(self, actor: str, command: Body, work: Callable[[], Body]) -> Body:
        kept = self.one("SELECT answer FROM answers WHERE actor = ? AND command_id = ?", actor, command["id"])
        if kept:
            return dict(json.loads(kept["answer"]))
        answer = work()
        sql = "INSERT INTO answers (actor, command_id, answer, at) VALUES (?, ?, ?, ?)"
        self.rows(sql, actor, command["id"], json.dumps(answer), now())
        return answer

    def _bump(self, session: str) -> int:
        return int(self.rows("UPDATE sessions SET rev = rev + 1 WHERE id = ? RETURNING rev", session)[0]["rev"])

    def _put_ballot(self, participant: str, ballot: Body) -> Body:
        if not all(ID.fullmatch(word) for word in (ballot["id"], ballot["theme"], *ballot["choices"])):
            raise Refused("invalid")
        who = self.one("SELECT * FROM participants WHERE id = ?", participant)
        return self._once(who["id"], ballot, lambda: self._put_choices(who, ballot["theme"], ballot["round"], ballot["choices"]))

    def _put_choices(self, who: Any, theme: str, round_: int, choices: dict[str, int]) -> Body:
        self._check(who, theme, round_, choices)
        at, rev, key = now(), self._bump(who["session_id"]), (theme, who["id"], round_)
        self.rows(
            """INSERT INTO ballots (theme_id, participant_id, round, session_id, rev, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (theme_id, participant_id, round) DO UPDATE SET rev = excluded.rev, updated_at = excluded.updated_at""",
            *key, who["session_id"], rev, at, at,
        )
        where = "theme_id = ? AND participant_id = ? AND round = ?"
        old = {row["idea_id"]: row["value"] for row in self.rows(f"SELECT idea_id, value FROM choices WHERE {where}", *key)}
        self._db.executemany(f"DELETE FROM choices WHERE {where} AND idea_id = ?", [(*key, idea) for idea in old.keys() - choices.keys()])
        self._db.executemany(
            """INSERT INTO choices (theme_id, participant_id, round, idea_id, value) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (theme_id, participant_id, round, idea_id) DO UPDATE SET value = excluded.value""",
            [(*key, idea, value) for idea, value in choices.items() if old.get(idea) != value],
        )
        return {"rev": rev, "set": {f"mine/ballot/{theme}": _own_ballot(rev, theme, round_, choices, at)}}

    def _check(self, who: Any, theme: str, round_: int, choices: dict[str, int]) -> None:
        poll = self.one(
            """SELECT t.phase AS own_phase, s.phase AS session_phase, t.round, s.method, s.ballot_size
               FROM themes t JOIN sessions s ON s.id = t.session_id WHERE t.id = ? AND t.session_id = ?""",
            theme, who["session_id"],
        )
        if poll is None:
            raise Refused("not_found")
        if (poll["own_phase"] or poll["session_phase"]) != "vote" or poll["round"] != round_:
            raise Refused("vote_closed")
        rows = self.rows("SELECT id FROM ideas WHERE theme_id = ? AND state = 'active' AND merged_into IS NULL", theme)
        if not choices.keys() <= {row["id"] for row in rows}:
            raise Refused("foreign_idea")
        limit = min(len(rows), poll["ballot_size"] or min(5, max(3, ceil(len(rows) / 4))))
        if poll["method"] == "approval" and (len(choices) > limit or set(choices.values()) - {1}):
            raise Refused("over_budget")

    def _put_idea(self, signin: str, session: str, command: Body) -> Body:
        account = self.account(signin)

        def work() -> Body:
            idea = self.one("SELECT * FROM ideas WHERE id = ? AND session_id = ?", command["idea"], session)
            if idea is None:
                raise Refused("not_found")
            at, rev, changed = now(), self._bump(session), {"title": command["title"], "detail": command["detail"]}
            sql = "UPDATE ideas SET title = ?, detail = ?, rev = ?, updated_at = ? WHERE id = ?"
            self.rows(sql, *changed.values(), rev, at, idea["id"])
            before = {"ideas": {idea["id"]: {"title": idea["title"], "detail": idea["detail"]}}}
            self.rows(
                """INSERT INTO log (id, session_id, rev, at, actor, action, subject, before, after, undone_at)
                   VALUES (?, ?, ?, ?, ?, 'idea.edit', ?, ?, ?, NULL)""",
                str(uuid.uuid4()), session, rev, at, account, idea["id"], json.dumps(before), json.dumps(changed),
            )
            return {"rev": rev, "set": {}}

        return self._once(f"{account}/{session}", command, work)


def _own_ballot(rev: int, theme: str, round_: int, choices: dict[str, int], at: int) -> Body:
    return {"rev": rev, "theme": theme, "round": round_, "choices": choices, "at": at}
