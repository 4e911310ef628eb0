"""An independent recount from the stored ballots, in SQL: it shares no line with `rules.tally`, and must agree with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from workshop.store.recount.comparing import compare
from workshop.store.recount.consensus import agree
from workshop.store.recount.grades import adoption
from workshop.store.recount.picture import impact
from workshop.store.recount.rows import Row, better
from workshop.store.recount.shares import approval, dots
from workshop.store.tx import Tx

__all__ = ["Row", "compare", "recount"]
METHODS: dict[str, Callable[[Tx, str], list[Row]]] = {
    "approval": approval, "dots": dots, "agree": agree, "adoption": adoption, "impact": impact,
}  # fmt: skip


def recount(tx: Tx, session_id: str) -> list[Row]:
    """Count the session again, for every theme its round and every round with ballots, as the ideas stand now."""
    session = tx.one("SELECT method FROM sessions WHERE id = :session", session=session_id)
    return _ranked(METHODS[session["method"]](tx, session_id)) if session else []


def _ranked(rows: list[Row]) -> list[Row]:
    """With shared ranks, in a fixed order."""
    polls = defaultdict(list)
    for row in rows:
        polls[row.theme, row.round].append(row)
    ranked = [replace(row, rank=1 + sum(better(other, row) for other in polls[row.theme, row.round])) for row in rows]
    return sorted(ranked, key=lambda row: (row.theme, row.round, row.idea))
