"""From a row to a dataclass, in one place per type."""

from __future__ import annotations

from typing import Any, TypeVar

from workshop import model

T = TypeVar("T")
BOOLEANS: dict[type, tuple[str, ...]] = {
    model.Event: ("sample",),
    model.Organisation: ("invited",),
    model.Session: ("hide_ideas", "show_authors"),
    model.Theme: ("revealed",),
}


def make(kind: type[T], row: dict[str, Any]) -> T:
    """The dataclass *kind* of one row (SQLite has no booleans)."""
    flags = {name: bool(row[name]) for name in BOOLEANS.get(kind, ())}
    return kind(**{**row, **flags})


def maybe(kind: type[T], row: dict[str, Any] | None) -> T | None:
    """As `make`, or None for no row."""
    return make(kind, row) if row else None


def each(kind: type[T], rows: list[dict[str, Any]]) -> list[T]:
    """As `make`, for every row."""
    return [make(kind, row) for row in rows]
