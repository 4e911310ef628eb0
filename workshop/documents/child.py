"""The export that a server starts: ``python -m workshop.documents.child`` reads its job as JSON and answers in one line of it."""

from __future__ import annotations

import json
import os
import pickle
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any

from workshop import documents, errors
from workshop.documents import formats
from workshop.store import Store

GIVES_WAY = 10  # of 19: the room goes first where the computer has no time for both


def main() -> int:
    """Do the job on standard input and tell what came of it, or the problem of the folder."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    job = json.loads(sys.stdin.readline())
    try:
        _written(job) if "report" in job else _exported(job)
    except errors.CannotExport as problem:
        _say({"problem": {name: str(value) for name, value in problem.params.items()}})
    return 0


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _written(job: dict[str, Any]) -> None:
    """Tell the files in base 64 of a report, which the server that started this has just made and handed over: pickle trusts it."""
    files = formats.one(job["format"]).write(pickle.loads(b64decode(job["report"])))
    _say({"files": {name: b64encode(content).decode() for name, content in files.items()}})


def _exported(job: dict[str, Any]) -> None:
    """Write the documents of a session; tell their paths, and give the zip if one is asked for."""
    store = Store(Path(job["database"]))
    try:
        paths = documents.export(store, job["code"], Path(job["folder"]), names=job["names"], ready=_stand_back)
    finally:
        store.close()
    _say({"paths": [str(path) for path in paths]})
    if job.get("archive"):
        sys.stdout.buffer.write(documents.archive(paths))
        sys.stdout.buffer.flush()


def _stand_back() -> None:
    """From here on work only while the processor has nothing else to do, as does the typesetter that is started from here.

    Not before: the first look into the database must not wait for that. Linux alone knows this.
    """
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    sys.exit(main())
