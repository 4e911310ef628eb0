"""From a row to a dataclass, in one place per type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from workshop.store.tx import Row

T = TypeVar("T")


def make(kind: type[T], row: Row) -> T:
    """The dataclass *kind* of one row; fields that a ``default_factory`` makes are no columns."""
    columns, flags = _columns(kind)
    if not flags:
        return kind(*columns(row))
    values = list(columns(row))
    for place in flags:
        values[place] = None if values[place] is None else bool(values[place])
    return kind(*values)


def maybe(kind: type[T], row: Row | None) -> T | None:
    """As `make`, or None for no row."""
    return make(kind, row) if row else None


def each(kind: type[T], rows: list[Row]) -> list[T]:
    """As `make`, for every row."""
    return [make(kind, row) for row in rows]


@cache
def _columns(kind: Any) -> tuple[Callable[[Row], tuple[Any, ...]], tuple[int, ...]]:
    """What takes the values of *kind* from a row in order, and the places of those that are booleans (SQLite has none)."""
    known = [field for field in fields(kind) if field.default_factory is MISSING]
    flags = tuple(place for place, field in enumerate(known) if field.type in ("bool", "bool | None"))
    return itemgetter(*(field.name for field in known)), flags
