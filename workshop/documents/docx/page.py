"""The document while it is written: paragraphs, headings, lists, quotes, tables, pictures and comments, one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from copy import deepcopy

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart

from workshop.documents import office
from workshop.documents.charts.drawing import Drawing
from workshop.documents.docx.dress import WIDTH
from workshop.documents.docx.xml import ADDRESS, Element, Text, comment, element, field, paragraph, pieces, run, table
from workshop.documents.outline.blocks import Mark, Note, marked
from workshop.documents.shape import Report
from workshop.documents.words import Words, line

CONTENTS = 2  # levels of headings in the table of contents
EMU = 635  # English metric units in a twentieth of a point
HIGHEST = 12_500  # of a picture, in twentieths of a point: a page with its margins, a heading and the caption


class Page:
    """Writes at the end of the document.

    Args:
        drawn: the pictures of the figures, as PNG, in their order.
    """

    def __init__(self, document: Document, report: Report, w: Words, drawn: Iterable[bytes]) -> None:
        self.pictures: dict[str, bytes] = {}  # parts that `office.settled` puts into the file, by name
        self._document, self._w, self._drawn = document, w, iter(drawn)
        self._end = document.element.body.sectPr
        self._author = line(report.host or report.event_name)[:100] or "–"
        self._made_at = report.generated_at
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Element | None = None
        self._figures = self._tables = 0

    def add(self, made: Element) -> Element:
        """Put an element at the end."""
        self._end.addprevious(made)
        return made

    def text(self, text: Text, style: str = "") -> Element:
        """A paragraph; nothing where there is no text."""
        return self.add(paragraph(text, style)) if text else None

    def heading(self, level: int, text: str, new_page: bool = False) -> None:
        """A heading, which the table of contents leads to."""
        name = f"_Toc{len(self._headings) + 1:06d}"
        props = [element("pageBreakBefore")] if new_page else []
        made = self.add(paragraph(line(text) or "–", f"Heading{level}", *props))
        made.find(qn("w:pPr")).addnext(element("bookmarkStart", name=name))
        made.append(element("bookmarkEnd"))
        self._headings.append((level, line(text) or "–", name))

    @property
    def ends_with_heading(self) -> bool:
        """Whether nothing stands below the last heading yet."""
        style = self._end.getprevious().find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return style is not None and style.get(qn("w:val")).startswith("Heading")

    def items(self, texts: Iterable[Text], steps: bool) -> None:
        """A list: of points, or of steps that count from one."""
        number = [element("numPr", element("ilvl", val=0), element("numId", val=self._new_list()))] if steps else []
        for text in texts:
            self.add(paragraph(text, "ListNumber" if steps else "ListBullet", *map(deepcopy, number)))

    def quote(self, words: str, credit: str, mark: Mark | None) -> None:
        """Somebody's words, who said them, and which source that is."""
        made = self.add(paragraph(words, "Quote"))
        made.append(run(f" — {credit}", "plain", color=office.INK_2))
        made.extend(pieces(marked((), [mark] if mark else [])))

    def source(self, note: Note) -> None:
        """A source in the list; its number leads back to where it is referred to."""
        made = self.add(paragraph("", "Source"))
        made.extend([*pieces([Mark(note.number, note.back, note.anchor)]), element("r", element("tab")), run(note.text)])

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[Text]], widths: Sequence[int], right: Iterable[int], caption: str
    ) -> Element:
        """A table with its caption. *widths* are of the columns, in twentieths of a point, *right* the columns of figures."""
        self._tables += 1
        self._caption(self._w._("Table"), "Table", self._tables, caption, element("keepNext"), element("spacing", before=160, after=60))
        made = self.add(table(head, rows, widths, right, caption))
        # Two tables in a row would become one.
        self.add(paragraph("", "", element("spacing", before=0, after=0, line=120, lineRule="exact")))
        return made

    def picture(self, drawing: Drawing) -> None:
        """A chart with its caption; who does not see it is told the same in words."""
        self._figures += 1
        png = next(self._drawn)
        drawn = CT_Inline.new_pic_inline(self._figures, self._held(png), "image.png", *_size(png))
        drawn.docPr.set("descr", drawing.text)
        drawn.docPr.set("title", drawing.title)
        self.add(paragraph("", "", element("keepNext"))).append(element("r", element("drawing", drawn)))
        self._caption(self._w._("Figure"), "Figure", self._figures, drawing.title)

    def _caption(self, name: str, kind: str, number: int, text: str, *props: Element) -> None:
        """"Figure 3: …", its number a field that Word counts anew; *kind* is what it is counted among."""
        made = self.add(paragraph(f"{name} ", "Caption", *props))
        made.extend([*field(f"SEQ {kind} \\* ARABIC", str(number)), run(f": {text}")])

    def _held(self, png: bytes) -> str:
        """The picture as a part of the file, which it is put into last of all; the id by which it is shown.

        python-docx's own way compares each with all before it, and packs what is packed already.
        """
        name = f"word/media/image{self._figures}.png"
        self.pictures[name] = png
        return self._document.part.relate_to(ImagePart(PackURI(f"/{name}"), CONTENT_TYPE.PNG, b""), RELATIONSHIP_TYPE.IMAGE)

    def comment(self, anchor: Element, text: str) -> None:
        """A Word comment on all the runs of the paragraph *anchor*. python-docx's own way looks at all other comments for each."""
        comments, runs = self._document.part._comments_part.element, anchor.findall(qn("w:r"))
        number = len(comments)
        comments.append(comment(number, line(text), author=self._author, initials=self._author[:1], date=self._made_at))
        runs[0].addprevious(element("commentRangeStart", id=number))
        runs[-1].addnext(element("r", element("rPr", element("rStyle", val="CommentReference")), element("commentReference", id=number)))
        runs[-1].addnext(element("commentRangeEnd", id=number))

    def contents(self) -> None:
        """Where the table of contents stands."""
        self.text(self._w._("Contents"), "TOCHeading")
        self._contents = self.add(paragraph())

    def finish(self) -> None:
        """What can only be done when everything is there: the contents, the numbers of bookmarks, the addresses of links."""
        self._fill_contents()
        body = self._end.getparent()
        for number, both in enumerate(zip(body.iter(qn("w:bookmarkStart")), body.iter(qn("w:bookmarkEnd")), strict=True)):
            for end in both:
                end.set(qn("w:id"), str(number))
        for link in body.iter(qn("w:hyperlink")):
            if address := link.attrib.pop(ADDRESS, ""):
                link.set(qn("r:id"), self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def _fill_contents(self) -> None:
        """Put the headings into the table of contents: a field, which Word fills in with the pages when it opens the document."""
        begin, code, apart, _shown, end = field(f'TOC \\o "1-{CONTENTS}" \\h \\z \\u')
        begin[0].set(qn("w:dirty"), "true")
        entries = [_entry(*found) for found in self._headings if found[0] <= CONTENTS] or [paragraph()]
        for made in entries:
            self._contents.addprevious(made)
        first = entries[0].find(qn("w:pPr"))
        for piece in (apart, code, begin):
            first.addnext(piece) if first is not None else entries[0].insert(0, piece)
        self._contents.append(end)

    def _new_list(self) -> int:
        """A numbering that begins with one."""
        numbering = self._document.part.numbering_part.element
        style = next(s for s in self._document.styles.element if s.get(qn("w:styleId")) == "ListNumber")
        used = numbering.num_having_numId(style.pPr.numPr.numId.val)
        made = numbering.add_num(used.abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return made.numId


def _size(png: bytes) -> tuple[int, int]:
    """Width and height on the page, in English metric units: as wide as the text, unless it would be higher than a page."""
    width, height = struct.unpack(">II", png[16:24])  # PNG (ISO/IEC 15948), 11.2.2
    wide = min(WIDTH * EMU, HIGHEST * EMU * width // height)
    return wide, wide * height // width


def _entry(level: int, text: str, bookmark: str) -> Element:
    """A line of the table of contents that leads to its heading."""
    made, place = paragraph("", f"TOC{level}"), field(f"PAGEREF {bookmark} \\h", "")
    made.append(element("hyperlink", run(text), element("r", element("tab")), *place, anchor=bookmark, history=1))
    return made
