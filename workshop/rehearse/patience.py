"""How long a simulated participant waits for a server that is away, and when it tries again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

T = TypeVar("T")
PATIENCE = 120.0  # seconds after which a wait is given up altogether
BACK_OFF = (0.1, 3.0)  # seconds before a new try: the first and the longest wait
AWAY = (aiohttp.ClientError, OSError, asyncio.TimeoutError)  # what a request ends with where no server answers


async def back_off(wait: float) -> float:
    """Wait up to *wait* seconds, never the same time twice: a room must not come back as one. The next wait."""
    await asyncio.sleep(wait * random.uniform(0.5, 1))
    return min(wait * 2, BACK_OFF[1])


async def persist(work: Callable[[], Awaitable[T]]) -> T:
    """The value of *work*, which is tried again while the server is away; without end, so under a timeout."""
    wait = BACK_OFF[0]
    while True:
        try:
            return await work()
        except AWAY:
            wait = await back_off(wait)
