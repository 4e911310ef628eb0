"""Charts of the report as SVG: pure functions of its parts. Every figure in a picture stands beside it in words too."""

from __future__ import annotations

from workshop.documents.charts import bars, quadrants, stacked
from workshop.documents.charts.drawing import Drawing
from workshop.documents.shape import ThemePart
from workshop.documents.words import Words
from workshop.model import Method


def of_theme(part: ThemePart, method: Method, w: Words) -> list[Drawing]:
    """The charts of a theme whose votes are counted, as its method needs them; none before."""
    count = part.count
    if count is None or not count.voters or not count.ranking:
        return []
    drawings = [bars.ranking(part, count, method, w)] if method in ("approval", "dots", "agree") else []
    drawings += [stacked.answers(part, count, method, w)] if method in stacked.COLOURS else []
    drawings += [quadrants.picture(part, count, w)] if method == "impact" else []
    return [*drawings, *([bars.reach(part, count, w)] if count.organisations > 1 else [])]  # of one organisation it would say nothing
