"""The fast way: a phone that only listens costs no greenlet.

engine.io keeps three greenlets for every client, asleep most of the time: a reader, a writer and a pinger, some 40 kB. Here the
event loop watches the socket, and a greenlet is lent to the client when something comes (`RestingDriver`); what goes out is
written by whoever sends it (`outbox`); and one greenlet pings them all (`Pinger`).

It leans on engine.io's inside: `works` tries that at the start, and where it is not as expected everybody goes the safe way.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import engineio
import engineio.socket
import gevent
import gevent.socket
from engineio.exceptions import UnknownPacketError
from engineio.packet import PING, Packet
from greenlet import greenlet

from workshop.live.outbox import Outbox, encode_once, frame_of
from workshop.live.websocket import WebSocketDriver

READ = 1  # the event that the loop watches for
SPARE = 64  # greenlets that are kept to be lent again
log = logging.getLogger(__name__)


class Lender:
    """Greenlets that are lent for a piece of work; faster than making one each time."""

    def __init__(self) -> None:
        self._spare: list[greenlet] = []

    def run(self, work: Callable[[], None]) -> None:
        """Begin *work* at once; to be called by the event loop, which gets back when *work* waits or is done."""
        borrowed = self._spare.pop() if self._spare else greenlet(self._serve, gevent.get_hub())
        borrowed.switch(work)

    def _serve(self, work: Callable[[], None]) -> None:
        while True:
            try:
                work()
            except Exception:
                log.exception("a piece of work failed")  # let out, it would end the event loop
            if len(self._spare) >= SPARE:
                return
            self._spare.append(gevent.getcurrent())
            work = gevent.get_hub().switch()


lender = Lender()


class RestingDriver(WebSocketDriver):
    """A WebSocket whose client has a greenlet only while something of it is being handled."""

    def _greeting(self) -> bytes:
        """What waits for a client that begins: one write, and one packet on the way, instead of two."""
        if self._client.connected or self._client.closed:
            return b""
        outbox = self._client.queue
        waiting = [outbox.get(block=False) for _ in range(outbox.qsize())]
        for _ in waiting:
            outbox.task_done()
        return b"".join(frame_of(packet.encode()) for packet in waiting)

    def _attend(self) -> None:
        """Begin; the connection goes on when this greenlet has ended."""
        if self._client.connected:  # an upgrade from polling: the library knows how
            return super()._attend()
        self._client.connected = self._client.upgraded = True
        self._sock = gevent.socket.socket(fileno=self._sock.detach())  # the HTTP server must not close it
        self._ready = gevent.get_hub().loop.io(self._sock.fileno(), READ)
        self._open_fast_way(self._client.queue)
        if self._early:
            gevent.get_hub().loop.run_callback(lender.run, self._hear)
        else:
            self._listen()

    def _open_fast_way(self, outbox: Outbox) -> None:
        waiting = [outbox.get(block=False) for _ in range(outbox.qsize())]
        outbox.wire = self
        for packet in waiting:
            outbox.task_done()
            outbox.put(packet)

    def _listen(self) -> None:
        self._ready.start(self._wake)

    def _wake(self) -> None:
        self._ready.stop()
        lender.run(self._hear)

    def _hear(self) -> None:
        """Handle what has come, one message after the other, until nothing more has."""
        try:
            while not (self._dead or self._over):
                data = self._read_now()
                if data is None:
                    return self._listen()
                self._take_in(data)
                self._deliver()
        except Exception as problem:
            self._drop(problem)
        self._end()

    def _read_now(self) -> bytes | None:
        """What has come, nothing at the end of the stream, or None where nothing has come yet."""
        early, self._early = self._early, b""
        try:
            data: bytes = early or self._sock._sock.recv(65536)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        return data

    def _deliver(self) -> None:
        while self._messages and not self._dead:
            with contextlib.suppress(UnknownPacketError):
                self._client.receive(Packet(encoded_packet=self._messages.popleft()))
            self._take_turns()

    def _end(self) -> None:
        if self._client.queue.wire is self:
            self._ready.stop()
            self._ready.close()
            self._client.server.sockets.pop(self._client.sid, None)
        super()._end()


class Pinger:
    """Sends each client its ping when it is due.

    Args:
        interval: seconds between a pong and the next ping; the same for all, so that they are due in the order in which they ask.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._due: deque[tuple[float, Any]] = deque()
        self._greenlet: gevent.Greenlet | None = None

    def add(self, client: Any) -> None:
        """Ping *client* one interval from now."""
        self._due.append((time.monotonic() + self._interval, client))
        self._greenlet = self._greenlet or gevent.spawn(self._run)

    def _run(self) -> None:
        while self._due:
            due, client = self._due.popleft()
            gevent.sleep(max(0.0, due - time.monotonic()))
            if not client.closing and not client.closed:
                client.last_ping = time.time()
                client.send(Packet(PING))
        self._greenlet = None


def ping_by_one(server: engineio.Server) -> None:
    """Let one greenlet ping all clients of *server*, which asks for one each."""
    pinger, start = Pinger(server.ping_interval), server.start_background_task

    def begin(target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        client = _pinged(target)
        return pinger.add(client) if client else start(target, *args, **kwargs)

    server.start_background_task = begin


def _pinged(target: Callable[..., Any]) -> Any:
    """The client whose ping *target* is, or None."""
    client = getattr(target, "__self__", None)
    return client if isinstance(client, engineio.socket.Socket) and target == client._send_ping else None


class _Rehearsal:
    """A wire that keeps what is written to it."""

    too_slow = False

    def __init__(self) -> None:
        self.written: list[Packet] = []

    def write_now(self, packet: Packet) -> Packet | None:
        """Take *packet*."""
        self.written.append(packet)
        return None


def works(server: engineio.Server) -> bool:
    """Whether engine.io's inside is as the fast way expects; tried, not guessed by version."""
    try:
        return _sends(server) and _hears(server) and _asks_for_pings(server)
    except Exception:
        log.exception("the rehearsal of the fast way failed")
        return False


def _sends(server: engineio.Server) -> bool:
    client, packet, wire = engineio.socket.Socket(server, "rehearsal"), encode_once("beat", {}), _Rehearsal()
    client.send(packet)
    slow = client.queue.qsize() == 1 and client.poll() == [packet]
    client.queue.wire = wire
    client.send(packet)
    return slow and wire.written == [packet] and client.queue.empty()


def _hears(server: engineio.Server) -> bool:
    client, heard = engineio.socket.Socket(server, "rehearsal"), []
    fresh = client.connected is client.upgraded is client.closed is False and client._websocket_handler.__self__ is client
    before = server.handlers.get("message")
    server.handlers["message"] = lambda _sid, data: heard.append(data)
    client.receive(Packet(encoded_packet="4hello"))
    server.handlers.pop("message") if before is None else server.handlers.update(message=before)
    return fresh and heard == ["hello"]


def _asks_for_pings(server: engineio.Server) -> bool:
    client, asked = engineio.socket.Socket(server, "rehearsal"), []
    start, server.start_background_task = server.start_background_task, asked.append
    client.schedule_ping()
    server.start_background_task = start
    return [_pinged(target) for target in asked] == [client]
