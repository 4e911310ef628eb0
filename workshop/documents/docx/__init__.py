"""The report as a Word document: real headings, a table of contents, quotes, and a comment for each place to complete."""

from __future__ import annotations

import io

import docx

from workshop.documents import office
from workshop.documents.docx import dress, front, practices, rest, results
from workshop.documents.docx.page import ChartPng, Page
from workshop.documents.shape import Report
from workshop.documents.words import Words


def write(report: Report, chart_png: ChartPng | None = None) -> bytes:
    """The document.

    Args:
        chart_png: makes the picture of a theme's ranking; without it there are none.
    """
    document, w = docx.Document(), Words(report.language)
    dress.dress(document, report, w)
    page = Page(document, report, w)
    front.write(page, report, w)
    results.write(page, report, w, chart_png)
    practices.write(page, report, w)
    rest.write(page, report, w)
    page.fill_contents()
    out = io.BytesIO()
    document.save(out)
    return office.settled(out.getvalue(), report)
