"""The report as Markdown: a document to send out, readable as text and rendered. It has no charts: their figures stand in its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from workshop.documents import marks
from workshop.documents.method import name
from workshop.documents.outline import Outline, outline
from workshop.documents.outline.blocks import (
    Block,
    Figure,
    Formula,
    Heading,
    Items,
    Mark,
    Notes,
    Paragraph,
    Table,
    Text,
    ToComplete,
    Voice,
    Voices,
    marked,
    plain,
    strong,
)  # fmt: skip
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.rules.light import Run


def write(report: Report) -> bytes:
    """The Markdown document, UTF-8."""
    w, told = Words(report.language), outline(report)
    return marks.joined([_front(report, w), *_top(told), *blocks(told.blocks, w)]).encode()


def blocks(found: Iterable[Block], w: Words) -> list[str]:
    """Blocks as Markdown, inert wherever people wrote; "" for one that has no words."""
    return [_markdown(block, w) for block in found]


def _front(report: Report, w: Words) -> str:
    values: dict[str, str | int | bool] = {
        "title": report.title, "event": report.event_name, "date": report.date, "place": report.place, "host": report.host,
        "question": report.question, "method": name(report.method, w), "language": report.language, "sample": report.sample,
        "status": "draft", "generated_at": report.generated_at, "product": f"workshop {report.product_version}",
        "content_hash": report.content_hash,
    }
    return marks.front_matter({key: value for key, value in values.items() if value != ""})


def _top(told: Outline) -> list[str]:
    facts = " · ".join(part for part in (told.event, *told.facts) if part)
    notices = [_notice(plain(notice)) for notice in told.notices]
    return [marks.heading(1, told.title or "–"), marks.flow(plain(facts)), marks.flow(strong(told.question)), *notices]


def _notice(text: Text) -> str:
    return marks.flow(text, "> ", "> ")


# -- blocks ----------------------------------------------------------------------------------------


@singledispatch
def _markdown(block: Block, _w: Words) -> str:
    raise NotImplementedError(type(block).__name__)


@_markdown.register
def _heading(block: Heading, _w: Words) -> str:
    return marks.heading(block.level, block.text)


@_markdown.register
def _paragraph(block: Paragraph, _w: Words) -> str:
    if block.role == "notice":
        return _notice(block.text)
    return marks.flow(tuple(map(_stressed, block.text)) if block.role == "facts" else block.text)


def _stressed(run: Run | Mark) -> Run | Mark:
    return replace(run, look="stressed") if isinstance(run, Run) else run


@_markdown.register
def _items(block: Items, _w: Words) -> str:
    starts = (f"{n}. " if block.steps else "- " for n in range(1, len(block.texts) + 1))
    return "\n".join(marks.flow(text, start, " " * len(start)) for start, text in zip(starts, block.texts, strict=True))


@_markdown.register
def _voices(block: Voices, w: Words) -> str:
    return "\n".join(marks.flow(_said(voice, w), "- ", "  ") for voice in block.voices)


def _said(voice: Voice, w: Words) -> Text:
    words = w.quoted(voice.words) if voice.words else ""
    result = w._("Result: %(result)s", result=w.quoted(voice.result)) if voice.result else ""
    said = "\n".join(part for part in (words, result) if part) + f" — {voice.by}"
    return marked(plain(said), [voice.mark] if voice.mark else [])


@_markdown.register
def _table(block: Table, _w: Words) -> str:
    head = [marks.escape(text) for text in block.head]
    return marks.table(head, [[marks.cell(text) for text in row] for row in block.rows], block.right)


@_markdown.register
def _figure(_block: Figure, _w: Words) -> str:
    return ""


@_markdown.register
def _to_complete(block: ToComplete, w: Words) -> str:
    rows = [(marks.escape(blank.title), w._("*to complete* — %(hint)s", hint=marks.escape(blank.hint)), marks.cell(plain(blank.owner)))
            for blank in block.blanks]
    return marks.table((w._("Section"), w._("What belongs here"), w._("Owner")), rows)


@_markdown.register
def _formula(block: Formula, _w: Words) -> str:
    return f"```\n{block.lines}\n```"


@_markdown.register
def _notes(block: Notes, _w: Words) -> str:
    return "\n".join(marks.flow(plain(note.text), f"{note.number}. ") for note in block.notes)
