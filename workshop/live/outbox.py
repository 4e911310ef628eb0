"""What waits for one client, bounded; and the fast way past it.

engine.io gives every client a queue, emptied by a writer greenlet of its own. `Outbox` is that queue with an end: a
client that lags too far is told so and dropped, and catches up by its revision when it comes back.

The fast way, of a client with a `wire`: while nothing waits, what is put is written straight to the socket by whoever puts
it, without a greenlet. What the kernel does not take at once waits, and a greenlet writes until nothing does. Order is kept
because nothing is written directly while that greenlet lives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import engineio
import gevent
import socketio.packet
from engineio.packet import MESSAGE, NOOP, Packet
from gevent.queue import JoinableQueue
from websockets.frames import Frame, Opcode

from workshop.live.limits import Limits


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


class TextPacket(socketio.packet.Packet):  # type: ignore[misc]
    """A Socket.IO packet without attachments, the only kind that we send: looking for some takes longer than encoding."""

    uses_binary_events = False


def encode_once(event: str, body: Any) -> Packet:
    """The packet of a Socket.IO event, encoded and framed once, to be put to any number of clients."""
    text = TextPacket(socketio.packet.EVENT, data=[event, body]).encode()
    return _framed(Packet(MESSAGE, text))


def broadcast(clients: Sequence[Any], event: str, body: Any) -> None:
    """Send one event to engine.io's *clients*, encoded once; those that are gone are passed over. Never blocks."""
    if not clients:
        return
    packet = encode_once(event, body)
    for client in clients:
        if not client.closed:
            client.queue.put(packet)


def hang_up(server: socketio.Server, sid: str) -> None:
    """End a client's connection too, not only its session, which is all that the server's own ``disconnect`` does."""
    client = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    server.disconnect(sid)
    if client is not None:
        client.close(wait=False)


def cut_off(server: engineio.Server, client_id: str) -> None:
    """End the connection of a client that never became one of ours, without waiting for its goodbye."""
    client = server.sockets.get(client_id)
    if client is None:  # it has gone by itself
        return
    client.close(wait=False, abort=True, reason=server.reason.SERVER_DISCONNECT)
    if client.queue.wire is not None:
        client.queue.wire.abort()


FLUSH = _framed(Packet(NOOP), b"")  # has the rest written that a direct write left over


class Wire(Protocol):
    """What an outbox needs of the WebSocket driver."""

    too_slow: bool

    def send(self, message: str | bytes) -> None:
        """Write one whole message, waiting for the client."""

    def close(self) -> None:
        """Say goodbye and end the connection."""

    def write_now(self, packet: Packet) -> Packet | None:
        """Write without waiting; what still has to be put, or None when all is done."""

    def abort(self) -> None:
        """End both directions now."""


class Outbox(JoinableQueue):  # type: ignore[misc]
    """The packets that wait for one client.

    Args:
        on_full: called once, in a greenlet of its own, when the client lags too far.
    """

    __slots__ = ("_bytes", "_full", "_limits", "_on_full", "_writes", "wire")
    wire: Wire | None

    def __init__(self, limits: Limits, on_full: Callable[[Outbox], None]) -> None:
        super().__init__()
        self._limits, self._on_full = limits, on_full
        self._bytes, self._full = 0, False
        self.wire, self._writes = None, False

    def put(self, item: Packet | None, _block: bool = True, _timeout: float | None = None) -> None:
        """Send *item*, at once where that is possible; None ends the writer. Never blocks."""
        if item is not None and self.wire is not None and not self._writes:
            item = self.wire.write_now(item)
            if item is None:
                return
        if item is None or self._has_room(item):
            super().put(item)
        if self.wire is not None and not self._writes:
            self._writes = True
            gevent.spawn(self._write_out, self.wire)

    def get(self, block: bool = True, timeout: float | None = None) -> Packet | None:
        """The next packet."""
        item = super().get(block, timeout)
        self._bytes -= _size(item)
        return item

    def _write_out(self, wire: Wire) -> None:
        """Write until nothing waits, as the library's writer does: after the last word, or an error, comes the goodbye."""
        try:
            while self.qsize():
                item = self.get(block=False)
                self.task_done()
                if item is None:
                    return wire.close()
                wire.send(item.encode())
        except OSError:
            wire.close()
        finally:
            self._writes = False

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
