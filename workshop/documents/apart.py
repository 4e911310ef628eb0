"""Documents made in a process of their own: writing them holds the interpreter for long, and the server's belongs to the room.

For an export the child reads the session from the database itself, so that the server's part is to wait. One at a time: who asks
while another export runs waits for it. A report in hand is given to the child as it is.
"""

from __future__ import annotations

import json
import pickle
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gevent import subprocess
from gevent.lock import BoundedSemaphore

from workshop import errors
from workshop.documents import formats
from workshop.documents.shape import Report
from workshop.native import in_child

SECONDS = 120.0  # after which a child is ended: twenty times what a large session takes
_one_at_a_time = BoundedSemaphore(1)


def export(database: Path, code: str, folder: Path, names: Iterable[str] = (), seconds: float = SECONDS) -> list[Path]:
    """As `documents.export`, without holding this process up.

    Args:
        database: the file of the store.
        seconds: how long it may take.

    Raises:
        errors.UnknownFormat, errors.CannotExport: as `documents.export` says.
        errors.ExportStopped: it took longer than *seconds*, or ended without a word.
    """
    names = [one.name for one in formats.chosen(names)] if names else []
    with _one_at_a_time:
        said = _said({"database": str(database), "code": code, "folder": str(folder), "names": names}, seconds)
    if "problem" in said:
        raise errors.CannotExport(**said["problem"])
    return [Path(path) for path in said["paths"]]


def written(report: Report, name: str, seconds: float = SECONDS) -> formats.Files:
    """The files of a report in one format, without holding this process up; whoever calls sees to it that few do at a time.

    Args:
        name: of a format.
        seconds: how long it may take.

    Raises:
        errors.ExportStopped: it took longer than *seconds*, or ended without a word.
    """
    said = _said({"format": name, "report": b64encode(pickle.dumps(report)).decode()}, seconds)
    return {file: b64decode(content) for file, content in said["files"].items()}


def _said(job: dict[str, object], seconds: float) -> dict[str, Any]:
    """The child's last word."""
    child = in_child("workshop.documents.child")
    try:
        told, _ = child.communicate(json.dumps(job).encode() + b"\n", timeout=seconds)
        return json.loads(told.splitlines()[-1])
    except (subprocess.TimeoutExpired, LookupError, ValueError) as problem:
        raise errors.ExportStopped() from problem
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
