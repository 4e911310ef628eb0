"""How much room text takes on a slide or in a cell, before there is one: widths by kind of letter, lines, heights, and what goes on.

No font is at hand where documents are written, so widths are those of Calibri by class of letter with some air; what does not
fit is continued on a further slide, never cut.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from workshop.documents import office
from workshop.rules.light import Run

LINE = 1.22  # of the size, from one line to the next
AIR = 1.06
NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[]-· ’“”"), frozenset("mwMW@%—…")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: *size* and *before*, the space above it, in points."""

    runs: tuple[Run, ...]
    size: float = 16
    colour: str = office.INK
    before: float = 6
    bullet: bool = False
    keep: bool = False  # with what follows: a heading is never the last on a slide

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


def piece(text: str, **look: object) -> Piece:
    """A paragraph in one look."""
    return Piece((Run(text),), **look)


def scaled(each: Piece, scale: float) -> Piece:
    """The paragraph larger or smaller."""
    return replace(each, size=round(each.size * scale, 1), before=each.before * scale)


@lru_cache(8192)
def em(text: str) -> float:
    """The width of the text in ems."""
    return AIR * sum(map(_letter, text))


def lines(text: str, width: float, size: float) -> int:
    """How many lines the text takes in *width* points, words kept whole where they fit a line."""
    return sum(_lines_of(line, width / size) for line in text.split("\n"))


def height(of: Piece, width: float) -> float:
    """What the paragraph takes, the space above it included, in points."""
    return of.before + lines(of.text, width - of.size * of.bullet, of.size) * of.size * LINE


def pages(pieces: Iterable[Piece], width: float, room: float) -> list[list[Piece]]:
    """The paragraphs by slide, in order; one that is higher than a slide is divided."""
    found: list[list[Piece]] = [[]]
    left = room
    for each in _divided(pieces, width, room):
        needed = height(each, width)
        if needed > left and found[-1]:
            kept = _headings(found[-1])
            found.append(kept)
            left = room - sum(height(heading, width) for heading in kept)
        found[-1].append(each)
        left -= needed
    return [page for page in found if page]


def shrunk(text: str, width: float, sizes: Sequence[float], most: int) -> tuple[str, float]:
    """The text and the first of *sizes* in which it takes at most *most* lines; shortened where none does."""
    for size in sizes:
        if lines(text, width, size) <= most:
            return text, size
    size, short = sizes[-1], text[: int(3 * most * width / sizes[-1])]
    while lines(short + "…", width, size) > most:
        short = short[: int(len(short) * 0.9)]
    return short.rstrip() + "…", size


def _headings(page: list[Piece]) -> list[Piece]:
    """The headings at the end of a page, taken from it: they go on with what follows, unless they are all there is."""
    kept: list[Piece] = []
    while len(page) > 1 and page[-1].keep:
        kept.insert(0, page.pop())
    return kept


def _divided(pieces: Iterable[Piece], width: float, room: float) -> Iterable[Piece]:
    """The paragraphs, those that no slide holds in parts of one look."""
    for each in pieces:
        if height(each, width) <= 0.8 * room:
            yield each
            continue
        most = max(1, int(0.8 * room / (each.size * LINE)) - 1)
        for part in _parts(each.text, width, each.size, most):
            yield replace(each, runs=(Run(part),))


def _parts(text: str, width: float, size: float, most: int) -> Iterable[str]:
    """The text in parts of at most *most* lines, divided at a space where there is one."""
    while text:
        end = min(len(text), int(most * width / size * 3))
        while lines(text[:end], width, size) > most:
            end = int(end * 0.9)
        space = text.rfind(" ", end // 2, end) if end < len(text) else -1
        end = max(1, space + 1 if space > 0 else end)
        yield text[:end]
        text = text[end:]


def _lines_of(line: str, ems: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        wide = em(word)
        if used and used + wide > ems:
            count, used = count + 1, 0.0
        over = int(wide / ems)
        count += over  # a word longer than the line is broken where the line ends
        used += wide - over * ems + em(" ")
    return count


@lru_cache(8192)
def _letter(char: str) -> float:
    if unicodedata.combining(char) or char == "\u200d":
        return 0.0
    if char > "\u2fff" or unicodedata.east_asian_width(char) in "WF":
        return 1.3 if char > "\uffff" else 1.05
    if char in NARROW:
        return 0.3
    return 0.85 if char in WIDE else 0.62 if char.isupper() else 0.52
