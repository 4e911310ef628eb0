"""Pieces of WordprocessingML (ECMA-376), made directly: a table of five hundred rows is too much for python-docx's own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml

from workshop.documents import office
from workshop.documents.words import plain
from workshop.rules.light import Run

Element = Any
Text = str | Sequence[Run]
SPLIT = 1_000  # characters of a cell from which its row may be divided
LOOKS = {"strong": "<w:b/>", "stressed": "<w:i/>"}
RIGHT = '<w:jc w:val="right"/>'
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
    return _read(_run(text, look, **props))


def paragraph(text: Text = "", style: str = "", *extra: Element) -> Element:
    """A paragraph of a style, named by its id; *extra* are further properties."""
    made = _read(_paragraph(text, style))
    if extra:
        made.get_or_add_pPr().extend(extra)
    return made


def field(code: str, shown: str = "1") -> list[Element]:
    """The runs of a field that the reader's program fills in."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")), element("r", instruction),
        element("r", element("fldChar", fldCharType="separate")), run(shown), element("r", element("fldChar", fldCharType="end")),
    ]


def comment(number: int, text: str, **marks: str) -> Element:
    """A comment, numbered from 0. *marks* are its author, initials and date."""
    reference = element("r", element("rPr", element("rStyle", val="CommentReference")), element("annotationRef"))
    words = element("p", element("pPr", element("pStyle", val="CommentText")), reference, run(text))
    return element("comment", words, id=number, **marks)


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
    first = _row([[Run(text, "strong")] for text in head], widths, aligned, "TableHead", "<w:tblHeader/>")
    made = _read(f"<w:tbl>{first}{''.join(_row(cells, widths, aligned, 'TableText') for cells in rows)}</w:tbl>")
    made[:0] = (props, grid)
    return made


# -- as text: reading a table takes a tenth of the time that making its elements one by one takes ------------


def _read(xml: str) -> Element:
    """The one element that the text says."""
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")[0]


def _row(cells: Sequence[Text], widths: Sequence[int], right: set[int], style: str, props: str = "") -> str:
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, style, RIGHT if place in right else "")}</w:tc>'
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    whole = "<w:cantSplit/>" if max(map(_length, cells)) <= SPLIT else ""  # a row higher than the page has to go on
    return f"<w:tr><w:trPr>{whole}{props}</w:trPr>{''.join(made)}</w:tr>"


def _paragraph(text: Text, style: str, props: str = "") -> str:
    props = (f'<w:pStyle w:val="{style}"/>' if style else "") + props
    runs = [Run(text)] if isinstance(text, str) else text
    said = "".join(_run(piece.text, piece.look) for piece in runs if piece.text)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{said}</w:p>"


def _run(text: str, look: str, **props: object) -> str:
    looks = LOOKS.get(look, "") + "".join(f'<w:{name} w:val="{value}"/>' for name, value in props.items())
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _lines(text))
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{said}</w:r>"


def _length(text: Text) -> int:
    return len(text) if isinstance(text, str) else sum(len(piece.text) for piece in text)


def _lines(text: str) -> list[str]:
    """The lines of a text that any file can hold, with the spaces at both ends kept."""
    start, end = (" " if text[:1].isspace() else ""), (" " if len(text) > 1 and text[-1].isspace() else "")
    return f"{start}{plain(text)}{end}".split("\n")


def shading(colour: str) -> Element:
    """A ground of one colour, six hex digits."""
    return element("shd", val="clear", color="auto", fill=colour)


def rule(side: str, size: int, colour: str = office.LINE, space: int = 4) -> Element:
    """A border at one side, *size* in eighths of a point."""
    return element(side, val="single", sz=size, space=space, color=colour)
