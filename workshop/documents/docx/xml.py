"""Pieces of WordprocessingML (ECMA-376), made directly: a table of five hundred rows is too much for python-docx's own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from workshop.documents import office
from workshop.documents.words import plain
from workshop.rules.light import Run

Element = Any
Text = str | Sequence[Run]
SPLIT = 1_000  # characters of a cell from which its row may be divided
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the "w:" namespace with its attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, look: str = "plain", **props: object) -> Element:
    """A run; line breaks in *text* are line breaks. *props* are further properties with their value."""
    marks = {"strong": ["b"], "stressed": ["i"], "link": []}.get(look, [])
    props_of = element("rPr", *(element(mark) for mark in marks), *(element(name, val=value) for name, value in props.items()))
    made = element("r", *([props_of] if len(props_of) else []))
    for number, line in enumerate(_lines(text)):
        if number:
            made.append(element("br"))
        made.append(_words(line))
    return made


def paragraph(text: Text = "", style: str = "", *extra: Element) -> Element:
    """A paragraph of a style, named by its id; *extra* are further properties."""
    props = element("pPr", *([element("pStyle", val=style)] if style else []), *extra)
    runs = [Run(text)] if isinstance(text, str) else text
    return element("p", *([props] if len(props) else []), *(run(piece.text, piece.look) for piece in runs if piece.text))


def field(code: str, shown: str = "1") -> list[Element]:
    """The runs of a field that the reader's program fills in."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")), element("r", instruction),
        element("r", element("fldChar", fldCharType="separate")), run(shown), element("r", element("fldChar", fldCharType="end")),
    ]


def table(
    head: Sequence[str], rows: Iterable[Sequence[Text]], widths: Sequence[int], right: Iterable[int] = (), about: str = ""
) -> Element:
    """A table whose head is repeated on every page and whose rows stay whole.

    Args:
        widths: of the columns, in twentieths of a point.
        right: positions of the columns aligned to the right.
        about: what is told of it to people who do not see it.
    """
    aligned = set(right)
    props = element("tblPr", element("tblStyle", val="Report"), element("tblW", w=sum(widths), type="dxa"),
                    element("tblLayout", type="fixed"), element("tblLook", firstRow=1, noVBand=1, noHBand=1),
                    *([element("tblDescription", val=plain(about))] if about else []))
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    first = _row([[Run(text, "strong")] for text in head], widths, aligned, "TableHead", element("tblHeader"))
    return element("tbl", props, grid, first, *(_row(cells, widths, aligned, "TableText") for cells in rows))


def _row(cells: Sequence[Text], widths: Sequence[int], right: set[int], style: str, *props: Element) -> Element:
    made = [
        element("tc", element("tcPr", element("tcW", w=width, type="dxa")),
                paragraph(cell, style, *([element("jc", val="right")] if place in right else [])))
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    whole = [element("cantSplit")] if max(map(_length, cells)) <= SPLIT else []  # a row higher than the page has to go on
    return element("tr", element("trPr", *whole, *props), *made)


def _length(text: Text) -> int:
    return len(text) if isinstance(text, str) else sum(len(piece.text) for piece in text)


def _lines(text: str) -> list[str]:
    """The lines of a text that any file can hold, with the spaces at both ends kept."""
    start, end = (" " if text[:1].isspace() else ""), (" " if len(text) > 1 and text[-1].isspace() else "")
    return f"{start}{plain(text)}{end}".split("\n")


def _words(text: str) -> Element:
    made = element("t")
    made.text = text
    made.set(SPACE, "preserve")
    return made


def shading(colour: str) -> Element:
    """A ground of one colour, six hex digits."""
    return element("shd", val="clear", color="auto", fill=colour)


def rule(side: str, size: int, colour: str = office.LINE, space: int = 4) -> Element:
    """A border at one side, *size* in eighths of a point."""
    return element(side, val="single", sz=size, space=space, color=colour)
