"""The organizer's page of a review: its start and end, links and mails, who said what, and the comments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from workshop import errors
from workshop.documents import asking, sections
from workshop.service.reviews import Desk, NewLink, ReviewDesk
from workshop.service.reviews.desk import DAYS, MOST_DAYS
from workshop.web import problems, qr, who

pages = Blueprint("review_desk", __name__, url_prefix="/events/<event_id>/review")
pages.before_request(who.organizer_to_change)


@pages.get("")
def show(event_id: str) -> Response:
    """Everything of the event's review."""
    return _page(event_id)


@pages.post("/start")
def start(event_id: str) -> Response:
    """Put the chosen drafts into review."""
    def begin() -> None:
        count = _desk().start(who.account().id, event_id, request.form.getlist("practice"))
        flash(ngettext("%(num)s practice is in review.", "%(num)s practices are in review.", count))

    return _try(event_id, begin)


@pages.post("/close")
def close(event_id: str) -> Response:
    """End the review."""
    def end() -> None:
        _desk().close(who.account().id, event_id)
        flash(_("The review is closed. All answers are kept; links show that it is over."))

    return _try(event_id, end)


@pages.post("/freeze")
def freeze(event_id: str) -> Response:
    """Make finished versions of the chosen practices."""
    def end() -> None:
        count = _desk().freeze(who.account().id, event_id, request.form.getlist("practice"))
        flash(ngettext("%(num)s practice is frozen as a finished version.", "%(num)s practices are frozen as finished versions.", count))

    return _try(event_id, end)


@pages.post("/links")
def make_links(event_id: str) -> Response:
    """Make links; their secrets are on the answer to this form and nowhere else."""
    try:
        made = _desk().make_links(who.account().id, event_id, request.form.get("whom", ""), _days())
    except (errors.Invalid, errors.HasLink) as problem:
        return _page(event_id, problem)
    return _page(event_id, made=made)


@pages.post("/links/<link_id>")
def change_link(event_id: str, link_id: str) -> Response:
    """Revoke, extend or replace a link."""
    try:
        if "replace" in request.form:
            return _page(event_id, made=[_desk().replace_link(who.account().id, event_id, link_id, _days())])
        change = _desk().revoke_link if "revoke" in request.form else _desk().extend_link
        change(who.account().id, event_id, link_id)
    except (errors.Invalid, errors.Conflict) as problem:
        return _page(event_id, problem)
    return redirect(url_for(".show", event_id=event_id, links="all", _anchor="links"))


@pages.post("/comments/<comment_id>")
def handle(event_id: str, comment_id: str) -> Response:
    """Mark a comment as handled, or as not yet."""
    _desk().handle(who.account().id, event_id, comment_id, "handled" in request.form)
    return redirect(url_for(".show", event_id=event_id, _anchor="comments"))


def _try(event_id: str, change: Callable[[], None]) -> Response:
    try:
        change()
    except (errors.Invalid, errors.Conflict, errors.NoPractices) as problem:
        return _page(event_id, problem)
    return redirect(url_for(".show", event_id=event_id))


def _page(event_id: str, problem: errors.WorkshopError | None = None, made: list[NewLink] | None = None) -> Response:
    desk = _desk().desk(event_id)
    page = render_template(
        "organize/review.html", account=who.account(), desk=desk, event=desk.event, problem=problem,
        sentence=problem and problems.say(problem), made=[_told(desk, one) for one in made or ()], words=sections,
        said_of=_in_words(sections.RATIFICATIONS, sections.ADOPTIONS, "; "),
        signs=_in_words(_signs(sections.RATIFICATION_MARKS), _signs(sections.ADOPTION_MARKS), " "),
        names={o.id: o.name for o in desk.organisations}, practices={one.row.id: one for one in (*desk.practices, *desk.aside)},
        days=DAYS, reminders=_reminders(desk), date=_day,
    )
    return make_response(page, problem.status if problem else 200)


def _in_words(ratifications: Mapping[str, str], adoptions: Mapping[str, str], between: str) -> dict[tuple[str, str], str]:
    """What every answer says, translated once: the table of a large event has a thousand cells."""
    told = {value: _(label) for value, label in ratifications.items()}
    done = {value: _(label) for value, label in adoptions.items()}
    return {(r, a): between.join(filter(None, (told.get(r), done.get(a)))) for r in ("", *told) for a in ("", *done)}


def _signs(marks: Mapping[str, str]) -> dict[str, str]:
    """The first sign of each mark, in the reader's language."""
    return {value: _(mark)[:1] for value, mark in marks.items()}


def _told(desk: Desk, one: NewLink) -> dict[str, object]:
    """A new link with all that it is sent by."""
    url = current_app.extensions["workshop"].settings.public_url.rstrip("/") + url_for("review.show", token=one.token)
    name = one.organisation.name if one.organisation else ""
    mail = asking.invitation(desk.event, name, url, _day(one.link.expires_at), len(desk.in_state("review")))
    return {"link": one.link, "name": name, "url": url, "mail": mail, "qr": qr.picture(url)}


def _reminders(desk: Desk) -> dict[str, asking.Mail]:
    """By organisation that has a working link and has not answered everything: a mail that reminds it."""
    alive = {one.link.organisation_id: one.link.expires_at for one in desk.links if one.alive}
    late, open_ = dict.fromkeys(desk.silent(), 0) | desk.begun(), len(desk.in_state("review"))
    return {o.id: asking.reminder(desk.event, o.name, _day(alive.get(o.id, alive.get(None, 0))), answered, open_)
            for o, answered in late.items() if {o.id, None} & alive.keys()}


def _day(at: int) -> str:
    """Epoch milliseconds as an ISO day (UTC)."""
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


def _days() -> int:
    written = request.form.get("days", str(DAYS)).strip()
    if not written.isascii() or not written.isdecimal() or len(written) > 6:
        raise errors.OutOfRange("days", what=written[:20], most=MOST_DAYS)
    return int(written)


def _desk() -> ReviewDesk:
    return current_app.extensions["workshop"].review_desk
