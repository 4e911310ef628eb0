"""PDF and pictures by typst, in a process of its own that is bounded in time and memory. Texts travel as JSON, never as markup."""

from __future__ import annotations

import base64
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from gevent import subprocess
from gevent.lock import BoundedSemaphore

from workshop import errors
from workshop.config import ASSETS
from workshop.documents.breaking import breakable
from workshop.documents.charts.drawing import Drawing

HERE = Path(__file__).resolve().parent
CHILD = HERE / "child.py"
FONTS = ASSETS / "static" / "vendor" / "print"
SECONDS = 60               # a report of 500 ideas and 60 practices takes two
MEMORY = 3 * 1024**3       # bytes of address space, most of which is never touched
_one_at_a_time = BoundedSemaphore(1)
log = logging.getLogger(__name__)


def typeset(template: str, data: dict[str, Any], stamp: int, seconds: int = SECONDS, memory: int = MEMORY) -> bytes:
    """The PDF that *template* makes of *data*; the same data give the same bytes. Who asks while another is made waits for it.

    Args:
        template: a file of this folder.
        stamp: epoch seconds, put into the PDF as the time of its making.

    Raises:
        errors.NotTypeset: it took more than *seconds* or *memory*, or the typesetter gave up.
    """
    return _made({"template": template, "data": data, "stamp": stamp, "format": "pdf"}, seconds, memory)


def pictures(drawings: Sequence[Drawing], seconds: int = SECONDS, memory: int = MEMORY) -> list[bytes]:
    """The drawings as PNG, in their order. Raises as `typeset`."""
    if not drawings:
        return []
    data = breakable({"charts": [chart(drawing) for drawing in drawings]})
    made = _made({"template": "charts.typ", "data": data, "stamp": 0, "format": "png"}, seconds, memory)
    return [base64.b64decode(one) for one in made.splitlines()]


def chart(drawing: Drawing) -> dict[str, Any]:
    """A drawing as the templates take it."""
    labels = [{"x": label.x, "y": label.y, "text": label.text, "anchor": label.anchor, "size": label.size, "bold": label.bold,
               "fill": label.fill, "upwards": label.upwards} for label in drawing.labels]
    return {"title": drawing.title, "text": drawing.text, "svg": drawing.wordless, "width": drawing.width, "height": drawing.height,
            "labels": labels}


def _made(job: dict[str, Any], seconds: int, memory: int) -> bytes:
    job |= {"template": str(HERE / job["template"]), "root": str(HERE), "fonts": str(FONTS), "seconds": seconds, "memory": memory}
    try:
        with _one_at_a_time, TemporaryFile() as told, TemporaryFile() as made, TemporaryFile() as said:
            told.write(json.dumps(job).encode())
            told.seek(0)
            if _ended(seconds, stdin=told, stdout=made, stderr=said):
                log.error("typst: %s", _read(said).decode(errors="replace")[:2000])
                raise errors.NotTypeset()
            return _read(made)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise errors.NotTypeset() from problem


def _ended(seconds: int, **files: BinaryIO) -> int:
    """How the child ends, which has files for its input and output: it goes on while whoever waits for it does something else."""
    # -P: this folder's neighbours must not be taken for modules of Python's own.
    with subprocess.Popen([sys.executable, "-P", str(CHILD)], **files) as child:
        try:
            return child.wait(timeout=seconds)
        finally:
            if child.poll() is None:
                child.kill()


def _read(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()
