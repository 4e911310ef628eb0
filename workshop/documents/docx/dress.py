"""How the Word document looks: its styles, language, margins, header and footer, and what its properties say."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from workshop.documents import office
from workshop.documents.docx.xml import Element, element, field, paragraph, rule, run, shading
from workshop.documents.shape import Report
from workshop.documents.words import Words, plain

SIZE, SMALL = 21, 18  # of the text, and of tables, in half points
WIDTH = 9_638  # of the text, in twentieths of a point: A4 less two margins of two centimetres
HEADER = 110  # characters: one line
UNUSED_PARTS = ("thumbnail.jpeg", "stylesWithEffects.xml", "item1.xml")
# By style: its name, size in half points, colour, space before and after, and its other marks.
HEADINGS = {
    "Title": (60, office.GREEN, 1200, 120), "Heading1": (36, office.GREEN, 480, 160), "Heading2": (27, office.INK, 480, 100),
    "Heading3": (22, office.GREEN, 200, 60), "TOCHeading": (36, office.GREEN, 480, 160),
}  # fmt: skip


def dress(document: Document, report: Report, w: Words) -> None:
    """Make the empty document the report's: looks, language and properties."""
    _forget_what_is_not_used(document)
    _styles(document.styles.element, office.locale(report))
    _settings(document.settings.element, office.locale(report))
    _page(document, report)
    _properties(document, report, w)


def _forget_what_is_not_used(document: Document) -> None:
    """The template's ornaments: a picture of itself, a second set of styles, a hundred looks of tables."""
    for owner in (document.part, document.part.package):
        for id_, relation in list(owner.rels.items()):
            if not relation.is_external and str(relation.target_part.partname).endswith(UNUSED_PARTS):
                del owner.rels[id_]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) != "TableNormal":
            styles.remove(style)


# -- styles ----------------------------------------------------------------------------------------------


def _styles(styles: Element, locale: str) -> None:
    defaults = styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults[:] = _font(SIZE, office.INK, lang=locale)
    for style in _made():
        for old in styles.findall(qn("w:style")):
            if old.get(qn("w:styleId")) == style.get(qn("w:styleId")):
                styles.remove(old)
        styles.append(style)


def _made() -> list[Element]:
    small, quiet = _font(SMALL, office.INK), _font(SMALL, office.INK_2)
    return [
        _style("Normal", "Normal", _space(0, 120, 276), []),
        *(_heading(id_, *look) for id_, look in HEADINGS.items()),
        _style("Subtitle", "Subtitle", _space(0, 120), _font(24, office.INK_2)),
        _style("Lead", "Lead", _space(60, 160), _font(24, office.INK)),
        _style("Mark", "Mark", [_at_left(office.AMBER), shading(office.AMBER_SOFT), *_space(120, 120)], _font(21, office.AMBER)),
        _style("Quote", "Quote", [element("keepLines"), _at_left(office.GREEN), *_space(40, 80), element("ind", left=340)], []),
        _style("Standing", "Standing", [element("keepNext"), *_space(0, 100)], quiet),
        _style("Small", "Small", _space(0, 100), quiet),
        _style("Source", "Source", [*_space(0, 40), element("ind", left=480, hanging=480)], quiet),
        _style("Caption", "caption", _space(60, 200), quiet),
        _style("TableHead", "Table Head", [element("keepNext"), *_space(40, 40)], small),
        _style("TableText", "Table Text", _space(30, 30), small),
        _style("Formula", "Formula", [shading(office.SUNK), *_space(60, 120)], _font(18, office.INK, face="Consolas")),
        _style("TOC1", "toc 1", [_dots(), *_space(80, 20)], [element("b")]),
        _style("TOC2", "toc 2", [_dots(), *_space(0, 20), element("ind", left=280)], []),
        _style("Footer", "footer", [element("tabs", element("tab", val="right", pos=WIDTH)), *_space(0, 0)], _font(16, office.INK_2)),
        _style("Header", "header", _space(0, 0), _font(16, office.INK_2)),
        _table_style(),
    ]


def _heading(id_: str, size: int, colour: str, before: int, after: int) -> Element:
    name = {"Title": "Title", "TOCHeading": "TOC Heading"}.get(id_, f"heading {id_[-1]}")
    level = [element("outlineLvl", val=int(id_[-1]) - 1)] if id_.startswith("Heading") else []
    return _style(id_, name, [element("keepNext"), element("keepLines"), *_space(before, after, 252), *level],
                  [_font(size, colour)[0], element("b"), *_font(size, colour)[1:]], after="Normal")


def _style(id_: str, name: str, paragraph_props: list[Element], run_props: list[Element], after: str = "") -> Element:
    based = [] if id_ == "Normal" else [element("basedOn", val="Normal")]
    following = [element("next", val=after)] if after else []
    made = element("style", element("name", val=name), *based, *following, element("uiPriority", val=9), element("qFormat"),
                   element("pPr", *paragraph_props), element("rPr", *map(deepcopy, run_props)), type="paragraph", styleId=id_)
    if id_ == "Normal":
        made.set(qn("w:default"), "1")
    elif name in ("Lead", "Mark", "Standing", "Small", "Source", "Table Head", "Table Text", "Formula"):
        made.set(qn("w:customStyle"), "1")
    return made


def _table_style() -> Element:
    borders = element("tblBorders", *(rule(side, 4, space=0) for side in ("top", "bottom", "insideH")))
    margins = element("tblCellMar", element("left", w=80, type="dxa"), element("right", w=80, type="dxa"))
    head = element("tblStylePr", element("tcPr", shading(office.GREEN_SOFT)), type="firstRow")
    return element("style", element("name", val="Report"), element("basedOn", val="TableNormal"), element("qFormat"),
                   element("tblPr", borders, margins), head, type="table", styleId="Report", customStyle=1)


def _font(size: int, colour: str, lang: str = "", face: str = office.FONT) -> list[Element]:
    font = element("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)
    langs = [element("lang", val=lang, eastAsia=lang, bidi="ar-SA")] if lang else []
    return [font, element("color", val=colour), element("sz", val=size), element("szCs", val=size), *langs]


def _space(before: int, after: int, line: int = 264) -> list[Element]:
    return [element("spacing", before=before, after=after, line=line, lineRule="auto")]


def _at_left(colour: str) -> Element:
    return element("pBdr", rule("left", 18, colour, 10))


def _dots() -> Element:
    return element("tabs", element("tab", val="right", leader="dot", pos=WIDTH))


# -- settings, page, properties ------------------------------------------------------------------------------


def _settings(settings: Element, locale: str) -> None:
    """The fields are filled in when it is opened; it is of today's Word, not of an old one's compatibility."""
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    settings.find(qn("w:characterSpacingControl")).addnext(element("updateFields", val="true"))  # where the schema wants it
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), locale)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _page(document: Document, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Pt(28)
    heading = " · ".join(filter(None, (report.event_name, report.title)))
    _only(section.header, paragraph(heading[:HEADER], "Header"))
    foot = paragraph(report.content_hash, "Footer")
    foot.append(element("r", element("tab")))
    foot.extend([*field("PAGE"), run(" / "), *field("NUMPAGES")])
    _only(section.footer, foot)


def _only(part: Element, content: Element) -> None:
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(content)


def _properties(document: Document, report: Report, w: Words) -> None:
    said = document.core_properties
    said.title, said.subject, said.author = (plain(text)[:255] for text in (report.title, report.event_name, report.host))
    said.keywords, said.comments, said.language = report.content_hash, "", office.locale(report)
    said.category, said.last_modified_by = office.status(report, w)[:255], ""
    said.created = said.modified = office.made_at(report)
    said.revision = 1
