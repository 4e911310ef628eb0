"""Where a session stands in its agenda: what going to a step, or to a phase by another way, does to the steps."""

from __future__ import annotations

from workshop import errors
from workshop.model import Phase, Step
from workshop.rules import agenda
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import Rows
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


def check_steps(act: Act, rows: Rows) -> None:
    """An undo leaves the step at which the room is in the agenda, with its phase and themes, and no step for a theme that is gone.

    Args:
        rows: the columns put back, by the id of the step.

    Raises:
        errors.Conflict: it would not.
    """
    known = {theme.id for theme in sessions.themes(act.tx, act.session.id)}
    if any(step.id in rows and not known.issuperset(agenda.themes_of(step)) for step in agenda_of(act)):
        raise errors.Conflict("log")
    now = act.session.step_id
    if now in rows and (_step(act, now).state != "ahead" or {"phase", "themes"} & rows[now].keys()):
        raise errors.Conflict("log")


def check_place(act: Act, rows: Rows) -> None:
    """An undo that takes the room to a step finds the step in the agenda and the room in its phase, whatever was done to it since.

    Args:
        rows: the columns put back, by the id of the session.

    Raises:
        errors.Conflict: it would not.
    """
    now = act.session.step_id
    went = "step_id" in rows[act.session.id] and now is not None
    if went and not ((step := _step(act, now)).state == "ahead" and _is_run(act, step)):
        raise errors.Conflict("log")


def _step(act: Act, step_id: str) -> Step:
    return act.find(Step, step_id, "log")


def _is_run(act: Act, step: Step) -> bool:
    themes = {theme.id: theme for theme in sessions.themes(act.tx, act.session.id)}
    return agenda.is_run(step, act.session, themes)
