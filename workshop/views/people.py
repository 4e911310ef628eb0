"""Who is here, who is done, and who has voted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workshop.model import Theme
from workshop.room import Room, kept
from workshop.rules import phases
from workshop.rules.pooling import pooled
from workshop.views.entries import Entry

WITHOUT = None  # the id under which people without an organisation are counted together


@kept
def _done(room: Room) -> Counter[str | None]:
    """Who is done, by organisation."""
    in_force = {theme.phase_in(room.session) for theme in room.themes.values()} | {room.session.phase}
    return Counter(p.organisation_id for p in room.participants.values() if p.removed_at is None if p.done in in_force)


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
        _progress(room),
    ]


def _progress(room: Room) -> Entry:
    """How many are done; nobody's answer, so that nothing is pooled."""
    done, joined = _done(room), room.joined
    rows = [{"id": i, "name": room.organisations[i].name if i else "", "done": done[i], "of": of} for i, of in joined.items()]
    rows.sort(key=_by_name)
    return "progress", {"phase": room.session.phase, "done": done.total(), "of": joined.total(), "organisations": rows}


def _by_name(row: dict[str, Any]) -> tuple[bool, str]:
    """People without an organisation come last."""
    return not row["name"], row["name"].casefold()


def turnout(room: Room) -> list[Entry]:
    """How many have voted, where the vote is on or over; never what."""
    return [_turnout_of(room, theme) for theme in room.themes.values() if theme.phase_in(room.session) in phases.COUNTED]


def _turnout_of(room: Room, theme: Theme) -> Entry:
    eligible, voted = room.eligible, room.turnout[theme.id, theme.round]
    rows = [{"id": i, "name": room.organisations[i].name if i else "", "voted": voted[i], "of": of} for i, of in eligible.items()]
    rows.sort(key=_by_name)
    entered = sum(room.participants[who].proxy != "" for who in room.voted[theme.id, theme.round]) if _proxies(room) else 0
    return f"turnout/{theme.id}", {
        "theme": theme.id, "round": theme.round, "voted": voted.total(), "of": eligible.total(), "organisations": rows,
        "proxies": entered,
    }


def coarse(turnout: dict[str, Any]) -> dict[str, Any]:
    """A turnout as the room sees it: small organisations are pooled as ``others``, and nobody is told of proxies."""
    apart, others = pooled(turnout["organisations"])
    told = {key: value for key, value in turnout.items() if key != "proxies"}
    return told | {"organisations": apart, "others": others}
