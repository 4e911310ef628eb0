"""Who may listen: connect, the commands' way in, and disconnect, on the Socket.IO server itself.

Handlers are registered on python-socketio rather than on Flask-SocketIO, which would push a
request context for every event (three times the cost of a vote).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gevent
import msgspec
import socketio
from werkzeug.http import parse_cookie

from workshop import errors, i18n
from workshop.live import manners
from workshop.live.commands import BY_ROLE, REHEARSE, decode
from workshop.live.hub import Listener
from workshop.live.outbox import hang_up
from workshop.model import now_ms
from workshop.rules import text
from workshop.service.commands import Sync
from workshop.service.entrance import hashed
from workshop.store.queries import accounts

if TYPE_CHECKING:
    from workshop.app import Workshop

Ack = dict[str, Any]
WATCH = 5.0  # seconds between two looks at who is still signed in
log = logging.getLogger(__name__)


class Auth(msgspec.Struct, frozen=True):
    """What a client says at connect; only ``session`` and ``role`` choose, nothing is believed."""

    session: str
    role: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A socket and the one found behind its cookie at connect; ``who`` is the participant's or the account's id."""

    listener: Listener
    locale: str
    who: str
    signin: str = ""


class Sockets:
    """Registers the handlers of one Socket.IO server."""

    def __init__(self, server: socketio.Server, workshop: Workshop) -> None:
        self._server, self._workshop = server, workshop
        self._bound: dict[str, Bound] = {}
        self._clients: dict[str, Any] = {}  # engine.io's, of those bound
        self._commands, self._refusals = manners.commands(), manners.refusals()
        self._threshold = manners.Threshold(server.eio)
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        server.on("sync", self._sync)
        for name in {name for commands in BY_ROLE.values() for name in commands}:
            server.on(name, self._handler(name))
        server.on("*", self._unknown)
        workshop.hub.hang_up = lambda sid: hang_up(server, sid)
        self._watch = gevent.spawn(self._watch_forever)

    def close(self) -> None:
        """Stop looking after who is signed in."""
        self._watch.kill()

    def clients(self, sids: Iterable[str]) -> list[Any]:
        """engine.io's clients behind *sids*, but for those that have gone."""
        return [client for sid in sids if (client := self._clients.get(sid)) is not None]

    # -- connect -------------------------------------------------------------------------------

    def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        if sid in self._bound:  # the library lets clients send events of its own names too
            return self._unknown("connect", sid)
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        self._threshold.leave(eio_sid)
        bound, since = self._admitted(sid, eio_sid, environ, auth)
        client = self._server.eio.sockets.get(eio_sid)
        if client is None or client.closed:  # gone while it was looked up: the library will tell of no disconnect
            raise socketio.exceptions.ConnectionRefusedError("gone")
        self._bound[sid], self._clients[sid] = bound, client
        self._threshold.let_in(client)
        self._server.environ.pop(client.sid, None)  # of no use any more, and large
        # After this handler has returned, so that the client knows that it is connected.
        self._server.start_background_task(self._welcome, sid, since)

    def _admitted(self, sid: str, eio_sid: str, environ: dict[str, Any], auth: object) -> tuple[Bound, int | None]:
        """Who comes, and the revision that they have. Who is refused is told why, and stays before the door."""
        cookies = parse_cookie(environ)  # as the pages read them: one strange cookie of another site spoils no other
        locale = i18n.pick(environ.get("HTTP_ACCEPT_LANGUAGE", ""), cookies.get("lang"))
        try:
            wish = decode(Auth, auth)
            bound = self._bind(sid, wish, cookies, locale)
            self._refusals.check(bound.who)
        except errors.WorkshopError as error:
            log.info("refused: %s", error.code)
            self._threshold.stay(eio_sid)
            found = described(error, locale)
            raise socketio.exceptions.ConnectionRefusedError(found["message"], found) from None
        return bound, wish.since

    def _welcome(self, sid: str, since: int | None) -> None:
        bound = self._bound.get(sid)
        if bound is None:  # it has gone already
            return
        try:
            self._workshop.hub.join(bound.listener, since)
        except Exception as problem:  # it would wait for ever for a first state: dropped, it comes back
            log.error("a client could not be brought up to date and is dropped: %r", problem)
            hang_up(self._server, sid)

    def _bind(self, sid: str, wish: Auth, cookies: dict[str, str], locale: str) -> Bound:
        if wish.role not in BY_ROLE:
            raise errors.Invalid("role", what="role")
        if wish.role == "phone":
            listener = self._participant(sid, wish, cookies)
            return Bound(listener, locale, listener.participant_id or "")
        token = cookies.get("account", "")
        account = self._workshop.accounts.account_of(token)
        session, _ = self._workshop.entrance.session(wish.session)
        return Bound(Listener(sid, session.id, wish.role), locale, account.id, signin=hashed(token))

    def _participant(self, sid: str, wish: Auth, cookies: dict[str, str]) -> Listener:
        """The participant behind the cookie. Whoever guesses codes here learns nothing, and so needs no brake."""
        code = text.normalise_code(wish.session)
        who = self._workshop.entrance.participant(code, cookies.get(f"p-{code}"))
        return Listener(sid, who.session_id, "phone", who.id)

    def _disconnect(self, sid: str, _reason: object = "") -> None:
        if self._server.manager.is_connected(sid, "/"):
            return self._unknown("disconnect", sid)
        self._bound.pop(sid, None)
        self._clients.pop(sid, None)
        self._workshop.hub.leave(sid)

    def _watch_forever(self) -> None:
        while True:
            gevent.sleep(WATCH)
            try:
                self._threshold.clear()
                self._dismiss_signed_out()
            except Exception:
                log.exception("looking after who is signed in failed and is tried again")

    def _dismiss_signed_out(self) -> None:
        """Screens and consoles whose browser has been signed out hear no more, not only may they do no more."""
        if not any(bound.signin for bound in self._bound.values()):
            return
        alive = self._workshop.store.read(lambda tx: accounts.alive(tx, now_ms()))
        for sid, bound in list(self._bound.items()):
            if bound.signin and bound.signin not in alive:
                self._drop(sid, "signed_out")

    # -- commands ------------------------------------------------------------------------------

    def _handler(self, name: str) -> Callable[[str, object], Ack]:
        def handle(sid: str, body: object = None) -> Ack:
            return self._answer(sid, lambda bound: self._carry_out(bound, name, body))

        return handle

    def _carry_out(self, bound: Bound, name: str, body: object) -> Ack:
        listener = bound.listener
        kind = BY_ROLE[listener.role].get(name)
        if kind is None:
            log.warning("a %s tried %s (%s, session %s)", listener.role, name, bound.who, listener.session_id)
            self._refused(bound, manners.WRONG_ROLE)
            raise errors.Forbidden()
        command = decode(kind, body)
        if kind in REHEARSE:
            return self._workshop.runner.command(bound.signin, listener.session_id, command)
        if listener.role == "console":
            return self._workshop.facilitate.command(bound.signin, listener.session_id, name, command)
        answer = self._workshop.participate.command(listener.participant_id or "", command)
        self._workshop.hub.tell(listener.participant_id or "", answer["set"], but=listener.sid)
        return answer

    def _sync(self, sid: str, body: object = None) -> Ack:
        def work(_bound: Bound) -> Ack:
            self._workshop.hub.sync(sid, decode(Sync, body or {}).since)
            return {}

        return self._answer(sid, work, manners.SYNC)

    def _answer(self, sid: str, work: Callable[[Bound], Ack], cost: int = 1) -> Ack:
        bound = self._bound.get(sid)
        locale = bound.locale if bound else i18n.SOURCE
        try:
            if bound is None:
                raise errors.NotSignedIn()
            self._paced(bound, cost)
            return {"ok": True, **work(bound)}
        except errors.WorkshopError as error:
            return {"ok": False, "error": described(error, locale)}
        except Exception:
            log.exception("a command failed")
            return {"ok": False, "error": described(errors.NotSaved(), locale)}

    def _paced(self, bound: Bound, cost: int) -> None:
        try:
            self._commands.spend(bound.who, cost)
        except errors.TooMany:
            self._refused(bound, cost)
            raise

    def _refused(self, bound: Bound, cost: int) -> None:
        """Count a refusal; who goes on in spite of many is dropped, after the answer has gone."""
        try:
            self._refusals.spend(bound.who, cost)
        except errors.TooMany:
            self._server.start_background_task(self._drop_impolite, bound)

    def _drop_impolite(self, bound: Bound) -> None:
        if bound.listener.sid in self._bound:
            log.warning("%s goes on in spite of refusals and is dropped", bound.who)
            self._drop(bound.listener.sid, "too_many")

    def _drop(self, sid: str, reason: str) -> None:
        self._workshop.hub.dismiss(sid, reason)

    def _unknown(self, event: str, sid: str, *_: object) -> None:
        log.warning("unknown event %r: the client is dropped", event[:40])
        hang_up(self._server, sid)


def described(error: errors.WorkshopError, locale: str) -> dict[str, Any]:
    """The error as a client gets it, in the reader's language."""
    return {"code": error.code, "message": i18n.explain(locale, error), "field": error.field, "wait": error.params.get("wait")}
