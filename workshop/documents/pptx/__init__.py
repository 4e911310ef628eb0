"""The report as slides to present and to edit: native charts, tables that fit, the sources in the notes."""

from __future__ import annotations

import io
import re

import pptx
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from workshop.documents import office
from workshop.documents.pptx import dress, front, practices, rest, results
from workshop.documents.pptx.slides import Slides
from workshop.documents.shape import Report
from workshop.documents.words import Words


def write(report: Report) -> bytes:
    """The presentation."""
    deck, w = pptx.Presentation(), Words(report.language)
    _count_parts(deck)
    dress.dress(deck, report, w)
    slides = Slides(deck, w)
    front.write(slides, report, w)
    for number, theme in enumerate(() if report.alone else report.themes):
        results.write(slides, theme, office.TINTS[number % len(office.TINTS)], report, w)
    practices.write(slides, report, w)
    if not report.alone:
        rest.write(slides, report, w)
    _speak(deck, office.locale(report))
    out = io.BytesIO()
    deck.save(out)
    return office.settled(out.getvalue(), report)


def _count_parts(deck: Presentation) -> None:
    """Number charts, workbooks and notes one after the other: python-pptx looks through all parts for the name of each."""
    package, used = deck.part.package, {}
    first = package.next_partname

    def following(template: str) -> PackURI:
        used[template] = used[template] + 1 if template in used else int(re.findall(r"\d+", first(template))[-1])
        return PackURI(template % used[template])

    package.next_partname = following


def _speak(deck: Presentation, locale: str) -> None:
    """Say in which language every text is."""
    for slide in deck.slides:
        for part in (slide, *([slide.notes_slide] if slide.has_notes_slide else [])):
            for run in part._element.iter(qn("a:r")):
                run.get_or_add_rPr().set("lang", locale)
