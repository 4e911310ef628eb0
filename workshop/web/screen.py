"""The screen: what the projector shows, opened by a facilitator."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from workshop.web import headers, shell, who

pages = Blueprint("screen", __name__)
pages.before_request(who.facilitator)


@pages.get("/screen/<code>")
def show(code: str) -> Response:
    """The wall of the session."""
    session, event = current_app.extensions["workshop"].entrance.session(code)
    if code != session.code:
        return redirect(url_for(".show", code=session.code))
    page = shell.page("screen", session.id, lambda: (session, event))
    # The console shows it small. Nothing can be clicked there, so that nobody can be led to click it.
    page.headers["Content-Security-Policy"] = headers.policy(current_app.extensions["workshop"].settings.origins, framed_by="'self'")
    return page
