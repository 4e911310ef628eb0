"""Running what has an event loop of its own, away from the one that the browser tests keep in the main thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import gevent

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """The value of *work*, called in a thread of its own; what it raises is raised here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_and_tidy, work).result()


def played(work: Coroutine[Any, Any, T]) -> T:
    """The value of a coroutine, run in an event loop of its own."""
    return apart(lambda: asyncio.run(work))


def _and_tidy(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        gevent.get_hub().destroy()  # the store made one for this thread
