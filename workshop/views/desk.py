"""What the console works with: the wall, and what was done."""

from __future__ import annotations

import json
from typing import Any

from workshop.model import LogEntry
from workshop.room import Room, kept
from workshop.rules.wall import opened
from workshop.views.entries import Entry


@kept
def wall(room: Room) -> Entry:
    """What the screen shows."""
    return "wall", opened(room.session.wall)


@kept
def log(room: Room) -> Entry:
    """What was done here lately."""
    return "log", {"entries": [_log_entry(room, entry) for entry in room.log]}


def _log_entry(room: Room, entry: LogEntry) -> dict[str, Any]:
    idea, theme = room.ideas.get(entry.subject), room.themes.get(entry.subject)
    return {
        "id": entry.id, "at": entry.at, "action": entry.action, "what": idea.title if idea else theme.title if theme else "",
        "after": json.loads(entry.after), "undone": entry.undone_at is not None,
        "undoable": entry.before != "{}" and entry.undone_at is None,
    }
