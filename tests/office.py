"""The files of Word, PowerPoint and Excel read back as their programs read them, for tests; and printed by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pptx
from docx.oxml.ns import qn

from tests.records import Day, made
from workshop.model import Record


def word(day: Day | Record) -> docx.document.Document:
    """The Word document of the day."""
    return docx.Document(io.BytesIO(made("docx", day)["report.docx"]))


def slides(day: Day | Record) -> pptx.presentation.Presentation:
    """The presentation of the day."""
    return pptx.Presentation(io.BytesIO(made("pptx", day)["report.pptx"]))


def workbook(day: Day | Record) -> openpyxl.Workbook:
    """The workbook of the day."""
    return openpyxl.load_workbook(io.BytesIO(made("xlsx", day)["report.xlsx"]))


def paragraphs(document: docx.document.Document) -> list[tuple[str, str]]:
    """The id of the style and the text of every paragraph of the body, tables included, in order."""
    found = []
    for each in document.element.body.iter(qn("w:p")):
        style = each.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        found.append((style.get(qn("w:val")) if style is not None else "", "".join(t.text or "" for t in each.iter(qn("w:t")))))
    return found


def frames(deck: pptx.presentation.Presentation) -> Iterator[object]:
    """Every table and chart."""
    return (shape for slide in deck.slides for shape in slide.shapes if shape.has_table or shape.has_chart)


def on_slides(deck: pptx.presentation.Presentation) -> list[str]:
    """What each slide says: its text, its tables, its notes."""
    return ["\n".join(_on(slide)) for slide in deck.slides]


def _on(slide: object) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text


def rows_of(book: openpyxl.Workbook, table: str) -> list[dict[str, object]]:
    """The rows of a table by the heads of its columns."""
    sheet = next(sheet for sheet in book if table in sheet.tables)
    head, *rows = sheet[sheet.tables[table].ref]
    return [dict(zip((cell.value for cell in head), (cell.value for cell in row), strict=True)) for row in rows]


def said(name: str, day: Day | Record) -> str:
    """Everything that a reader of the format finds, comments and notes included."""
    if name == "docx":
        document = word(day)
        comments = [paragraph.text for comment in document.comments for paragraph in comment.paragraphs]
        return "\n".join([*(text for _, text in paragraphs(document)), *comments])
    if name == "pptx":
        return "\n".join(on_slides(slides(day)))
    return "\n".join(str(cell.value) for sheet in workbook(day) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def as_pdf(path: Path, folder: Path) -> Path:
    """The file as LibreOffice prints it, in the folder.

    Raises:
        subprocess.SubprocessError: it cannot be opened, or takes more than three minutes.
    """
    home = f"-env:UserInstallation={(folder / '.office').resolve().as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    printed = folder / f"{path.stem}.pdf"
    return printed.replace(folder / f"{path.stem}-{path.suffix[1:]}.pdf")
