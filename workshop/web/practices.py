"""The practices of an event: drafted, listed, set aside."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from workshop import errors
from workshop.documents import sections
from workshop.service.practices import Choice, Practices
from workshop.web import problems, who

pages = Blueprint("practices", __name__, url_prefix="/events/<event_id>/practices")
pages.before_request(who.facilitator)


@pages.get("")
def show(event_id: str) -> Response:
    """The practices theme by theme, and the way to more."""
    return _page(event_id)


@pages.post("/draft")
def draft(event_id: str) -> Response:
    """Make the practices that are missing."""
    try:
        made = _practices().draft(event_id, request.form.get("session", ""), _choice(), who.account().id)
    except (errors.Invalid, errors.Conflict) as problem:
        return _page(event_id, problem)
    flash(ngettext("%(num)s practice is drafted.", "%(num)s practices are drafted.", len(made)) if made
          else _("Nothing was missing: every chosen idea stands in a practice already."))
    return redirect(url_for(".show", event_id=event_id))


@pages.post("/<practice_id>/state")
def set_state(event_id: str, practice_id: str) -> Response:
    """Set a practice aside, or take it up again."""
    try:
        _practices().set_state(event_id, practice_id, request.form.get("state", ""), who.account().id)
    except (errors.Invalid, errors.Conflict) as problem:
        return _page(event_id, problem)
    return redirect(url_for(".show", event_id=event_id))


def _choice() -> Choice:
    """What the form asks for.

    Raises:
        errors.Invalid: a number is not one.
    """
    form = request.form
    if form.get("by") == "hand":
        return Choice(ideas=tuple(form.getlist("idea")), as_one="as_one" in form)
    if form.get("by") == "line":
        return Choice(line=_number("line", 0, 100) / 100)
    return Choice(top=int(_number("top", 1, 20)))


def _number(name: str, least: int, most: int) -> float:
    written = request.form.get(name, "").strip().replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        raise errors.Invalid(name, what=written[:20]) from None
    if not least <= value <= most:
        raise errors.OutOfRange(name, what=written[:20], most=most)
    return value


def _page(event_id: str, problem: errors.WorkshopError | None = None) -> Response:
    page = render_template(
        "practices/list.html", account=who.account(), shelf=_practices().shelf(event_id), problem=problem,
        sentence=problem and problems.say(problem), maturity=sections.MATURITY, form=request.form,
    )
    return make_response(page, problem.status if problem else 200)


def _practices() -> Practices:
    return current_app.extensions["workshop"].practices
