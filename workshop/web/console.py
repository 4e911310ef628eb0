"""The console: where a facilitator runs the session."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, current_app, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from workshop.web import language, shell, who

pages = Blueprint("console", __name__)
pages.before_request(who.facilitator)


@pages.get("/console/<code>")
def show(code: str) -> Response:
    """The console of the session."""
    session, event = current_app.extensions["workshop"].entrance.session(code)
    if code != session.code:
        return redirect(url_for(".show", code=session.code))
    return shell.page("console", session.id, lambda: (session, event))


@pages.get("/console/<code>/log")
def log(code: str) -> Response:
    """All that was done in the session, for the console's dialog."""
    workshop = current_app.extensions["workshop"]
    session, _event = workshop.entrance.session(code)
    return jsonify(entries=workshop.facilitate.history(session.id))


@pages.get("/console/<code>/agendas")
def agendas(code: str) -> Response:
    """The agendas that the facilitator may choose from, for the console of the session."""
    app = current_app.extensions["workshop"]
    app.entrance.session(code)
    return jsonify(templates=[asdict(one) for one in app.organize.templates(who.account().id, language.current())])
