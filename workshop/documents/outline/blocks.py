"""What a document is made of before it has a format: blocks of runs. Every text in them is plain; a writer makes it safe for its format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isqrt

from workshop import i18n
from workshop.documents.charts.drawing import Drawing
from workshop.documents.words import Words
from workshop.rules import light
from workshop.rules.light import Run


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to a source by its number, shown as "[3]".

    *note* is the anchor of the source in the list; *anchor* is the mark's own where it is the first to that source, else "".
    """

    number: int
    note: str
    anchor: str = ""

    @property
    def text(self) -> str:
        """What is shown."""
        return f"[{self.number}]"


Text = tuple[Run | Mark, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """*level* is 1 (the document's title) to 4; *anchor* is what an address in the document ends with."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """*role* says what it is for: "" for running text, else "lead", "facts", "notice", "small" or "tags"."""

    text: Text
    role: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; *steps* are numbered."""

    texts: tuple[Text, ...]
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said, verbatim, its line breaks kept; *result* is what came of it, *by* the credit line, *mark* its source."""

    words: str
    result: str
    by: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """Quotes, one after the other."""

    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """*right* are the positions of the columns of figures; the cell at *row_head* names its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    right: frozenset[int] = frozenset()
    row_head: int = 0

    def weight(self, n: int) -> int:
        """How much stands in a column, for its part of the width: 3 to 10."""
        longest = max((sum(len(run.text) for run in row[n]) for row in self.rows), default=0)
        return max(3, min(10, isqrt(longest)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; its figures stand in a table or sentence too."""

    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Blank:
    """A section that nobody has filled yet; *owner* is who will, or ""."""

    title: str
    hint: str
    owner: str


@dataclass(frozen=True, slots=True)
class ToComplete:
    """What is still open."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """Lines of a formula, as they are."""

    lines: str


@dataclass(frozen=True, slots=True)
class Note:
    """A source in the list; *back* is the anchor of the first mark that refers to it."""

    number: int
    text: str
    anchor: str
    back: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The sources of a practice, numbered from one."""

    notes: tuple[Note, ...]


Block = Heading | Paragraph | Items | Voices | Table | Figure | ToComplete | Formula | Notes


def plain(text: str) -> Text:
    """A text without any look."""
    return (Run(text),) if text else ()


def strong(text: str) -> Text:
    """A text that stands out."""
    return (Run(text, "strong"),)


def marked(text: Text, marks: Iterable[Mark]) -> Text:
    """A text with references at its end, where no line begins with one."""
    return (*text, *(piece for mark in marks for piece in (Run("\u00a0"), mark)))


def say(w: Words, message: str, **params: object) -> Text:
    """A sentence of ours, translated; its ``*marks*`` become looks before *params* are filled in, so that theirs stay text."""
    template = i18n.gettext(w.language, message).replace("`", "")
    return tuple(Run(run.text % params, run.look) for run in light.runs(template))


def light_blocks(text: str) -> list[Block]:
    """An editor's light Markdown; neighbouring items become one list."""
    found: list[Block] = []
    for block in light.blocks(text):
        steps = block.kind == "step"
        if block.kind == "paragraph":
            found.append(Paragraph(block.runs))
        elif found and isinstance(found[-1], Items) and found[-1].steps == steps:
            found[-1] = Items((*found[-1].texts, block.runs), steps)
        else:
            found.append(Items((block.runs,), steps))
    return found


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str | Text]], right: Iterable[int] = (), row_head: int = 0) -> Table:
    """A table of texts, plain or with looks. *right* may name columns that it has not: those are left out."""
    head = tuple(head)
    made = tuple(tuple(plain(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    return Table(caption, head, made, frozenset(n for n in right if n < len(head)), row_head)
