"""Markdown by pieces: text that stays text, tables, quotes, front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]")
LINK = re.compile(r"(?<=[a-z])(?=://)", re.IGNORECASE)
WWW = re.compile(r"(?<=\bwww)(?=\.)", re.IGNORECASE)
LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")


def escape(text: str) -> str:
    """*text* on one line, so that no Markdown or HTML in it takes effect and no address becomes a link."""
    return _escape_line(" ".join(text.split()))


def sentence(text: str) -> str:
    """As `escape`, for a sentence of ours with others' words in it: its no-break spaces stay."""
    return _escape_line(text)


def cell(text: str) -> str:
    """As `escape`, keeping line breaks, for a table cell."""
    return "<br>".join(_lines(text))


def heading(level: int, text: str) -> str:
    """A heading; *text* must be escaped already."""
    return f"{'#' * level} {text}"


def bullet(text: str, after: str = "") -> str:
    """A list item with raw *text*, its line breaks kept; *after* is Markdown put behind it."""
    return "- " + "\\\n  ".join(_lines(text)) + after


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A table of Markdown cells.

    Args:
        right: positions of the columns that are aligned to the right.
    """
    right = set(right)
    rule = ["---:" if n in right else "---" for n in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def front_matter(values: Mapping[str, str | int | bool]) -> str:
    """YAML front matter; a JSON string is a YAML string, whatever it holds."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(("---", *lines, "---"))


def joined(blocks: Iterable[str]) -> str:
    """The blocks as one document, a blank line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(text: str) -> list[str]:
    return [_escape_line(line.strip()) for line in text.splitlines() if line.strip()]


def _escape_line(line: str) -> str:
    marked = SPECIAL.sub(r"\\\g<0>", line)
    marked = WWW.sub(r"\\", LINK.sub(r"\\", marked))
    return LEADING.sub(lambda m: rf"{m[1]}\{m[2]}" if m[1] else rf"\{m[3]}", marked)
