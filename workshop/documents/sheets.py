"""Table cards and ballots as PDF, of the report's template family: the same sheets that the pages to print show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.documents.breaking import breakable
from workshop.documents.elements import el
from workshop.documents.figures import GRADES
from workshop.documents.press import typeset
from workshop.documents.words import Words, line, plain
from workshop.errors import N_
from workshop.model import Event, Method, Session
from workshop.service.paper import Sheet

SHORT = 120  # signs of an idea's detail, and of a name on a card
HEADS: dict[Method, tuple[str, ...]] = {
    "approval": (N_("Your choice"),), "dots": (N_("Your choice"),), "agree": (N_("Agree"), N_("Pass"), N_("Disagree")),
    "adoption": tuple(GRADES.values()), "impact": (N_("Impact"), N_("Effort")),
}  # fmt: skip
HOW = (
    N_("Choose your organisation. No account, no app."), N_("Write ideas, add your experience, vote."),
    N_("No phone? Tell the facilitator: your ideas and your ballot are entered for you."),
)


def cards(event: Event, session: Session, join: Mapping[str, Any], count: int) -> bytes:
    """*count* cards for the tables, six to a page.

    Args:
        join: ``address`` to type, ``url`` in the QR, and ``qr``: its ``size`` in modules and the SVG ``path`` of the dark ones.

    Raises:
        errors.NotTypeset: as `press.typeset` says.
    """
    w, size = Words(event.language), join["qr"]["size"]
    code = el("svg", el("path", d=join["qr"]["path"]), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {size} {size}")
    say = {"name": w._("Table cards"), "qr": w._("QR code that opens %(url)s", url=join["url"]), "how": [w._(step) for step in HOW],
           "open": w._("Scan the code with the camera of your phone, or open")}
    texts = breakable({**_of(event, session, w), "say": say, "address": join["address"]})
    return typeset("cards.typ", {**texts, "qr": code, "code": f"{session.code[:3]}-{session.code[3:]}", "count": count}, 0)


def ballots(event: Event, session: Session, sheets: Sequence[Sheet]) -> bytes:
    """The ballots, each on a page of its own.

    Raises:
        errors.NotTypeset: as `press.typeset` says.
    """
    w = Words(event.language)
    say = {"name": w._("Paper ballots"), "idea": w._("Idea"), "heads": [w._(head) for head in HEADS[session.method]],
           "table": w._("Organisation or table"),
           "give": w._("Give this to the facilitator, who enters it. It counts once, like the ballot of one phone.")}
    made = [_sheet(event, session, sheet, w) for sheet in sheets]
    looks = {"wide": session.method == "dots", "scale": session.method == "impact"}
    return typeset("ballots.typ", breakable({**_of(event, session, w), "say": say, "sheets": made}) | looks, 0)


def _of(event: Event, session: Session, w: Words) -> dict[str, Any]:
    return {"title": _short(line(session.title)), "event": _short(line(event.name)), "lang": w.language}


def _sheet(event: Event, session: Session, sheet: Sheet, w: Words) -> dict[str, Any]:
    theme = sheet.theme
    again = w._("Round %(n)s", n=theme.round) if theme.round > 1 else ""
    return {
        "above": " · ".join(filter(None, (line(event.name), line(session.title), again))), "title": line(theme.title),
        "prompt": plain(theme.prompt), "tint": theme.position,
        "ask": _ask(session, sheet, w) if sheet.ideas else w._("There are no ideas in this theme yet."),
        "ideas": [{"title": line(idea.title), "detail": _short(plain(idea.detail))} for idea in sheet.ideas],
    }


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"


def _ask(session: Session, sheet: Sheet, w: Words) -> str:
    """What to do with the ballot, by its method."""
    n, cap = sheet.budget or 0, session.idea_cap
    if session.method == "approval":
        return w.ngettext("Tick %(num)s idea at most.", "Tick %(num)s ideas at most.", n, num=n)
    if session.method == "dots":
        have = w.ngettext("You have %(num)s dot. Write into the boxes how many dots each idea gets.",
                          "You have %(num)s dots in all. Write into the boxes how many dots each idea gets.", n, num=n)
        most = w.ngettext("At most %(num)s on one idea.", "At most %(num)s on one idea.", cap, num=cap) if cap else ""
        return f"{have} {most}".strip()
    if session.method == "impact":
        return w._("Circle two numbers for each idea: how much it would achieve, and how much effort it takes. "
                   "1 is very little, 5 very much.")
    return w._("Tick one box in each line. Leave out a line where you have no answer.")
