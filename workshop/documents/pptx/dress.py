"""How the slides look: 16:9, the product's colours as the theme's, two layouts, a footer with the number of the slide."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.util import Pt

from workshop.documents import office
from workshop.documents.shape import Report
from workshop.documents.words import Words, line

WIDTH, HEIGHT = 960, 540  # points: 16:9
MARGIN, TOP = 48, 112  # of the slide's text
ROOM = HEIGHT - TOP - 52  # … and how high it may be
INNER = WIDTH - 2 * MARGIN
KEPT = ("Title Slide", "Title Only")
BOXES = {"Title Slide": {0: (MARGIN, 150, INNER, 120), 1: (MARGIN, 286, INNER, 120)}, "Title Only": {0: (MARGIN, 28, INNER, 72)}}
ACCENTS = (office.GREEN, *office.TINTS[1:3], office.TINTS[0], office.TINTS[3], office.TINTS[5])
SCHEME = {
    "dk1": office.INK, "lt1": office.CARD, "dk2": office.GREEN, "lt2": office.SUNK, "hlink": office.TINTS[1],
    "folHlink": office.TINTS[5], **{f"accent{n}": colour for n, colour in enumerate(ACCENTS, start=1)},
}  # fmt: skip
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"  # any id will do; it has to have one


def dress(deck: Presentation, report: Report, w: Words) -> None:
    """Make the empty presentation the report's."""
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _forget_what_is_not_used(deck)
    _theme(deck)
    _master(deck)
    for layout in deck.slide_layouts:
        _layout(layout, " · ".join(filter(None, (line(report.event_name)[:60], report.content_hash))))
    _properties(deck, report, w)


def _forget_what_is_not_used(deck: Presentation) -> None:
    """The template's layouts that no slide has, and its picture of itself."""
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT:
            deck.slide_layouts.remove(layout)
    for owner in (deck.part, deck.part.package):
        for id_, relation in list(_relations(owner).items()):
            if not relation.is_external and str(relation.target_part.partname).endswith(("thumbnail.jpeg", "printerSettings1.bin")):
                _relations(owner).pop(id_)


def _relations(owner: object) -> dict:
    return owner._rels  # type: ignore[attr-defined]


def _theme(deck: Presentation) -> None:
    """The product's colours and face, so that what an editor adds looks like the rest."""
    part = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    text = part.blob.decode()
    for name, colour in SCHEME.items():
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>', text, flags=re.DOTALL)
    part._blob = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{office.FONT}"', text).encode()


def _master(deck: Presentation) -> None:
    for shape in list(deck.slide_master.placeholders):
        if shape.placeholder_format.idx > 9 or "Date" in shape.name or "Footer" in shape.name or "Number" in shape.name:
            shape._element.getparent().remove(shape._element)
    style = deck.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    look = style.find(qn("a:defRPr"))
    look.set("sz", "2800")
    look.set("b", "1")
    look.find(f".//{qn('a:schemeClr')}").set("val", "tx2")


def _layout(layout: object, foot: str) -> None:
    boxes = BOXES[layout.name]  # type: ignore[attr-defined]
    for shape in list(layout.placeholders):  # type: ignore[attr-defined]
        box = boxes.get(shape.placeholder_format.idx)
        if box is None:
            shape._element.getparent().remove(shape._element)
            continue
        for level in shape._element.iter(qn("a:lvl1pPr")):
            level.set("algn", "l")
        shape.left, shape.top, shape.width, shape.height = map(Pt, box)
        _anchor(shape, "b" if shape.placeholder_format.idx == 0 and layout.name == KEPT[0] else "ctr" if layout.name == KEPT[1] else "t")
    tree = layout.shapes._spTree  # type: ignore[attr-defined]
    tree.append(_bar(layout.name == KEPT[0]))  # type: ignore[attr-defined]
    tree.append(_text("Footer", MARGIN, line(foot)[:160], "l", 0.85))
    tree.append(_text("Number", WIDTH - MARGIN - 80, None, "r", 0))


def _anchor(shape: object, where: str) -> None:
    body = shape._element.txBody.bodyPr  # type: ignore[attr-defined]
    for old in list(body):
        body.remove(old)
    body.attrib.update({"anchor": where, "lIns": "0", "rIns": "0"})


def _bar(tall: bool) -> object:
    """The coloured edge at the left."""
    return _shape("Edge", 0, 0, 16 if tall else 8, HEIGHT, f'<a:solidFill><a:srgbClr val="{office.GREEN}"/></a:solidFill>', "")


def _text(name: str, left: float, text: str | None, align: str, share: float) -> object:
    """A small line at the foot; the number of the slide where there is no text."""
    look = f'sz="1000"><a:solidFill><a:srgbClr val="{office.INK_2}"/></a:solidFill></a:rPr>'
    number = f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr {look}<a:t>‹#›</a:t></a:fld>'
    said = number if text is None else f"<a:r><a:rPr {look}<a:t>{escape(text)}</a:t></a:r>"
    body = f'<a:p><a:pPr algn="{align}"/>{said}</a:p>'
    return _shape(name, left, HEIGHT - 34, INNER * share or 80, 20, "<a:noFill/>", body)


_NAMED = {"Edge": 901, "Footer": 902, "Number": 903}


def _shape(name: str, left: float, top: float, width: float, height: float, fill: str, body: str) -> object:
    at = f'<a:off x="{Pt(left)}" y="{Pt(top)}"/><a:ext cx="{Pt(width)}" cy="{Pt(height)}"/>'
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{_NAMED[name]}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{at}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0"/><a:lstStyle/>{body or "<a:p/>"}</p:txBody></p:sp>'
    )


def _properties(deck: Presentation, report: Report, w: Words) -> None:
    said = deck.core_properties
    said.title, said.subject, said.author = (line(text)[:255] for text in (report.title, report.event_name, report.host))
    said.keywords, said.comments, said.language = report.content_hash, "", office.locale(report)
    said.category, said.last_modified_by = office.status(report, w)[:255], ""
    said.created = said.modified = office.made_at(report)
    said.revision = 1
