"""Stacked bars: how people answered to an idea, from the most to the least in favour, each part with its number."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.documents import figures
from workshop.documents.charts.drawing import EDGE, SIZE, STEPS, Drawing, Mark, box, letters
from workshop.documents.charts.lettering import width
from workshop.documents.charts.rows import LABEL, by_idea
from workshop.documents.shape import Count, Line, ThemePart
from workshop.documents.words import Words
from workshop.model import Method

FULL = 390
COLOURS: dict[Method, tuple[int, ...]] = {"agree": (0, 4, 3), "adoption": (0, 1, 2, 3, 4)}  # of `STEPS`, as `figures.columns` stand


def answers(part: ThemePart, count: Count, method: Method, w: Words) -> Drawing:
    """Agree, pass, disagree; or the adoption grades."""
    names = figures.columns(method, w)
    steps = [STEPS[n] for n in COLOURS[method]]

    def counts(line: Line) -> list[int]:
        return [int(cell) for cell in figures.cells(line, count, method, w)]

    return by_idea(
        w._("How people answered, in “%(theme)s”", theme=part.title), count, _legend(names, steps),
        lambda line, top: _parts(counts(line), steps, top),
        lambda line: ", ".join(f"{name} {n}" for name, n in zip(names, counts(line), strict=True)), w,
    )


def _legend(names: Sequence[str], steps: Sequence[tuple[str, str]]) -> list[Mark]:
    """From the right edge of the chart leftwards, so that five long names find room."""
    marks, x = [], float(LABEL) - 60 * (len(names) > 3)
    for name, (colour, _ink) in zip(names, steps, strict=True):
        marks += [box(x, 9, 12, 12, fill=colour, stroke=EDGE, stroke_width="0.5"), letters(x + 17, 19, name, size=11)]
        x += 28 + width(name, 11)
    return marks


def _parts(counts: Sequence[int], steps: Sequence[tuple[str, str]], top: float) -> list[Mark]:
    marks, x, total = [], float(LABEL), sum(counts)
    for n, (colour, ink) in zip(counts, steps, strict=True):
        if not n:
            continue
        length = FULL * n / total
        marks.append(box(x, top + 9, length, 20, fill=colour, stroke=EDGE, stroke_width="0.5"))
        if width(str(n), SIZE) + 4 <= length:
            marks.append(letters(x + length / 2, top + 24, str(n), anchor="middle", fill=ink))
        x += length
    return marks or [letters(LABEL, top + 24, "–")]
