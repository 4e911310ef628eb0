"""What waits for one client, bounded; and the fast way past it.

engine.io gives every client a queue, emptied by a writer greenlet of its own. `Outbox` is that queue with an end: a
client that lags too far is told so and dropped, and catches up by its revision when it comes back.

The fast way: while nothing waits and the writer is parked, what is put is written straight to the socket by whoever
puts it, without a greenlet switch. What the kernel does not take at once goes the slow way. Order is kept because the
fast way is open only while the writer is parked in `get`, when everything put before has been written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import engineio.socket
import gevent
import socketio.packet
from engineio.packet import MESSAGE, NOOP, Packet
from gevent.queue import JoinableQueue
from websockets.frames import Frame, Opcode

from workshop.live.limits import Limits

log = logging.getLogger(__name__)


class Framed(str):
    """An encoded packet that carries its WebSocket frame, serialised once for all its receivers."""

    __slots__ = ("frame",)
    frame: bytes


def frame_of(message: str | bytes) -> bytes:
    """The WebSocket frame of an encoded packet."""
    if isinstance(message, Framed):
        return message.frame
    if isinstance(message, str):
        return Frame(Opcode.TEXT, message.encode()).serialize(mask=False)
    return Frame(Opcode.BINARY, message).serialize(mask=False)


def _framed(packet: Packet, frame: bytes | None = None) -> Packet:
    text = Framed(packet.encode())
    text.frame = frame_of(str(text)) if frame is None else frame
    packet.encode_cache = text  # what `encode` answers from now on
    return packet


def encode_once(event: str, body: Any) -> Packet:
    """The packet of a Socket.IO event, encoded and framed once, to be put to any number of clients."""
    text = socketio.packet.Packet(socketio.packet.EVENT, data=[event, body]).encode()
    return _framed(Packet(MESSAGE, text))


def broadcast(server: socketio.Server, sids: Iterable[str], event: str, body: Any) -> None:
    """Send one event to the clients *sids*, encoded once; those that are gone are passed over. Never blocks."""
    sids = list(sids)
    if not sids:
        return
    packet = encode_once(event, body)
    for sid in sids:
        client = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
        if client is not None and not client.closed:
            client.queue.put(packet)


def hang_up(server: socketio.Server, sid: str) -> None:
    """End a client's connection too, not only its session, which is all that the server's own ``disconnect`` does."""
    client = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    server.disconnect(sid)
    if client is not None:
        client.close(wait=False)


FLUSH = _framed(Packet(NOOP), b"")  # wakes the writer, which then writes what a direct write left over


class Wire(Protocol):
    """What an outbox needs of the WebSocket driver."""

    too_slow: bool

    def write_now(self, packet: Packet) -> Packet | None:
        """Write without waiting; what still has to be put, or None when all is done."""


class Outbox(JoinableQueue):  # type: ignore[misc]
    """The packets that wait for one client.

    Args:
        on_full: called once, in a greenlet of its own, when the client lags too far.
    """

    __slots__ = ("_bytes", "_full", "_limits", "_on_full", "parked", "wire")
    wire: Wire | None
    parked: bool

    def __init__(self, limits: Limits, on_full: Callable[[Outbox], None]) -> None:
        super().__init__()
        self._limits, self._on_full = limits, on_full
        self._bytes, self._full = 0, False
        self.wire, self.parked = None, False

    def put(self, item: Packet | None, _block: bool = True, _timeout: float | None = None) -> None:
        """Send *item*, at once where that is possible; None ends the writer. Never blocks."""
        if self.parked and self.wire is not None and item is not None:
            item = self.wire.write_now(item)
            if item is None:
                return
        self.parked = False
        if item is None or self._has_room(item):
            super().put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Packet | None:
        """The next packet, for the writer of the library."""
        if block and self.wire is not None:
            timeout = None  # direct writes never come by here: an empty queue says nothing about the client
            self.parked = not self.qsize()
        item = super().get(block, timeout)
        self.parked = False
        self._bytes -= _size(item)
        return item

    def join(self, timeout: float | None = None) -> Any:
        """Wait until all is written, but not for ever: the writer may have died before."""
        return super().join(timeout or self._limits.close_seconds)

    def _has_room(self, item: Packet) -> bool:
        if self._full:
            return False
        waiting, size = self.qsize(), _size(item)
        if waiting >= self._limits.queue_packets or (waiting and self._bytes + size > self._limits.queue_bytes):
            self._overflow()
            return False
        self._bytes += size
        return True

    def _overflow(self) -> None:
        """Nothing that waits is worth keeping: the client starts from its revision when it comes back."""
        self._full = True
        while self.qsize():
            super().get(False)
            self.task_done()
        self._bytes = _size(TOO_SLOW)
        super().put(TOO_SLOW)
        if self.wire is not None:
            self.wire.too_slow = True
        gevent.spawn(self._on_full, self)


def _size(item: Packet | None) -> int:
    return len(item.data or "") if item is not None else 0


TOO_SLOW = encode_once("bye", {"reason": "too_slow", "message": ""})


def drop_slow(server: engineio.Server, outbox: Outbox) -> None:
    """End the session of the client that lags."""
    client = next((client for client in list(server.sockets.values()) if client.queue is outbox), None)
    if client is not None:
        client.close(wait=False, abort=True, reason="too slow")


class _Rehearsal:
    """A wire that keeps what is written to it."""

    too_slow = False

    def __init__(self) -> None:
        self.written: list[Packet] = []

    def write_now(self, packet: Packet) -> Packet | None:
        """Take *packet*."""
        self.written.append(packet)
        return None


def fast_way_works(server: engineio.Server) -> bool:
    """Whether a packet goes through a client of this library as `outbox` expects; tried, not guessed by version."""
    try:
        client, packet, wire = engineio.socket.Socket(server, "rehearsal"), encode_once("beat", {}), _Rehearsal()
        client.send(packet)
        slow = client.queue.qsize() == 1 and client.poll() == [packet]
        client.queue.wire, client.queue.parked = wire, True
        client.send(packet)
        fast = wire.written == [packet] and client.queue.empty()
        return slow and fast and client.upgraded is False and client._websocket_handler.__self__ is client
    except Exception:
        log.exception("the rehearsal of the direct write failed")
        return False
