"""A small Socket.IO server on the product's WebSocket path, in a process of its own: ``python -m tests.echo_server JSON``.

The JSON says what to set: ``limits`` of `Limits`, constants of ``workshop.live.limits`` by name, ``safe``, ``ping``.
It prints its port and serves until it is ended.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import gevent
import socketio
from gevent.pywsgi import WSGIServer

from workshop.live import limits, resting
from workshop.live.transport import Handler, broadcast, hang_up, install

Body = dict[str, Any]
EMITTERS = 4


class Echo:
    """The events that the tests send."""

    def __init__(self, server: socketio.Server, mode: str) -> None:
        self.server, self.mode, self.counted = server, mode, 0
        for name in ("echo", "binary", "count", "say", "frames", "flood", "leave", "inside"):
            server.on(name, getattr(self, name))

    def echo(self, sid: str, body: Any = None) -> Any:
        """The same back."""
        return body

    def binary(self, sid: str, body: Any) -> bytes:
        """The text as bytes."""
        return str(body).encode()

    def count(self, sid: str) -> None:
        """How many of these came."""
        self.counted += 1

    def say(self, sid: str, body: Any) -> None:
        """To everybody."""
        broadcast(self._everybody(), "said", body)

    def frames(self, sid: str, body: Body) -> None:
        """``count`` frames of ``size``, from several greenlets at once, no faster than the client takes them."""
        for first in range(EMITTERS):
            gevent.spawn(self._frames, sid, range(first, body["count"], EMITTERS), body["size"])

    def flood(self, sid: str, body: Body) -> None:
        """As `frames`, as fast as can be, to a client that is gone before the end."""
        gevent.spawn(self._flood, sid, body)

    def leave(self, sid: str) -> None:
        """The server ends the connection."""
        hang_up(self.server, sid)

    def inside(self, sid: str) -> Body:
        """What the tests cannot see from outside."""
        clients = self.server.eio.sockets.values()
        return {"clients": len(clients), "closed": sum(client.closed for client in clients),
                "queues": [client.queue.qsize() for client in clients], "counted": self.counted,
                "waiting": len(limits.Handler.waiting), "mode": self.mode}

    def _everybody(self) -> list[Any]:
        return [self._client(sid) for sid, _ in self.server.manager.get_participants("/", None)]

    def _frames(self, sid: str, numbers: range, size: int) -> None:
        for number in numbers:
            while self._client(sid).queue.qsize() > 50:
                gevent.sleep(0.005)
            # one in fifty does not fit into what the kernel has room for
            self.server.emit("frame", frame(number, size if number % 50 else size * 30), to=sid)

    def _flood(self, sid: str, body: Body) -> None:
        for number in range(body["count"]):
            if self._client(sid) is None:
                return
            self.server.emit("frame", frame(number, body["size"]), to=sid)
            gevent.sleep(0)

    def _client(self, sid: str) -> Any:
        return self.server.eio.sockets.get(self.server.manager.eio_sid_from_sid(sid, "/"))


def frame(number: int, size: int) -> Body:
    """A body that can be checked to be whole."""
    text = f"{number}ö" * (size // 4)
    return {"number": number, "text": text, "hash": hashlib.sha256(text.encode()).hexdigest()}


def serve(settings: Body) -> None:
    """Serve until ended."""
    for name, value in settings.get("constants", {}).items():
        setattr(limits, name, value)
    if settings.get("safe"):
        resting.works = lambda server: False  # type: ignore[assignment]
    interval, timeout = settings.get("ping", (25, 20))
    server = socketio.Server(async_mode="gevent", async_handlers=False, cors_allowed_origins="*",
                             ping_interval=interval, ping_timeout=timeout)
    mode = install(server.eio, limits.Limits(**settings.get("limits", {})))
    Echo(server, mode)
    web = WSGIServer(("127.0.0.1", 0), socketio.WSGIApp(server, _page), handler_class=Handler, log=None)
    web.start()
    print(web.server_port, flush=True)
    web.serve_forever()


def _page(environ: Body, start_response: Any) -> list[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(len(body)).encode()]


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
