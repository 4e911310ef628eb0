"""The session and its themes."""

from __future__ import annotations

from collections import defaultdict

from workshop.model import Theme
from workshop.room import Room, kept
from workshop.rules import phases, tally
from workshop.views.entries import Entry


@kept
def shared(room: Room) -> list[Entry]:
    """The session and its themes, which everybody sees."""
    themes = sorted(room.themes.values(), key=lambda theme: theme.position)
    standing: dict[str, int] = defaultdict(int)
    for idea in room.ideas.values():
        standing[idea.theme_id] += idea.stands
    return [_session(room, themes), *(theme_entry(room, theme, tint, standing[theme.id]) for tint, theme in enumerate(themes))]


def _session(room: Room, themes: list[Theme]) -> Entry:
    session, event = room.session, room.event
    return "session", {
        "code": session.code, "title": session.title, "question": session.question, "phase": session.phase,
        "next": phases.following(session.phase), "method": session.method, "idea_cap": session.idea_cap,
        "take": session.take, "hide_ideas": session.hide_ideas, "show_authors": session.show_authors,
        "quote_default": session.quote_default, "locked": session.locked,
        "event": {"name": event.name, "place": event.place, "date": event.date, "host": event.host, "language": event.language},
        "timer": {"ends_at": session.timer_ends_at, "left": session.timer_left},
        "themes": [theme.id for theme in themes],
    }


def theme_entry(room: Room, theme: Theme, tint: int, standing: int) -> Entry:
    """A theme; *standing* is how many ideas stand on their own in it."""
    return f"theme/{theme.id}", {
        "id": theme.id, "title": theme.title, "prompt": theme.prompt, "tint": tint, "phase": theme.phase_in(room.session),
        "own": theme.phase is not None, "round": theme.round, "ideas": standing, "revealed": theme.revealed,
        "budget": tally.budget_of(room.session, standing),
    }
