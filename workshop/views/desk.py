"""What the console works with: the wall, and what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from workshop.model import LogEntry
from workshop.room import Room, kept, open_room
from workshop.rules.wall import opened
from workshop.store.queries.record import Changes
from workshop.views.entries import Entry
from workshop.views.gate import named


@kept
def wall(room: Room) -> Entry:
    """What the screen shows; an idea that was merged shows as the one it is merged into."""
    shown = opened(room.session.wall)
    idea = room.ideas.get(shown.get("idea") or "")
    return "wall", shown | {"idea": room.root(idea).id} if idea else shown


@kept
def log(room: Room) -> Entry:
    """What was done here lately."""
    return "log", {"entries": [_log_entry(room, entry) for entry in room.log]}


def history(changes: Changes, entries: Iterable[LogEntry]) -> list[dict[str, Any]]:
    """All that was ever done, newest first; *changes* since before the beginning, *entries* oldest first."""
    room = open_room(changes)
    return [_log_entry(room, entry) for entry in entries][::-1]


def _log_entry(room: Room, entry: LogEntry) -> dict[str, Any]:
    """What was done, by whom, and whether it can be undone."""
    return {
        "id": entry.id, "at": entry.at, "action": entry.action, "what": _what(room, entry.subject), "who": room.actors.get(entry.actor, ""),
        "after": json.loads(entry.after), "undone": entry.undone_at is not None,
        "undoable": entry.before != "{}" and entry.undone_at is None,
        "was": _was(entry) if entry.action == "idea.edit" else "",
    }


def _what(room: Room, subject: str) -> str:
    """What people call the thing that something was done to; a participant only by a name they may be called by."""
    if subject in room.participants:
        return named(room.participants[subject]) or ""
    if subject in room.experiences:
        return room.experiences[subject].text
    found = room.ideas.get(subject) or room.themes.get(subject) or room.steps.get(subject)
    return found.title if found else ""


def _was(entry: LogEntry) -> str:
    """The title that an edit replaced; empty where it did not."""
    pair = json.loads(entry.before).get("ideas", {}).get(entry.subject, {}).get("title")
    return pair[0] if isinstance(pair, list) else ""
