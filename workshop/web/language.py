"""The reader's language: from the switch, else from the browser."""

from __future__ import annotations

from babel.support import NullTranslations
from flask import Blueprint, Flask, Response, abort, g, redirect, request
from flask_babel import Babel, Domain

from workshop import i18n
from workshop.documents.words import Words
from workshop.web import headers
from workshop.web.paths import safe

pages = Blueprint("language", __name__)
YEAR = 365 * 24 * 3600


class Catalogues(Domain):
    """flask-babel's door to the catalogues of `workshop.i18n`."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the reader's language."""
        return i18n.translations(current())


def current() -> str:
    """The language of the request, unless the page speaks another."""
    return g.get("language") or i18n.pick(request.headers.get("Accept-Language"), request.cookies.get("lang"))


def speak(locale: str) -> None:
    """Let the page of this request speak a language that is not the reader's: what is printed is for others."""
    g.language = locale


def register(app: Flask) -> None:
    """Let *app* speak the reader's language."""
    babel = Babel(app, default_locale=i18n.SOURCE, locale_selector=current)
    babel.domain_instance = Catalogues()
    app.jinja_env.globals.update(locale=current, locales=i18n.LOCALES)
    app.jinja_env.filters["day"] = day


def day(written: str) -> str:
    """An ISO day as the reader writes it, as in documents and mails; empty stays empty."""
    return Words(current()).day(written)


@pages.get("/language/<locale>")
def switch(locale: str) -> Response:
    """Keep the language for this browser and go back."""
    if locale not in i18n.LOCALES:
        abort(404)
    response = redirect(safe(request.args.get("next")))
    response.set_cookie("lang", locale, max_age=YEAR, httponly=True, samesite="Lax", secure=headers.over_https())
    return response
