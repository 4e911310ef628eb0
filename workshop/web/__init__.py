"""The web pages: blueprints by audience, and what all of them share."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop.config import Settings
from workshop.web import (
    account,
    assets,
    check,
    console,
    editor,
    export,
    headers,
    health,
    join,
    language,
    library,
    organize,
    own_words,
    paper,
    practices,
    problems,
    publishing,
    review,
    review_desk,
    screen,
)
from workshop.web.doorway import Doorway

BLUEPRINTS = (health.pages, language.pages, account.pages, organize.pages, screen.pages, console.pages, export.pages,
              paper.pages, check.pages, practices.pages, editor.pages, review.pages, review_desk.pages, own_words.pages,
              library.pages, publishing.pages, join.pages)


class Sessions(SecureCookieSessionInterface):
    """Flask's own, whose signer is made once: else it is made for every request, also where there is nothing to sign."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and checks the cookie, by the key as it is at the first request."""
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer


def register(app: Flask) -> None:
    """Give *app* every page. ``app.extensions["workshop"]`` must hold the composed product.

    The app is made with ``Flask(…, static_folder=None, template_folder=settings.templates)``.
    """
    _set_up(app, app.extensions["workshop"].settings)
    CSRFProtect(app).exempt(review.pages)  # it checks its forms itself: its pages send no Referer, which is asked for over HTTPS
    for part in (assets, language, headers, problems):
        part.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = Doorway(app)  # type: ignore[method-assign]


def _set_up(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key
    app.session_interface = Sessions()
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # a phone may lie on the table for hours before its owner presses Join
        SESSION_COOKIE_NAME="form", SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        MAX_CONTENT_LENGTH=256 * 1024, MAX_FORM_PARTS=200,
    )
    if settings.trusted_proxies > 0:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # å is two bytes on the way, \u00e5 six
    app.jinja_env.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
