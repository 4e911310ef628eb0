"""Where a session stands in its agenda: what going to a step, or to a phase by another way, does to the steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop import errors
from workshop.model import Phase, Step
from workshop.rules import agenda
from workshop.service.facilitate.act import Act
from workshop.store.queries import sessions, steps


def agenda_of(act: Act) -> list[Step]:
    """The steps of the session's agenda, in order."""
    return agenda.in_order(steps.of_session(act.tx, act.session.id))


def stand_at(act: Act, step: Step) -> None:
    """Be at *step*: those before it are done or skipped, those after it ahead."""
    rows = agenda_of(act)
    states = agenda.states_at(rows, act.session.step_id, step.id)
    for row in rows:
        if row.state != states[row.id]:
            act.change(row, state=states[row.id])
    if act.session.step_id != step.id:
        act.change(act.session, step_id=step.id)


def follow(act: Act, phase: Phase) -> None:
    """Let the agenda follow a *phase* that was set for the session by another way, where it has a step for it."""
    found = agenda.nearest(agenda_of(act), act.session.step_id, phase)
    if found:
        stand_at(act, found)


def check_standing(act: Act, replaced: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    """An undo leaves the room at a step that is part of the agenda, and in its phase, whatever was done to the step since.

    Args:
        replaced: the columns put back, by table and id.

    Raises:
        errors.Conflict: it would not.
    """
    now = act.session.step_id
    if now is None:
        return
    step = steps.in_session(act.tx, act.session.id, now)
    became_another = {"phase", "themes"} & replaced.get("steps", {}).get(now, {}).keys()
    went = "step_id" in replaced.get("sessions", {}).get(act.session.id, {})
    if step is None or step.state != "ahead" or became_another or (went and not _is_run(act, step)):
        raise errors.Conflict("log")


def _is_run(act: Act, step: Step) -> bool:
    themes = {theme.id: theme for theme in sessions.themes(act.tx, act.session.id)}
    return agenda.is_run(step, act.session, themes)
