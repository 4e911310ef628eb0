"""Who may come in, what waits for approval, and who the people are: for the console."""

from __future__ import annotations

from workshop.model import Participant
from workshop.room import Room, kept
from workshop.rules import consent, moderation
from workshop.views.entries import Entry


@kept
def gate(room: Room) -> Entry:
    """Whether nobody new may join, what the session says of holding, and whether it holds now."""
    session = room.session
    return "gate", {
        "locked": session.locked, "hold": session.hold, "holding": moderation.holds(session, room.people), "many": moderation.MANY,
    }


@kept
def persons(room: Room) -> list[Entry]:
    """Those who joined, named as they consented; tables entered by proxy are none of them."""
    return [_person(who) for who in room.participants.values() if not who.proxy]


def _person(who: Participant) -> Entry:
    return f"person/{who.id}", {
        "id": who.id, "organisation": who.organisation_id, "name": named(who), "at": who.joined_at, "host": who.host,
        "removed": who.removed_at is not None,
    }


def named(who: Participant) -> str | None:
    """The name of a participant who may be named."""
    return consent.credit(who.name, None, who.quote) if who.quote == "name" else None
