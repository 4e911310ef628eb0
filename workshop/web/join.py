"""Coming in: enter a code, choose an organisation, be on the phone."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from workshop import errors
from workshop.model import Event, Organisation, Participant, Session, new_id
from workshop.pace import LATE, Pace
from workshop.rules import text
from workshop.service.entrance import Entrance, Joined
from workshop.web import guess, problems, shell, who

pages = Blueprint("join", __name__)
turnstile = guess.Turnstile()
MONTH = 30 * 24 * 3600  # seconds that a phone stays in
LONGEST = 40  # characters that may be a mistyped code; anything longer is not looked up
OTHER, NONE = "other", "none"  # choices beside the organisations of the list

# A return code is short and stands for a person: here the wrong ones of a session are counted before the next is tried.
returns = Pace(RateLimitItemPerMinute(30), RateLimitItemPerHour(300))
ONCE = re.compile(r"[0-9A-Za-z_-]{8,40}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says; ``chosen`` is an organisation's id, `OTHER` or `NONE`."""

    chosen: str = ""
    typed: str = ""
    name: str = ""
    quote: str = ""
    new: bool = False
    once: str | None = None

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> Wish:
        """The form as sent; a "did you mean" button goes before the list."""
        chosen = form.get("mean") or form.get("organisation", "")
        return cls(chosen, form.get("other", ""), form.get("name", ""), form.get("quote", ""), "new" in form,
                   form["once"] if ONCE.fullmatch(form.get("once", "")) else None)

    def organisation(self, known: list[Organisation]) -> str:
        """The name of the organisation wished for; empty for none.

        Raises:
            errors.Empty: nothing is chosen.
        """
        names = {o.id: o.name for o in known} | {NONE: "", OTHER: self.typed}
        name = names.get(self.chosen, self.typed)
        if not name.strip() and self.chosen != NONE:
            raise errors.Empty("organisation")
        return name


@pages.get("/")
def enter() -> Response:
    """Enter a code. A right one leads on; a wrong one stays in the field, with what to do."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return make_response(render_template("enter.html"))
    try:
        session, _event = found(typed)
    except (errors.UnknownCode, errors.TooMany) as problem:
        return make_response(render_template("enter.html", typed=typed, problem=problems.say(problem)), problem.status)
    return redirect(url_for(".come", code=session.code))


@pages.get("/<code>")
def come(code: str) -> Response:
    """The join form, or the phone for whoever has joined."""
    participant = _inside(code)
    if participant:
        return shell.page("phone", participant.session_id, lambda: found(code), participant)
    try:
        session, event = found(code)
    except (errors.UnknownCode, errors.TooMany) as problem:
        return make_response(render_template("enter.html", typed=code, problem=problems.say(problem)), problem.status)
    if code != session.code:
        return redirect(url_for(".come", code=session.code))
    if session.locked:
        return _closed(session)
    return _form(session, event, Wish(quote=session.quote_default))


@pages.errorhandler(errors.SentOut)
def sent_out(problem: errors.SentOut) -> Response:
    """What those see whom the facilitator has taken out."""
    code = (request.view_args or {})["code"]
    return make_response(render_template("sent_out.html", code=code, sentence=problems.say(problem)), problem.status)


@pages.post("/<code>")
def join(code: str) -> Response:
    """Join the session; what was typed is kept where something is missing."""
    session, event = found(code)
    if _inside(session.code):
        return redirect(url_for(".come", code=session.code))
    wish = Wish.read(request.form)
    try:
        wanted = wish.organisation(_service().organisations(session.code))
        joined = _service().join(session.code, wanted, wish.name, wish.quote, wish.new, wish.once, host=_facilitates(),
                                 account_token=request.cookies.get(who.COOKIE, ""))
    except errors.Locked:
        return _closed(session, request.cookies.get(who.COOKIE, ""))
    except (errors.NewOrganisation, errors.Invalid, errors.ListFull) as problem:
        return _form(session, event, wish, problem)
    return _in(session, joined)


@pages.post("/<code>/back")
def come_back(code: str) -> Response:
    """Come back with the four-character return code."""
    session, event = found(code)
    typed = request.form.get("return_code", "")
    try:
        return _in(session, returned(session, typed))
    except (errors.NotFound, errors.TooMany) as problem:
        if session.locked:
            return _closed(session, problem, typed)
        return _form(session, event, Wish(quote=session.quote_default), problem, returning=typed)


def _inside(code: str) -> Participant | None:
    """Who has joined the session with this browser already; nobody where *code* is not as the session has it."""
    try:
        return _service().participant(code, request.cookies.get(cookie(code)))
    except errors.NotSignedIn:
        return None


def returned(session: Session, typed: str) -> Joined:
    """Who comes back with the return code; wrong ones are counted and slowed down, by session, and right ones never.

    Raises:
        errors.NotFound, errors.SentOut, errors.TooMany
    """
    with turning_away():
        returns.spend(session.id)  # before it is looked at, so that many at once do not pass together
    try:
        joined = _service().come_back(session.code, typed)
    except errors.NotFound:
        with turning_away():
            turnstile.wrong()
        raise
    returns.give_back(session.id)
    return joined


def found(code: str) -> tuple[Session, Event]:
    """The session with the code as typed, and its event; wrong codes are slowed down.

    Raises:
        errors.UnknownCode, errors.TooMany
    """
    if len(code) > LONGEST or not text.normalise_code(code):
        abort(404)
    try:
        return _service().session(code)
    except errors.UnknownCode:
        if text.is_code(code):  # what cannot be a code tells a guesser nothing
            with turning_away():
                turnstile.wrong()
        raise


@contextlib.contextmanager
def turning_away() -> Iterator[None]:
    """Let who is turned away wait for that too: answered at once, a guesser would keep the server from everybody else."""
    try:
        yield
    except errors.TooMany:
        request.environ.get(LATE, []).append(guess.QUEUE)
        raise


def _form(
    session: Session, event: Event, wish: Wish, problem: errors.WorkshopError | None = None, returning: str | None = None
) -> Response:
    known = _service().organisations(session.code)
    closest = problem.params["closest"] if isinstance(problem, errors.NewOrganisation) else ()
    page = render_template(
        "join.html", session=session, event=event, wish=wish, organisations=known, returning=returning,
        problem=problem, sentence=problem and problems.say(problem), closest=[o for o in known if o.name in closest],
        once=wish.once or new_id(),
    )
    return make_response(page, problem.status if problem else 200)


def _closed(session: Session, problem: errors.WorkshopError | None = None, returning: str | None = None) -> Response:
    page = render_template("locked.html", session=session, problem=problem, sentence=problem and problems.say(problem), returning=returning)
    return make_response(page, (problem or errors.Locked()).status)


def _facilitates() -> bool:
    """Whether this browser is signed in: who runs the session joins as a host."""
    try:
        who.facilitator()
    except errors.NotSignedIn:
        return False
    return True


def _in(session: Session, joined: Joined) -> Response:
    return who.keep(redirect(url_for(".come", code=session.code)), cookie(session.code), joined.token, MONTH)


def cookie(code: str) -> str:
    """The name of the cookie that proves who has joined the session with the code."""
    return f"p-{code}"


def _service() -> Entrance:
    return current_app.extensions["workshop"].entrance
