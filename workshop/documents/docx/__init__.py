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


def write(report: Report) -> bytes:
    """The document.

    Raises:
        errors.NotTypeset: its charts could not be drawn in time.
    """
    document, w, told = docx.Document(), Words(report.language), outline(report)
    dress.dress(document, report, w)
    page = Page(document, report, w, press.pictures([block.drawing for block in told.blocks if isinstance(block, Figure)]))
    blocks.write(page, told, w)
    page.finish()
    out = io.BytesIO()
    document.save(out)
    return office.settled(out.getvalue(), report, page.pictures)
