"""Documents opened with readers that are not ours: what each says, and in which language it says to be.

A format that has no reader here cannot be opened: a new one adds a line to `READERS`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import Any

import docx
import jsonschema
import lxml.html
import openpyxl
import pptx
import pypdf
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from tests.office import on_slides, paragraphs
from tests.records import said
from workshop.documents import json as ours

UNSEEN = re.compile("[\u200b\u00ad\u2060\ufffe]")  # places where a word may break, or has: pdfium reads a hyphen at a line's end as U+FFFE
BLOCKS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "caption", "figcaption", "blockquote", "text", "title")
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document: all that a reader finds in it, with single spaces; and its language, "" where its format cannot say."""

    text: str
    language: str = ""

    def has(self, words: str) -> bool:
        """Whether the words stand in it, wherever its lines end."""
        return _plain(words) in self.text


def opened(name: str, content: bytes) -> dict[str, Opened]:
    """A file by its name, or those of a package by theirs."""
    if PurePath(name).suffix != ".zip":
        found = READERS[PurePath(name).suffix](content)
        return {PurePath(name).name: Opened(_plain(found.text), found.language)}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: one for part in packed.namelist() for name, one in opened(part, packed.read(part)).items()}


def _plain(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())


def _markdown(content: bytes) -> Opened:
    """Inert to a CommonMark reader: it holds no HTML but the breaks of lines in cells."""
    text = content.decode()
    front, body = FRONT.match(text), FRONT.sub("", text)
    assert front, "no front matter"
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    runs = [token.children or [] for token in tokens]
    assert {part.content for part in (*tokens, *chain(*runs)) if part.type.startswith("html")} <= {"<br>"}
    values = dict(line.split(": ", 1) for line in front[1].splitlines())
    lines = ("".join(" " if part.type in ("softbreak", "hardbreak", "html_inline") else part.content for part in run) for run in runs)
    return Opened("\n".join((*values.values(), *lines)), json.loads(values["language"]))


def _json(content: bytes) -> Opened:
    """Valid by the schema that it names; a schema is one."""
    data, schema = json.loads(content), json.loads(ours.schema())
    if data["$schema"] != ours.SCHEMA_NAME:
        jsonschema.Draft202012Validator.check_schema(data)
        return Opened("")
    jsonschema.Draft202012Validator(schema).validate(data)
    return Opened("\n".join(_strings(data)), data["event"]["language"])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
    else:
        yield str(value)


def _csv(content: bytes) -> Opened:
    """Every row as wide as the head."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    return Opened("\n".join(cell for row in rows for cell in row))


def _xlsx(content: bytes) -> Opened:
    """Without a formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    return Opened("\n".join([*book.sheetnames, *(str(cell.value) for cell in cells)]))


def _docx(content: bytes) -> Opened:
    document = docx.Document(io.BytesIO(content))
    comments = [paragraph.text for comment in document.comments for paragraph in comment.paragraphs]
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val"))
    return Opened("\n".join([*(text for _style, text in paragraphs(document)), *comments]), language)


def _pptx(content: bytes) -> Opened:
    deck = pptx.Presentation(io.BytesIO(content))
    return Opened("\n".join(on_slides(deck)), deck.core_properties.language)


def _pdf(content: bytes) -> Opened:
    """Tagged, with its language, opened by one reader and its text read by another."""
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    return Opened(said(content), root["/Lang"])


def _html(content: bytes) -> Opened:
    page = lxml.html.fromstring(content.decode())
    for style in list(page.iter("style")):
        style.drop_tree()
    for block in page.iter(*BLOCKS):
        block.tail = "\n" + (block.tail or "")
    return Opened(page.text_content(), page.get("lang"))


def _atom(content: bytes) -> Opened:
    feed = lxml.etree.fromstring(content)
    return Opened("\n".join(feed.itertext()), feed.get("{http://www.w3.org/XML/1998/namespace}lang", ""))


READERS: dict[str, Callable[[bytes], Opened]] = {
    ".md": _markdown, ".json": _json, ".csv": _csv, ".xlsx": _xlsx, ".docx": _docx, ".pptx": _pptx, ".pdf": _pdf, ".html": _html,
    ".atom": _atom,
}
