"""The first sheet: what the workbook is of, when it was made, and how its figures came to be."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook

from workshop.documents import method, office
from workshop.documents.sentences import attendance, by_proxy
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.documents.xlsx.grid import LIMIT, Looks, fitted, height, to_print, write_cell


def write(book: Workbook, looks: Looks, report: Report, w: Words) -> None:
    """Put the sheet into the workbook."""
    page = book.add_worksheet(w._("About"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, fitted(report.title, LIMIT) or "–", looks.title)
    for row, (label, value) in enumerate(_facts(report, w), start=2):
        page.write_string(row, 0, label, looks.label)
        write_cell(page, row, 1, value, "text", looks)
        page.set_row(row, height([label, value], (24, 100)))
    to_print(page, report)


def _facts(report: Report, w: Words) -> Iterator[tuple[str, str]]:
    facts = (
        (w._("Status"), office.status(report, w)), (w._("Event"), report.event_name), (w._("Date"), w.day(report.date)),
        (w._("Place"), report.place), (w._("Host"), report.host), (w._("Theme") if report.alone else w._("Question"), report.question),
        (w._("Who took part"), "" if report.alone else office.unmarked(attendance(report, w))), (w._("Sample"), _sample(report, w)),
    )
    yield from ((label, value) for label, value in facts if value)
    if not report.alone:
        yield w._("How the vote was counted"), method.name(report.method, w)
        yield from (("", office.unmarked(text)) for text in (*method.words(report.method, report.take, w), *by_proxy(report, w)))
    yield w._("Names"), w._("Names and organisations appear only as each contributor agreed. Texts are printed as they were written.")
    yield w._("Made"), f"{report.generated_at} · workshop {report.product_version}"
    yield w._("Content hash"), report.content_hash


def _sample(report: Report, w: Words) -> str:
    if not report.sample:
        return ""
    return office.unmarked(w._("**This is a sample.** The people, organisations and statements in it are invented."))
