"""One's own words in the practices: who was there reads them, puts them right, and changes how they may be quoted."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from werkzeug.wrappers import Response

from workshop import errors
from workshop.model import QUOTES, Event, Participant, Session, new_id
from workshop.pace import Pace
from workshop.service import commands as c
from workshop.service.quotes import Quotes
from workshop.web import join, problems, who

pages = Blueprint("own_words", __name__)
MOST = 12  # sessions that a browser is asked about
changes = Pace(RateLimitItemPerMinute(30), RateLimitItemPerHour(120))  # of one person: far above what anybody puts right


@pages.get("/<code>/words")
def show(code: str) -> Response:
    """One's own words, or the way in."""
    session, event = join.found(code)
    return _page(session, event)


@pages.post("/words")
def come_back() -> Response:
    """Prove who one is by one's own return code, and by the session's code where no review has led here."""
    typed = request.form.get("code", "")
    try:
        session = _led() or join.found(typed)[0]
        joined = join.returned(session, request.form.get("return_code", ""))
    except (errors.NotFound, errors.TooMany) as problem:
        return _back(typed, problem)
    return who.keep(redirect(url_for(".show", code=session.code)), join.cookie(session.code), joined.token, join.MONTH)


@pages.get("/words")
def back() -> Response:
    """The form that asks for the codes."""
    return _back()


@pages.post("/<code>/words")
def correct(code: str) -> Response:
    """Put one's own words right, all fields of one text at once."""
    session, event = join.found(code)
    form = request.form
    try:
        changed = _quotes().correct(_changing(session).id, form.get("of", ""), form.get("id", ""), form.to_dict())
    except (errors.Invalid, errors.FrozenQuote, errors.WrongPhase, errors.TooMany) as problem:
        return _page(session, event, problem)
    if changed:
        flash(_("Your words are put right, everywhere from now on. The organizer sees what they were before."), form.get("id", ""))
    return redirect(url_for(".show", code=session.code))


@pages.post("/<code>/words/consent")
def consent(code: str) -> Response:
    """Change how one may be quoted."""
    session, event = join.found(code)
    try:
        participant = _changing(session)
        quote = request.form.get("quote", "")
        if quote not in QUOTES:
            raise errors.Invalid("quote", what=quote[:20])
        command = c.MePut(id=new_id(), name=request.form.get("name", participant.name), quote=quote)
        current_app.extensions["workshop"].participate.command(participant.id, command)
    except (errors.Invalid, errors.TooMany) as problem:
        return _page(session, event, problem)
    flash(_("Saved. From now on you are named so, everywhere."))
    return redirect(url_for(".show", code=session.code))


def ways(event: Event) -> list[tuple[str, str]]:
    """Title and address by session: of those that this browser has joined, else of all, without their codes, which let people join."""
    if joined := _here(event):
        return [(one.title, url_for("own_words.show", code=one.code)) for one in joined]
    known = current_app.extensions["workshop"].organize.event(event.id).sessions
    return [(one.title, url_for("own_words.back", session=one.id)) for one in known]


def _here(event: Event) -> list[Session]:
    """The event's sessions that this browser has joined."""
    codes = [name.removeprefix("p-") for name in request.cookies if name.startswith("p-")][:MOST]
    return [session for session in filter(None, map(_joined, codes)) if session.event_id == event.id]


def _joined(code: str) -> Session | None:
    entrance = current_app.extensions["workshop"].entrance
    try:
        entrance.participant(code, request.cookies.get(join.cookie(code)))
        return entrance.session(code)[0]
    except (errors.NotSignedIn, errors.SentOut):
        return None


def _led() -> Session | None:
    """The session that a review has led here from."""
    try:
        return current_app.extensions["workshop"].organize.session(request.values.get("session", ""))[0]
    except errors.NotFound:
        return None


def _back(typed: str = "", problem: errors.WorkshopError | None = None) -> Response:
    sentence = problem and problems.say(problem)
    page = render_template("review/back.html", typed=typed, session=_led(), problem=problem, sentence=sentence)
    return make_response(page, problem.status if problem else 200)


def _page(session: Session, event: Event, problem: errors.WorkshopError | None = None) -> Response:
    try:
        participant = _participant(session)
    except errors.NotSignedIn:
        return _back(session.code)
    page = render_template(
        "review/words.html", session=session, event=event, me=participant, quotes=_quotes().of(participant.id), problem=problem,
        sentence=problem and problems.say(problem), form=request.form, organisation=_organisation(participant, session),
        reviewed=current_app.extensions["workshop"].reviewing.going_on(event.id),
    )
    return make_response(page, problem.status if problem else 200)


def _organisation(participant: Participant, session: Session) -> str | None:
    """The name of whom the participant came for."""
    known = current_app.extensions["workshop"].entrance.organisations(session.code)
    return next((o.name for o in known if o.id == participant.organisation_id), None)


def _participant(session: Session) -> Participant:
    """Whose browser it is.

    Raises:
        errors.NotSignedIn, errors.SentOut
    """
    return current_app.extensions["workshop"].entrance.participant(session.code, request.cookies.get(join.cookie(session.code)))


def _changing(session: Session) -> Participant:
    """As `_participant`, for a change.

    Raises:
        errors.TooMany: after very many of them.
    """
    participant = _participant(session)
    changes.spend(participant.id)
    return participant


def _quotes() -> Quotes:
    return current_app.extensions["workshop"].quotes
