"""What a connection may take before the application sees it: time for a request's head, size and time for its body.

`Handler` serves one HTTP connection of `gevent.pywsgi` under these limits; give it as ``handler_class``. It puts
`Guard` in front of the application, so that neither can be forgotten.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import random
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import parse_qs

import gevent
from engineio.payload import Payload
from gevent.pywsgi import MAX_REQUEST_LINE, WSGIHandler

from workshop.live import heads
from workshop.pace import LATE

Environ = dict[str, Any]
CONNECTION = "workshop.connection"  # the key in the WSGI environment of the Handler that serves the request
SOCKET_PATH = "/socket.io/"

HEAD_SECONDS = 10.0  # for a request's line, and again for its headers
IDLE_SECONDS = 75.0  # for the next request on a connection that has had one
MOST_WAITING = 1500  # connections without a whole head; beyond it the one that has waited longest goes
BODY_SECONDS = 20.0
BODY_BYTES = 1 << 20  # of a form or an API call
MOST_BODIES = 16 << 20  # bytes of the bodies that are being read; beyond it the one that has taken longest is broken off
BESIDE_BODY = 16 << 10  # bytes that a connection costs while its body is being read, however short that is
MOST_HELD = 1000  # answers that the application wants held back; each costs some 20 kB
KERNEL_BYTES = 256 << 10  # that the system may hold back for one connection; left to itself, it takes up to 4 MiB
SHORT_BYTES = 16 << 10  # of a body that goes with its head
SEND_SECONDS = 60.0  # that an answer may wait until its reader takes more of it
LINGER_SECONDS, LINGER_BYTES = 2.0, 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one Socket.IO client may take.

    Args:
        message_bytes: the largest message from a client, whole or in fragments, and the largest polling POST.
        post_packets: packets in one polling POST. The library's 16 is less than a phone sends that
            comes back; this is as many of the smallest commands as a POST can hold.
        queue_packets, queue_bytes: what may wait for a client before it is dropped.
        send_seconds: the longest that one write may take.
        close_seconds: how long a closing client may take to answer.
    """

    message_bytes: int = 65536
    post_packets: int = 512
    queue_packets: int = 256
    queue_bytes: int = 1 << 20
    send_seconds: float = 15.0
    close_seconds: float = 2.0


def linger(sock: Any) -> None:
    """Say that nothing more comes, and read on for a moment.

    Closing with unread input resets the connection, and the client might never see our last words.
    """
    left = LINGER_BYTES
    with gevent.Timeout(LINGER_SECONDS, False), contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        while left > 0 and (data := sock.recv(65536)):
            left -= len(data)


class Handler(WSGIHandler):
    """One HTTP connection: bounded while it waits for a request, guarded when it has one."""

    waiting: ClassVar[dict[Handler, None]] = {}  # of the process, the longest waiting first
    reading: ClassVar[dict[Handler, int]] = {}  # likewise, with what the body costs
    _lingers = False
    _gathered: bytearray | None = None  # the head of an answer, until the first of its body is there

    def handle(self) -> None:
        """Serve the connection until it ends."""
        with contextlib.suppress(OSError):
            # What is written in pieces must not wait (40 ms) until the piece before is acknowledged.
            self.socket._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket._sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        try:
            with contextlib.suppress(OSError):  # an answer to who is gone
                super().handle()
        finally:
            self.__dict__.pop("environ", None)  # it names this handler: a cycle

    def read_requestline(self) -> str:
        """The request's first line, in time."""
        seconds = IDLE_SECONDS if self.command else HEAD_SECONDS
        with self._waiting(seconds, TimeoutError("no request came")):  # an OSError: the connection just ends
            line: str = super().read_requestline()
        gone = not line.endswith("\n") and len(line) < MAX_REQUEST_LINE
        return "" if gone else line  # nobody to answer, nothing to log

    def read_request(self, raw_requestline: str) -> Any:
        """The request's headers, in time."""
        with self._waiting(HEAD_SECONDS, ValueError("the headers took too long")):  # answered by 400
            try:
                return super().read_request(raw_requestline)
            except http.client.HTTPException as problem:  # else its traceback would be printed, as long and as often as one likes
                raise ValueError(f"the headers are {problem!r}") from None

    def MessageClass(self, stream: Any, _seekable: int = 0) -> Any:
        """The headers that come next."""
        return heads.read(stream)

    def get_environ(self) -> Environ:
        """The WSGI environment; upgrades too read through the input that ends where the body ends."""
        environ: Environ = super().get_environ()
        environ["wsgi.input"], environ["wsgi.input_terminated"] = self.wsgi_input, True
        environ[CONNECTION] = self
        return environ

    def run_application(self) -> None:
        """Answer with the application, behind the guard."""
        self.application = Guard(self.server.application)
        super().run_application()

    def handle_one_response(self) -> None:
        """Answer one request."""
        super().handle_one_response()
        if self._lingers:
            linger(self.socket)

    def leave_body(self) -> None:
        """Do not read the request's body: answer, and end the connection."""
        self.wsgi_input.content_length, self.wsgi_input.chunked_input = 0, False
        self.close_connection = self._lingers = True

    def take_over(self) -> tuple[Any, bytes]:
        """Hand the socket to another protocol: the socket, and what was already read from it beyond the head."""
        self.leave_body()
        self._lingers = False
        self.socket.settimeout(0.0)
        early = self.rfile.read1(65536) or b""
        self.socket.settimeout(None)
        self.rfile.close()
        return self.socket, early

    @contextlib.contextmanager
    def body_under_way(self, length: int) -> Iterator[None]:
        """Hold a place among the bodies that are being read; the longest holder loses its own where they are too many."""
        self.reading[self] = length + BESIDE_BODY
        while sum(self.reading.values()) > MOST_BODIES:
            next(iter(self.reading))._give_up()
        try:
            yield
        finally:
            self.reading.pop(self, None)

    def log_request(self) -> None:
        """Nothing: requests are not logged, and the library would make the line all the same."""

    def _write_with_headers(self, data: bytes) -> None:
        """One write for the head and a short body: a system call, and a packet, less. A long one is not copied for each reader."""
        if len(data) > SHORT_BYTES:
            return super()._write_with_headers(data)
        self._gathered = bytearray()
        try:
            super()._write_with_headers(data)
        finally:
            whole, self._gathered = self._gathered, None
        self._sendall(whole)

    def _sendall(self, data: bytes | bytearray) -> None:
        if self._gathered is not None:
            self._gathered += data
            return
        rest = self._rest_of(memoryview(data))
        if rest:
            self._send_patiently(rest)

    def _rest_of(self, data: memoryview) -> memoryview:
        """Write what the kernel takes at once, which is nearly always all of it; what it does not take."""
        try:
            sent = self.socket._sock.send(data)
        except OSError:  # it is full, or the client is gone: the library's way says which
            return data
        self.response_length += sent
        return data[sent:]

    def _send_patiently(self, data: memoryview) -> None:
        with gevent.Timeout(SEND_SECONDS, OSError(errno.EPIPE, "the client does not read")):  # as one that is gone
            super()._sendall(data)

    @contextlib.contextmanager
    def _waiting(self, seconds: float, late: Exception) -> Iterator[None]:
        self.waiting[self] = None
        if len(self.waiting) > MOST_WAITING:
            next(iter(self.waiting))._give_up()
        try:
            with gevent.Timeout(seconds, late):
                yield
            if self not in self.waiting:  # given up
                raise late
        finally:
            self.waiting.pop(self, None)

    def _give_up(self) -> None:
        self.waiting.pop(self, None)
        self.reading.pop(self, None)
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # its reader sees the end and closes


class Refused(Exception):
    """A request that is answered without the application."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Guard:
    """WSGI middleware: the application gets whole bodies of a bounded size, and polling POSTs that can be read.

    Args:
        app: the application behind it.
    """

    held: ClassVar[int] = 0  # answers of the process that are held back

    def __init__(self, app: Callable[..., Iterable[bytes]], limits: Limits = Limits()) -> None:
        self._app, self._limits = app, limits

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, or refuse it."""
        live = environ["PATH_INFO"].startswith(SOCKET_PATH)
        try:
            if live:
                _check_form(environ)
            if environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ:
                body = _whole_body(environ, self._limits.message_bytes if live else BODY_BYTES)
                if live:
                    _check_payload(body)
                environ["wsgi.input"] = BytesIO(body)
        except Refused as refused:
            return _refuse(environ, start_response, refused)
        late = environ[LATE] = []  # middleware may copy the environment
        answer = self._app(environ, start_response)
        if late:
            self._hold_back(max(late))
        return answer

    def _hold_back(self, seconds: float) -> None:
        """Wait where the application's greenlet holds least; those who are too many do not."""
        if Guard.held >= MOST_HELD:
            return
        Guard.held += 1
        try:
            gevent.sleep(seconds * random.uniform(1, 2))  # or those who came together would come back together
        finally:
            Guard.held -= 1


def _check_form(environ: Environ) -> None:
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if "j" in query:  # JSONP: any page of the web could read with our cookies
        raise Refused("400 Bad Request", "JSONP is not spoken here")
    if query.get("transport") == ["websocket"] and not _asks_upgrade(environ):
        raise Refused("400 Bad Request", "a WebSocket starts with an upgrade")


def _asks_upgrade(environ: Environ) -> bool:
    tokens = [token.strip().lower() for token in environ.get("HTTP_CONNECTION", "").split(",")]
    return "upgrade" in tokens and environ.get("HTTP_UPGRADE", "").lower() == "websocket"


def _whole_body(environ: Environ, most: int) -> bytes:
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise Refused("413 Content Too Large", "a body needs a Content-Length")
    length = int(environ["CONTENT_LENGTH"])
    if length > most:
        raise Refused("413 Content Too Large", f"at most {most} bytes")
    try:
        late = Refused("408 Request Timeout", "the body took too long")
        with environ[CONNECTION].body_under_way(length), gevent.Timeout(BODY_SECONDS, late):
            return bytes(environ["wsgi.input"].read(length))
    except OSError:
        raise Refused("400 Bad Request", "the body ended early") from None


def _check_payload(body: bytes) -> None:
    """The library answers 200 to what it cannot decode and drops it in silence; the client must know."""
    try:
        Payload(encoded_payload=body.decode())
    except Exception as problem:  # whatever stops the library's decoder
        raise Refused("400 Bad Request", str(problem)) from None


def _refuse(environ: Environ, start_response: Callable[..., Any], refused: Refused) -> list[bytes]:
    environ[CONNECTION].leave_body()
    start_response(refused.status, [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")])
    return [refused.reason.encode()]
