"""The tables and organisations that the facilitator enters for; for the console alone."""

from __future__ import annotations

from workshop.model import Participant
from workshop.room import Room
from workshop.views.entries import Entry


def proxies(room: Room) -> list[Entry]:
    """Each proxy, how many ideas it has, and in which themes its ballot is in; never what it voted."""
    return [_proxy(room, who) for who in room.participants.values() if who.proxy and who.removed_at is None]


def _proxy(room: Room, who: Participant) -> Entry:
    home = room.organisations.get(who.organisation_id or "")
    return f"proxy/{who.id}", {
        "id": who.id, "label": who.proxy, "organisation": home and {"id": home.id, "name": home.name},
        "ideas": sum(idea.participant_id == who.id and idea.state != "withdrawn" for idea in room.ideas.values()),
        "voted": sorted(theme.id for theme in room.themes.values() if who.id in room.voted[theme.id, theme.round]),
    }
