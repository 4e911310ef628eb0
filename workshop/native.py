"""Work that takes the processor or the disk for long, away from the loop that serves the sockets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gevent

T = TypeVar("T")


def natively(work: Callable[[], T]) -> T:
    """The value of *work*, done on a native thread while the greenlets go on; its errors are raised here."""
    value, error = gevent.get_hub().threadpool.apply(_tried, (work,))
    if error:
        raise error
    return value


def _tried(work: Callable[[], T]) -> tuple[Any, Exception | None]:
    # Raised in the thread, gevent would print the error as a failure of its own.
    try:
        return work(), None
    except Exception as error:
        return None, error
