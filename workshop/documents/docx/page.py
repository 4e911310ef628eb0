"""The document while it is written: paragraphs, headings, lists, quotes, tables, pictures and comments, one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart

from workshop.documents import office
from workshop.documents.docx.dress import WIDTH
from workshop.documents.docx.xml import Element, Text, comment, element, field, paragraph, run, table
from workshop.documents.shape import Report
from workshop.documents.words import Words, line
from workshop.rules import light

CONTENTS = 2  # levels of headings in the table of contents


class Page:
    """Writes at the end of the document. *pictures* are the parts that `office.settled` puts into the file, by name."""

    def __init__(self, document: Document, report: Report, w: Words) -> None:
        self.pictures: dict[str, bytes] = {}
        self._document, self._w = document, w
        self._end = document.element.body.sectPr
        self._author = line(report.host or report.event_name)[:100] or "–"
        self._made_at = f"{report.generated_at}"
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Element | None = None
        self._figures = 0

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
        start = element("bookmarkStart", id=len(self._headings) + 1, name=name)
        made.find(qn("w:pPr")).addnext(start)
        made.append(element("bookmarkEnd", id=len(self._headings) + 1))
        self._headings.append((level, line(text) or "–", name))

    def bullets(self, items: Iterable[Text]) -> None:
        """A list of points."""
        for item in items:
            self.add(paragraph(item, "ListBullet"))

    def light(self, text: str) -> None:
        """An editor's text: paragraphs, real lists, strong and stressed words. A list that begins anew counts from one."""
        number = 0
        for block in light.blocks(text):
            if block.kind == "step":
                number = self._new_list() if block.number == 1 else number
                self.add(paragraph(block.runs, "ListNumber", element("numPr", element("ilvl", val=0), element("numId", val=number))))
            else:
                self.add(paragraph(block.runs, "ListBullet" if block.kind == "bullet" else ""))

    def quote(self, words: str, credit: str) -> None:
        """Somebody's words, and who said them."""
        made = self.add(paragraph(words, "Quote"))
        made.append(run(f" — {credit}", "plain", color=office.INK_2))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Text]], shares: Sequence[int], right: Iterable[int] = (),
              about: str = "") -> Element:
        """A table of the text's whole width. *shares* say how it is divided among the columns."""
        widths = [WIDTH * share // sum(shares) for share in shares]
        made = self.add(table(head, rows, widths, right, about))
        # Two tables in a row would become one.
        self.add(paragraph("", "", element("spacing", before=0, after=0, line=120, lineRule="exact")))
        return made

    def picture(self, png: bytes, caption: str, told: str) -> None:
        """A chart with its caption; *told* says the same to people who do not see it."""
        self._figures += 1
        width, height = struct.unpack(">II", png[16:24])  # PNG (ISO/IEC 15948), 11.2.2
        wide = WIDTH * 635  # English metric units
        drawn = CT_Inline.new_pic_inline(self._figures, self._held(png), "image.png", wide, wide * height // width)
        drawn.docPr.set("descr", told)
        drawn.docPr.set("title", caption)
        self.add(paragraph("", "", element("keepNext"))).append(element("r", element("drawing", drawn)))
        made = self.add(paragraph(self._w._("Figure") + " ", "Caption"))
        made.extend([*field("SEQ Figure \\* ARABIC", str(self._figures)), run(f": {caption}")])

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

    def fill_contents(self) -> None:
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


def _entry(level: int, text: str, bookmark: str) -> Element:
    """A line of the table of contents that leads to its heading."""
    made, place = paragraph("", f"TOC{level}"), field(f"PAGEREF {bookmark} \\h", "")
    made.append(element("hyperlink", run(text), element("r", element("tab")), *place, anchor=bookmark, history=1))
    return made
