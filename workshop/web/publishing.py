"""Publishing: which practices of an event are in the library, as its organizer says."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from workshop import errors
from workshop.service.library import Library
from workshop.service.practices import Practices
from workshop.web import catalogue, library, problems, who

pages = Blueprint("publishing", __name__, url_prefix="/events/<event_id>/library")
pages.before_request(who.organizer_to_change)


@pages.get("")
def publishing(event_id: str) -> Response:
    """Which practices of the event are in the library."""
    return _page(event_id)


@pages.post("")
def publish(event_id: str) -> Response:
    """Publish one practice or all, or take them out again."""
    take_out = request.form.get("do") == "withdraw"
    work = _shelves().withdraw if take_out else _shelves().publish
    try:
        count = work(event_id, request.form.getlist("practice"), who.account().id)
    except errors.Conflict as problem:
        return _page(event_id, problem)
    flash(ngettext("%(num)s practice is out of the library.", "%(num)s practices are out of the library.", count) if take_out
          else ngettext("%(num)s practice is in the library now.", "%(num)s practices are in the library now.", count))
    return redirect(url_for(".publishing", event_id=event_id))


@pages.post("/next")
def begin(event_id: str) -> Response:
    """A session of this event that begins with another's practices."""
    try:
        session = _practices().next_year(event_id, request.form.get("source", ""))
    except (errors.Conflict, errors.Invalid) as problem:
        return _page(event_id, problem)
    flash(_("The session “%(title)s” is made. Look at its themes before the day.", title=session.title))
    return redirect(url_for("organize.event", event_id=event_id, _anchor=session.code))


def _page(event_id: str, problem: errors.WorkshopError | None = None) -> Response:
    shelf = _practices().shelf(event_id)
    page = render_template(
        "library/publishing.html", account=who.account(), shelf=shelf, problem=problem, sentence=problem and problems.say(problem),
        maturity=catalogue.maturity, address=library.address(), sources=_practices().sources(event_id),
    )
    return make_response(page, problem.status if problem else 200)


def _shelves() -> Library:
    return current_app.extensions["workshop"].library


def _practices() -> Practices:
    return current_app.extensions["workshop"].practices
