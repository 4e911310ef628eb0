"""Documents made in a process of their own: writing them holds the interpreter for long, and the server's belongs to the room.

For an export the child reads the session from the database itself, so that the server's part is to wait. One at a time: who asks
while another export runs waits for it. A report in hand is given to the child as it is.
"""

from __future__ import annotations

import json
import pickle
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

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
    with TemporaryFile() as answer:
        return _asked(_job(database, code, folder, names), answer, seconds)


def archive(database: Path, code: str, folder: Path, names: Iterable[str] = (), seconds: float = SECONDS) -> BinaryIO:
    """As `export`; the documents as one zip, which the child packs too: a file that stands where the zip begins. Close it."""
    with ExitStack() as until_trouble:
        answer = until_trouble.enter_context(TemporaryFile())
        _asked(_job(database, code, folder, names) | {"archive": True}, answer, seconds)
        until_trouble.pop_all()
        return answer


def _job(database: Path, code: str, folder: Path, names: Iterable[str]) -> dict[str, Any]:
    names = [one.name for one in formats.chosen(names)] if names else []
    return {"database": str(database), "code": code, "folder": str(folder), "names": names}


def written(report: Report, name: str, seconds: float = SECONDS) -> formats.Files:
    """The files of a report in one format, without holding this process up; whoever calls sees to it that few do at a time.

    Args:
        name: of a format.
        seconds: how long it may take.

    Raises:
        errors.ExportStopped: it took longer than *seconds*, or ended without a word.
    """
    with TemporaryFile() as answer:
        said = _said({"format": name, "report": b64encode(pickle.dumps(report)).decode()}, answer, seconds)
    return {file: b64decode(content) for file, content in said["files"].items()}


def _asked(job: dict[str, Any], answer: BinaryIO, seconds: float) -> list[Path]:
    """Have the export done; where its files are."""
    with _one_at_a_time:
        said = _said(job, answer, seconds)
    if "problem" in said:
        raise errors.CannotExport(**said["problem"])
    return [Path(path) for path in said["paths"]]


def _said(job: dict[str, Any], answer: BinaryIO, seconds: float) -> dict[str, Any]:
    """Have the job done; the first line of the answer, behind which *answer* then stands."""
    _done(job, answer, seconds)
    answer.seek(0)
    try:
        return json.loads(answer.readline())
    except ValueError as problem:
        raise errors.ExportStopped() from problem


def _done(job: dict[str, Any], answer: BinaryIO, seconds: float) -> None:
    child = in_child("workshop.documents.child", answer)
    try:
        with child.stdin as line:
            line.write(json.dumps(job).encode() + b"\n")
        child.wait(timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise errors.ExportStopped() from problem
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    if child.returncode:
        raise errors.ExportStopped()
