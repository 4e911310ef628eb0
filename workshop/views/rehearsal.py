"""How the rehearsal goes; for the console alone."""

from __future__ import annotations

from workshop.room import Room, kept
from workshop.views.entries import Entry


@kept
def _simulated(room: Room) -> frozenset[str]:
    return frozenset(who.id for who in room.participants.values() if who.simulated)


@kept
def _said(room: Room) -> tuple[int, int]:
    """How many ideas and experiences are simulated participants'."""
    simulated = _simulated(room)
    said = room.ideas.values(), room.experiences.values()
    ideas, experiences = (sum(row.participant_id in simulated for row in rows) for rows in said)
    return ideas, experiences


def rehearsal(room: Room) -> list[Entry]:
    """Whether one runs or is still to be wiped, and what it has done so far; nothing where there is none."""
    simulated, told = _simulated(room), room.rehearsal
    if not simulated and told is None:
        return []
    (ideas, experiences), ballots = _said(room), sum(len(voted & simulated) for voted in room.voted.values())
    left = {"state": "left", "step": "", "of": len(simulated), "lost": None, "problem": ""}
    counts = {"joined": len(simulated), "ideas": ideas, "experiences": experiences, "ballots": ballots}
    return [("rehearsal", (told or left) | counts)]
