"""The blocks of the outline in Word: headings and lists that are real, quotes, tables, charts, and comments where something is open."""

from __future__ import annotations

from functools import singledispatch

from workshop.documents import fit
from workshop.documents.docx.dress import SMALL, WIDTH
from workshop.documents.docx.page import Page
from workshop.documents.docx.xml import rows_of
from workshop.documents.outline import Outline
from workshop.documents.outline.blocks import (
    Blank,
    Block,
    Figure,
    Formula,
    Heading,
    Items,
    Notes,
    Paragraph,
    Table,
    ToComplete,
    Voices,
    plain,
)  # fmt: skip
from workshop.documents.words import Words
from workshop.rules import light

STYLES = {"": "", "lead": "Lead", "facts": "Standing", "notice": "Mark", "small": "Small", "tags": ""}  # of paragraphs, by their role
GO_ON = ("room", "changes", "about")  # chapters that begin where the one before ends
BESIDE = 200  # twentieths of a point: what a cell has beside its words
BOLD = 1.08  # as wide as plain letters
FIGURES = 0.75  # of a table's width, at most, for columns of figures


def write(page: Page, told: Outline, w: Words) -> None:
    """What stands on the cover, the contents, and every block."""
    page.text(told.title or "–", "Title")
    page.text(" · ".join(filter(None, (told.event, *told.facts))), "Subtitle")
    page.text(told.question, "Lead")
    for notice in told.notices:
        page.text(notice, "Mark")
    page.contents()
    for block in told.blocks:
        _put(block, page, w)


@singledispatch
def _put(block: Block, _page: Page, _w: Words) -> None:
    raise NotImplementedError(type(block).__name__)


@_put.register
def _heading(block: Heading, page: Page, _w: Words) -> None:
    chapter = block.level == 2 and block.anchor not in GO_ON
    theme = block.level == 3 and not block.anchor.startswith("practice-") and not page.ends_with_heading  # its charts want a page
    page.heading(block.level - 1, block.text, new_page=chapter or theme)


@_put.register
def _paragraph(block: Paragraph, page: Page, _w: Words) -> None:
    page.text(block.text, STYLES[block.role])


@_put.register
def _items(block: Items, page: Page, _w: Words) -> None:
    page.items(block.texts, block.steps)


@_put.register
def _voices(block: Voices, page: Page, w: Words) -> None:
    for voice in block.voices:
        words = w.quoted(voice.words) if voice.words else ""
        result = w._("Result: %(result)s", result=w.quoted(voice.result)) if voice.result else ""
        page.quote("\n".join(filter(None, (words, result))), voice.by, voice.mark)


@_put.register
def _table(block: Table, page: Page, _w: Words) -> None:
    page.table(block.head, block.rows, _widths(block), block.right, block.caption)


@_put.register
def _figure(block: Figure, page: Page, _w: Words) -> None:
    page.picture(block.drawing)


@_put.register
def _formula(block: Formula, page: Page, _w: Words) -> None:
    page.text(block.lines, "Formula")


@_put.register
def _notes(block: Notes, page: Page, _w: Words) -> None:
    for note in block.notes:
        page.source(note)


@_put.register
def _to_complete(block: ToComplete, page: Page, w: Words) -> None:
    """The table of what is missing; each place has a comment for the one who owns it."""
    rows = [(plain(b.title), light.runs(w._("*to complete* — %(hint)s", hint=b.hint)), plain(b.owner)) for b in block.blanks]
    head = (w._("Section"), w._("What belongs here"), w._("Owner"))
    made = page.table(head, rows, [WIDTH * share // 100 for share in (24, 56, 20)], (), w._("To complete"))
    for blank, row in zip(block.blanks, rows_of(made), strict=True):
        page.comment(row[1], _request(blank, w))


def _request(blank: Blank, w: Words) -> str:
    """What the owner of an open section is asked for."""
    asked = f"{blank.title} — {blank.hint}"
    if blank.owner:
        return w._("%(owner)s, please complete: %(what)s", owner=blank.owner, what=asked)
    return w._("To complete; nobody is named for it yet: %(what)s", what=asked)


def _widths(block: Table) -> list[int]:
    """Of the columns, in twentieths of a point: those of figures hold their longest word, the others share what is left."""
    figures = {n: _longest_word(block, n) for n in block.right}
    scale = min(1.0, FIGURES * WIDTH / max(1.0, sum(figures.values())))
    left = WIDTH - sum(int(width * scale) for width in figures.values())
    words = {n: block.weight(n) for n in range(len(block.head)) if n not in figures}
    return [int(figures[n] * scale) if n in figures else left * words[n] // sum(words.values()) for n in range(len(block.head))]


def _longest_word(block: Table, n: int) -> float:
    head = BOLD * max((fit.em(word) for word in block.head[n].split()), default=0)
    cells = (fit.em("".join(run.text for run in row[n])) for row in block.rows)
    return BESIDE + SMALL * 10 * max(head, *cells, 0)
