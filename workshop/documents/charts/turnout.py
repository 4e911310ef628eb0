"""Turnout by organisation, as the report tells it: apart only where three or more voted, the others together."""

from __future__ import annotations

from typing import Any

from workshop.documents.charts.drawing import EDGE, SIZE, STRONG, WIDTH, Drawing, Mark, box, drawing, letters
from workshop.documents.charts.lettering import wrapped
from workshop.documents.shape import Room
from workshop.documents.words import Words

LABEL, ROW, TOP, FULL = 268, 26, 30, 330


def by_organisation(room: Room, w: Words) -> Drawing | None:
    """How many of each organisation voted, of those who came; None while nothing is counted."""
    told = sorted((one for one in room.present if one.voted is not None), key=lambda one: -(one.voted or 0))
    apart = [{"name": one.name or w._("Without an organisation"), "voted": one.voted, "of": one.joined} for one in told]
    if few := room.together:
        name = w.ngettext("%(n)d organisation with fewer people", "%(n)d organisations with fewer people", few.organisations)
        apart.append({"name": name, "voted": few.voted, "of": few.joined})
    if not apart:
        return None
    longest = max(row["of"] for row in apart)
    marks = [_legend(w), *(mark for n, row in enumerate(apart) for mark in _row(row, longest, TOP + n * ROW, w))]
    text = "; ".join(f"{row['name']}: {_told(row, w)}" for row in apart)
    return drawing(w._("Who voted, by organisation"), f"{text}.", TOP + len(apart) * ROW + 6, marks)


def _told(row: dict[str, Any], w: Words) -> str:
    return w._("%(n)d of %(all)d", n=row["voted"], all=row["of"])


def _legend(w: Words) -> Mark:
    return letters(LABEL, 18, w._("Voted, of those who came"), size=12)


def _row(row: dict[str, Any], longest: int, top: float, w: Words) -> list[Mark]:
    name = wrapped(row["name"], LABEL - 16, SIZE, 1)[0]
    came, voted = FULL * row["of"] / max(1, longest), FULL * min(row["voted"], row["of"]) / max(1, longest)
    return [letters(0, top + 16, name, row["name"]), box(LABEL, top + 4, came, 15, fill="none", stroke=EDGE),
            box(LABEL, top + 4, voted, 15, fill=STRONG), letters(min(LABEL + came + 8, WIDTH - 60), top + 16, _told(row, w))]
