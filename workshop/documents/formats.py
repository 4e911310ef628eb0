"""The formats a report is written in: one writer each, under the name by which people ask for it.

A further format adds a line to `FORMATS`; export, the command line and the web pages follow. A writer is imported when it
writes: who wants Markdown does not wait for the libraries of Word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from workshop import errors
from workshop.documents.shape import Report
from workshop.errors import N_
from workshop.native import begun

Files = dict[str, bytes]
ALL = "all"
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {  # by the ending of a file's name
    ".docx": f"{OFFICE}.wordprocessingml.document", ".pptx": f"{OFFICE}.presentationml.presentation",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet", ".pdf": "application/pdf", ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".json": "application/json", ".zip": "application/zip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a report.

    Args:
        name: on the command line and in addresses.
        label: what people call it.
        begin: starts what another process does for it, and gives what writes the files of the report, by name.
        file: the one that a person who wants this format gets; "" where it is several.
        family: a pattern (as of `pathlib.Path.glob`) of the names of those that are as many as there is to tell; "" where there are none.
    """

    name: str
    label: str
    begin: Callable[[Report], Callable[[], Files]]
    file: str = ""
    family: str = ""

    def write(self, report: Report) -> Files:
        """The files of a report, by name."""
        return self.begin(report)()


def _markdown(report: Report) -> Files:
    from workshop.documents import markdown, practice_file

    return {"report.md": markdown.write(report)} | practice_file.write(report)


def _json(report: Report) -> Files:
    from workshop.documents import json

    return {"report.json": json.write(report), json.SCHEMA_NAME: json.schema()}


def _csv(report: Report) -> Files:
    from workshop.documents import csv_set

    return csv_set.write(report)


def _xlsx(report: Report) -> Files:
    from workshop.documents import xlsx

    return {"report.xlsx": xlsx.write(report)}


def _docx(report: Report) -> Callable[[], Files]:
    from workshop.documents import docx

    charts = begun(partial(docx.charts_of, report))
    return lambda: {"report.docx": docx.write(report, charts())}


def _pptx(report: Report) -> Files:
    from workshop.documents import pptx

    return {"report.pptx": pptx.write(report)}


def _html(report: Report) -> Files:
    from workshop.documents import html

    return {"report.html": html.write(report)}


def _pdf(report: Report) -> Callable[[], Files]:
    from workshop.documents import pdf

    made = begun(partial(pdf.write, report))
    return lambda: {"report.pdf": made()}


def _alone(write: Callable[[Report], Files]) -> Callable[[Report], Callable[[], Files]]:
    """For a format that no other process helps with."""
    return lambda report: partial(write, report)


FORMATS = (
    Format("pdf", N_("PDF (to print)"), _pdf, "report.pdf"),
    Format("html", N_("HTML (one page)"), _alone(_html), "report.html"),
    Format("docx", N_("Word"), _docx, "report.docx"),
    Format("pptx", N_("PowerPoint"), _alone(_pptx), "report.pptx"),
    Format("xlsx", N_("Excel"), _alone(_xlsx), "report.xlsx"),
    Format("markdown", N_("Markdown"), _alone(_markdown), "report.md", "practice-[0-9]*.[0-9]*.md"),
    Format("json", N_("JSON (data)"), _alone(_json), "report.json"),
    Format("csv", N_("CSV (tables)"), _alone(_csv)),
)
BY_NAME = {one.name: one for one in FORMATS}
IDENTITY = BY_NAME["json"]  # always written: it says whose a folder is (`documents.places`)


def one(name: str) -> Format:
    """The format of that name.

    Raises:
        errors.UnknownFormat: naming those there are.
    """
    if name not in BY_NAME:
        raise errors.UnknownFormat("format", name=name[:40], known=", ".join((ALL, *BY_NAME)))
    return BY_NAME[name]


def chosen(names: Iterable[str]) -> tuple[Format, ...]:
    """The formats of those names, each once and in the order of `FORMATS`; "all" and no name are all.

    Raises:
        errors.UnknownFormat: as `one` says.
    """
    names = set(names)
    wanted = [one(name) for name in sorted(names - {ALL})]
    return tuple(each for each in FORMATS if each in wanted or ALL in names or not names)
