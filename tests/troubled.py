"""``python -m tests.troubled serve``: the server on a computer in trouble, as files in its data folder say.

``clock`` holds the seconds by which the clock is wrong, ``unreadable`` the table that cannot be read, as where a disk has bad blocks.
Clients are pinged often, and soon missed.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

CLOCK, UNREADABLE = "clock", "unreadable"
PING_S = 1  # from one ping to the next, and until it must have been answered; whole, as the library has it


class Reading:
    """A connection that may be unable to read a table.

    Args:
        connection: what all else is passed to.
        flag: the file that names it.
        problem: what is raised then.
    """

    def __init__(self, connection: Any, flag: Path, problem: Exception) -> None:
        self._connection, self._flag, self._problem = connection, flag, problem

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, *params: Any) -> Any:
        """Execute, unless it reads from there."""
        if self._flag.exists() and f"FROM {self._flag.read_text()} " in sql:
            raise self._problem
        return self._connection.execute(sql, *params)


def main() -> int:
    """Serve, in trouble."""
    data = Path(os.environ["WORKSHOP_DATA"])
    clock, right, right_ns = data / CLOCK, time.time, time.time_ns

    def wrong() -> int:
        return int(clock.read_text()) if clock.exists() else 0

    time.time = lambda: right() + wrong()
    time.time_ns = lambda: right_ns() + wrong() * 10**9
    from gevent import monkey

    monkey.patch_all()
    from workshop import app, cli
    from workshop.store import sqlite

    app.PING_INTERVAL = app.PING_TIMEOUT = PING_S  # type: ignore[assignment]
    connect, problem = sqlite.connect, sqlite.sqlite3.OperationalError("disk I/O error")
    sqlite.connect = lambda *args: Reading(connect(*args), data / UNREADABLE, problem)
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
