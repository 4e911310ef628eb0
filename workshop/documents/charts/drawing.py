"""SVG by elements: the looks of all charts, and the few marks that they are made of. No ids, no scripts, no references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.documents.elements import el, safe
from workshop.documents.words import line

WIDTH = 720  # user units; a chart is scaled to the column it stands in
SIZE = 13    # of letters, in the same units
FONT = "Inter, 'Noto Emoji', system-ui, sans-serif"
INK, QUIET, RULE, PAPER = "#16241f", "#4d5d56", "#c3cac4", "#ffffff"
STRONG, SOFT, EDGE = "#0b6b50", "#d9e2ea", "#475a6b"  # apart by lightness too, so that grey print and every eye tell them
# Five steps from dark to light, then grey: a Likert scale that stays in order without colour. Beside each the ink that reads on it.
STEPS = (("#0b6b50", PAPER), ("#5fb396", INK), ("#f2d398", INK), ("#b4542f", PAPER), ("#e6ebf0", INK))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: *svg* is the whole picture, *title* what it shows, *text* the same figures in words."""

    svg: str
    title: str
    text: str


def said(text: str) -> str:
    """A text as content of an element."""
    return safe(line(text))


def letters(x: float, y: float, text: str, full: str = "", **attributes: object) -> str:
    """A line of text; where it had to be cut, *full* is told on pointing and to assistive technology."""
    whole = [el("title", said(full))] if full and full != text else []
    return el("text", *whole, said(text), x=_px(x), y=_px(y), **attributes)


def box(x: float, y: float, width: float, height: float, **attributes: object) -> str:
    """A rectangle."""
    return el("rect", x=_px(x), y=_px(y), width=_px(max(0.0, width)), height=_px(height), **attributes)


def rule(x: float, y: float, to_x: float, to_y: float, **attributes: object) -> str:
    """A line between two points."""
    return el("line", x1=_px(x), y1=_px(y), x2=_px(to_x), y2=_px(to_y), **{"stroke": RULE, **attributes})


def drawing(title: str, text: str, height: float, marks: Iterable[str], width: float = WIDTH) -> Drawing:
    """The picture around *marks*, on white, with its title and description."""
    inside = (el("title", said(title)), el("desc", said(text)), box(0, 0, width, height, fill=PAPER), *marks)
    svg = el("svg", *inside, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_px(width)} {_px(height)}", role="img",
             font_family=FONT, font_size=SIZE, fill=INK)
    return Drawing(svg, line(title), line(text))


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

