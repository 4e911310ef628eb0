"""The WebSocket transport of engine.io under gevent.pywsgi: handshake, frames in, whole frames out.

Parsing is the Sans-I/O layer of `websockets`, without extensions. Ours is the way to the socket: one writer at a time,
whole frames, and an end to every wait. `install` puts it, and the bounded queue of `outbox`, into one engine.io server;
serve it with `Handler`.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from typing import Any

import engineio.payload
import gevent
from engineio.packet import Packet
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from websockets.datastructures import Headers
from websockets.frames import DATA_OPCODES, CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from workshop.live.limits import CONNECTION, Environ, Handler, Limits, linger
from workshop.live.outbox import FLUSH, Outbox, broadcast, drop_slow, encode_once, fast_way_works, frame_of, hang_up

__all__ = ["Handler", "Limits", "WebSocketDriver", "broadcast", "encode_once", "hang_up", "install"]

BINARY = ("5", "6")  # Socket.IO's packets that announce attachments, which may then come as text too
TURN = 16  # reads or messages of one client after which the others get theirs
log = logging.getLogger(__name__)
_protocol_log = logging.getLogger(f"{__name__}.protocol")
_protocol_log.setLevel(logging.ERROR)  # who comes and goes is no news


class WebSocketDriver:
    """One WebSocket, with the contract of engine.io's ``_async["websocket"]``.

    Args:
        handler: engine.io's method that is given this object once the handshake is done.
        _server: the engine.io server, which the handler knows anyway.
        limits: sizes and times.
        direct: whether the emitter may write straight to the socket.
    """

    def __init__(self, handler: Callable[[WebSocketDriver], Iterable[bytes]], _server: Any, limits: Limits, direct: bool) -> None:
        self._run, self._limits, self._direct = handler, limits, direct
        self._client: Any = getattr(handler, "__self__", None)  # engine.io's socket
        self._protocol = ServerProtocol(state=OPEN, max_size=limits.message_bytes, logger=_protocol_log)
        self._lock = BoundedSemaphore(1)
        self._rest = b""  # of a frame that a direct write could not finish
        self._messages: deque[str | bytes] = deque()
        self._partial, self._is_text = bytearray(), True
        self._over = False  # nothing more comes in
        self._dead = False  # nothing more goes out, and what comes in is not heard
        self._ended, self._turns, self.too_slow = Event(), 0, False

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Shake hands, then run engine.io until the connection ends."""
        response = _shake_hands(environ)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            start_response(f"{response.status_code} {response.reason_phrase}", [*response.headers.raw_items()])
            self._leave()
            return [bytes(response.body)]
        self._sock, self._early = environ[CONNECTION].take_over()
        try:
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            start_response("101 Switching Protocols", [*response.headers.raw_items()])(b"")
            self._run(self)
        except Exception as problem:  # engine.io lets a packet that it cannot decode out to here
            log.info("a client is dropped: %r", problem)
            self._say_goodbye(CloseCode.PROTOCOL_ERROR)
        finally:
            self._end()
        return []

    # -- the contract ----------------------------------------------------------------------------

    def wait(self) -> str | bytes | None:
        """The next message, or None when the connection has ended."""
        self._open_fast_way()
        while not self._messages:
            if self._dead or self._over:
                self._ended.set()
                return None
            self._receive()
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
            self._abort()

    def write_now(self, packet: Packet) -> Packet | None:
        """Write *packet* without waiting: what still has to be put in the outbox, or None when all is done.

        To be called only while the writer is parked, when there is no rest of an earlier frame.
        """
        if self._lock.locked():  # the reader answers a ping
            return packet
        if self._dead or self._protocol.state is not OPEN:
            return None  # nobody is there to read it
        frame = frame_of(packet.encode())
        try:
            sent = self._try(frame)
        except OSError:
            self._abort()
            return None
        if sent == 0:
            return packet
        self._rest = frame[sent:]
        return FLUSH if self._rest else None

    # -- in ----------------------------------------------------------------------------------------

    def _open_fast_way(self) -> None:
        """From the moment when only the writer empties the outbox, not a polling request as well."""
        outbox = getattr(self._client, "queue", None)
        if isinstance(outbox, Outbox) and outbox.wire is None and self._client.upgraded and self._direct:
            outbox.wire = self

    def _receive(self) -> None:
        data = self._read()
        if data:
            self._protocol.receive_data(data)
            self._take_turns()
        else:
            self._over = True
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
                self._abort()
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
            sent: int = self._sock.sendmsg([data], (), socket.MSG_DONTWAIT)
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

    def _say_goodbye(self, code: int) -> None:
        if self._protocol.state is OPEN:
            self._protocol.send_close(CloseCode.TRY_AGAIN_LATER if self.too_slow else code)
            self._reply()

    def _abort(self) -> None:
        """End both directions now; whoever reads or writes is woken."""
        self._dead, self._rest = True, b""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self._ended.set()
        self._leave()
        if not self._dead:
            linger(self._sock)
        self._dead = True
        self._sock.close()

    def _leave(self) -> None:
        """Close engine.io's side where it has not done so; a session that failed to upgrade goes on polling."""
        client = self._client
        if client is None or client.closed or (client.connected and not client.upgraded and not client.upgrading):
            return
        client.close(wait=False, abort=True, reason=client.server.reason.TRANSPORT_ERROR)


def _shake_hands(environ: Environ) -> Response:
    """The answer to a request for an upgrade."""
    headers = Headers()
    for key, value in environ.items():
        if key.startswith("HTTP_"):
            headers[key[5:].replace("_", "-")] = value
    request = Request("/", headers, environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"])
    return ServerProtocol(logger=_protocol_log).accept(request)


def install(server: engineio.Server, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    """Put driver and outbox into one engine.io server, which must then be served with `Handler`.

    Returns:
        ``"fast"``, or ``"safe"`` where the library's inside is not what the direct write needs.

    Raises:
        RuntimeError: the library is so different that it would run without the driver.
    """
    hooks = server._async
    if server.async_mode != "gevent" or not {"queue", "websocket"} <= hooks.keys():
        raise RuntimeError("python-engineio has no place for the WebSocket driver: use the versions of requirements.lock")
    server._async = {**hooks, "queue": partial(Outbox, limits, partial(drop_slow, server))}
    direct = fast_way_works(server)
    server._async["websocket"] = partial(WebSocketDriver, limits=limits, direct=direct)
    server.on("message", _dropping_the_malformed(server, server.handlers.get("message")))
    server.max_http_buffer_size = limits.message_bytes
    engineio.payload.Payload.max_decode_packets = limits.post_packets
    if not direct:
        log.warning("python-engineio is not as expected: every message goes through its queue (safe, but slower)")
    return "fast" if direct else "safe"


def _dropping_the_malformed(server: engineio.Server, handle: Callable[[str, Any], None] | None) -> Callable[[str, Any], None]:
    """What handles a message, with an end to who sends what cannot be handled: the library logs it and goes on.

    Binary messages are such: the product has none, and the attachments announced by one packet would add up without end.
    """
    def handle_or_drop(sid: str, data: Any) -> None:
        try:
            if isinstance(data, bytes) or data[:1] in BINARY:
                raise ValueError("binary")
            if handle is not None:
                handle(sid, data)
        except Exception as problem:
            log.warning("a message cannot be handled, its client is dropped: %r", problem, exc_info=log.isEnabledFor(logging.DEBUG))
            client = server.sockets.get(sid)
            if client is not None:
                client.close(wait=False, abort=True, reason=server.reason.TRANSPORT_ERROR)

    return handle_or_drop
