"""The report as a Word document: real headings, a table of contents, quotes, and a comment for each place to complete."""

from __future__ import annotations

import io

import docx

from workshop.documents import office, press
from workshop.documents.docx import blocks, dress
from workshop.documents.docx.page import Page
from workshop.documents.outline import outline
from workshop.documents.outline.blocks import Figure
from workshop.documents.shape import Report
from workshop.documents.words import Words


def write(report: Report, drawn: list[bytes] | None = None) -> bytes:
    """The document.

    Args:
        drawn: what `charts_of` gives, where it is there already.

    Raises:
        errors.NotTypeset: its charts could not be drawn in time.
    """
    document, w = docx.Document(), Words(report.language)
    dress.dress(document, report, w)
    page = Page(document, report, w, charts_of(report) if drawn is None else drawn)
    blocks.write(page, outline(report), w)
    page.finish()
    out = io.BytesIO()
    document.save(out)
    return office.settled(out.getvalue(), report, page.pictures)


def charts_of(report: Report) -> list[bytes]:
    """Its charts as PNG, in their order, all drawn at once. Raises as `write`."""
    return press.pictures([block.drawing for block in outline(report).blocks if isinstance(block, Figure)])
