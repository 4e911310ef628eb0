"""The venue check: a phone at the venue finds out whether phones will work there. It only measures, and keeps nothing."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from workshop.web import paths

pages = Blueprint("check", __name__)


@pages.get("/check/<code>")
def show(code: str) -> Response:
    """The check, for whoever opens it: signed in or not."""
    workshop = current_app.extensions["workshop"]
    session, _ = workshop.entrance.session(code)
    if code != session.code:
        return redirect(url_for(".show", code=session.code))
    public = workshop.settings.public_url
    return make_response(render_template("check.html", session=session, public=public, address=paths.address(public)))
