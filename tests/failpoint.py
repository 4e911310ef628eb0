"""``python -m tests.failpoint serve``: the server, with a place at which it kills itself.

A file ``failpoint`` in the data folder arms it for the next commit: ``before`` or ``after`` it, and in any case before anybody
is answered. The file is gone when it fires, so that the server starts again as it should.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

NAME = "failpoint"


class Deadly:
    """A connection that may end the process at a COMMIT.

    Args:
        connection: what all else is passed to.
        flag: the file that arms it.
    """

    def __init__(self, connection: Any, flag: Path) -> None:
        self._connection, self._flag = connection, flag

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, *params: Any) -> Any:
        """Execute, unless it is the end."""
        if sql == "COMMIT" and self._flag.exists():
            moment = self._flag.read_text()
            self._flag.unlink()
            if moment == "after":
                self._connection.execute(sql)
            os.kill(os.getpid(), signal.SIGKILL)
        return self._connection.execute(sql, *params)


def main() -> int:
    """Serve with the failpoint in place."""
    from gevent import monkey

    monkey.patch_all()
    from workshop import cli
    from workshop.store import sqlite

    connect, flag = sqlite.connect, Path(os.environ["WORKSHOP_DATA"], NAME)
    sqlite.connect = lambda *args: Deadly(connect(*args), flag)
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
