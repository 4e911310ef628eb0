"""A real server process for tests: what an organizer prepares, who comes, and a client that speaks the wire itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import aiohttp

from workshop.rehearse.browser import Cookies, cookie_header, origin
from workshop.rehearse.desk import Desk
from workshop.rehearse.server import PrivateServer
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

PATIENCE = 30.0  # seconds until a condition that should come true counts as failed
THEMES = ("Less electronic waste", "Better use of resources")
SOCKET = "/socket.io/?EIO=4&transport="


@dataclass(frozen=True, slots=True)
class Hall:
    """A session by its ids."""

    code: str
    session: str
    event: str
    themes: tuple[str, ...]


class House:
    """A running server, and the desk beside it; a context manager. The desk is not for use inside an event loop.

    Args:
        data: a folder of its own, which is made.
    """

    def __init__(self, data: Path) -> None:
        data.mkdir(mode=0o700, exist_ok=True)
        self.server, self.data = PrivateServer(data), data
        self._until_exit = ExitStack()

    def __enter__(self) -> Self:
        self.desk = self._until_exit.enter_context(Desk(self.data))
        self._until_exit.enter_context(self.server)
        return self

    def __exit__(self, *_: object) -> None:
        self._until_exit.close()

    @property
    def url(self) -> str:
        """The server's address."""
        return self.server.url

    def hall(self, **plan: Any) -> Hall:
        """A new session of an event of its own."""
        return prepare(self.desk, **plan)

    def guest(self, hall: Hall, name: str = "Ada", organisation: str = "City") -> Cookies:
        """The cookies of somebody who has joined."""
        return join(self.desk, hall, name, organisation)

    def facilitator(self) -> Cookies:
        """The cookies of a browser that is signed in."""
        return self.desk.facilitator()

    async def again(self, end: Callable[[], None]) -> None:
        """End the server by *end* and start it on the same data and port."""
        await asyncio.to_thread(end)
        await asyncio.to_thread(self.server.start)


def prepare(desk: Desk, **plan: Any) -> Hall:
    """A session of two themes, in an event of two invited organisations; *plan* as of `SessionPlan`."""
    event = desk.organize.create_event(EventPlan("Learning Academy 2026"), "City\nBank")
    lines = tuple(ThemeLine(title) for title in THEMES)
    session = desk.organize.create_session(event.id, SessionPlan("Circular procurement of IT", themes=lines, **plan))
    _, themes = desk.organize.session(session.id)
    return Hall(session.code, session.id, event.id, tuple(theme.id for theme in themes))


def join(desk: Desk, hall: Hall, name: str, organisation: str) -> Cookies:
    """The cookies of somebody who joins past the form; an organisation that is not known is added."""
    who = desk.entrance.join(hall.code, organisation, name, "organisation", new_organisation_ok=True)
    return {f"p-{hall.code}": who.token}


class Wire:
    """One WebSocket as it is: it sends whatever it is told to, and tidies nothing; an async context manager.

    Args:
        url: the server's address.
        headers: sent with the handshake beside the cookies; the Origin is the server's own unless given.
    """

    def __init__(self, url: str, cookies: Cookies, **headers: str) -> None:
        self._address = url + SOCKET + "websocket"
        self._headers = {"Cookie": cookie_header(cookies), "Origin": origin(url), **headers}
        self._until_exit = AsyncExitStack()
        self._asked = 0

    async def __aenter__(self) -> Self:
        http = await self._until_exit.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        self._socket = await http.ws_connect(self._address, headers=self._headers, max_msg_size=0)
        self._until_exit.push_async_callback(self._socket.close)
        assert (await self.packet() or "").startswith("0")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._until_exit.aclose()

    async def connect(self, auth: object) -> Any:
        """Ask to be let in; None where one is, else the refusal."""
        await self.send("40" + json.dumps(auth))
        answer = await self.packet() or ""
        assert answer.startswith(("40", "44")), answer
        return json.loads(answer[2:]) if answer.startswith("44") else None

    async def come(self, hall: Hall, role: str, since: int | None = None) -> Self:
        """Be let in."""
        assert await self.connect({"session": hall.code, "role": role, "since": since}) is None
        return self

    async def send(self, packet: str | bytes) -> None:
        """Send one frame."""
        await (self._socket.send_str(packet) if isinstance(packet, str) else self._socket.send_bytes(packet))

    async def packet(self) -> str | None:
        """The next packet that is no ping; None when the connection has ended."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self._socket.receive()).type is aiohttp.WSMsgType.TEXT:
                if message.data != "2":
                    return message.data
                await self.send("3")
        return None

    async def event(self, *names: str) -> Any:
        """The body of the next event of one of the names."""
        return (await self._event(names))[1]

    async def first(self) -> tuple[str, Any]:
        """The first state that comes: ``snapshot`` or ``changes``, and its body."""
        name, body = await self._event(("snapshot", "changes"))
        return name, body

    async def ask(self, command: str, *body: object) -> Any:
        """The answer to a command; events that come before it are passed over."""
        self._asked += 1
        await self.send(f"42{self._asked}" + json.dumps([command, *body]))
        head = f"43{self._asked}"
        return json.loads((await self._find(head + "["))[len(head):])[0]

    async def end(self) -> None:
        """Wait until the server ends the connection."""
        async with asyncio.timeout(PATIENCE):  # heartbeats may go on for ever
            while await self.packet() is not None:
                pass

    async def _event(self, names: tuple[str, ...]) -> list[Any]:
        return json.loads((await self._find(*(f'42["{name}"' for name in names)))[2:])

    async def _find(self, *heads: str) -> str:
        """The next packet that begins so; others are passed over."""
        async with asyncio.timeout(PATIENCE):
            while (packet := await self.packet()) is not None:
                if packet.startswith(heads):
                    return packet
        raise AssertionError(f"the connection ended before {heads}")
