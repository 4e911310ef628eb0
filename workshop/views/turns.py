"""Reading out: whose turn it is, and which idea the wall shows large.

The facilitator needs to know who speaks next, so the console names the organisations in turn. The room is told them only where the
session shows authors: an order that everybody sees says of every idea whose it is. Who is anonymous is in no organisation's turn.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from workshop.model import Idea, Theme
from workshop.room import Room, kept
from workshop.rules import phases
from workshop.rules.turns import Turns, seed_of, turns
from workshop.views.entries import Entry


@kept
def all_turns(room: Room) -> list[Entry]:
    """Where the reading out stands in the themes that are being shared: for the console."""
    ideas: dict[str, list[Idea]] = defaultdict(list)
    for idea in room.ideas.values():
        ideas[idea.theme_id].append(idea)
    shared = [theme for theme in room.themes.values() if theme.phase_in(room.session) == "share"]
    return [_entry(room, theme, _turns(room, theme, ideas[theme.id])) for theme in shared]


@kept
def public_turns(room: Room) -> list[Entry]:
    """The same for the room."""
    hidden = {} if room.session.show_authors else {"whose": None, "order": []}
    return [(key, value | hidden) for key, value in all_turns(room)]


@kept
def aloud(room: Room) -> Entry:
    """What phones are told of the wall: the idea that it shows large, where they see that idea."""
    wall = json.loads(room.session.wall)
    idea = room.ideas.get(wall.get("idea") or "") if wall["view"] == "idea" else None
    return "wall", {"idea": room.root(idea).id if idea and _public(room, room.root(idea)) else None}


def _public(room: Room, idea: Idea) -> bool:
    phase = room.themes[idea.theme_id].phase_in(room.session)
    return idea.state == "active" and phases.ideas_public(phase, room.session.hide_ideas)


def _turns(room: Room, theme: Theme, ideas: list[Idea]) -> Turns:
    return turns(seed_of(room.session.id, theme.id), ideas, room.participants, room.organisations)


def _entry(room: Room, theme: Theme, now: Turns) -> Entry:
    return f"turns/{theme.id}", {
        "theme": theme.id, "now": now.now.id if now.now else None, "read": now.read, "left": len(now.ahead),
        "whose": _house(room, now.voices[now.now.id]) if now.now else None,
        "order": [_house(room, voice) | {"left": left} for voice, left in now.order()],
    }


def _house(room: Room, voice: str | None) -> dict[str, Any]:
    return {"id": voice, "name": room.organisations[voice].name if voice else ""}
