"""How wide a text will be, and where it is broken: by a table, because who writes SVG cannot measure.

Widths are of Inter in em, rounded up, so that a line is rather too short than over its column's edge.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

NARROW, WIDE = frozenset("iljI.,:;'|!()[]{}ftr/\\-· "), frozenset("mwMWQO@%&–—…+=<>~")
GRAPHEMES = regex.compile(r"\X")


def width(text: str, size: float) -> float:
    """The width of *text* in letters of *size*, in the same units; enough for bold ones."""
    return 1.04 * size * sum(map(_em, text))


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """*text* in at most *most* lines no wider than *room*; what does not fit ends in "…"."""
    lines = _lines(text, room, size, most + 1)
    if len(lines) <= most:
        return lines or [""]
    return [*lines[: most - 1], _cut(lines[most - 1], room, size)]


def _lines(text: str, room: float, size: float, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, room, size, most):
            longer = f"{lines[-1]} {piece}".strip()
            if width(longer, size) <= room:
                lines[-1] = longer
            elif len(lines) == most:
                return lines
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, room: float, size: float, most: int) -> list[str]:
    """The word, in pieces that fit where it is wider than a line; no more of them than can be shown."""
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    for sign in GRAPHEMES.findall(word):
        if width(pieces[-1] + sign, size) > room:
            if len(pieces) > most:
                break
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _cut(line: str, room: float, size: float) -> str:
    signs = GRAPHEMES.findall(line)
    while signs and width("".join(signs) + "…", size) > room:
        signs.pop()
    return "".join(signs).rstrip() + "…"


@lru_cache(8192)
def _em(sign: str) -> float:
    if sign in NARROW:
        return 0.31
    if sign in WIDE:
        return 0.9
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.1
    return 0.69 if sign.isupper() else 0.575
