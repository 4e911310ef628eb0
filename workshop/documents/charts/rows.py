"""What the charts by idea share: a row an idea, its place and title on the left, the line of the cut, what is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workshop.documents.charts.drawing import EDGE, INK, QUIET, SIZE, WIDTH, Drawing, Mark, drawing, letters, rule
from workshop.documents.charts.lettering import wrapped
from workshop.documents.shape import Count, Line
from workshop.documents.words import Words

LABEL, ROW, TOP = 268, 40, 34  # the column of the titles, the height of a row, the room for a legend above
MOST = 12                      # rows of a chart; the table holds them all


def shown(count: Count) -> tuple[Line, ...]:
    """The first ideas of a ranking: all that are chosen, and as many as a chart takes."""
    return count.ranking[: max(MOST, min(len(count.chosen), 2 * MOST))]


def by_idea(title: str, count: Count, legend: Sequence[Mark], mark: Callable[[Line, float], Sequence[Mark]],
            told: Callable[[Line], str], w: Words) -> Drawing:
    """A chart with a row for each idea.

    Args:
        legend: marks for the top of the chart, made for the height `TOP`.
        mark: the marks of an idea's row whose top is at the height given.
        told: the same figures in words.
    """
    lines = shown(count)
    marks = [*legend]
    for n, line in enumerate(lines):
        top = TOP + n * ROW
        marks += [*label(line, top), *mark(line, top)]
    marks += _cut(lines, w)
    height, more = TOP + len(lines) * ROW + 8, len(count.ranking) - len(lines)
    if more:
        marks.append(letters(0, height + 10, rest(more, w), fill=QUIET, size=12))
        height += 20
    text = "; ".join(f"{line.rank}. {line.title}: {told(line)}" for line in lines)
    return drawing(title, f"{text}. {rest(more, w)}" if more else f"{text}.", height, marks)


def label(line: Line, top: float) -> list[Mark]:
    """Place and title, the title in two lines at most; what is chosen stands in bold."""
    parts = wrapped(line.title, LABEL - 48, SIZE, 2)
    first = top + (17 if len(parts) == 2 else 24)
    rank = letters(20, first, str(line.rank), anchor="end", bold=line.chosen)
    return [rank, *(letters(30, first + 16 * n, part, line.title, bold=line.chosen) for n, part in enumerate(parts))]


def rest(more: int, w: Words) -> str:
    """How many ideas the chart leaves to the table."""
    return w.ngettext("%(n)d more idea stands in the table.", "%(n)d more ideas stand in the table.", more)


def _cut(lines: Sequence[Line], w: Words) -> list[Mark]:
    """The line below what is chosen, where something follows."""
    chosen = sum(line.chosen for line in lines)
    if not chosen or chosen == len(lines):
        return []
    y = TOP + chosen * ROW + 1
    return [rule(0, y, WIDTH, y, stroke=EDGE, stroke_dasharray="5 4"),
            letters(WIDTH, y - 5, w._("chosen ↑"), anchor="end", size=11, fill=INK)]
