"""Who asks: the signed-in account, and the cookies that prove it."""

from __future__ import annotations

from flask import Response, current_app, g, request

from workshop import errors
from workshop.model import Account
from workshop.service.accounts import SIGNIN_MS
from workshop.web import headers

COOKIE = "account"


def account() -> Account:
    """The signed-in account of the request.

    Raises:
        errors.NotSignedIn: the cookie is missing, old or revoked.
    """
    if "account" not in g:
        g.account = current_app.extensions["workshop"].accounts.account_of(request.cookies.get(COOKIE))
    return g.account


def facilitator() -> None:
    """Guard for pages of the signed-in: organizers facilitate too."""
    account()


def organizer_to_change() -> None:
    """Guard for the organizer's pages: facilitators may read, organizers may change.

    Raises:
        errors.NotSignedIn, errors.Forbidden
    """
    if account().role != "organizer" and request.method != "GET":
        raise errors.Forbidden()


def keep(response: Response, name: str, token: str, seconds: int) -> Response:
    """Give the browser a token to keep, out of reach of scripts."""
    response.set_cookie(name, token, max_age=seconds, httponly=True, samesite="Lax", secure=headers.over_https())
    return response


def keep_account(response: Response, token: str) -> Response:
    """Sign the browser in."""
    return keep(response, COOKIE, token, SIGNIN_MS // 1000)
