"""The report as a workbook: a sheet a subject, real tables with filters, typed figures, and no cell that is a formula."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from workshop.documents import office
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.documents.xlsx import about, sheets
from workshop.documents.xlsx.grid import Looks, write_table

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def write(report: Report) -> bytes:
    """The workbook."""
    out, w = io.BytesIO(), Words(report.language)
    with Workbook(out, TEXT_ONLY) as book:
        _properties(book, report, w)
        looks = Looks(book)
        about.write(book, looks, report, w)
        for sheet in sheets.of(report, w):
            write_table(book, looks, sheet, report)
    return office.settled(out.getvalue(), report)


def _properties(book: Workbook, report: Report, w: Words) -> None:
    book.set_properties({
        "title": report.title, "subject": report.event_name, "author": report.host, "company": report.host,
        "category": office.status(report, w), "comments": report.content_hash, "created": office.made_at(report),
    })
    book.set_custom_property("content_hash", report.content_hash)
    book.set_custom_property("language", office.locale(report))
