"""The review by link, made for a phone: read, comment, answer. Works without scripts; with them, what is not sent yet is kept."""

from __future__ import annotations

from babel.dates import get_month_names
from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import ValidationError

from workshop import errors
from workshop.documents import sections
from workshop.documents.words import Words
from workshop.rules import light
from workshop.rules.review import Said
from workshop.service.reviews import Page, Reviewing
from workshop.web import guess, join, language, own_words, problems

pages = Blueprint("review", __name__, url_prefix="/review")
turnstile = guess.Turnstile()
SILENT = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}  # the address is a secret
REMARK = "comment-"  # begins the names of the fields for comments; the section follows, or nothing


@pages.before_request
def check_form() -> None:
    """Forms carry a token, as everywhere; only the Referer is not asked for, since these pages send none."""
    if request.method == "POST":
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError as wrong:
            raise CSRFError(str(wrong)) from None


@pages.after_request
def keep_silent(response: Response) -> Response:
    """Nothing of a review is indexed, cached or told to other sites."""
    response.headers.update(SILENT)
    return response


@pages.errorhandler(errors.DeadReview)
def dead(problem: errors.DeadReview) -> Response:
    """One page for every link that does not work; as with wrong codes, its answer waits in a queue of its own kind.

    Whoever was writing while the link ended gets their words back, to be copied.
    """
    try:
        with join.turning_away():
            turnstile.wrong()
    except errors.TooMany as many:
        return problems.of_ours(many)
    return make_response(render_template("review/dead.html", sentence=problems.say(problem), typed=_texts()), problem.status)


@pages.errorhandler(errors.ReviewClosed)
def closed(problem: errors.ReviewClosed) -> Response:
    """The practice has left the review while somebody read it; what was typed stands below, to be copied."""
    args = request.view_args or {}
    page = render_template("review/closed.html", sentence=problems.say(problem), token=args["token"], wanted=_whom(), typed=_texts())
    return make_response(page, problem.status)


@pages.get("/<token>")
def show(token: str) -> Response:
    """Whom one answers for, where that is open; then the practices by theme."""
    opened = _service().open(token, _whom())
    if opened.organisation is None:
        return make_response(render_template("review/choose.html", opened=opened, token=token))
    seen = _service().overview(token, _whom())
    ways = own_words.ways(opened.event)
    return make_response(render_template("review/overview.html", seen=seen, opened=opened, token=token, words=sections, ways=ways))


@pages.route("/<token>/<practice_id>", methods=["GET", "POST"])
def practice(token: str, practice_id: str) -> Response:
    """One practice to read, to comment and to answer."""
    page = _service().page(token, _whom(), practice_id)
    if request.method != "POST":
        return _practice(page, token, _answered(page))
    if "withdraw" in request.form:
        _service().withdraw(token, _whom(), practice_id, request.form["withdraw"])
        return _practice(_service().page(token, _whom(), practice_id), token, request.form)
    return _answer(page, token)


def _answer(page: Page, token: str) -> Response:
    form, practice_id = request.form, page.placed.row.id
    when = "-".join(part for part in (form.get("by_year", ""), form.get("by_month", "")) if part)
    said = Said(form.get("ratification", ""), form.get("sentence", ""), form.get("adoption", ""), when)
    remarks = {name.removeprefix(REMARK): text for name, text in form.items() if name.startswith(REMARK)}
    try:
        _service().answer(token, _whom(), practice_id, said, remarks)
    except (errors.Invalid, errors.TooMany, errors.ManyAnswers) as problem:
        return _practice(page, token, form, problem)
    assert page.opened.organisation, "a page is for an organisation"
    flash(_("Saved for %(organisation)s: %(title)s", organisation=page.opened.organisation.name, title=page.placed.row.title), practice_id)
    onward = _service().overview(token, _whom()).next(practice_id)
    if onward is None:
        return redirect(url_for(".show", token=token, **_for()))
    return redirect(url_for(".practice", token=token, practice_id=onward.placed.row.id, **_for()))


def _practice(page: Page, token: str, typed: MultiDict[str, str], problem: errors.WorkshopError | None = None) -> Response:
    shown = render_template(
        "review/practice.html", page=page, opened=page.opened, token=token, typed=typed, problem=problem,
        sentence=problem and problems.say(problem), words=sections, told=Words(language.current()), blocks=light.blocks,
        years=_service().years, months=get_month_names("wide", "stand-alone", language.current()), remark=REMARK,
        ways=own_words.ways(page.opened.event),
    )
    return make_response(shown, problem.status if problem else 200)


def _answered(page: Page) -> MultiDict[str, str]:
    """The standing answer as the form has it."""
    year, _dash, month = page.said.by_when.partition("-")
    return MultiDict({
        "ratification": page.said.ratification, "sentence": page.said.sentence, "adoption": page.said.adoption,
        "by_year": year, "by_month": month,
    })


def _texts() -> list[str]:
    return [text for name, text in request.form.items() if text.strip() and (name == "sentence" or name.startswith(REMARK))]


def _whom() -> str:
    """The organisation that one says to answer for; the link may know better."""
    return request.args.get("for", "")


def _for() -> dict[str, str]:
    return {"for": _whom()} if _whom() else {}


def _service() -> Reviewing:
    return current_app.extensions["workshop"].reviewing
