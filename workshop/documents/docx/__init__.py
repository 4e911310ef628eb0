"""The report as a Word document: real headings, a table of contents, quotes, and a comment for each place to complete."""

from __future__ import annotations

import io

import docx

from workshop.documents import charts, office, press
from workshop.documents.docx import dress, front, practices, rest, results
from workshop.documents.docx.page import Page
from workshop.documents.shape import Report
from workshop.documents.words import Words


def write(report: Report, drawn: results.Charts | None = None) -> bytes:
    """The document.

    Args:
        drawn: its charts, where they are there already.

    Raises:
        errors.NotTypeset: its charts could not be drawn in time.
    """
    document, w = docx.Document(), Words(report.language)
    dress.dress(document, report, w)
    page = Page(document, report, w)
    front.write(page, report, w)
    results.write(page, report, w, charts_of(report) if drawn is None else drawn)
    practices.write(page, report, w)
    rest.write(page, report, w)
    page.fill_contents()
    out = io.BytesIO()
    document.save(out)
    return office.settled(out.getvalue(), report, page.pictures)


def charts_of(report: Report) -> results.Charts:
    """The charts of each theme with their pictures, all drawn at once. Raises as `write`."""
    w = Words(report.language)
    drawings = {part.id: charts.of_theme(part, report.method, w) for part in report.themes}
    made = iter(press.pictures([one for drawn in drawings.values() for one in drawn]))
    return {theme: [(one, next(made)) for one in drawn] for theme, drawn in drawings.items()}
