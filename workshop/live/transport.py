"""Puts the WebSocket path, and the bounded queue of `outbox`, into one engine.io server; serve it with `Handler`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import engineio
import engineio.payload
import socketio

from workshop.live import resting
from workshop.live.limits import Handler, Limits
from workshop.live.outbox import Outbox, TextPacket, broadcast, drop_slow, encode_once, hang_up
from workshop.live.websocket import WebSocketDriver

__all__ = ["Clients", "Handler", "Limits", "TextPacket", "broadcast", "encode_once", "hang_up", "install"]

BINARY = ("5", "6")  # Socket.IO's packets that announce attachments, which may then come as text too
log = logging.getLogger(__name__)


class Clients(socketio.Manager):  # type: ignore[misc]
    """The library's book of clients, for a server without rooms of its own: who goes is in two, where the library looks through all,
    and it makes one for every client."""

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Forget a client."""
        for room in (None, sid):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]


def install(server: engineio.Server, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    """Put driver and outbox into one engine.io server, which must then be served with `Handler`.

    Returns:
        ``"fast"``, or ``"safe"`` where the library's inside is not what the fast way needs.

    Raises:
        RuntimeError: the library is so different that it would run without the driver.
    """
    hooks = server._async
    if server.async_mode != "gevent" or not {"queue", "websocket"} <= hooks.keys():
        raise RuntimeError("python-engineio has no place for the WebSocket driver: use the versions of requirements.lock")
    server._async = {**hooks, "queue": partial(Outbox, limits, partial(drop_slow, server))}
    fast = resting.works(server)
    server._async["websocket"] = partial(resting.RestingDriver if fast else WebSocketDriver, limits=limits)
    if fast:
        resting.ping_by_one(server)
    else:
        log.warning("python-engineio is not as expected: every client gets its own greenlets and queue (safe, but slower)")
    server.on("message", _dropping_the_malformed(server, server.handlers.get("message")))
    server.handle_request = _forgetting_the_closed(server, server.handle_request)
    server.max_http_buffer_size = limits.message_bytes
    engineio.payload.Payload.max_decode_packets = limits.post_packets
    return "fast" if fast else "safe"


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


def _forgetting_the_closed(server: engineio.Server, handle: Callable[..., Any]) -> Callable[..., Any]:
    """What handles a request. Who was sent away is forgotten first: the library keeps a closed client for a while, and a POST of
    its would end in a traceback."""
    def handle_or_refuse(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        sid = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0]
        client = server.sockets.get(sid)
        if client is not None and client.closed:
            del server.sockets[sid]
        return handle(environ, start_response)

    return handle_or_refuse
