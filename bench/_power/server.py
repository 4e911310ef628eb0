"""``python -m bench._power.server serve``: the server on a disk whose notes are kept, for `bench power`; not for use.

POWER_FOLDER and POWER_LOG say where. POWER_SYNCHRONOUS weakens what the product asks of SQLite at every commit (FULL), to
show that this is what keeps people's words. The log is moved into the database far more often than the product has it done, so
that many cuts come in the middle of that.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from bench._power.layer import Layer

MOVED_PAGES = 200  # in the log until they are moved


def main() -> int:
    """Serve with the layer in place."""
    Layer(Path(os.environ["POWER_FOLDER"]), Path(os.environ["POWER_LOG"])).install()
    from gevent import monkey

    monkey.patch_all()
    from workshop import cli
    from workshop.store import sqlite

    connect, mode = sqlite.connect, os.environ.get("POWER_SYNCHRONOUS", "")

    def harder(*args: Any) -> Any:
        connection = connect(*args)
        connection.execute(f"PRAGMA wal_autocheckpoint = {MOVED_PAGES}")
        if mode:
            connection.execute(f"PRAGMA synchronous = {mode}")
        return connection

    sqlite.connect = harder
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
