"""The writer that a server starts: ``python -m workshop.documents.child`` reads its job as JSON and answers in one line of it."""

from __future__ import annotations

import json
import os
import pickle
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from workshop import documents, errors
from workshop.documents import formats
from workshop.store import Store

GIVES_WAY = 10  # of 19: the room goes first where the computer has no time for both


def main() -> int:
    """Write what the job on standard input asks for and tell the paths or the files, or the problem of the folder."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    job = json.loads(sys.stdin.readline())
    try:
        print(json.dumps({"files": _written(job)} if "report" in job else {"paths": [str(path) for path in _exported(job)]}))
    except errors.CannotExport as problem:
        print(json.dumps({"problem": {name: str(value) for name, value in problem.params.items()}}))
    return 0


def _written(job: dict[str, Any]) -> dict[str, str]:
    """The files of a report in base 64, which the server that started this has just made and handed over: pickle trusts it."""
    report = pickle.loads(b64decode(job["report"]))
    return {name: b64encode(content).decode() for name, content in formats.one(job["format"]).write(report).items()}


def _exported(job: dict[str, Any]) -> list[Path]:
    store = Store(Path(job["database"]))
    try:
        return documents.export(store, job["code"], Path(job["folder"]), names=job["names"])
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
