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
    """The dataclass *kind* of one row; fields that have a default are no columns."""
    columns, flags = _columns(kind)
    values = columns(row)
    return kind(*values) if flags is None else kind(*map(_as, flags, values))


def maybe(kind: type[T], row: Row | None) -> T | None:
    """As `make`, or None for no row."""
    return make(kind, row) if row else None


def each(kind: type[T], rows: list[Row]) -> list[T]:
    """As `make`, for every row."""
    return [make(kind, row) for row in rows]


@cache
def _columns(kind: Any) -> tuple[Callable[[Row], tuple[Any, ...]], tuple[bool, ...] | None]:
    """What takes the values of *kind* from a row in order, and, where there are any, which are booleans (SQLite has none)."""
    known = [field for field in fields(kind) if field.default_factory is MISSING and field.default is MISSING]
    flags = tuple(field.type == "bool" for field in known)
    return itemgetter(*(field.name for field in known)), flags if any(flags) else None


def _as(flag: bool, value: Any) -> Any:
    return bool(value) if flag else value
