"""Rehearsing a session before its day: who plays in it, and wiping every trace of it afterwards.

A rehearsal has an account of its own, which plays the facilitator and with whose token the simulated participants join. So all
that it does can be told from what people do, also after a restart in the middle of it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workshop import errors
from workshop.model import Account, LogEntry, Session, now_ms
from workshop.service.entrance import REHEARSAL, hashed, rehearsal_account
from workshop.store import Store, Tx
from workshop.store.queries import accounts, log, participants, rehearsals, sessions

TOKEN_MS = 12 * 3_600_000  # that a rehearsal's token is good for
BEFORE = "before"  # under this command id stands how the session was
SESSION = ("phase", "hold", "locked", "step_id", "timer_ends_at", "timer_left", "wall")
THEME = ("phase", "round", "revealed")


class Rehearsing:
    """Beginning and wiping rehearsals.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    def begin(self, session_id: str, confirmed: bool, signin: str | None = None) -> tuple[str, str]:
        """Keep how the session stands, unless an earlier rehearsal has done so and is not wiped.

        Args:
            confirmed: also where real participants have written or voted already.
            signin: the hash of the token of the signed-in browser that asks; None for the command line.

        Returns:
            the session's join code, and the token of the account that plays.

        Raises:
            errors.RealPeopleHere: they have, and it is not confirmed.
            errors.NotFound, errors.NotSignedIn
        """
        token = REHEARSAL + secrets.token_urlsafe(24)
        return self._store.write(lambda tx: self._begin(tx, session_id, confirmed, signin, token)), token

    def wipe(self, session_id: str, confirmed: bool, signin: str | None = None) -> None:
        """Remove every trace of the session's rehearsal and put the session back to how it was.

        Args:
            confirmed: also where real participants have answered to simulated ideas: those answers go too.

        Raises:
            errors.RealAnswers: they have, and it is not confirmed.
            errors.NotFound, errors.NotSignedIn
        """
        self._store.write(lambda tx: self._wipe(tx, session_id, confirmed, signin))

    # -- inside a transaction ----------------------------------------------------------------------

    def _begin(self, tx: Tx, session_id: str, confirmed: bool, signin: str | None, token: str) -> str:
        session = self._asked(tx, session_id, signin)
        if not confirmed and rehearsals.of_real_people(tx, session_id):
            raise errors.RealPeopleHere()
        at, account = self._clock(), rehearsal_account(session_id)
        if accounts.by_id(tx, account) is None:
            accounts.insert(tx, Account(account, f"Rehearsal {session.code}", "facilitator", None, at))
            log.keep_answer(tx, account, BEFORE, json.dumps(_standing(tx, session)), at)
        accounts.add_signin(tx, hashed(token), account, at + TOKEN_MS)
        return session.code

    def _wipe(self, tx: Tx, session_id: str, confirmed: bool, signin: str | None) -> None:
        session, account = self._asked(tx, session_id, signin), rehearsal_account(session_id)
        kept = log.answer(tx, account, BEFORE)
        if kept is None:
            raise errors.NotFound("rehearsal")
        if not confirmed and rehearsals.answered_by_real_people(tx, session_id):
            raise errors.RealAnswers()
        before, rev = json.loads(kept), sessions.bump(tx, session_id)
        rehearsals.part_from(tx, session_id, rev)
        _wipe_log(tx, session_id, account, before["rev"])
        rehearsals.remove(tx, session_id)
        rehearsals.remove_organisations(tx, session.event_id, before["organisations"])
        rehearsals.remove_account(tx, account, [account, f"{account}/{session_id}"])
        _put_back(tx, session, before, rev)

    def _asked(self, tx: Tx, session_id: str, signin: str | None) -> Session:
        if signin is not None and accounts.signed_in(tx, signin, self._clock()) is None:
            raise errors.NotSignedIn()
        session = sessions.by_id(tx, session_id)
        if session is None:
            raise errors.NotFound("session")
        return session


def _standing(tx: Tx, session: Session) -> dict[str, Any]:
    """All of a session that a rehearsal changes beside adding to it."""
    return {
        "rev": session.rev, "session": {name: getattr(session, name) for name in SESSION},
        "themes": {theme.id: {name: getattr(theme, name) for name in THEME} for theme in sessions.themes(tx, session.id)},
        "steps": rehearsals.step_states(tx, session.id),
        "done": {who.id: who.done for who in participants.of_session(tx, session.id)},
        "organisations": [o.id for o in participants.organisations(tx, session.event_id)],
    }


def _put_back(tx: Tx, session: Session, before: Mapping[str, Any], rev: int) -> None:
    sessions.save(tx, replace(session, **before["session"]))
    for theme in sessions.themes(tx, session.id):
        was = replace(theme, **before["themes"].get(theme.id, {}))
        if was != theme:
            sessions.save_theme(tx, replace(was, rev=rev))
    for who in participants.of_session(tx, session.id):
        if who.done != before["done"].get(who.id, ""):
            participants.save(tx, replace(who, done=before["done"].get(who.id, ""), rev=rev))
    rehearsals.set_step_states(tx, session.id, before["steps"], rev)


def _wipe_log(tx: Tx, session_id: str, account: str, since: int) -> None:
    """Of what was done since the rehearsal began only what was done to people's own words stays in the log."""
    gone = rehearsals.ids(tx, session_id)
    entries = [entry for entry in log.of_session(tx, session_id) if entry.rev > since]
    rehearsals.remove_log(tx, [entry.id for entry in entries if entry.actor == account or not _is_real(entry, gone)])


def _is_real(entry: LogEntry, gone: set[str]) -> bool:
    """Whether an entry tells of ideas, experiences, people or ballots that stay, and of none that goes."""
    rows = json.loads(entry.before)
    changed = {row for table in ("ideas", "experiences", "participants", "ballots") for row in rows.get(table, {})}
    told = {entry.subject, *json.loads(entry.after).values()} if entry.after else set()
    named = changed | {one for one in told if isinstance(one, str)}
    return bool(changed) and not any(one in gone or any(part in gone for part in one.split("/")) for one in named)
