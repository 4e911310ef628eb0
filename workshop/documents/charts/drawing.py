"""SVG by elements: the looks of all charts, and the few marks that they are made of. No ids, no scripts, no references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.documents.elements import el, safe
from workshop.documents.words import line

WIDTH = 720  # user units; a chart is scaled to the column it stands in
SIZE = 13    # of letters, in the same units
FONT = "Inter, system-ui, sans-serif"
INK, QUIET, RULE, PAPER = "#16241f", "#4d5d56", "#c3cac4", "#ffffff"
STRONG, SOFT, EDGE = "#0b6b50", "#d9e2ea", "#475a6b"  # apart by lightness too, so that grey print and every eye tell them
# Five steps from dark to light, then grey: a Likert scale that stays in order without colour. Beside each the ink that reads on it.
STEPS = (("#0b6b50", PAPER), ("#5fb396", INK), ("#f2d398", INK), ("#b4542f", PAPER), ("#e6ebf0", INK))


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose baseline begins, ends or has its middle at a point. *full* is the whole of what had to be cut."""

    x: float
    y: float
    text: str
    full: str = ""
    anchor: str = "start"
    size: int = SIZE
    bold: bool = False
    fill: str = INK
    upwards: bool = False

    def svg(self) -> str:
        """The label as an element of SVG, the whole text told on pointing and to assistive technology."""
        whole = [el("title", safe(self.full))] if self.full and self.full != self.text else []
        return el(
            "text", *whole, safe(self.text), x=_px(self.x), y=_px(self.y), font_size=self.size, fill=self.fill,
            text_anchor=None if self.anchor == "start" else self.anchor, font_weight="700" if self.bold else None,
            transform=f"rotate(-90 {_px(self.x)} {_px(self.y)})" if self.upwards else None,
        )


Mark = str | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: what it shows, the same figures in words, and its marks: elements of SVG, and labels.

    Labels are kept apart because typst sets them itself: its reader of SVG text stumbles over some sequences of signs.
    """

    title: str
    text: str
    width: float
    height: float
    shapes: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def svg(self) -> str:
        """The whole picture."""
        told = el("title", safe(self.title)) + el("desc", safe(self.text))
        return self._picture(told, *self.shapes, *(label.svg() for label in self.labels))

    @property
    def wordless(self) -> str:
        """The picture without its labels."""
        return self._picture("", *self.shapes)

    def _picture(self, told: str, *marks: str) -> str:
        size = f"0 0 {_px(self.width)} {_px(self.height)}"
        paper = box(0, 0, self.width, self.height, fill=PAPER)
        return el("svg", told, paper, *marks, xmlns="http://www.w3.org/2000/svg", viewBox=size, role="img", font_family=FONT)


def letters(x: float, y: float, text: str, full: str = "", **looks: object) -> Label:
    """A `Label`, its texts on one line and without what no file may hold."""
    return Label(round(x, 1), round(y, 1), line(text), line(full), **looks)  # type: ignore[arg-type]


def box(x: float, y: float, width: float, height: float, full: str = "", **attributes: object) -> str:
    """A rectangle; *full* is told on pointing."""
    whole = [el("title", safe(line(full)))] if full else []
    return el("rect", *whole, x=_px(x), y=_px(y), width=_px(max(0.0, width)), height=_px(height), **attributes)


def rule(x: float, y: float, to_x: float, to_y: float, **attributes: object) -> str:
    """A line between two points."""
    return el("line", x1=_px(x), y1=_px(y), x2=_px(to_x), y2=_px(to_y), **{"stroke": RULE, **attributes})


def drawing(title: str, text: str, height: float, marks: Iterable[Mark], width: float = WIDTH) -> Drawing:
    """The chart of *marks*."""
    marks = list(marks)
    shapes = tuple(mark for mark in marks if isinstance(mark, str))
    return Drawing(line(title), line(text), width, height, shapes, tuple(mark for mark in marks if isinstance(mark, Label)))


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
