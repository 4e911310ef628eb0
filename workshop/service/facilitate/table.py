"""A table whose rows the console changes: each is declared in the room that it belongs to, and `Act` works with them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workshop import errors
from workshop.store import Tx

if TYPE_CHECKING:
    from workshop.service.facilitate.act import Act

MADE = "id"  # the column under which the log keeps that there was no such row before the command
Columns = Mapping[str, tuple[Any, Any]]  # of one row: what was there before, and what the command put there
Rows = Mapping[str, Columns]  # by the id of the row


def _stays(_act: Act, _row_id: str) -> None:
    """Rows that come in as if they were not there (removed, withdrawn) need not be taken away: that is put back."""
    raise errors.Conflict("log")


def _as_it_is(_act: Act, _rows: Rows) -> None:
    """Nothing has to be seen to."""


@dataclass(frozen=True, slots=True)
class Table:
    """How rows of one kind are found and stored, and what an undo has to see to.

    Args:
        name: under which the log keeps what was there before.
        kind: the dataclass of a row.
        find: the row by its session's id and its own; None where the session has none such.
        save: stores what the console may change of a row.
        unmake: takes away what the undone command made; raises errors.Conflict where it is in use by now.
        restored: sees to the rows that an undo has put back, once all are; raises errors.Conflict where they do not fit any more.
    """

    name: str
    kind: type
    find: Callable[[Tx, str, str], Any]
    save: Callable[[Tx, Any], None]
    unmake: Callable[[Act, str], None] = _stays
    restored: Callable[[Act, Rows], None] = _as_it_is


class Tables:
    """All of them, by the kind of their rows and by the name in the log."""

    def __init__(self, *tables: Table) -> None:
        self._by_kind = {table.kind: table for table in tables}
        self._by_name = {table.name: table for table in tables}

    def of(self, kind: type) -> Table:
        """The table of the rows of a kind."""
        return self._by_kind[kind]

    def named(self, name: str) -> Table:
        """The table of the name, or errors.Conflict: an earlier version of the product logged something else."""
        if name not in self._by_name:
            raise errors.Conflict("log")
        return self._by_name[name]
