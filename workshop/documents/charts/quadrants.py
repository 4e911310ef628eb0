"""Impact and effort: a 2×2 picture, and beside it whose number is whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workshop.documents.charts.drawing import EDGE, INK, PAPER, QUIET, RULE, STRONG, Drawing, Mark, box, drawing, letters, rule
from workshop.documents.charts.lettering import wrapped
from workshop.documents.charts.rows import rest, shown
from workshop.documents.elements import el
from workshop.documents.figures import FIELDS
from workshop.documents.shape import Count, Line, ThemePart
from workshop.documents.words import Words

SIDE, LEFT, TOP = 340, 34, 16    # the square
KEY, ROW = LEFT + SIDE + 34, 34  # the list beside it
CORNERS = {"quick_win": (0, 0), "big_bet": (1, 0), "fill_in": (0, 1), "hard_slog": (1, 1)}  # effort to the right, impact upwards


def picture(part: ThemePart, count: Count, w: Words) -> Drawing:
    """Every idea that was judged, by its rank, at its mean impact and effort (1–5); the middle is 3."""
    lines = [line for line in shown(count) if line.figures.get("quadrant")]
    more = sum(bool(line.figures.get("quadrant")) for line in count.ranking) - len(lines)
    text = "; ".join(f"{line.rank}. {line.title}: {_told(line, w)}" for line in lines)
    marks = [*_square(w), *_points(lines), *_key(lines, w)]
    height = max(TOP + SIDE + 44, TOP + len(lines) * ROW + 28)
    if more:
        marks.append(letters(KEY, height - 8, rest(more, w), fill=QUIET, size=12))
    return drawing(w._("Impact and effort in “%(theme)s”", theme=part.title), f"{text}.", height, marks)


def _told(line: Line, w: Words) -> str:
    told = line.figures
    field = FIELDS[told["quadrant"]]
    return w._("%(field)s: impact %(impact)s, effort %(effort)s", field=w._(field), impact=w.number(told["impact"]),
               effort=w.number(told["effort"]))


def _square(w: Words) -> list[Mark]:
    half = SIDE / 2
    marks = [box(LEFT, TOP, SIDE, SIDE, fill="#f4f6f8", stroke=EDGE), box(LEFT, TOP, half, half, fill="#dcefe7")]
    marks += [rule(LEFT + half, TOP, LEFT + half, TOP + SIDE, stroke=EDGE), rule(LEFT, TOP + half, LEFT + SIDE, TOP + half, stroke=EDGE)]
    for field, (x, y) in CORNERS.items():
        marks.append(letters(LEFT + 10 + x * half, TOP + 20 + y * half, w._(FIELDS[field]), fill=QUIET, bold=True, size=12))
    for n in range(1, 6):
        at = SIDE * (n - 1) / 4
        marks += [letters(LEFT + at, TOP + SIDE + 18, str(n), anchor="middle", size=11, fill=QUIET),
                  letters(LEFT - 10, TOP + SIDE - at + 4, str(n), anchor="middle", size=11, fill=QUIET)]
    across = letters(LEFT + half, TOP + SIDE + 36, w._("Effort") + " →", anchor="middle", size=12)
    up = letters(10, TOP + half, w._("Impact") + " →", anchor="middle", size=12, upwards=True)
    return [*marks, across, up]


def _points(lines: Sequence[Line]) -> list[Mark]:
    """A ring with the rank for each; what would lie on another moves beside it."""
    taken: Counter[tuple[int, int]] = Counter()
    marks = []
    for line in lines:
        x = LEFT + SIDE * (line.figures["effort"] - 1) / 4
        y = TOP + SIDE * (5 - line.figures["impact"]) / 4
        cell = round(x / 22), round(y / 22)
        x = min(x + 21 * taken[cell], LEFT + SIDE)
        taken[cell] += 1
        fill, ink = (STRONG, PAPER) if line.chosen else (PAPER, INK)
        marks += [el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=10, fill=fill, stroke=INK),
                  letters(x, y + 4, str(line.rank), line.title, anchor="middle", size=11, fill=ink, bold=True)]
    return marks


def _key(lines: Sequence[Line], w: Words) -> list[Mark]:
    marks = []
    for n, line in enumerate(lines):
        y = TOP + 12 + n * ROW
        title = wrapped(line.title, 720 - KEY - 28, 12, 1)[0]
        marks += [letters(KEY + 16, y, str(line.rank), anchor="end", bold=line.chosen, size=12),
                  letters(KEY + 24, y, title, line.title, bold=line.chosen, size=12),
                  letters(KEY + 24, y + 14, _told(line, w), size=11, fill=QUIET),
                  rule(KEY, y + 20, 720, y + 20, stroke=RULE, stroke_width="0.5")]
    return marks
