"""What each audience may see: the only gate between the rows and a person.

Each audience's view is one flat map from key to JSON object (docs/protocol.md lists the keys).
Totals before reveal and others' ideas while they are hidden are stripped here and nowhere else.
"""

from __future__ import annotations

from workshop.room import Room
from workshop.views.agenda import agenda, step
from workshop.views.alike import dismissed
from workshop.views.desk import history, log, wall
from workshop.views.entries import Entry, View
from workshop.views.gate import gate, persons
from workshop.views.ideas import all_ideas, public_ideas
from workshop.views.own import own_ballot, own_experience, own_idea, own_me, owned
from workshop.views.people import coarse, presence, turnout
from workshop.views.proxies import proxies
from workshop.views.rehearsal import rehearsal
from workshop.views.results import results
from workshop.views.shared import shared
from workshop.views.turns import all_turns, aloud, public_turns

__all__ = ["RESTLESS", "every", "history", "own_ballot", "own_experience", "own_idea", "own_me", "owned", "phone"]

RESTLESS = ("room", "rehearsal")  # keys that change without a revision: who is connected is written nowhere, nor how a rehearsal goes


def phone(room: Room) -> View:
    """What every participant of the session may see."""
    return dict([*shared(room), *step(room), *public_ideas(room), *results(room), aloud(room)])


def every(room: Room) -> dict[str, View]:
    """The view of each role; what several share is made once."""
    public, here, voted = phone(room), presence(room), turnout(room)
    return {
        "phone": public,
        "screen": public | dict([*here, *((key, coarse(value)) for key, value in voted), *public_turns(room), wall(room)]),
        "console": _console(room, [*here, *voted]),
    }


def _console(room: Room, counts: list[Entry]) -> View:
    """What the facilitator may see: every idea in every state, who has voted, never what."""
    desk = [agenda(room), *all_turns(room), *persons(room), wall(room), log(room), dismissed(room), gate(room)]
    return dict([*shared(room), *step(room), *all_ideas(room), *results(room), *counts, *proxies(room), *rehearsal(room), *desk])
