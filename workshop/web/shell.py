"""The shells of phone, screen and console: one page each, with all that it needs at first inlined."""

from __future__ import annotations

from flask import current_app, make_response, render_template
from flask.wrappers import Response

from workshop import __version__, i18n
from workshop.model import Event, Participant, Session
from workshop.web import language, paths, qr


def page(role: str, session: Session, event: Event, who: Participant | None = None) -> Response:
    """The page of *role* for a session, with its first snapshot.

    Args:
        who: the participant, on phones.
    """
    workshop = current_app.extensions["workshop"]
    boot = {
        "role": role, "code": session.code, "locale": language.current(), "version": __version__,
        "strings": i18n.client_strings(language.current(), role), "languages": i18n.LOCALES,
        "join": join(session.code), "links": {"event": f"/events/{event.id}"} if role == "console" else {},
        "snapshot": workshop.hub.snapshot(session.id, role, who.id if who else None),
    }
    return make_response(render_template("shell.html", role=role, boot=boot, session=session, event=event))


def join(code: str) -> dict[str, object]:
    """How people come in: the address to type, the whole link, and its QR; from the settings, never from a request."""
    public = current_app.extensions["workshop"].settings.public_url
    return {"address": paths.address(public), "url": f"{public}/{code}", "qr": qr.picture(qr.join_url(public, code))}
