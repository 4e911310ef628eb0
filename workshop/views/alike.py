"""Suggestions of similar ideas that the facilitators do not want: for the console alone."""

from __future__ import annotations

from workshop.room import Room, kept
from workshop.views.entries import Entry


@kept
def dismissed(room: Room) -> Entry:
    """The pairs that are not to be suggested again, each in the order of the ids."""
    return "dismissed", {"pairs": [[d.one, d.other] for d in room.dismissals.values() if d.dismissed]}
