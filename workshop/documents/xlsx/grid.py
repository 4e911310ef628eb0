"""A sheet as data, and how it is written: one table each, with a filter, a frozen head, widths and a look per kind of figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from workshop.documents import fit, office
from workshop.documents.shape import Report
from workshop.documents.words import line, plain

Cell = str | int | float | None
Kind = Literal["text", "count", "share", "figure", "stance"]
NUMBERS: dict[Kind, str] = {"count": "0", "share": "0.0%", "figure": "0.0##"}
LIMIT = 32_767  # characters, or rather UTF-16 units, that a cell may hold
HEAD_LIMIT = 255  # … and a column's head
WIDE, NARROW = 60, 9  # characters
SIZE, CHARACTER = 11, 5.25  # points, of the text and of the width of one character
HIGHEST = 409.0  # points
ACROSS = 250  # characters on a page of a sheet that is too wide for one; on one page there may be twice as many
STANCES = {"+": ("0B6B50", "DCEFE7"), "~": ("985000", "FDEED6"), "-": ("B3261E", "FBE6E3")}  # ink and ground of a heat map's cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Of the kind "stance" a cell begins with its colour: "+", "~" or "-"."""

    head: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own. *table* is its name in formulas, the same in every language; *frozen* columns stay in sight."""

    table: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Sequence[Cell], ...]
    frozen: int = 0


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": office.FONT, "font_size": SIZE, "valign": "top"}
        self.text = book.add_format(base | {"text_wrap": True})
        self.title = book.add_format(base | {"bold": True, "font_size": 20, "font_color": f"#{office.GREEN}"})
        self.label = book.add_format(base | {"bold": True, "font_color": f"#{office.INK_2}"})
        self.head = book.add_format(base | {"bold": True, "text_wrap": True, "font_color": "#FFFFFF", "bg_color": f"#{office.GREEN}"})
        self.mark = book.add_format(base | {"bold": True, "text_wrap": True, "font_color": f"#{office.AMBER}"})
        self.numbers = {kind: book.add_format(base | {"num_format": code, "align": "right", "indent": 1}) for kind, code in NUMBERS.items()}
        self.stances = {
            sign: book.add_format(base | {"text_wrap": True, "font_color": f"#{ink}", "bg_color": f"#{ground}"})
            for sign, (ink, ground) in STANCES.items()
        }


def write_table(book: Workbook, looks: Looks, sheet: Sheet, report: Report) -> None:
    """Put the table on a sheet of its own."""
    page = book.add_worksheet(sheet.title)
    heads = _distinct([fitted(column.head, HEAD_LIMIT) for column in sheet.columns])
    page.add_table(0, 0, max(1, len(sheet.rows)), len(heads) - 1, {
        "name": sheet.table, "style": "Table Style Light 1",
        "columns": [{"header": head, "header_format": looks.head} for head in heads],
    })
    for number, row in enumerate(sheet.rows, start=1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write_cell(page, number, place, value, column.kind, looks)
    widths = [_width(column, [row[place] for row in sheet.rows]) for place, column in enumerate(sheet.columns)]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for number, cells in enumerate((heads, *sheet.rows)):
        page.set_row(number, height(cells, widths))
    page.freeze_panes(1, sheet.frozen)
    if sheet.frozen:
        page.repeat_columns(0, sheet.frozen - 1)
    to_print(page, report, _pages(sum(widths)))


def write_cell(page: Worksheet, row: int, place: int, value: Cell, kind: Kind, looks: Looks) -> None:
    """A figure as a figure, a text as a text whatever it begins with, nothing as nothing."""
    if isinstance(value, str) and value:
        look = looks.stances[value[0]] if kind == "stance" else looks.text
        page.write_string(row, place, fitted(value[kind == "stance":], LIMIT), look)
    elif value is not None and value != "":
        page.write_number(row, place, value, looks.numbers.get(kind, looks.numbers["count"]))


def height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """How high a row has to be for all its text, in points: not every program works it out by itself."""
    texts = ((cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str))
    lines = max((fit.lines(text, width * CHARACTER, SIZE) for text, width in texts), default=1)
    return min(HIGHEST, 5 + lines * SIZE * fit.LINE)


def to_print(page: Worksheet, report: Report, wide: int = 1) -> None:
    """Across so many pages that it can be read, heads on every page, and what the pages are of."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(wide, 0)
    page.repeat_rows(0)
    title = line(report.title)[:60].replace("&", "&&")
    page.set_footer(f"&L{title}\n{report.content_hash}&R&A   &P / &N")


def _pages(width: float) -> int:
    """How many pages a sheet so many characters wide is printed across: one, but for a heat map of many practices."""
    return 1 if width <= 2 * ACROSS else ceil(width / ACROSS)


def fitted(text: str, limit: int) -> str:
    """The text as far as a cell takes it; it counts a character beyond the basic plane as two."""
    units = plain(text).encode("utf-16-le")
    if len(units) <= 2 * limit:
        return plain(text)
    return units[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


def _distinct(heads: list[str]) -> list[str]:
    """The heads as a table needs them: none empty, no two the same whatever their case."""
    found: list[str] = []
    for head in heads:
        name, number = head or "–", 2
        while name.casefold() in {other.casefold() for other in found}:
            name, number = f"{head[: HEAD_LIMIT - 5]} {number}", number + 1
        found.append(name)
    return found


def _width(column: Column, cells: list[Cell]) -> float:
    longest = max((len(part) for cell in cells for part in str("" if cell is None else cell).split("\n")), default=0)
    if column.kind not in ("text", "stance"):
        longest = 0
    return min(WIDE, max(NARROW, longest + 2, min(len(column.head) + 4, 22)))
