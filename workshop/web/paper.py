"""On paper: cards for the tables and ballots, to print; in the language of the event."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from workshop.service import paper
from workshop.web import language, shell, who

pages = Blueprint("paper", __name__, url_prefix="/print")
pages.before_request(who.facilitator)

MOST = 40  # copies of a ballot, each a page for every theme
CARDS, MOST_CARDS = 6, 60  # cards for tables: six to a page


@pages.get("/<code>/cards")
def cards(code: str) -> Response:
    """Cards for the tables: the QR, the code, the address, and how it goes."""
    session, event = current_app.extensions["workshop"].entrance.session(code)
    language.speak(event.language)
    count = _number("cards", CARDS, MOST_CARDS)
    return _page("paper/cards.html", session=session, event=event, join=shell.join(session.code), count=count)


@pages.get("/<code>/ballots")
def ballots(code: str) -> Response:
    """Ballots of one theme (``theme``) or of all, in ``copies``."""
    workshop = current_app.extensions["workshop"]
    found, _ = workshop.entrance.session(code)
    copies = _number("copies", 1, MOST)
    session, event, sheets = paper.ballots(workshop.store, found.id, request.args.get("theme") or None, copies)
    language.speak(event.language)
    return _page("paper/ballots.html", session=session, event=event, sheets=sheets, copies=copies)


def _number(name: str, otherwise: int, most: int) -> int:
    """How many are asked for; what is not a number is left aside."""
    wanted = request.args.get(name, otherwise, type=int)
    return max(1, min(most, wanted))


def _page(template: str, **shown: object) -> Response:
    return make_response(render_template(template, **shown))
