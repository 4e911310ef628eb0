"""The WebSocket transport of engine.io under gevent.pywsgi: handshake, frames in, whole frames out.

Parsing is the Sans-I/O layer of `websockets`, without extensions. Ours is the way to the socket: one writer at a time,
whole frames, and an end to every wait. This is the safe way, where engine.io keeps greenlets for every client; `resting` makes
it the fast one, and `transport` chooses.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
from collections import deque
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import gevent
from engineio.packet import Packet
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from websockets.datastructures import Headers
from websockets.frames import DATA_OPCODES, CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol
from websockets.utils import accept_key

from workshop.live.limits import CONNECTION, Environ, Limits, linger
from workshop.live.outbox import FLUSH, frame_of

HANDSHAKE = {name: "HTTP_" + name.upper().replace("-", "_")  # what a handshake without extensions depends on
             for name in ("Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version")}
KEY = re.compile("[A-Za-z0-9+/]{22}==")  # sixteen bytes
TURN = 16  # reads or messages of one client after which the others get theirs
log = logging.getLogger(__name__)
_protocol_log = logging.getLogger(f"{__name__}.protocol")
_protocol_log.setLevel(logging.ERROR)  # who comes and goes is no news


class WebSocketDriver:
    """One WebSocket, with the contract of engine.io's ``_async["websocket"]``: the safe way.

    Args:
        handler: engine.io's method that is given this object once the handshake is done.
        _server: the engine.io server, which the handler knows anyway.
        limits: sizes and times.
    """

    def __init__(self, handler: Callable[[WebSocketDriver], Iterable[bytes]], _server: Any, limits: Limits) -> None:
        self._run, self._limits = handler, limits
        self._client: Any = getattr(handler, "__self__", None)  # engine.io's socket
        self._protocol = ServerProtocol(state=OPEN, max_size=limits.message_bytes, logger=_protocol_log)
        self._lock = BoundedSemaphore(1)
        self._rest = b""  # of a frame that a direct write could not finish
        self._messages: deque[str | bytes] = deque()
        self._partial, self._is_text = bytearray(), True
        self._over = False  # nothing more comes in …
        self._hung_up = False  # … because the client has closed its side
        self._dead = False  # nothing more goes out, and what comes in is not heard
        self._ended, self._turns, self.too_slow = Event(), 0, False

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Shake hands, then run engine.io until the connection ends."""
        response = _shake_hands(self._protocol, environ)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            start_response(f"{response.status_code} {response.reason_phrase}", [*response.headers.raw_items()])
            self._leave()
            return [bytes(response.body)]
        self._sock, self._early = environ[CONNECTION].take_over()
        try:
            start_response("101 Switching Protocols", [*response.headers.raw_items()])(self._greeting())
        except OSError:
            self._end()
        else:
            self._attend()
        return []

    def _greeting(self) -> bytes:
        """The frames that go with the answer to the handshake."""
        return b""

    def _attend(self) -> None:
        """Run engine.io until the connection ends."""
        try:
            self._run(self)
        except Exception as problem:  # engine.io lets a packet that it cannot decode out to here
            self._drop(problem)
        finally:
            self._end()

    # -- the contract ----------------------------------------------------------------------------

    def wait(self) -> str | bytes | None:
        """The next message, or None when the connection has ended."""
        while not self._messages:
            if self._dead or self._over:
                self._ended.set()
                return None
            self._take_in(self._read())
        self._take_turns()
        return self._messages.popleft()

    def send(self, message: str | bytes) -> None:
        """Write one whole message.

        Raises:
            OSError: the connection has ended, or does not take the message in time.
        """
        if self._protocol.state is not OPEN:
            raise ConnectionError("the connection is closing")
        self._write(frame_of(message))

    def close(self, code: int = CloseCode.NORMAL_CLOSURE) -> None:
        """Say goodbye, and end the connection when the client has answered or its time is up."""
        self._say_goodbye(code)
        if not self._ended.wait(self._limits.close_seconds):
            self.abort()

    def write_now(self, packet: Packet) -> Packet | None:
        """Write *packet* without waiting: what still has to be put in the outbox, or None when all is done.

        To be called only while nothing waits in the outbox, when there is no rest of an earlier frame.
        """
        if self._lock.locked():  # the reader answers a ping
            return packet
        if self._dead or self._protocol.state is not OPEN:
            return None  # nobody is there to read it
        frame = frame_of(packet.encode())
        try:
            sent = self._try(frame)
        except OSError:
            self.abort()
            return None
        if sent == 0:
            return packet
        self._rest = frame[sent:]
        return FLUSH if self._rest else None

    # -- in ----------------------------------------------------------------------------------------

    def _take_in(self, data: bytes) -> None:
        """Parse what came, nothing at the end of the stream; collect its messages, and answer."""
        if data:
            self._protocol.receive_data(data)
            self._take_turns()
        else:
            self._over = self._hung_up = True
            self._protocol.receive_eof()
        for frame in self._protocol.events_received():
            self._take(frame)
        self._reply()

    def _read(self) -> bytes:
        early, self._early = self._early, b""
        with contextlib.suppress(OSError):
            data: bytes = early or self._sock.recv(65536)
            return b"" if self._dead else data
        return b""

    def _take(self, frame: object) -> None:
        """Collect a message; the protocol has checked the order of fragments and their size in total."""
        if not isinstance(frame, Frame) or frame.opcode not in DATA_OPCODES:
            return
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        self._partial += frame.data
        if not frame.fin:
            return
        data, self._partial = self._partial, bytearray()
        try:
            self._messages.append(data.decode() if self._is_text else bytes(data))
        except UnicodeDecodeError:
            self._protocol.fail(CloseCode.INVALID_DATA)

    def _take_turns(self) -> None:
        """A read or a write that succeeds at once never yields: one client that floods would starve the others."""
        self._turns += 1
        if self._turns >= TURN:
            self._turns = 0
            gevent.sleep(0)

    # -- out ---------------------------------------------------------------------------------------

    def _write(self, data: bytes) -> None:
        """Write whole frames, one writer at a time; broken off in the middle, the stream is worth nothing."""
        with self._lock:
            if self._dead:
                raise ConnectionError("the connection has ended")
            data, self._rest = self._rest + data, b""
            try:
                self._write_all(data)
            except BaseException:
                self.abort()
                raise

    def _write_all(self, data: bytes) -> None:
        sent = self._try(data)
        if sent == len(data):
            return
        with gevent.Timeout(self._limits.send_seconds, TimeoutError("the client does not read")):
            self._sock.sendall(memoryview(data)[sent:])

    def _try(self, data: bytes) -> int:
        """Write what the kernel takes at once; how many bytes that were."""
        try:
            sent: int = self._sock._sock.send(data)  # gevent's own would wait
        except BlockingIOError:
            return 0
        return sent

    def _reply(self) -> None:
        """Write what the protocol answers: pongs, and the close frame."""
        self._over = self._over or self._protocol.eof_sent
        data = b"".join(self._protocol.data_to_send())
        if data:
            with contextlib.suppress(OSError):
                self._write(data)

    # -- the end -------------------------------------------------------------------------------------

    def _drop(self, problem: Exception) -> None:
        log.info("a client is dropped: %r", problem)
        self._say_goodbye(CloseCode.PROTOCOL_ERROR)

    def _say_goodbye(self, code: int) -> None:
        if self._protocol.state is OPEN:
            self._protocol.send_close(CloseCode.TRY_AGAIN_LATER if self.too_slow else code)
            self._reply()

    def abort(self) -> None:
        """End both directions now; whoever reads or writes is woken."""
        self._dead, self._rest = True, b""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self._ended.set()
        self._leave()
        if not self._dead and not self._hung_up:
            linger(self._sock)
        self._dead = True
        self._sock.close()

    def _leave(self) -> None:
        """Close engine.io's side where it has not done so; a session that failed to upgrade goes on polling."""
        client = self._client
        if client is None or client.closed or (client.connected and not client.upgraded and not client.upgrading):
            return
        client.close(wait=False, abort=True, reason=client.server.reason.TRANSPORT_ERROR)


def _shake_hands(protocol: ServerProtocol, environ: Environ) -> Response:
    """The answer to a request for an upgrade."""
    asked = {name: environ[key] for name, key in HANDSHAKE.items() if key in environ}
    if environ["REQUEST_METHOD"] == "GET" and environ["SERVER_PROTOCOL"] == "HTTP/1.1" and _is_usual(asked):
        return Response(101, "Switching Protocols", Headers(
            [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept_key(asked["Sec-WebSocket-Key"]))]))
    return protocol.accept(Request("/", Headers(asked), environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"]))


def _is_usual(asked: dict[str, str]) -> bool:
    """Whether a handshake is written as browsers write it: the library, which knows all ways, would agree, and takes longer."""
    return (
        asked.get("Connection", "").lower() in ("upgrade", "keep-alive, upgrade") and asked.get("Upgrade", "").lower() == "websocket"
        and asked.get("Sec-WebSocket-Version") == "13" and KEY.fullmatch(asked.get("Sec-WebSocket-Key", "")) is not None
    )
