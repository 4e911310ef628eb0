"""Light Markdown, as an editor writes it: paragraphs, lists, **strong**, *stressed*, and addresses. Everything else is text.

One small grammar that every writer can show: a block is a paragraph or a list; a run is a piece of text with its look. There
are no headings, pictures or raw markup, so that nothing written can break a document or carry a script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "strong", "stressed", "link"]
_ITEM = re.compile(r"\s{0,3}(?:([-*•])|(\d{1,3})[.)])\s+(.*)")
_RUN = re.compile(r"\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*|\*(?=\S)(?P<stressed>[^*]+?)(?<=\S)\*|(?P<link>https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]])")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with its look; a link's text is its address."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list: a bullet, or a step with its number."""

    kind: Literal["paragraph", "bullet", "step"]
    runs: tuple[Run, ...]
    number: int = 0


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. A line of its own in a paragraph joins the one before with a space."""
    found: list[Block] = []
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = _ITEM.fullmatch(line)
        if paragraph and (item or not line.strip()):
            found.append(Block("paragraph", runs(" ".join(paragraph))))
            paragraph = []
        if item:
            found.append(_item(item, found))
        elif line.strip():
            paragraph.append(line.strip())
    return tuple(found)


def runs(line: str) -> tuple[Run, ...]:
    """The runs of one line."""
    found, at = [], 0
    for match in _RUN.finditer(line):
        found += [Run(line[at:match.start()]), Run(match[match.lastgroup or 0], match.lastgroup)]  # type: ignore[arg-type]
        at = match.end()
    return tuple(run for run in (*found, Run(line[at:])) if run.text)


def plain(text: str) -> str:
    """The text without its marks, a block a line."""
    return "\n".join("".join(run.text for run in block.runs) for block in blocks(text))


def _item(item: re.Match[str], before: list[Block]) -> Block:
    """A step's number follows the step before it; a list begins with 1 whatever was typed."""
    if item[1]:
        return Block("bullet", runs(item[3]))
    last = before[-1] if before else None
    return Block("step", runs(item[3]), last.number + 1 if last and last.kind == "step" else 1)
