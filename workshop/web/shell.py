"""The shells of phone, screen and console: one page each, with all that it needs at first inlined.

Nearly all of a page is the same for everybody: it is made, and compressed, once per view. One's own part comes last, so that
only that is made for each who comes.
"""

from __future__ import annotations

import struct
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import orjson
from flask import Flask, Response, current_app, render_template, request

from workshop import __version__, i18n
from workshop.model import Event, Participant, Session
from workshop.web import headers, language, paths, qr, sentences

OWN = "<!-- own -->"  # where one's own part belongs in the template
KEPT = 16  # pages
GZIP = 31  # zlib's number for a gzip stream
SMALL = {"method": zlib.DEFLATED, "wbits": -11, "memLevel": 3}  # a bare stream in a few kB: made at once, where one's own part is short


@dataclass(frozen=True, slots=True)
class Common:
    """What everybody gets of a page: its beginning, also compressed, the check sum as it stands then, and its end."""

    view: orjson.Fragment
    start: bytes
    packed: bytes
    sum: int
    end: bytes

    def body(self, own: bytes, gzip: bool) -> bytes:
        """The page for one whose part is *own*."""
        rest = own + self.end
        return self.packed + self._packed(rest) if gzip else self.start + rest

    def _packed(self, rest: bytes) -> bytes:
        """What goes behind the compressed beginning: blocks that refer to nothing before them, and a gzip stream's end (RFC 1952)."""
        packer = zlib.compressobj(**SMALL)
        length = len(self.start) + len(rest)
        return packer.compress(rest) + packer.flush() + struct.pack("<LL", zlib.crc32(rest, self.sum), length & 0xFFFFFFFF)


def page(role: str, session_id: str, find: Callable[[], tuple[Session, Event]], who: Participant | None = None) -> Response:
    """The page of *role* for a session, with its first snapshot.

    Args:
        find: gives the session and its event; asked only where what everybody gets has to be made.
        who: the participant, on phones.
    """
    gzip, locale = headers.takes_gzip(request.headers.get("Accept-Encoding", "")), language.current()
    view, own = _parts(current_app, role, session_id, who)
    common = _kept(current_app, role, session_id, locale, view)
    if common is None:
        common = _common(role, locale, *find(), view)
        _keep(current_app, role, session_id, locale, common)
    return Response(common.body(own, gzip), headers=how(gzip))


def ready(app: Flask, role: str, session_id: str, locale: str, who: Participant, gzip: bool) -> bytes | None:
    """The body of the same page, outside of a request, where what everybody gets of it is made; else None."""
    view, own = _parts(app, role, session_id, who)
    common = _kept(app, role, session_id, locale, view)
    return common and common.body(own, gzip)


def how(gzip: bool) -> dict[str, str]:
    """The headers that say how such a page is packed."""
    return {"Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if gzip else {})


def _parts(app: Flask, role: str, session_id: str, who: Participant | None) -> tuple[orjson.Fragment, bytes]:
    """The view that everybody gets, and one's own part."""
    own = app.extensions["workshop"].hub.snapshot(session_id, role, who.id if who else None)
    return own.pop("set"), as_json(own)


def _kept(app: Flask, role: str, session_id: str, locale: str, view: orjson.Fragment) -> Common | None:
    common: Common | None = _shells(app).get((role, session_id, locale))
    if common is None or common.view is not view:
        return None
    _shells(app).move_to_end((role, session_id, locale))
    return common


def _keep(app: Flask, role: str, session_id: str, locale: str, common: Common) -> None:
    shells = _shells(app)
    shells[role, session_id, locale] = common
    shells.move_to_end((role, session_id, locale))
    while len(shells) > KEPT:
        shells.popitem(last=False)


def _shells(app: Flask) -> OrderedDict[tuple[str, str, str], Common]:
    return app.extensions.setdefault("shells", OrderedDict())  # type: ignore[no-any-return]


def join(code: str) -> dict[str, object]:
    """How people come in: the address to type, the whole link, and its QR; from the settings, never from a request."""
    public = current_app.extensions["workshop"].settings.public_url
    return {"address": paths.address(public), "url": f"{public}/{code}", "qr": qr.picture(qr.join_url(public, code))}


def _common(role: str, locale: str, session: Session, event: Event, view: orjson.Fragment) -> Common:
    assets = current_app.extensions["assets"]
    boot = {
        "role": role, "code": session.code, "locale": locale, "version": __version__,
        "strings": sentences.at_first(assets, role, locale), "languages": i18n.LOCALES,
        "later": sentences.addresses(assets, role, locale),
        "join": join(session.code), "links": _links(session, event) if role == "console" else {},
        "set": view,
    }
    page = render_template("shell.html", role=role, boot=as_json(boot).decode(), own=OWN, session=session, event=event)
    start, _, end = (part.encode() for part in page.rpartition(OWN))
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return Common(view, start, packer.compress(start) + packer.flush(zlib.Z_SYNC_FLUSH), zlib.crc32(start), end)


def _links(session: Session, event: Event) -> dict[str, object]:
    """The doors out of the console; the venue check is for a phone, by its QR."""
    check = f"{current_app.extensions['workshop'].settings.public_url}/check/{session.code}"
    return {
        "event": f"/events/{event.id}", "cards": f"/print/{session.code}/cards", "ballots": f"/print/{session.code}/ballots",
        "check": check, "check_qr": qr.picture(check),
    }


def as_json(value: object) -> bytes:
    """*value* as JSON that may stand inside a script element."""
    return orjson.dumps(value).replace(b"<", b"\\u003c")
