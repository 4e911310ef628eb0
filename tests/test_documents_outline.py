"""One outline, one writer each: what is to be read says the same in every format, in the same order."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from markdown_it import MarkdownIt

from tests.hostile_texts import METHODS, report
from tests.office import paragraphs
from tests.records import AT, Day, three_buyers, voted
from tests.test_documents_html import Page
from workshop import documents
from workshop.documents import docx, html, markdown
from workshop.documents.docx import blocks
from workshop.documents.outline import outline
from workshop.documents.outline.blocks import Block, Heading
from workshop.documents.shape import Report

Headings = list[tuple[int, str]]


def of_outline(found: Report) -> Headings:
    return [(block.level, block.text) for block in outline(found).blocks if isinstance(block, Heading)]


def of_markdown(found: Report) -> Headings:
    tokens = MarkdownIt("gfm-like").parse(markdown.write(found).decode().split("\n---\n", 1)[1])
    opened = [(int(token.tag[1]), tokens[n + 1]) for n, token in enumerate(tokens) if token.type == "heading_open"]
    return [(level, "".join(child.content for child in inline.children)) for level, inline in opened if level > 1]


def of_html(found: Report) -> Headings:
    source = html.write(found).decode().partition("<main")[2]
    return [(int(level), "".join(Page(text.encode()).text)) for level, text in re.findall(r"<h(\d)[^>]*>(.*?)</h\d>", source)]


def of_word(found: Report) -> Headings:
    told = paragraphs(Document(io.BytesIO(docx.write(found))))
    return [(int(style[-1]) + 1, text) for style, text in told if style.startswith("Heading")]


FORMATS = {"markdown": of_markdown, "html": of_html, "docx": of_word}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("method", METHODS)
def test_every_format_has_the_headings_of_the_outline_in_their_order(name: str, method: str) -> None:
    found = report("Take-back", method, "sv")
    assert FORMATS[name](found) == of_outline(found)


@pytest.mark.parametrize("name", FORMATS)
def test_a_session_on_its_way_has_the_same_headings_everywhere(name: str) -> None:
    for day in (Day(), three_buyers(), voted()):
        found = documents.build(day.record(), AT)
        assert FORMATS[name](found) == of_outline(found)


def test_a_session_whose_votes_are_hidden_is_written_too() -> None:
    """Its table of who was there has a column less."""
    day = voted()
    day.themes[0] = replace(day.themes[0], revealed=False)
    found = documents.build(day.record(), AT)
    assert {name: of(found) for name, of in FORMATS.items()} == dict.fromkeys(FORMATS, of_outline(found))


def test_every_kind_of_block_has_a_writer() -> None:
    kinds = set(Block.__args__)
    for writer in (html._html, markdown._markdown, blocks._put):
        assert kinds <= set(writer.registry), f"{writer.__module__} does not know {kinds - set(writer.registry)}"
