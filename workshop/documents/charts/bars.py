"""Bars: the ranking with organisations equal beside heads, and how many organisations an idea reaches."""

from __future__ import annotations

from workshop.documents import figures
from workshop.documents.charts.drawing import EDGE, SOFT, STRONG, Drawing, Mark, box, letters
from workshop.documents.charts.lettering import width
from workshop.documents.charts.rows import LABEL, by_idea
from workshop.documents.shape import Count, Line, ThemePart
from workshop.documents.words import Words
from workshop.model import Method

FULL = 330  # what a whole is long


def ranking(part: ThemePart, count: Count, method: Method, w: Words) -> Drawing:
    """What ideas are ranked by, with every organisation equal, and under it the share of heads."""
    equal, heads = figures.head(method, w), w._("Counting heads")
    return by_idea(
        w._("The ranking in “%(theme)s”", theme=part.title), count, _legend(equal, heads),
        lambda line, top: _pair(line, top, w),
        lambda line: f"{w.percent(line.score)} {equal}, {w.percent(line.raw)} {heads}", w,
    )


def reach(part: ThemePart, count: Count, w: Words) -> Drawing:
    """How many of the organisations an idea reaches."""
    def told(line: Line) -> str:
        return w._("%(n)d of %(all)d", n=line.reach, all=count.organisations)

    legend = [letters(LABEL, 18, w._("Organisations that are for it, of %(all)d", all=count.organisations), size=12)]
    return by_idea(w._("How many organisations, in “%(theme)s”", theme=part.title), count, legend,
                   lambda line, top: _single(line.reach / max(1, count.organisations), told(line), top), told, w)


def _legend(equal: str, heads: str) -> list[Mark]:
    after = LABEL + 34 + width(equal, 12)
    return [box(LABEL, 9, 14, 11, fill=STRONG), letters(LABEL + 20, 19, equal, size=12),
            box(after, 10, 14, 8, fill=SOFT, stroke=EDGE), letters(after + 20, 19, heads, size=12)]


def _pair(line: Line, top: float, w: Words) -> list[Mark]:
    equal, heads = FULL * line.score, FULL * line.raw
    return [
        box(LABEL, top + 7, equal, 14, fill=STRONG), letters(LABEL + equal + 6, top + 18, w.percent(line.score), bold=True),
        box(LABEL, top + 23, heads, 9, fill=SOFT, stroke=EDGE), letters(LABEL + heads + 6, top + 32, w.percent(line.raw), size=11),
    ]


def _single(share: float, told: str, top: float) -> list[Mark]:
    return [
        box(LABEL, top + 11, FULL, 16, fill="none", stroke=EDGE, stroke_width="0.5"),
        box(LABEL, top + 11, FULL * share, 16, fill=STRONG), letters(LABEL + FULL + 8, top + 24, told),
    ]
