"""The organizer's desk: events, their organisations and sessions, before and after the day."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from workshop import errors
from workshop.service.organize import Organize
from workshop.web import forms, language, problems, shell, who

pages = Blueprint("organize", __name__, url_prefix="/events")
pages.before_request(who.organizer_to_change)


@pages.get("")
def events() -> Response:
    """Every event."""
    return _page("organize/events.html", events=_organize().events())


@pages.route("/new", methods=["GET", "POST"])
def new_event() -> Response:
    """Make an event."""
    form = request.form or MultiDict({"language": language.current()})

    def make() -> Response:
        event = _organize().create_event(forms.event_plan(form), form.get("organisations", ""))
        return redirect(url_for(".event", event_id=event.id))

    return _try(make, "organize/event_form.html", form=form, overview=None)


@pages.get("/<event_id>")
def event(event_id: str) -> Response:
    """One event with its organisations and sessions."""
    return _page("organize/event.html", overview=_organize().event(event_id), others=_others(event_id))


@pages.route("/<event_id>/edit", methods=["GET", "POST"])
def edit_event(event_id: str) -> Response:
    """Change an event's words."""
    overview = _organize().event(event_id)
    words = {name: getattr(overview.event, name) for name in ("name", "date", "place", "host", "language")}

    def change() -> Response:
        _organize().update_event(event_id, forms.event_plan(request.form))
        return redirect(url_for(".event", event_id=event_id))

    return _try(change, "organize/event_form.html", form=request.form or MultiDict(words), overview=overview)


@pages.post("/<event_id>/remove")
def remove_event(event_id: str) -> Response:
    """Remove the sample, or an event that nobody has joined."""
    name = _organize().event(event_id).event.name
    _organize().remove_event(event_id)
    flash(_("“%(name)s” is removed.", name=name))
    return redirect(url_for(".events"))


@pages.post("/<event_id>/organisations")
def add_organisations(event_id: str) -> Response:
    """Invite the organisations pasted."""

    def add() -> Response:
        count = _organize().add_organisations(event_id, request.form.get("organisations", ""))
        flash(ngettext("%(num)s organisation is on the list.", "%(num)s organisations are on the list.", count))
        return redirect(url_for(".event", event_id=event_id, _anchor="organisations"))

    return _try_on_event(event_id, add)


@pages.post("/<event_id>/organisations/<organisation_id>")
def change_organisation(event_id: str, organisation_id: str) -> Response:
    """Rename an organisation, or take it off the list."""

    def change() -> Response:
        if "remove" in request.form:
            _organize().remove_organisation(event_id, organisation_id)
        else:
            _organize().rename_organisation(event_id, organisation_id, request.form.get("name", ""), request.form.get("sector"))
        return redirect(url_for(".event", event_id=event_id, _anchor="organisations"))

    return _try_on_event(event_id, change)


@pages.route("/<event_id>/sessions/new", methods=["GET", "POST"])
def new_session(event_id: str) -> Response:
    """Make a session."""
    overview = _organize().event(event_id)

    def make() -> Response:
        session = _organize().create_session(event_id, forms.session_plan(request.form), request.form.get("agenda", ""), who.account().id)
        return redirect(url_for(".event", event_id=event_id, _anchor=session.code))

    return _try(make, "organize/session_form.html", form=request.form or forms.typed(), overview=overview, session=None,
                templates=_organize().templates(who.account().id, language.current()))


@pages.route("/sessions/<session_id>/edit", methods=["GET", "POST"])
def edit_session(session_id: str) -> Response:
    """Change a session and its themes."""
    session, themes = _organize().session(session_id)

    def change() -> Response:
        _organize().update_session(session_id, forms.session_plan(request.form))
        return redirect(url_for(".event", event_id=session.event_id, _anchor=session.code))

    form = request.form or forms.typed(session, themes)
    overview = _organize().event(session.event_id)
    return _try(change, "organize/session_form.html", form=form, overview=overview, session=session)


@pages.post("/sessions/<session_id>/copy")
def copy_session(session_id: str) -> Response:
    """A new session with the same words, in this event or another."""
    copy = _organize().copy_session(session_id, request.form.get("event") or None)
    flash(_("The copy has the code %(code)s.", code=f"{copy.code[:3]}-{copy.code[3:]}"))
    return redirect(url_for(".event", event_id=copy.event_id, _anchor=copy.code))


@pages.get("/sessions/<session_id>/invitation")
def invitation(session_id: str) -> Response:
    """The QR, address and code of a session on one page, to print or to put on a slide."""
    session, _themes = _organize().session(session_id)
    overview = _organize().event(session.event_id)
    return _page("organize/invitation.html", session=session, event=overview.event, join=shell.join(session.code))


def _try(change: Callable[[], Response], template: str, **shown: object) -> Response:
    """Carry out a posted form; where something is wrong, the same page again with what was typed."""
    if request.method != "POST":
        return _page(template, **shown)
    try:
        return change()
    except (errors.Invalid, errors.Conflict) as problem:
        return _page(template, problem, **shown)


def _try_on_event(event_id: str, change: Callable[[], Response]) -> Response:
    overview = _organize().event(event_id)
    return _try(change, "organize/event.html", overview=overview, others=_others(event_id), form=request.form)


def _page(template: str, problem: errors.WorkshopError | None = None, **shown: object) -> Response:
    page = render_template(
        template, account=who.account(), problem=problem, sentence=problem and problems.say(problem), **shown
    )
    return make_response(page, problem.status if problem else 200)


def _others(event_id: str) -> list[object]:
    return [other.event for other in _organize().events() if other.event.id != event_id]


def _organize() -> Organize:
    return current_app.extensions["workshop"].organize
