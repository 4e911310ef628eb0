"""One Socket.IO connection, from its first byte to its last; what comes back by itself is `client`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

import aiohttp
import socketio

from workshop.rehearse.browser import Cookies, Refused, cookie_header, origin
from workshop.rehearse.patience import AWAY

TROUBLE = (socketio.exceptions.SocketIOError, *AWAY)
CONNECT_SECONDS = 10.0  # until the server must have let one in
CLOSE_SECONDS = 1.0  # until the server must have answered a goodbye
LARGEST = 16 * 2**20  # bytes of one message down


class Wire:
    """A connection that is made once; an async context manager that leaves nothing of it running.

    Args:
        handlers: what to call with the body of each event that arrives.
    """

    def __init__(self, handlers: Mapping[str, Callable[..., Any]]) -> None:
        self._sockets: list[aiohttp.ClientWebSocketResponse] = []
        # "unsafe" keeps cookies of bare addresses, as browsers do.
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), ws_response_class=self._kept)  # type: ignore[arg-type]
        options = {"max_msg_size": LARGEST, "timeout": aiohttp.ClientWSTimeout(ws_close=CLOSE_SECONDS)}
        self._io = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=self._http, websocket_extra_options=options)
        self._answered, self._gone = asyncio.Event(), asyncio.Event()
        self._let_in = handlers["connect"]
        self._refusal: dict[str, Any] | None = None
        ours = {"connect": self._came, "connect_error": self._refused, "disconnect": self._ended}
        for event, handler in {**handlers, **ours}.items():
            self._io.on(event, handler)

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.hang_up()
        tasks = [task for task in (self._io.eio.read_loop_task, self._io.eio.write_loop_task) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for socket in self._sockets:
            await socket.close()
        await self._http.close()

    async def connect(self, url: str, cookies: Cookies, auth: dict[str, Any], transports: tuple[str, ...]) -> None:
        """Connect.

        Raises:
            Refused: the session does not let this one in.
            socketio.exceptions.ConnectionError: the network or the server does not work.
        """
        headers = {"Cookie": cookie_header(cookies), "Origin": origin(url)}
        async with asyncio.timeout(CONNECT_SECONDS):
            await self._io.connect(url, headers=headers, auth=auth, transports=list(transports), wait=False)
            await self._or_end(self._answered)
        if self._refusal is not None:
            raise Refused(self._refusal["message"])
        if not self._io.namespaces:
            raise socketio.exceptions.ConnectionError("the connection ended before one was let in")

    async def emit(self, event: str, body: dict[str, Any], answer: asyncio.Future[Any] | None = None) -> None:
        """Send an event; *answer* gets the acknowledgement."""
        await self._io.emit(event, body, callback=answer and (lambda value: None if answer.done() else answer.set_result(value)))

    async def until_gone(self) -> None:
        """Wait for the end of the connection."""
        await self._or_end(self._gone)

    async def _or_end(self, event: asyncio.Event) -> None:
        # The library tells of a disconnection only once it has told of the connection: a server that
        # ends in between shows in the end of the reading task alone.
        told = asyncio.create_task(event.wait())
        try:
            await asyncio.wait({told, self._io.eio.read_loop_task}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()

    async def hang_up(self) -> None:
        """End the connection, whatever state it is in."""
        with contextlib.suppress(ValueError, *TROUBLE):  # it may be gone already
            await self._io.eio.disconnect(abort=True)

    def _kept(self, *args: Any, **kwargs: Any) -> aiohttp.ClientWebSocketResponse:
        # The library forgets, unclosed, a socket that ends before the first packet.
        self._sockets.append(aiohttp.ClientWebSocketResponse(*args, **kwargs))
        return self._sockets[-1]

    def _came(self) -> None:
        self._let_in()
        self._answered.set()

    def _refused(self, problem: object = None) -> None:
        # The session refuses with a message; anything else is a network that fails, and `too_many` is not for good.
        self._answered.set()
        final = isinstance(problem, dict) and "message" in problem and (problem.get("data") or {}).get("code") != "too_many"
        self._refusal = problem if final else None

    def _ended(self, *_: object) -> None:
        self._gone.set()
