"""Work that takes the processor or the disk for long, away from the loop that serves the sockets."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import gevent
from gevent import subprocess

T = TypeVar("T")
PACKAGE_HOME = Path(__file__).resolve().parents[1]


def natively(work: Callable[[], T]) -> T:
    """The value of *work*, done on a native thread while the greenlets go on; its errors are raised here."""
    value, error = gevent.get_hub().threadpool.apply(_tried, (work,))
    if error:
        raise error
    return value


def in_child(module: str) -> subprocess.Popen:
    """A module of ours in a process of its own, its input and output piped; for work that would hold the interpreter."""
    path = os.pathsep.join(filter(None, [str(PACKAGE_HOME), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path},
    )


def _tried(work: Callable[[], T]) -> tuple[Any, Exception | None]:
    # Raised in the thread, gevent would print the error as a failure of its own.
    try:
        return work(), None
    except Exception as error:
        return None, error
