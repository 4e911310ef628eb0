"""The generator's sockets: plain TCP on one epoll, and just enough WebSocket to cost less than any server under test.

What comes in is cut into frames by their lengths and handed on as bytes; JSON is decoded only by whoever needs it.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from websockets.speedups import apply_mask

Address = tuple[str, int]
MASK = b"\x5a\x0f\x96\xc3"  # not zero: some servers skip the unmasking then
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
READ = 1 << 18


class Stuck(Exception):
    """What was waited for did not come, or a connection ended."""


class Loop:
    """All lines of the generator."""

    def __init__(self) -> None:
        self._poll = select.epoll()
        self._lines: dict[int, Line] = {}

    def add(self, line: Line, number: int) -> None:
        """Listen to a line."""
        self._lines[number] = line
        self._poll.register(number, select.EPOLLIN)

    def drop(self, number: int) -> None:
        """Do not listen any more."""
        if self._lines.pop(number, None):
            self._poll.unregister(number)

    def turn(self, seconds: float = 0.05) -> None:
        """Hand on what has arrived, or arrives within *seconds*."""
        lines = self._lines
        for number, _events in self._poll.poll(seconds, 1024):
            line = lines.get(number)
            if line is not None:
                line.read()

    def until(self, reached: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
        """Go on until *reached*.

        Raises:
            Stuck: it was not, in time.
        """
        end = time.perf_counter() + seconds
        while not reached():
            if time.perf_counter() > end:
                raise Stuck(what)
            self.turn()

    def wait(self, seconds: float) -> None:
        """Go on for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.turn(left)


class Line:
    """One TCP connection.

    Args:
        take: given all bytes that are there, tells how many it could use.
    """

    __slots__ = ("_loop", "_rest", "_sock", "number", "take")

    def __init__(self, loop: Loop, address: Address, take: Callable[[bytes], int]) -> None:
        self._loop, self._rest, self.take = loop, b"", take
        self._sock = socket.create_connection(address)
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock.setblocking(False)
        self.number = self._sock.fileno()
        loop.add(self, self.number)

    def write(self, data: bytes) -> None:
        """Send bytes; they are few, and the kernel takes them.

        Raises:
            Stuck: it does not.
        """
        try:
            sent = self._sock.send(data)
        except OSError as problem:
            raise Stuck(f"a client cannot write: {problem}") from None
        if sent != len(data):
            raise Stuck("the server does not read")

    def read(self) -> None:
        """Take what is there."""
        try:
            data = self._sock.recv(READ)
        except OSError as problem:
            raise Stuck(f"a client cannot read: {problem}") from None
        if not data:
            raise Stuck("the server has hung up on a client")
        if self._rest:
            data = self._rest + data
        used = self.take(data)
        self._rest = data[used:] if used < len(data) else b""

    def close(self) -> None:
        """End the connection."""
        self._loop.drop(self.number)
        self._sock.close()


def frame(message: str, kind: int = TEXT) -> bytes:
    """A client's frame: masked, at most 64 KiB."""
    data = message.encode()
    size = len(data)
    head = bytes((kind, 0x80 | size)) if size < 126 else bytes((kind, 0xFE, size >> 8, size & 255))
    return head + MASK + apply_mask(data, MASK)


def cut(data: bytes, hear: Callable[[int, bytes], None]) -> int:
    """Hand every whole frame in *data* to *hear* (kind, payload); how many bytes those were."""
    at, end = 0, len(data)
    while end - at >= 2:
        size, begin = data[at + 1], at + 2
        if size == 126:
            size, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        elif size == 127:
            size, begin = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
        if begin + size > end:
            break
        hear(data[at], data[begin : begin + size])
        at = begin + size
    return at


def response(data: bytes) -> tuple[bytes, bytes, int] | None:
    """Head, body and length of the HTTP response at the front of *data*; None while it is not whole."""
    head, mark, rest = data.partition(b"\r\n\r\n")
    if not mark:
        return None
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    size = int(fields.get(b"content-length", b"0"))
    if len(rest) < size:
        return None
    return head, rest[:size], len(head) + 4 + size


