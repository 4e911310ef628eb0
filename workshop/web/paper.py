"""On paper: cards for the tables and ballots, to print; in the language of the event."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from workshop.documents import sheets
from workshop.service import paper
from workshop.web import language, shell, who

pages = Blueprint("paper", __name__, url_prefix="/print")
pages.before_request(who.facilitator)

MOST = 40  # copies of a ballot, each a page for every theme
CARDS, MOST_CARDS = 6, 60  # cards for tables: six to a page


@pages.get("/<code>/cards")
def cards(code: str) -> Response:
    """Cards for the tables: the QR, the code, the address, and how it goes; as a page, or as PDF (``as=pdf``)."""
    session, event = current_app.extensions["workshop"].entrance.session(code)
    language.speak(event.language)
    count, join = _number("cards", CARDS, MOST_CARDS), shell.join(session.code)
    if _as_pdf():
        return _pdf(sheets.cards(event, session, join, count), f"cards-{session.code}")
    return _page("paper/cards.html", session=session, event=event, join=join, count=count)


@pages.get("/<code>/ballots")
def ballots(code: str) -> Response:
    """Ballots of one theme (``theme``) or of all, in ``copies``; as a page, or as PDF (``as=pdf``)."""
    workshop = current_app.extensions["workshop"]
    found, _ = workshop.entrance.session(code)
    copies = _number("copies", 1, MOST)
    session, event, made = paper.ballots(workshop.store, found.id, request.args.get("theme") or None, copies)
    language.speak(event.language)
    if _as_pdf():
        return _pdf(sheets.ballots(event, session, made), f"ballots-{session.code}")
    return _page("paper/ballots.html", session=session, event=event, sheets=made, copies=copies)


def _number(name: str, otherwise: int, most: int) -> int:
    """How many are asked for; what is not a number is left aside."""
    wanted = request.args.get(name, otherwise, type=int)
    return max(1, min(most, wanted))


def _as_pdf() -> bool:
    return request.args.get("as") == "pdf"


def _pdf(content: bytes, name: str) -> Response:
    answer = make_response(content)
    answer.content_type = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _page(template: str, **shown: object) -> Response:
    return make_response(render_template(template, **shown))
