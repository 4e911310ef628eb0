"""The composition root: the only place that knows everybody."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Iterable
from typing import Any

import flask
import flask_socketio
import orjson
from gevent import pywsgi

from workshop import web
from workshop.config import Settings
from workshop.documents.once import Once
from workshop.live import transport
from workshop.live.hub import Hub
from workshop.live.sockets import Sockets
from workshop.rehearse.runner import Runner
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance
from workshop.service.facilitate import Facilitate
from workshop.service.library import Library
from workshop.service.organize import Organize
from workshop.service.participate import Participate
from workshop.service.practices import Practices
from workshop.service.quotes import Quotes
from workshop.service.rehearsing import Rehearsing
from workshop.service.reviews import ReviewDesk, Reviewing
from workshop.store import Store

MESSAGE_LIMIT = 65536  # bytes; the largest ballot of a very large room needs about half
PING_INTERVAL, PING_TIMEOUT = 10, 10  # seconds
log = logging.getLogger(__name__)


class FastJson:
    """orjson behind the interface that python-socketio asks of its ``json`` module."""

    JSONDecodeError = json.JSONDecodeError

    @staticmethod
    def dumps(value: object, **_: Any) -> str:
        """*value* as JSON text."""
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        """The value of JSON *text*."""
        return orjson.loads(text)


class Workshop:
    """Everything that one server is made of.

    Args:
        settings: where the data are, and where the server listens.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.data / "workshop.db")
        self.accounts = Accounts(self.store)
        self.organize = Organize(self.store)
        self.entrance = Entrance(self.store)
        self.participate = Participate(self.store)
        self.facilitate = Facilitate(self.store)
        self.practices = Practices(self.store)
        self.quotes, self.reviewing, self.review_desk = Quotes(self.store), Reviewing(self.store), ReviewDesk(self.store)
        self.library, self.handouts = Library(self.store), Once()
        self.flask = flask.Flask("workshop", static_folder=None, template_folder=str(settings.templates))
        self.flask.extensions["workshop"] = self
        web.register(self.flask)
        self.socketio = self._socketio()
        self.hub = Hub(self.store, self._emit)
        self.runner = Runner(settings, Rehearsing(self.store), self.hub.rehearsal)
        self.sockets = Sockets(self.socketio.server, self)

    def serve(self, listener: Any) -> None:
        """Answer on the bound socket *listener* until stopped."""
        self.server = pywsgi.WSGIServer(listener, self.flask, handler_class=transport.Handler, log=None, error_log=log)
        self.server.max_accept = 4  # at a time: a hundred newcomers would go before everybody who is here
        gc.collect()
        gc.set_threshold(20_000, 20, 50)  # a voting room makes much that is gone by itself at once
        gc.freeze()  # what lives as long as the process need not be looked through again
        self.server.serve_forever()

    def close(self) -> None:
        """Stop answering and commit what waits."""
        self.runner.close()
        self.sockets.close()
        self.hub.close()
        self.store.close()

    def _socketio(self) -> flask_socketio.SocketIO:
        bare = flask_socketio.SocketIO(
            self.flask, async_mode="gevent", async_handlers=False, json=FastJson, cors_allowed_origins=self.settings.origins,
            max_http_buffer_size=MESSAGE_LIMIT, ping_interval=PING_INTERVAL, ping_timeout=PING_TIMEOUT,
            manage_session=False, serializer=transport.TextPacket, client_manager=transport.Clients(), logger=False, engineio_logger=False,
        )
        transport.install(bare.server.eio)
        return bare

    def _emit(self, event: str, body: dict[str, Any], sids: Iterable[str]) -> None:
        transport.broadcast(self.sockets.clients(sids), event, body)


def create(settings: Settings) -> Workshop:
    """The workshop server for *settings*, ready to serve.

    Raises:
        errors.StoreTooNew, errors.StoreUnavailable: the data folder cannot be used.
    """
    return Workshop(settings)
