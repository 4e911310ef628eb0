"""Doing something for many people at once, but never for more than a given number."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from workshop.rehearse.report import Progress

T = TypeVar("T")



async def bounded(limit: int, items: Iterable[T], work: Callable[[T], Awaitable[None]]) -> None:
    """Do *work* for every item, at most *limit* at a time; the first failure ends the rest."""
    queue = iter(list(items))

    async def worker() -> None:
        for item in queue:
            await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None  # the others failed because this one did


async def at_once(limit: int, label: str, items: list[T], work: Callable[[T], Awaitable[None]]) -> None:
    """As `bounded`, with a progress bar."""
    with Progress(label, len(items)) as progress:
        async def one(item: T) -> None:
            await work(item)
            progress.step()

        await bounded(limit, items, one)
