"""Connections that do as they are told, to a server under attack."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from tests.phones import HANDSHAKE, masked
from workshop.rehearse.browser import Cookies, cookie_header

TEXT, CONTINUATION, BINARY = 1, 0, 2
MIB = 1 << 20
LAST_WORDS = 3.0  # seconds that the server has to say why it ends a connection
RAW = "/socket.io/?EIO=4&transport="


@dataclass(frozen=True)
class Target:
    """Whom to attack, and as whom: cookies of people who have joined."""

    port: int
    code: str
    theme: str
    seconds: float
    offenders: list[Cookies] = field(default_factory=list)


class Line:
    """One TCP connection; it reads only when told to.

    Args:
        small: with the smallest receive buffer, so that the sender feels it at once.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._loop = sock, asyncio.get_running_loop()

    @classmethod
    async def open(cls, target: Target, small: bool = False) -> Line:
        """Connect."""
        sock = socket.socket()
        sock.setblocking(False)
        if small:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", target.port))
        return cls(sock)

    async def send(self, data: bytes) -> None:
        """Send; an OSError where the server has ended the connection."""
        await self._loop.sock_sendall(self._sock, data)

    async def receive(self) -> bytes:
        """What comes next; nothing at the end."""
        return await self._loop.sock_recv(self._sock, 65536)

    async def rest(self, seconds: float = LAST_WORDS) -> tuple[bytes, bool]:
        """What still comes, and whether the server ended the connection within *seconds*."""
        heard = b""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                with contextlib.suppress(OSError):
                    while data := await self.receive():
                        heard = (heard + data)[-MIB:]
                return heard, True
        return heard, False

    def ended(self) -> bool:
        """Whether the server has ended the connection, without waiting; reads what has come."""
        with contextlib.suppress(BlockingIOError):
            try:
                while self._sock.recv(65536):
                    pass
            except ConnectionError:
                pass
            return True
        return False

    def close(self) -> None:
        """Hang up."""
        self._sock.close()


@contextlib.asynccontextmanager
async def line(target: Target, first: bytes = b"", small: bool = False) -> AsyncIterator[Line]:
    """A connection that has sent *first*."""
    opened = await opened_with(target, first, small)
    try:
        yield opened
    finally:
        opened.close()


def upgrade(cookies: Cookies) -> bytes:
    """A handshake with cookies."""
    return HANDSHAKE[:-2] + f"Cookie: {cookie_header(cookies)}\r\n\r\n".encode()


def knock(target: Target) -> bytes:
    """The frame that asks to be let in."""
    return masked(TEXT, b"40" + json.dumps({"session": target.code, "role": "phone", "since": None}).encode())


def event(name: str, body: object, number: int | str = "") -> bytes:
    """A frame with a command."""
    return masked(TEXT, f"42{number}{json.dumps([name, body])}".encode())


async def opened_with(target: Target, first: bytes, small: bool = False) -> Line:
    """A connection that has sent *first*, or what the server took of it, and stays."""
    opened = await Line.open(target, small)
    with contextlib.suppress(OSError):
        await opened.send(first)
    return opened


def how_it_ended(heard: bytes, ended: bool) -> str:
    """``told`` where the server gave a reason (an HTTP refusal, a close frame with its code), ``dropped`` or ``standing``."""
    if heard.startswith(b"HTTP/1.1 4") or b"\x88" in heard[-130:]:
        return "told"
    return "dropped" if ended else "standing"


class Polling:
    """A session over long-polling."""

    def __init__(self, target: Target, cookies: Cookies) -> None:
        self._target, self._path, self._cookies = target, RAW + "polling", cookie_header(cookies)

    async def begin(self) -> None:
        """Shake hands and be let in."""
        self._path += "&sid=" + json.loads((await self.get())[1:])["sid"]
        await self.post("40" + json.dumps({"session": self._target.code, "role": "phone"}))

    async def get(self) -> str:
        """What waits."""
        return await self._ask("GET", b"")

    async def post(self, packets: str) -> str:
        """Send packets."""
        return await self._ask("POST", packets.encode())

    async def _ask(self, method: str, body: bytes) -> str:
        head = (f"{method} {self._path} HTTP/1.1\r\nHost: localhost\r\nCookie: {self._cookies}\r\n"
                f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n")
        async with line(self._target, head.encode() + body) as opened:
            return (await opened.rest(30))[0].decode().partition("\r\n\r\n")[2]
