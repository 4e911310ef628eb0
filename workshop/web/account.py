"""Signing in: one-time link or password; changing the password; signing out."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workshop import errors
from workshop.service.accounts import PASSWORD_MIN, Accounts
from workshop.web import problems, who
from workshop.web.paths import safe

pages = Blueprint("account", __name__)


@pages.get("/account/link/<token>")
def link(token: str) -> Response:
    """A button: what only looks at the link, such as a preview, does not spend it."""
    account = _accounts().link_account(token)
    return make_response(render_template("account/link.html", account=account))


@pages.post("/account/link/<token>")
def spend(token: str) -> Response:
    """Sign this browser in."""
    return who.keep_account(redirect(url_for("organize.events")), _accounts().spend_link(token))


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Name and password."""
    onward = safe(request.args.get("next"), url_for("organize.events"))
    if request.method != "POST":
        return make_response(render_template("account/sign_in.html"))
    name = request.form.get("name", "")
    try:
        token = _accounts().sign_in(name, request.form.get("password", ""))
    except (errors.WrongPassword, errors.TooMany) as problem:
        page = render_template("account/sign_in.html", name=name, problem=problems.say(problem))
        return make_response(page, problem.status)
    return who.keep_account(redirect(onward), token)


@pages.get("/account")
def show() -> Response:
    """One's own account."""
    return _page()


@pages.post("/account")
def change_password() -> Response:
    """Set or change the password; other browsers are signed out."""
    form = request.form
    try:
        token = _accounts().set_password(who.account(), form.get("old", ""), form.get("new", ""))
    except (errors.WrongPassword, errors.Invalid, errors.TooMany) as problem:
        return _page(problem)
    return who.keep_account(redirect(url_for(".show", saved=1)), token)


@pages.post("/account/sign-out")
def sign_out() -> Response:
    """Forget this browser."""
    _accounts().sign_out(request.cookies.get(who.COOKIE, ""))
    return _out()


@pages.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """Forget every browser of the account."""
    _accounts().sign_out_everywhere(who.account())
    return _out()


def _page(problem: errors.WorkshopError | None = None) -> Response:
    page = render_template(
        "account/account.html", account=who.account(), shortest=PASSWORD_MIN, problem=problem,
        sentence=problem and problems.say(problem), saved="saved" in request.args,
    )
    return make_response(page, problem.status if problem else 200)


def _out() -> Response:
    response = redirect(url_for(".sign_in"))
    response.delete_cookie(who.COOKIE, httponly=True, samesite="Lax")
    return response


def _accounts() -> Accounts:
    return current_app.extensions["workshop"].accounts
