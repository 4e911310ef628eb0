"""Results: only after reveal."""

from __future__ import annotations

from typing import Any

from workshop.model import Theme
from workshop.room import Earlier, Room, kept
from workshop.rules import tally
from workshop.views.entries import Entry
from workshop.views.shared import theme_entry


def countable(room: Room) -> list[Theme]:
    """The themes whose totals may leave the server."""
    return [theme for theme in room.themes.values() if theme.revealed]


def results(room: Room) -> list[Entry]:
    """The results of the themes that are revealed."""
    return [(f"results/{t.id}", _result(room, t, room.results[t.id])) for t in countable(room) if t.id in room.results]


@kept
def _eligible(room: Room) -> int:
    return sum(tally.may_count(room.session, who) for who in room.participants.values())


def _result(room: Room, theme: Theme, result: tally.Result) -> dict[str, Any]:
    names = {o.id: o.name for o in room.organisations.values()}
    return {
        "theme": theme.id, "round": theme.round, "eligible": _eligible(room), "take": room.session.take,
        "budget": theme_entry(room, theme, 0, len(result.standings))[1]["budget"], **result.as_dict(names),
        "before": _before(result, room.earlier.get(theme.id)),
    }


def _before(result: tally.Result, earlier: Earlier | None) -> dict[str, Any] | None:
    """What moved since the round before; None where there is none."""
    if earlier is None:
        return None
    moves = [move for move in tally.moved(earlier.result, result) if not move.gone]
    return {
        "round": earlier.round, "voters": earlier.result.voters,
        "moves": [{"idea": m.idea, "rank": m.rank_before, "score": m.score_before, "places": m.places} for m in moves],
    }
