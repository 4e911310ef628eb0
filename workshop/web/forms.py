"""From the organizer's forms to plans; `web.organize` shows what is wrong with them."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from workshop import errors
from workshop.model import Session, Theme
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine, pasted_themes

Form = MultiDict[str, str]
HOLDS: dict[str, bool | None] = {"auto": None, "yes": True, "no": False}  # whether ideas wait for approval


def event_plan(form: Form) -> EventPlan:
    """The event as typed."""
    return EventPlan(**{name: form.get(name, "") for name in ("name", "date", "place", "host", "language")})


def session_plan(form: Form) -> SessionPlan:
    """The session as typed.

    Raises:
        errors.Invalid: a number is not one, or no such way to hold ideas.
    """
    return SessionPlan(
        title=form.get("title", ""), question=form.get("question", ""),
        themes=(*_kept_themes(form), *pasted_themes(form.get("themes", ""))),
        method=form.get("method", ""), ballot_size=_number(form, "ballot_size") or None, take=_number(form, "take"),
        idea_cap=_number(form, "idea_cap") or None, group_by=form.get("group_by", "organisation"), hosts_vote="hosts_vote" in form,
        hold=_hold(form),
        quote_default=form.get("quote_default", ""), hide_ideas="hide_ideas" in form, show_authors="show_authors" in form,
    )


def typed(session: Session | None = None, themes: list[Theme] | tuple[Theme, ...] = ()) -> Form:
    """What a form shows at first: the session as it is, or the defaults."""
    form: Form = MultiDict({"take": "3", "method": "approval", "quote_default": "organisation", "hide_ideas": "on", "agenda": "academy-60",
                            "group_by": "organisation", "hold": "auto"})
    if session is None:
        return form
    form = MultiDict({
        "title": session.title, "question": session.question, "method": session.method, "take": str(session.take),
        "ballot_size": str(session.ballot_size or ""), "quote_default": session.quote_default, "idea_cap": str(session.idea_cap or ""),
        "group_by": session.group_by, "hold": {value: name for name, value in HOLDS.items()}[session.hold],
    })
    form.update({name: "on" for name in ("hide_ideas", "show_authors", "hosts_vote") if getattr(session, name)})
    for theme in themes:
        form.update({"theme": theme.id, f"title-{theme.id}": theme.title, f"prompt-{theme.id}": theme.prompt})
    return form


def _kept_themes(form: Form) -> list[ThemeLine]:
    return [
        ThemeLine(form.get(f"title-{id}", ""), form.get(f"prompt-{id}", ""), id, removed=f"remove-{id}" in form)
        for id in form.getlist("theme")
    ]


def _hold(form: Form) -> bool | None:
    written = form.get("hold", "auto")
    if written not in HOLDS:
        raise errors.Invalid("hold", what=written[:20])
    return HOLDS[written]


def _number(form: Form, name: str) -> int:
    written = form.get(name, "").strip()
    try:
        return int(written or 0)
    except ValueError:
        raise errors.Invalid(name, what=written[:20]) from None
