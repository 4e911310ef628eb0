"""What everybody ought to hold, made anew from the tables: the measure for states that were sent change by change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson

from workshop import views
from workshop.model import Record
from workshop.room import open_room
from workshop.rules import tally
from workshop.service.participate import own_entries
from workshop.store import Tx
from workshop.store.queries import record

State = dict[str, Any]


def audiences(tx: Tx, session_id: str, here: Iterable[str]) -> dict[str, State]:
    """The state of each role's audience while the participants *here* are connected."""
    changes, found = record.changes(tx, session_id, -1), record.load(tx, session_id)
    assert changes is not None
    assert found is not None
    room = open_room(changes)
    room.gather(here)
    room.results = {theme.id: _result(found, theme.id, theme.round) for theme in found.themes if theme.revealed}
    return {role: as_sent(view) for role, view in views.every(room).items()}


def own(tx: Tx, participant_id: str) -> State:
    """The own entries of a participant."""
    return as_sent(own_entries(tx, participant_id))


def as_sent(state: State) -> State:
    """*state* after a way over the wire."""
    return orjson.loads(orjson.dumps(state))


def digest(state: State) -> str:
    """The hash of a state in canonical JSON."""
    return hashlib.sha256(orjson.dumps(state, option=orjson.OPT_SORT_KEYS)).hexdigest()


def difference(held: State, due: State) -> str:
    """The keys in which two states differ, with both values; for the words of a failed test."""
    return "\n".join(f"{key}: {held.get(key)} instead of {due.get(key)}" for key in sorted(held.keys() | due.keys())
                     if held.get(key) != due.get(key))


def _result(found: Record, theme: str, round: int) -> tally.Result:
    return tally.theme_result(found.session, theme, round, found.ideas, found.participants, found.ballots, found.organisations)
