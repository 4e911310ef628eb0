"""The ways in which a network or a server can be gone for a while, done to a room; and how soon it agrees afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable

from bench._gathering import Gathering

Gone = Callable[[Gathering, float], Awaitable[None]]


async def held(room: Gathering, seconds: float) -> None:
    """No packet arrives, and nobody is told."""
    room.proxy.hold()
    await room.go_on()
    await asyncio.sleep(seconds)
    await room.proxy.restore()


async def reset(room: Gathering, seconds: float) -> None:
    """Every connection breaks, and new ones are refused."""
    await room.proxy.reset()
    await room.go_on()
    await asyncio.sleep(seconds)
    await room.proxy.restore()


async def paused(room: Gathering, seconds: float) -> None:
    """The server sleeps, as in a laptop whose lid is closed."""
    os.kill(room.house.server.pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(room.house.server.pid, signal.SIGCONT)


WAYS: dict[str, Gone] = {"held": held, "reset": reset, "paused": paused}


async def return_of(room: Gathering, gone: Gone, seconds: float, within: float) -> tuple[float, float]:
    """Let everybody send an idea just when it begins; how soon after its end all were answered, and all agreed.

    Raises:
        AssertionError, TimeoutError: not within *within* seconds of the end.
    """
    away = asyncio.create_task(gone(room, seconds))
    await asyncio.sleep(0)  # it has begun
    sending = asyncio.create_task(room.write())
    await away
    back = time.monotonic()
    async with asyncio.timeout(within):
        await sending
    answered = time.monotonic() - back
    await room.agreement(within - answered)
    return answered, time.monotonic() - back
