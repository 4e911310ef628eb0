"""A transaction as the queries see it: literal SQL with named parameters, rows that are read by column name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]  # as much of one as sqlite3.Row is


class Tx:
    """One transaction on one connection.

    ``touched`` collects the ids of the sessions whose revision grew, so that the store can
    tell the listeners after the commit; no caller has to remember it. ``lessened`` collects those of them of which
    rows are gone: no revision tells of what is not there, so who holds such a session has to load it anew.
    """

    __slots__ = ("_connection", "lessened", "touched")

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.touched: set[str] = set()
        self.lessened: set[str] = set()

    def all(self, sql: str, **params: object) -> list[Row]:
        """Every row of *sql*, read to the end (a half-read cursor would pin the WAL)."""
        return self._connection.execute(sql, params).fetchall()

    def one(self, sql: str, **params: object) -> Row | None:
        """The first row of *sql*, or None."""
        rows = self.all(sql, **params)
        return rows[0] if rows else None

    def run(self, sql: str, **params: object) -> int:
        """Execute *sql*; how many rows it changed."""
        return self._connection.execute(sql, params).rowcount

    def run_many(self, sql: str, params: list[dict[str, Any]]) -> None:
        """Execute *sql* once for each of *params*."""
        self._connection.executemany(sql, params)
