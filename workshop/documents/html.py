"""The report as one HTML file for an intranet: no script, nothing to fetch, the charts inline; it reads, prints and searches offline."""

from __future__ import annotations

from functools import singledispatch
from importlib.resources import files

from workshop.documents.elements import el, safe
from workshop.documents.outline import Outline, outline
from workshop.documents.outline.blocks import (
    Blank,
    Block,
    Figure,
    Formula,
    Heading,
    Items,
    Mark,
    Note,
    Notes,
    Paragraph,
    Table,
    Text,
    ToComplete,
    Voice,
    Voices,
    marked,
    plain,
)  # fmt: skip
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.rules.light import Run

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"  # what the page may load: nothing
TAGS = {"strong": "strong", "stressed": "em"}


def write(report: Report) -> bytes:
    """The HTML document, UTF-8."""
    w, told = Words(report.language), outline(report)
    body = el("body", _top(told), _contents(told, w), el("main", *(_html(block, w) for block in told.blocks), id="content"),
              el("footer", el("p", safe(report.content_hash))))
    return f"<!DOCTYPE html>\n{el('html', _head(told), body, lang=w.language)}\n".encode()


def _head(told: Outline) -> str:
    title = " · ".join(filter(None, (told.title, told.event))) or "–"
    return el(
        "head", el("meta", charset="utf-8"), el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"), el("title", safe(title)),
        el("style", files("workshop.documents").joinpath("html.css").read_text("utf-8")),
    )


def _top(told: Outline) -> str:
    parts = [el("p", safe(told.event), class_="event"), el("h1", safe(told.title or "–"))]
    parts += [el("p", safe(" · ".join(told.facts)), class_="facts")]
    parts += [el("p", _lines(told.question), class_="question")] if told.question else []
    parts += [el("p", safe(notice), class_="notice") for notice in told.notices]
    return el("header", *parts)


def _contents(told: Outline, w: Words) -> str:
    """Chapters, and under theirs the themes and the practices."""
    entries: list[tuple[Heading, list[str]]] = []
    for block in told.blocks:
        if isinstance(block, Heading) and block.level == 2:
            entries.append((block, []))
        elif isinstance(block, Heading) and block.level == 3:
            entries[-1][1].append(el("li", _link(block)))
    listed = (el("li", _link(heading), *([el("ul", *below)] if below else [])) for heading, below in entries)
    return el("nav", el("h2", safe(w._("Contents")), id="contents"), el("ul", *listed), aria_labelledby="contents")


def _link(heading: Heading) -> str:
    return el("a", safe(heading.text), href=f"#{heading.anchor}")


# -- blocks ----------------------------------------------------------------------------------------


@singledispatch
def _html(block: Block, _w: Words) -> str:
    raise NotImplementedError(type(block).__name__)


@_html.register
def _heading(block: Heading, _w: Words) -> str:
    return el(f"h{block.level}", safe(block.text), id=block.anchor)


@_html.register
def _paragraph(block: Paragraph, _w: Words) -> str:
    return el("p", _runs(block.text), class_=block.role or None)


@_html.register
def _items(block: Items, _w: Words) -> str:
    return el("ol" if block.steps else "ul", *(el("li", _runs(text)) for text in block.texts))


@_html.register
def _voices(block: Voices, w: Words) -> str:
    return "".join(_voice(voice, w) for voice in block.voices)


def _voice(voice: Voice, w: Words) -> str:
    parts = [el("p", _lines(w.quoted(voice.words)))] if voice.words else []
    parts += [el("p", _lines(w._("Result: %(result)s", result=w.quoted(voice.result))))] if voice.result else []
    return el("blockquote", *parts, el("footer", _runs(marked(plain(f"— {voice.by}"), [voice.mark] if voice.mark else []))))


@_html.register
def _table(block: Table, _w: Words) -> str:
    head = el("tr", *(_cell("th", safe(text), n in block.right, scope="col") for n, text in enumerate(block.head)))
    rows = (el("tr", *(_body_cell(block, n, cell) for n, cell in enumerate(row))) for row in block.rows)
    inside = el("table", el("caption", safe(block.caption)), el("thead", head), el("tbody", *rows))
    return el("div", inside, class_="wide", tabindex=0, role="group", aria_label=block.caption)


def _body_cell(block: Table, n: int, cell: Text) -> str:
    if n == block.row_head:
        return _cell("th", _runs(cell), n in block.right, scope="row")
    return _cell("td", _runs(cell), n in block.right)


def _cell(tag: str, content: str, right: bool, scope: str | None = None) -> str:
    return el(tag, content, scope=scope, class_="right" if right else None)


@_html.register
def _figure(block: Figure, _w: Words) -> str:
    drawn = block.drawing
    picture = el("div", drawn.svg, class_="wide", tabindex=0, role="group", aria_label=drawn.title)
    return el("figure", el("figcaption", safe(drawn.title)), picture)


@_html.register
def _to_complete(block: ToComplete, w: Words) -> str:
    return el("ul", *(_blank(blank, w) for blank in block.blanks), class_="open")


def _blank(blank: Blank, w: Words) -> str:
    title = el("strong", safe(blank.title)) + " " + el("span", safe(w._("to complete")), class_="mark")
    return el("li", title, el("p", safe(blank.hint)), el("p", safe(f"{w._('Owner')}: {blank.owner or '…………'}")))


@_html.register
def _formula(block: Formula, _w: Words) -> str:
    return el("pre", safe(block.lines), tabindex=0)


@_html.register
def _notes(block: Notes, w: Words) -> str:
    return el("ol", *(_note(note, w) for note in block.notes), class_="sources")


def _note(note: Note, w: Words) -> str:
    told = w._("Back to where source %(n)d is referred to", n=note.number)
    back = el("a", "↑", href=f"#{note.back}", role="doc-backlink", aria_label=told)
    return el("li", safe(note.text), "\u00a0", back, id=note.anchor)


# -- texts -----------------------------------------------------------------------------------------


def _runs(text: Text) -> str:
    return "".join(map(_run, text))


def _run(run: Run | Mark) -> str:
    if isinstance(run, Mark):
        return el("a", safe(run.text), href=f"#{run.note}", id=run.anchor or None, class_="mark", role="doc-noteref")
    if run.look == "link":
        return el("a", safe(run.text), href=run.text, rel="noopener noreferrer")
    return el(TAGS[run.look], _lines(run.text)) if run.look in TAGS else _lines(run.text)


def _lines(text: str) -> str:
    return "<br>".join(map(safe, text.split("\n")))
