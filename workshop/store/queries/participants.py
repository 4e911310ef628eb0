"""Participants, their passes (browsers that may act for them) and the organisations they choose."""

from __future__ import annotations

from workshop.model import Organisation, Participant
from workshop.store.queries.rows import each, make, maybe
from workshop.store.tx import Tx


def of_session(tx: Tx, session: str, since: int = -1) -> list[Participant]:
    """Those who joined, newer than the revision *since*."""
    rows = tx.all("SELECT * FROM participants WHERE session_id = :session AND rev > :since", session=session, since=since)
    return each(Participant, rows)


def by_id(tx: Tx, participant: str) -> Participant | None:
    """The participant with the id."""
    return maybe(Participant, tx.one("SELECT * FROM participants WHERE id = :id", id=participant))


def in_session(tx: Tx, session: str, participant: str) -> Participant | None:
    """The participant, looked up through the session."""
    sql = "SELECT * FROM participants WHERE id = :id AND session_id = :session"
    return maybe(Participant, tx.one(sql, id=participant, session=session))


def by_pass(tx: Tx, code: str, token_hash: str) -> Participant | None:
    """The participant of the session with the join *code* (canonical form) whose browser holds the token."""
    sql = """SELECT p.* FROM passes JOIN participants p ON p.id = passes.participant_id JOIN sessions s ON s.id = p.session_id
             WHERE passes.token_hash = :token_hash AND s.code = :code"""
    return maybe(Participant, tx.one(sql, code=code, token_hash=token_hash))


def by_return_code(tx: Tx, session: str, return_code: str) -> Participant | None:
    """The participant of the session with the return code."""
    sql = "SELECT * FROM participants WHERE session_id = :session AND return_code = :return_code"
    return maybe(Participant, tx.one(sql, session=session, return_code=return_code))


def people(tx: Tx, session: str) -> int:
    """How many persons have joined: without tables entered by proxy, and those sent out."""
    sql = "SELECT COUNT(*) AS n FROM participants WHERE session_id = :session AND removed_at IS NULL AND proxy = ''"
    row = tx.one(sql, session=session)
    return row["n"] if row else 0


def insert(tx: Tx, who: Participant) -> None:
    """Store one who joins."""
    tx.run(
        """INSERT INTO participants (id, session_id, organisation_id, name, quote, return_code, done, host, proxy, simulated,
                                     removed_at, rev, joined_at)
           VALUES (:id, :session_id, :organisation_id, :name, :quote, :return_code, :done, :host, :proxy, :simulated,
                   :removed_at, :rev, :joined_at)""",
        id=who.id, session_id=who.session_id, organisation_id=who.organisation_id, name=who.name, quote=who.quote,
        return_code=who.return_code, done=who.done, host=int(who.host), proxy=who.proxy, simulated=int(who.simulated),
        removed_at=who.removed_at, rev=who.rev, joined_at=who.joined_at,
    )


def give_pass(tx: Tx, participant: str, token_hash: str, at: int) -> None:
    """Let the browser that holds the token act as the participant."""
    tx.run(
        "INSERT INTO passes (token_hash, participant_id, created_at) VALUES (:token_hash, :participant, :at)",
        token_hash=token_hash, participant=participant, at=at,
    )


def save(tx: Tx, who: Participant) -> None:
    """Store what may change of a participant."""
    tx.run(
        """UPDATE participants SET name = :name, quote = :quote, done = :done, host = :host, proxy = :proxy, removed_at = :removed_at,
                                   rev = :rev WHERE id = :id""",
        id=who.id, name=who.name, quote=who.quote, done=who.done, host=who.host, proxy=who.proxy, removed_at=who.removed_at, rev=who.rev,
    )


def clear_done(tx: Tx, session: str, rev: int) -> None:
    """Nobody of the session is done any more."""
    tx.run("UPDATE participants SET done = '', rev = :rev WHERE session_id = :session AND done <> ''", session=session, rev=rev)


def renew(tx: Tx, session: str, organisation: str, rev: int) -> None:
    """What those of the organisation see of themselves is new: its name is a part of it."""
    tx.run(
        "UPDATE participants SET rev = :rev WHERE session_id = :session AND organisation_id = :organisation",
        session=session, organisation=organisation, rev=rev,
    )


def organisations(tx: Tx, event: str) -> list[Organisation]:
    """The event's organisations in the organizer's order, those typed in last."""
    rows = tx.all(
        "SELECT * FROM organisations WHERE event_id = :event ORDER BY invited DESC, position, name_key", event=event
    )
    return each(Organisation, rows)


def organisation(tx: Tx, event: str, name_key: str) -> Organisation | None:
    """The event's organisation with the (case-folded) name."""
    sql = "SELECT * FROM organisations WHERE event_id = :event AND name_key = :name_key"
    return maybe(Organisation, tx.one(sql, event=event, name_key=name_key))


def organisation_by_id(tx: Tx, organisation_id: str | None) -> Organisation | None:
    """The organisation with the id; None for None."""
    return maybe(Organisation, tx.one("SELECT * FROM organisations WHERE id = :id", id=organisation_id))


def add_organisation(tx: Tx, id: str, event: str, name: str, name_key: str) -> Organisation:
    """Add an organisation that a participant typed."""
    row = tx.one(
        """INSERT INTO organisations (id, event_id, name, name_key, position, invited)
           VALUES (:id, :event, :name, :name_key, 0, 0) RETURNING *""",
        id=id, event=event, name=name, name_key=name_key,
    )
    return make(Organisation, row or {})
