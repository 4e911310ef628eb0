"""Who is here, who is done, and who has voted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workshop.model import Theme
from workshop.room import Room, kept
from workshop.rules import phases
from workshop.views.entries import Entry

WITHOUT = None  # the id under which people without an organisation are counted together


@kept
def _done(room: Room) -> int:
    in_force = {theme.phase_in(room.session) for theme in room.themes.values()} | {room.session.phase}
    return sum(p.done in in_force for p in room.participants.values())


@kept
def _proxies(room: Room) -> Counter[str | None]:
    """How many proxies there are, by organisation: they vote, but nobody of them is here."""
    return Counter(p.organisation_id for p in room.participants.values() if p.proxy)


def presence(room: Room) -> list[Entry]:
    """Who is here and has come, and how many are done."""
    joined, here = room.joined - _proxies(room), room.here
    shown = [o for o in room.organisations.values() if o.invited or joined[o.id]]
    listed: list[tuple[str | None, str, bool]] = [(o.id, o.name, o.invited) for o in shown]
    if joined[WITHOUT]:
        listed.append((WITHOUT, "", False))
    rows = [{"id": i, "name": name, "invited": invited, "here": here[i], "joined": joined[i]} for i, name, invited in listed]
    return [
        ("room", {"here": here.total(), "joined": joined.total(), "organisations": rows}),
        ("progress", {"phase": room.session.phase, "done": _done(room), "of": joined.total()}),
    ]


def turnout(room: Room) -> list[Entry]:
    """How many have voted, where the vote is on or over; never what."""
    return [_turnout_of(room, theme) for theme in room.themes.values() if theme.phase_in(room.session) in phases.COUNTED]


def _turnout_of(room: Room, theme: Theme) -> Entry:
    joined, voted = room.joined, room.turnout[theme.id, theme.round]
    rows = [{"id": i, "name": room.organisations[i].name if i else "", "voted": voted[i], "of": of} for i, of in joined.items()]
    rows.sort(key=lambda row: (not row["name"], row["name"].casefold()))
    entered = sum(room.participants[who].proxy != "" for who in room.voted[theme.id, theme.round]) if _proxies(room) else 0
    return f"turnout/{theme.id}", {
        "theme": theme.id, "round": theme.round, "voted": voted.total(), "of": len(room.participants), "organisations": rows,
        "proxies": entered,
    }


def total(turnout: dict[str, Any]) -> dict[str, Any]:
    """A turnout without its organisations and its proxies."""
    return {key: value for key, value in turnout.items() if key not in ("organisations", "proxies")}
