"""Markdown by pieces: text that stays text, tables, quotes, front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from workshop.rules import light as grammar

SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]")
LINK = re.compile(r"(?<=[a-z])(?=://)", re.IGNORECASE)
WWW = re.compile(r"(?<=\bwww)(?=\.)", re.IGNORECASE)
LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")


def escape(text: str) -> str:
    """*text* on one line, so that no Markdown or HTML in it takes effect and no address becomes a link."""
    return _escape_line(" ".join(text.split()))


def cell(text: str) -> str:
    """As `escape`, keeping line breaks, for a table cell."""
    return "<br>".join(_lines(text))


def light(text: str) -> str:
    """An editor's text in light Markdown, with nothing in it but what that grammar knows; addresses become links."""
    parts, before = [], ""
    for block in grammar.blocks(text):
        mark = {"paragraph": "", "bullet": "- ", "step": f"{block.number}. "}[block.kind]
        words = "".join(map(_run, block.runs))
        line = mark + words if mark else LEADING.sub(_unlist, words)
        parts.append(("" if not parts else "\n" if mark and before == block.kind else "\n\n") + line)
        before = block.kind
    return "".join(parts)


def _run(run: grammar.Run) -> str:
    if run.look == "link":
        return f"<{run.text}>"
    mark = {"strong": "**", "stressed": "*"}.get(run.look, "")
    return f"{mark}{_escape_text(run.text)}{mark}"


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
    return LEADING.sub(_unlist, _escape_text(line))


def _escape_text(text: str) -> str:
    marked = SPECIAL.sub(r"\\\g<0>", text)
    return WWW.sub(r"\\", LINK.sub(r"\\", marked))


def _unlist(found: re.Match[str]) -> str:
    return rf"{found[1]}\{found[2]}" if found[1] else rf"\{found[3]}"
