"""By proxy: a table or an organisation without phones, for which the facilitator enters ideas and ballots.

A proxy is a participant whom no browser can be: it has no pass, and its return code cannot be typed. Its ideas and ballots go
through the participants' own commands, so that phase, limits and budget hold for it as for a phone. It has one ballot in a theme.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workshop import errors
from workshop.model import NAME_LIMIT, Ballot, Participant
from workshop.rules import text
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import Table
from workshop.store import Tx
from workshop.store.queries import ballots, ideas, participants

NO_ENTRY = "proxy/"  # begins a return code that is none: what people type is looked up without such signs


def _put(act: Act, command: c.ProxyPut) -> None:
    label = text.clean_line(command.label, NAME_LIMIT, "label")
    known = participants.in_session(act.tx, act.session.id, command.proxy)
    if known is None:
        known = _make(act, command, label)
    elif not known.proxy:
        raise errors.NotFound("proxy")
    elif known.organisation_id != command.organisation:
        raise errors.Conflict("organisation")  # what it has entered counts for the other one
    act.change(known, proxy=label, name=label, removed_at=None)
    act.note(known.id, proxy=label)


def _make(act: Act, command: c.ProxyPut, label: str) -> Participant:
    """A new proxy, as it is after an undo: put away. It is named by its label, or not at all where the session names nobody."""
    home = participants.organisation_by_id(act.tx, command.organisation)
    if command.organisation and (home is None or home.event_id != act.session.event_id):
        raise errors.NotFound("organisation")
    quote = "anonymous" if act.session.quote_default == "anonymous" else "name"
    made = Participant(
        id=command.proxy, session_id=act.session.id, organisation_id=command.organisation, name=label, quote=quote,
        return_code=NO_ENTRY + command.proxy, done="", rev=act.rev, joined_at=act.at, proxy=label, removed_at=act.at,
    )
    participants.insert(act.tx, made)
    return made


def _idea(act: Act, command: c.ProxyIdea) -> None:
    who = _proxy(act, command.proxy)
    before = ideas.in_session(act.tx, act.session.id, command.idea)
    act.enter(who, c.IdeaPut(id=command.id, idea=command.idea, theme=command.theme, title=command.title, detail=command.detail))
    idea = act.idea(command.idea)
    for column in ("title", "detail", "state"):
        was = getattr(before or replace(idea, state="withdrawn"), column)
        if was != getattr(idea, column):
            act.keep(idea, column, was, getattr(idea, column))
    act.note(idea.id, proxy=who.proxy)


def _ballot(act: Act, command: c.ProxyBallot) -> None:
    who = _proxy(act, command.proxy)
    before = act.find(Ballot, f"{command.theme}/{who.id}/{command.round}", "theme")
    act.enter(who, c.BallotPut(id=command.id, theme=command.theme, round=command.round, choices=command.choices))
    act.keep(before, "choices", before.choices, command.choices)
    act.note(command.theme, proxy=who.proxy)


def _proxy(act: Act, proxy_id: str) -> Participant:
    """The proxy, or errors.NotFound: for people who are here nobody enters anything."""
    who = act.find(Participant, proxy_id, "proxy")
    if not who.proxy or who.removed_at is not None:
        raise errors.NotFound("proxy")
    return who


def _find_ballot(tx: Tx, session_id: str, ballot_id: str) -> Ballot:
    """The ballot; one without choices (None) where none was cast."""
    theme, participant, round = ballot_id.split("/")
    none: Any = None
    return ballots.find(tx, session_id, ballot_id) or Ballot(theme, participant, int(round), session_id, 0, 0, 0, none)


def _save_ballot(tx: Tx, ballot: Ballot) -> None:
    (ballots.remove if ballot.choices is None else ballots.put)(tx, ballot)


BALLOTS = Table("ballots", Ballot, _find_ballot, _save_ballot)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.ProxyPut: _put, c.ProxyIdea: _idea, c.ProxyBallot: _ballot,
}
