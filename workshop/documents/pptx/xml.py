"""Pieces of DrawingML (ECMA-376), written as text and read at once: python-pptx's own way takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from workshop.documents import office
from workshop.documents.fit import Piece
from workshop.documents.words import line
from workshop.rules.light import Run

Element = Any
LOOKS = {"strong": ' b="1"', "stressed": ' i="1"'}


def paragraphs(pieces: Iterable[Piece]) -> list[Element]:
    """The paragraphs of a text, the first without space above it; an empty one where there is none."""
    return _read("".join(_paragraph(each, Pt(each.before if n else 0)) for n, each in enumerate(pieces)) or "<a:p/>")


def rows(texts: Iterable[Sequence[str]], heights: Iterable[float], grounds: Iterable[str], size: float, right: set[int]) -> list[Element]:
    """The rows of a table, each with its height in points and the colour behind it.

    Args:
        right: positions of the columns aligned to the right.
    """
    return _read("".join(_row(*each, size, right) for each in zip(texts, heights, grounds, strict=True)))


def _read(xml: str) -> list[Element]:
    return list(parse_xml(f"<a:txBody {nsdecls('a')}>{xml}</a:txBody>"))


def _paragraph(piece: Piece, before: Pt) -> str:
    indent = Pt(piece.size)
    margin, mark = (f' marL="{indent}" indent="-{indent}"', '<a:buChar char="•"/>') if piece.bullet else ("", "")
    props = f'<a:pPr{margin}><a:spcBef><a:spcPts val="{before.centipoints}"/></a:spcBef>{mark}</a:pPr>'
    return f"<a:p>{props}{''.join(_run(run, piece.size, piece.colour) for run in piece.runs)}</a:p>"


def _row(cells: Sequence[str], height: float, ground: str, size: float, right: set[int]) -> str:
    ink = office.CARD if ground == office.GREEN else office.INK
    look = "strong" if ground in (office.GREEN, office.GREEN_SOFT) else "plain"
    made = (_cell(_run(Run(line(text), look), size, ink), ground, place in right) for place, text in enumerate(cells))
    return f'<a:tr h="{Pt(height)}">{"".join(made)}</a:tr>'


def _cell(said: str, ground: str, right: bool) -> str:
    aligned = '<a:pPr algn="r"/>' if right else ""
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/><a:p>{aligned}{said}</a:p></a:txBody>"
    return f'<a:tc>{body}<a:tcPr marT="{Pt(4)}" marB="{Pt(4)}">{_filled(ground)}</a:tcPr></a:tc>'


def _run(run: Run, size: float, colour: str) -> str:
    """A run; line breaks in its text are line breaks."""
    return "<a:br/>".join(_pieces(run, f'sz="{round(size * 100)}"{LOOKS.get(run.look, "")}', colour))


def _pieces(run: Run, look: str, colour: str) -> Iterator[str]:
    for part in run.text.split("\n"):
        yield f"<a:r><a:rPr {look}>{_filled(colour)}</a:rPr><a:t>{_text(part)}</a:t></a:r>" if part else ""


def _filled(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _text(text: str) -> str:
    """A piece of a line as any file can hold it, the spaces at its ends kept."""
    return f"{' ' * text[:1].isspace()}{escape(line(text))}{' ' * (len(text) > 1 and text[-1].isspace())}"
