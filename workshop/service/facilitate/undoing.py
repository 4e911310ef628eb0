"""Undo: putting back what one entry of the log replaced, at any later time, as long as nothing newer would be lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.service import commands as c
from workshop.service.facilitate.act import TABLES, Act
from workshop.service.facilitate.board import check_merges
from workshop.service.facilitate.standing import check_standing
from workshop.service.facilitate.turns import follow
from workshop.store.queries import log


def _undo(act: Act, command: c.Undo) -> None:
    entry = log.find(act.tx, act.session.id, command.log)
    if entry is None or entry.undone_at or not (replaced := json.loads(entry.before)):
        raise errors.Conflict("log")
    made = [row_id for row_id, columns in replaced.get("themes", {}).items() if "id" in columns]
    for table, rows in replaced.items():
        for row_id, columns in rows.items():
            if row_id not in made:
                _put_back(act, table, row_id, columns)
    for theme in made:
        act.remove_theme(theme)  # once what the command put into it is back where it was
    check_merges(act, replaced.get("ideas", {}))
    if entry.action in ("turn.next", "turn.back"):
        follow(act, act.idea(entry.subject).theme_id)
    check_standing(act, replaced)
    log.mark_undone(act.tx, entry.id, act.at)
    act.note(entry.subject, undone=entry.action)


def _put_back(act: Act, table: str, row_id: str, columns: dict[str, Any]) -> None:
    """Only what still is as the command left it: what somebody has changed since has to be undone first."""
    row = act.find(table, row_id, "log") if table in TABLES else None
    pairs = [pair for pair in columns.items() if isinstance(pair[1], list)]
    if row is None or len(pairs) < len(columns) or any(getattr(row, column) != became for column, (_, became) in pairs):
        raise errors.Conflict("log")  # also what an earlier version of the product logged in another form
    act.change(row, **{column: was for column, (was, _) in pairs})


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.Undo: _undo}
