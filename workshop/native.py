"""Work that takes the processor or the disk for long, away from the loop that serves the sockets."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

import gevent
from gevent import subprocess

T = TypeVar("T")
PACKAGE_HOME = Path(__file__).resolve().parents[1]


def natively(work: Callable[[], T]) -> T:
    """The value of *work*, done on a native thread while the greenlets go on; its errors are raised here."""
    return _told(*gevent.get_hub().threadpool.apply(_tried, (work,)))


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Let *work*, which mostly waits for others, begin; calling what is returned gives its value, or raises its error."""
    doing = gevent.spawn(_tried, work)
    return lambda: _told(*doing.get())


def in_child(module: str, stdout: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen:
    """A module of ours in a process of its own, for work that would hold the interpreter; what it is not given is piped."""
    path = os.pathsep.join(filter(None, [str(PACKAGE_HOME), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=stdout, env=os.environ | {"PYTHONPATH": path},
    )


def _told(value: Any, error: Exception | None) -> Any:
    if error:
        raise error
    return value


def _tried(work: Callable[[], T]) -> tuple[Any, Exception | None]:
    # Raised in the thread or greenlet, gevent would print the error as a failure of its own.
    try:
        return work(), None
    except Exception as error:
        return None, error
