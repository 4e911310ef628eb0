"""Undo: putting back what one entry of the log replaced, at any later time, as long as nothing newer would be lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import LogEntry
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import MADE, Columns, Table
from workshop.store.queries import log


def _undo(act: Act, command: c.Undo) -> None:
    entry = _undoable(act, command.log)
    replaced = [(act.tables.named(name), rows) for name, rows in json.loads(entry.before).items()]
    changed = [(table, row_id, columns) for table, rows in replaced for row_id, columns in rows.items()]
    for table, row_id, columns in sorted(changed, key=lambda one: MADE in one[2]):
        if MADE in columns:
            table.unmake(act, row_id)  # last, once what the command put into it is back where it was
        else:
            _put_back(act, table, row_id, columns)
    for table, rows in replaced:
        table.restored(act, rows)
    log.mark_undone(act.tx, entry.id, act.at)
    act.note(entry.subject, undone=entry.action)


def _undoable(act: Act, entry_id: str) -> LogEntry:
    entry = log.find(act.tx, act.session.id, entry_id)
    if entry is None or entry.undone_at or not json.loads(entry.before):
        raise errors.Conflict("log")
    return entry


def _put_back(act: Act, table: Table, row_id: str, columns: Columns) -> None:
    """Only what still is as the command left it: what somebody has changed since has to be undone first."""
    row = act.find(table.kind, row_id, "log")
    pairs = [pair for pair in columns.items() if isinstance(pair[1], list)]
    if len(pairs) < len(columns) or any(getattr(row, column) != became for column, (_, became) in pairs):
        raise errors.Conflict("log")  # also what an earlier version of the product logged in another form
    act.change(row, **{column: was for column, (was, _) in pairs})


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.Undo: _undo}
