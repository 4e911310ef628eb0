"""Coming in: find the session, join it, come back. Tokens prove who a browser is; only their hashes are stored."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop import errors
from workshop.model import (
    CODE_ALPHABET,
    NAME_LIMIT,
    QUOTES,
    RETURN_LENGTH,
    Event,
    Organisation,
    Participant,
    Session,
    new_id,
    now_ms,
)
from workshop.native import natively
from workshop.rules import similar, text
from workshop.store import Store, Tx
from workshop.store.queries import accounts, log, participants, record, sessions

REHEARSAL = "rehearsal-"  # begins the token of a rehearsal, whose participants are simulated
TYPED_ORGANISATIONS = 100  # of an event, beside those of the organizer's list


@dataclass(frozen=True, slots=True)
class Joined:
    """A participant and the token that this browser proves it with."""

    participant: Participant
    token: str


def hashed(token: str) -> str:
    """What is stored of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def rehearsal_account(session_id: str) -> str:
    """The id of the account that plays in rehearsals of the session."""
    return f"rehearsal/{session_id}"


@dataclass(frozen=True, slots=True)
class _Wish:
    organisation: str
    name: str
    quote: Any
    new_ok: bool
    once_id: str | None
    host: bool
    rehearsal: str | None = None


class Entrance:
    """The way into a session.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    def session(self, code: str) -> tuple[Session, Event]:
        """The session with the code as a person types it, and its event.

        Raises:
            errors.UnknownCode: no session has it.
        """
        return self._store.lookup(lambda tx: self._found(tx, code))

    def organisations(self, code: str) -> list[Organisation]:
        """The organisations to choose from, in the organizer's order."""
        return self._store.lookup(lambda tx: participants.organisations(tx, _session(tx, code).event_id))

    def join(self, code: str, organisation: str, name: str, quote: str, new_organisation_ok: bool = False,
             once_id: str | None = None, host: bool = False, account_token: str = "") -> Joined:
        """Join the session.

        Args:
            organisation: its name as chosen or typed; empty for none.
            quote: how to be quoted, one of `model.QUOTES`.
            new_organisation_ok: add the organisation where the event does not know it.
            once_id: the form's own id; sent twice (a double tap), it is one participant.
            host: one of those who run the session, whose ballots do not count unless it says so.
            account_token: of the account that the browser is signed in with; with a rehearsal's the participant is simulated.

        Raises:
            errors.NewOrganisation: unknown and not ok; ``params["closest"]`` holds what may be meant.
            errors.Invalid, errors.TooLong, errors.UnknownCode, errors.ListFull
            errors.Locked: nobody new may join.
            errors.NotSignedIn: the rehearsal is over.
        """
        if quote not in QUOTES:
            raise errors.Invalid("quote", what="quote")
        name = text.clean_line(name, NAME_LIMIT, "name") if name.strip() else ""
        rehearsal = account_token if account_token.startswith(REHEARSAL) else None
        wish = _Wish(organisation, name, quote, new_organisation_ok, once_id, host, rehearsal)
        token = secrets.token_urlsafe(24)
        try:
            return self._store.write(lambda tx: self._join(tx, code, wish, token))
        except errors.NewOrganisation as unknown:
            typed, known = str(unknown.params["name"]), [o.name for o in self.organisations(code)]
        # Not in the transaction: nobody's word waits for this comparison.
        closest = natively(lambda: similar.closest(typed, known))
        raise errors.NewOrganisation("organisation", name=typed, closest=closest)

    def come_back(self, code: str, return_code: str) -> Joined:
        """Let another browser act for the participant with the four-character return code.

        Raises:
            errors.NotFound: nobody in the session has it.
            errors.SentOut: it is theirs whom the facilitator has sent out.
        """
        token = secrets.token_urlsafe(24)
        return self._store.write(lambda tx: self._come_back(tx, code, text.normalise_code(return_code), token))

    def participant(self, code: str, token: str | None) -> Participant:
        """The participant whose browser holds the token, in the session with the code; one question, as every phone asks it twice.

        Args:
            code: as the session has it, not as a person may type it.

        Raises:
            errors.NotSignedIn: nobody's, or no such session.
            errors.SentOut: the facilitator has sent them out.
        """
        found = token and self._store.lookup(lambda tx: participants.by_pass(tx, code, hashed(token)))
        if not found:
            raise errors.NotSignedIn()
        return _inside(found)

    def _found(self, tx: Tx, code: str) -> tuple[Session, Event]:
        session = _session(tx, code)
        return session, record.event(tx, session.event_id)

    def _join(self, tx: Tx, code: str, wish: _Wish, token: str) -> Joined:
        session = _session(tx, code)
        actor, at = f"join/{session.id}", self._clock()
        known = wish.once_id and log.answer(tx, actor, wish.once_id)
        who = participants.by_id(tx, known) if known else None
        if who is None:
            who = self._newcomer(tx, session, wish)
            if wish.once_id:
                log.keep_answer(tx, actor, wish.once_id, who.id, at)
        participants.give_pass(tx, who.id, hashed(token), at)
        return Joined(who, token)

    def _newcomer(self, tx: Tx, session: Session, wish: _Wish) -> Participant:
        if session.locked:
            raise errors.Locked()
        if wish.rehearsal and not self._is_on(tx, session, wish.rehearsal):
            raise errors.NotSignedIn()
        chosen = self._organisation(tx, session, wish.organisation, wish.new_ok)
        who = Participant(
            id=new_id(self._clock()), session_id=session.id, organisation_id=chosen and chosen.id, name=wish.name,
            quote=wish.quote, return_code=_free_return_code(tx, session.id), done="", rev=sessions.bump(tx, session.id),
            joined_at=self._clock(), host=wish.host and not wish.rehearsal, simulated=bool(wish.rehearsal),
        )
        participants.insert(tx, who)
        return who

    def _is_on(self, tx: Tx, session: Session, token: str) -> bool:
        account = accounts.signed_in(tx, hashed(token), self._clock())
        return account is not None and account.id == rehearsal_account(session.id)

    def _organisation(self, tx: Tx, session: Session, typed: str, new_ok: bool) -> Organisation | None:
        if not typed.strip():
            return None
        name = text.clean_line(typed, NAME_LIMIT, "organisation")
        known = participants.organisation(tx, session.event_id, text.name_key(name))
        if known:
            return known
        if not new_ok:
            raise errors.NewOrganisation("organisation", name=name, closest=[])
        if sum(not o.invited for o in participants.organisations(tx, session.event_id)) >= TYPED_ORGANISATIONS:
            raise errors.ListFull("organisation")
        return participants.add_organisation(tx, new_id(), session.event_id, name, text.name_key(name))

    def _come_back(self, tx: Tx, code: str, return_code: str, token: str) -> Joined:
        who = participants.by_return_code(tx, _session(tx, code).id, return_code)
        if who is None:
            raise errors.NotFound("return_code")
        participants.give_pass(tx, _inside(who).id, hashed(token), self._clock())
        return Joined(who, token)


def _inside(who: Participant) -> Participant:
    if who.removed_at is not None:
        raise errors.SentOut()
    return who


def _session(tx: Tx, code: str) -> Session:
    session = sessions.by_code(tx, text.normalise_code(code))
    if session is None:
        raise errors.UnknownCode("code", code=code[:20])
    return session


def _free_return_code(tx: Tx, session_id: str) -> str:
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(RETURN_LENGTH))
        if participants.by_return_code(tx, session_id, code) is None:
            return code
