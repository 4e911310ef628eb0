"""A bad network on loopback: a proxy that delays, loses, breaks and holds what goes through it.

A stream cannot lose bytes. What a lost packet does to it is to be late, and everything behind it with it: the sender waits for an
acknowledgement, sends again, and doubles its wait each time. That is what is modelled; a break is a reset of the connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from typing import Any, Self

PACKET = 1400  # bytes
WINDOW = 64  # packets on their way at most, in one direction of a connection


@dataclass(frozen=True)
class Weather:
    """What the network does. Times are seconds, the others shares of one.

    Args:
        delay: of every packet, one way.
        loss: packets that do not arrive.
        again: after which the sender sends a lost packet for the second time; twice as long for the third.
        breaks: connections that are reset, per second.
    """

    delay: float = 0.0
    loss: float = 0.0
    again: float = 0.2
    breaks: float = 0.0

    def way(self, chance: random.Random) -> float:
        """How long a packet takes."""
        seconds, wait = self.delay, self.again
        while chance.random() < self.loss:
            seconds, wait = seconds + wait, wait * 2
        return seconds


FAIR = Weather()


class Proxy:
    """A way from one loopback port to another; an async context manager.

    Args:
        port: of this end.
        to: where the server is.
        chance: decides what is lost.
    """

    def __init__(self, port: int, to: int, weather: Weather = FAIR, chance: random.Random | None = None) -> None:
        self.weather, self._port, self._to, self._chance = weather, port, to, chance or random.Random(20)
        self._up = asyncio.Event()
        self._up.set()
        self._lines: set[asyncio.Task[Any]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()

    def hold(self) -> None:
        """Let nothing through and tell nobody, as where the radio is gone: what is on its way waits."""
        self._up.clear()

    async def reset(self) -> None:
        """Break every connection and refuse new ones, as where the router is gone."""
        await self._end()

    async def restore(self) -> None:
        """Be a network again."""
        self._up.set()
        if self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._come, "127.0.0.1", self._port, backlog=1024)

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None
        for line in list(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.current_task()
        assert line is not None
        self._lines.add(line)
        there: asyncio.StreamWriter | None = None
        try:
            await self._up.wait()
            back, there = await asyncio.open_connection("127.0.0.1", self._to)
            await self._carry((reader, there), (back, writer))
        except (OSError, asyncio.CancelledError):
            pass  # the line is broken, which both ends are told of
        finally:
            self._lines.discard(line)
            for end in filter(None, (writer, there)):
                end.transport.abort()

    async def _carry(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        """Until both directions have ended, or the line breaks."""
        tasks = [asyncio.create_task(work) for one in ways for work in self._way(*one)]
        broken = asyncio.create_task(self._break())
        both = asyncio.gather(*tasks)
        try:
            await asyncio.wait({both, broken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, broken):
                task.cancel()
            await asyncio.gather(both, broken, return_exceptions=True)

    async def _break(self) -> None:
        """Wait until the line breaks, if ever."""
        while self._chance.random() >= self.weather.breaks:
            await asyncio.sleep(1)

    def _way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[Any, Any]:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(WINDOW)
        return self._send(reader, under_way), self._arrive(writer, under_way)

    async def _send(self, reader: asyncio.StreamReader, under_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        due, now = 0.0, asyncio.get_running_loop().time
        while data := await reader.read(PACKET):
            due = max(due, now() + self.weather.way(self._chance))  # in order: what is behind a lost packet waits for it
            await under_way.put((due, data))
        await under_way.put((due, b""))

    async def _arrive(self, writer: asyncio.StreamWriter, under_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        now = asyncio.get_running_loop().time
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(max(0.0, due - now()))
            await self._up.wait()
            if not data:
                with contextlib.suppress(OSError):
                    writer.write_eof()
                return
            writer.write(data)
            await writer.drain()
