"""Errors become kind pages (or JSON for programs), here and nowhere else."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from workshop import errors, i18n
from workshop.errors import N_
from workshop.web import language

TITLES = {
    401: N_("Please sign in"), 403: N_("Not for your role"), 404: N_("Nothing here"), 409: N_("This has changed"),
    413: N_("That is too much"), 429: N_("One moment"), 503: N_("The server cannot save now"),
}
HELP = {
    404: N_("The address may be mistyped, or what was here is gone."),
    405: N_("The address may be mistyped, or what was here is gone."),
    413: N_("What was sent is larger than the server takes. Shorten it and try again."),
}
SORRY = N_("Something went wrong on our side. What you typed before is kept; go back and try again.")
NO_COOKIES = N_(
    "The form could not be checked. If this window was opened by the Wi-Fi sign-in, open the address in your"
    " ordinary browser; otherwise go back, reload the page and try again."
)


def register(app: Flask) -> None:
    """Map every error of *app* to an answer."""
    app.register_error_handler(errors.WorkshopError, of_ours)
    app.register_error_handler(CSRFError, lambda _error: page(400, _(NO_COOKIES), "csrf"))
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, lambda error: of_nobody(app, error))


def of_ours(error: errors.WorkshopError) -> Response:
    """A typed error in the reader's language."""
    if isinstance(error, errors.NotSignedIn) and request.method == "GET" and not _for_program():
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    answer = page(error.status, say(error), error.code)
    if isinstance(error, errors.TooMany):
        answer.headers["Retry-After"] = str(error.params.get("wait", 1))
    return answer


def of_http(error: HTTPException) -> Response:
    """An error of HTTP: not found, method not allowed, too large."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    return page(error.code or 500, _(HELP.get(error.code or 500, SORRY)), "http")


def of_nobody(app: Flask, error: Exception) -> Response:
    """An error that nobody expected: written down here, not shown there."""
    # Where, but not the address: some addresses are secrets (one-time links, review links).
    app.logger.exception("unexpected error at %s %s", request.method, request.url_rule or "an unknown address", exc_info=error)
    return page(500, _(SORRY), "error")


def say(error: errors.WorkshopError) -> str:
    """What the error says, in the reader's language."""
    return i18n.explain(language.current(), error)


def page(status: int, message: str, code: str) -> Response:
    """A page that says what happened and what to do next."""
    if _for_program():
        return make_response(jsonify(ok=False, error={"code": code, "message": message}), status)
    title = _(TITLES.get(status, N_("That did not work")))
    return make_response(render_template("problem.html", title=title, message=message), status)


def _for_program() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"
