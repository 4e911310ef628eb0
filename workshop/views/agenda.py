"""The agenda: all of it for the console, the step that is run now for everybody."""

from __future__ import annotations

from typing import Any

from workshop.model import Step
from workshop.room import Room, kept
from workshop.rules import agenda as rules
from workshop.views.entries import Entry


@kept
def agenda(room: Room) -> Entry:
    """Every step with where the room is; no steps where the session has no agenda."""
    steps, now = rules.in_order(room.steps.values()), room.session.step_id
    after, before = rules.following(steps, now), rules.preceding(steps, now)
    return "agenda", {
        "steps": [_line(room, step) for step in steps], "now": now,
        "next": after and after.id, "back": before and before.id,
    }


def _line(room: Room, step: Step) -> dict[str, Any]:
    return {
        "id": step.id, "phase": step.phase, "title": step.title, "prompt": step.prompt, "minutes": step.minutes,
        "themes": _named(room, step), "state": "now" if step.id == room.session.step_id else step.state,
    }


@kept
def step(room: Room) -> list[Entry]:
    """The step that is run now; nothing before the first, and while the room is in another phase than the step's."""
    steps = [one for one in rules.in_order(room.steps.values()) if one.state != "skipped"]
    at = rules.place(steps, room.session.step_id)
    if at < 0 or not rules.is_run(steps[at], room.session, room.themes):
        return []
    now, after = steps[at], rules.following(steps, steps[at].id)
    return [("step", {
        "title": now.title, "prompt": now.prompt, "phase": now.phase, "themes": _named(room, now), "n": at + 1, "of": len(steps),
        "next": after and after.title,
    })]


def _named(room: Room, step: Step) -> list[str]:
    """The ids of the themes that the step names, of those there still are."""
    return [id for id in rules.themes_of(step) if id in room.themes]
