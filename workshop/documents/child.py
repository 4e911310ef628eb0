"""The export that a server starts: ``python -m workshop.documents.child`` reads its job as JSON and answers in one line of it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from workshop import documents, errors
from workshop.store import Store

GIVES_WAY = 10  # of 19: the room goes first where the computer has no time for both


def main() -> int:
    """Write what the job on standard input asks for; tell the paths, or the problem of the folder, and give the zip if one is asked for."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    job = json.loads(sys.stdin.readline())
    try:
        paths = _written(job)
    except errors.CannotExport as problem:
        _say({"problem": {name: str(value) for name, value in problem.params.items()}})
        return 0
    _say({"paths": [str(path) for path in paths]})
    if job.get("archive"):
        sys.stdout.buffer.write(documents.archive(paths))
        sys.stdout.buffer.flush()
    return 0


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _written(job: dict[str, Any]) -> list[Path]:
    store = Store(Path(job["database"]))
    try:
        record = documents.read(store, job["code"])
    finally:
        store.close()
    _stand_back()
    return documents.save(record, Path(job["folder"]), names=job["names"])


def _stand_back() -> None:
    """From here on work only while the processor has nothing else to do, as does the typesetter that is started from here.

    Not before: who waits for the processor must not hold the database. Linux alone knows this.
    """
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    sys.exit(main())
