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
from flask import Response, current_app, render_template, request

from workshop import __version__, i18n
from workshop.model import Event, Participant, Session
from workshop.web import language, paths, qr

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

    def response(self, own: bytes) -> Response:
        """The page for one whose part is *own*."""
        rest = own + self.end
        if "gzip" not in request.accept_encodings:
            answer = Response(self.start + rest)
        else:
            answer = Response(self.packed + self._packed(rest))
            answer.headers["Content-Encoding"] = "gzip"
        answer.vary.add("Accept-Encoding")
        return answer

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
    workshop = current_app.extensions["workshop"]
    own = workshop.hub.snapshot(session_id, role, who.id if who else None)
    view = own.pop("set")
    kept = current_app.extensions.setdefault("shells", OrderedDict())
    key = (role, session_id, locale := language.current())
    if key not in kept or kept[key].view is not view:
        kept[key] = _common(role, locale, *find(), view)
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return kept[key].response(_json(own))


def join(code: str) -> dict[str, object]:
    """How people come in: the address to type, the whole link, and its QR; from the settings, never from a request."""
    public = current_app.extensions["workshop"].settings.public_url
    return {"address": paths.address(public), "url": f"{public}/{code}", "qr": qr.picture(qr.join_url(public, code))}


def _common(role: str, locale: str, session: Session, event: Event, view: orjson.Fragment) -> Common:
    boot = {
        "role": role, "code": session.code, "locale": locale, "version": __version__,
        "strings": i18n.client_strings(locale, role), "languages": i18n.LOCALES,
        "join": join(session.code), "links": {"event": f"/events/{event.id}"} if role == "console" else {},
        "set": view,
    }
    page = render_template("shell.html", role=role, boot=_json(boot).decode(), own=OWN, session=session, event=event)
    start, _, end = (part.encode() for part in page.rpartition(OWN))
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return Common(view, start, packer.compress(start) + packer.flush(zlib.Z_SYNC_FLUSH), zlib.crc32(start), end)


def _json(value: object) -> bytes:
    """*value* as JSON that may stand inside a script element."""
    return orjson.dumps(value).replace(b"<", b"\\u003c")
