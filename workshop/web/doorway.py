"""The way of a phone that has joined: to its page, past Flask.

A whole room opens this one page at once, and comes back to it all day. Where what everybody gets of it is made, Flask's contexts,
hooks and routing take as long as all that is left to do. The view `join.come` makes the same answer of the same parts; it makes the
page for the first who comes, and hears of everything that is not as usual here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.http import parse_cookie

from workshop import i18n
from workshop.web import headers, join, shell

Environ = dict[str, Any]


class Doorway:
    """WSGI middleware, the outermost of *app*: nothing of the page depends on what a proxy says."""

    def __init__(self, app: Flask) -> None:
        self._app, self._further = app, app.wsgi_app
        self._headers = [("Content-Type", "text/html; charset=utf-8"), *headers.of_pages(app).items()]

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with the phone page, or let Flask answer."""
        gzip = headers.takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self._page(environ, gzip) if environ["REQUEST_METHOD"] == "GET" else None
        if body is None:
            return self._further(environ, start_response)
        start_response("200 OK", [*self._headers, *shell.how(gzip).items(), ("Content-Length", str(len(body)))])
        return [body]

    def _page(self, environ: Environ, gzip: bool) -> bytes | None:
        """The page of whoever has joined; None where it is not made, or nobody has."""
        code, cookies = environ["PATH_INFO"][1:], parse_cookie(environ)
        try:
            who = self._app.extensions["workshop"].entrance.participant(code, cookies.get(join.cookie(code)))
            locale = i18n.pick(environ.get("HTTP_ACCEPT_LANGUAGE"), cookies.get("lang"))
            return shell.ready(self._app, "phone", who.session_id, locale, who, gzip)
        except Exception:  # nobody's browser, or worse: Flask's way meets it too, and says and logs what it is
            return None
