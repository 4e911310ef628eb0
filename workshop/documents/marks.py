"""Markdown by pieces: text that stays text, tables, front matter. What it makes is CommonMark, and tables in GitHub's dialect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workshop.documents.outline.blocks import Mark, Text
from workshop.rules.light import Run

SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]")
LINK = re.compile(r"(?<=[a-z])(?=://)", re.IGNORECASE)
WWW = re.compile(r"(?<=\bwww)(?=\.)", re.IGNORECASE)
LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")
LOOKS = {"strong": "**", "stressed": "*"}
BREAK = "\\\n"  # of a line inside a paragraph


def escape(text: str) -> str:
    """*text* so that no Markdown or HTML in it takes effect and no address becomes a link; not for the beginning of a paragraph."""
    marked = SPECIAL.sub(r"\\\g<0>", text)
    return WWW.sub(r"\\", LINK.sub(r"\\", marked))


def lines(text: Text) -> list[str]:
    """The lines of a text with looks, as Markdown; empty ones are left out."""
    marked = "".join(map(_run, text))
    return [line.strip() for line in marked.split("\n") if line.strip()]


def flow(text: Text, start: str = "", indent: str = "") -> str:
    """A paragraph, its line breaks kept.

    Args:
        start: of its first line: the mark of a list or quotation.
        indent: of the other lines.
    """
    return start + f"{BREAK}{indent}".join(LEADING.sub(_unlist, line) for line in lines(text))


def cell(text: Text) -> str:
    """The cell of a table, its line breaks kept."""
    return "<br>".join(lines(text))


def heading(level: int, text: str) -> str:
    """A heading of plain text."""
    return f"{'#' * level} {' '.join(escape(text).split())}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A table of Markdown cells.

    Args:
        right: positions of the columns that are aligned to the right.
    """
    right = set(right)
    rule = ["---:" if n in right else "---" for n in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def front_matter(values: Mapping[str, Any]) -> str:
    """YAML front matter; JSON is YAML, whatever it holds."""
    pairs = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(("---", *pairs, "---"))


def joined(blocks: Iterable[str]) -> str:
    """The blocks as one document, a blank line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def _run(run: Run | Mark) -> str:
    if isinstance(run, Mark):
        return run.text  # no link: nobody can write a definition that would make it one
    if run.look == "link":
        return f"<{run.text}>"
    return "\n".join(_looking(line, LOOKS.get(run.look, "")) for line in run.text.split("\n"))


def _looking(line: str, mark: str) -> str:
    """The line between marks, which take effect only where no space follows or goes before: spaces at its ends stay outside."""
    words = line.strip()
    if not mark or not words:
        return escape(line)
    before, _, after = line.partition(words)
    return f"{before}{mark}{escape(words)}{mark}{after}"


def _unlist(found: re.Match[str]) -> str:
    return rf"{found[1]}\{found[2]}" if found[1] else rf"\{found[3]}"
