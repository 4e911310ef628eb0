"""What an author wrote where the console has put the words right."""

from __future__ import annotations

import json
from collections.abc import Iterable

from workshop.model import Idea, LogEntry

WORDS = ("title", "detail")
Originals = dict[tuple[str, str], tuple[str, str]]  # (idea, column) → (as written, as the console left it last)


def take_over(originals: Originals, entries: Iterable[LogEntry]) -> Originals:
    """*originals* with what newer *entries* of the log changed, oldest first.

    As written is what stood before the first of the console's changes that follow upon each other: where the author has changed
    the words in between, theirs are the words.
    """
    found = dict(originals)
    for entry in entries:
        for idea, columns in json.loads(entry.before).get("ideas", {}).items():
            for column in WORDS:
                _change(found, (idea, column), columns.get(column))
    return found


def _change(found: Originals, key: tuple[str, str], pair: object) -> None:
    if not isinstance(pair, list):  # untouched, or logged in another form by an earlier version of the product
        return
    was, became = pair
    written, last = found.get(key, (was, was))
    found[key] = (written if last == was else was), became


def as_written(idea: Idea, originals: Originals) -> dict[str, str] | None:
    """The idea's words as its author wrote them, or None where they stand as written."""
    words = {column: _written(originals, idea.id, column, getattr(idea, column)) for column in WORDS}
    return None if words == {column: getattr(idea, column) for column in WORDS} else words


def _written(originals: Originals, idea: str, column: str, now: str) -> str:
    written, last = originals.get((idea, column), (now, now))
    return written if last == now else now
