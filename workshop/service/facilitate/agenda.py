"""The agenda from the console: going from step to step, changing the steps, and agendas kept for later."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from workshop import errors
from workshop.model import NAME_LIMIT, Step, Template, Theme, new_id
from workshop.rules import agenda, text
from workshop.rules.agenda import Outline
from workshop.service import agendas
from workshop.service import commands as c
from workshop.service.facilitate import running
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.standing import agenda_of, check_steps, follow, stand_at
from workshop.service.facilitate.table import Table
from workshop.store.queries import record, sessions, steps

# -- going from step to step ---------------------------------------------------------------------------


def _go(act: Act, command: c.StepGo) -> None:
    if command.seen != act.session.step_id:
        raise errors.MovedOn("seen")  # two facilitators pressed Next at once: the second sees what the first did
    step = _step(act, command.step)
    named = _themes_of(act, step)
    if _leads_to_a_vote(act, step):
        running.begin_rounds(act, named)
    running.enter_step(act, step.phase, named, step.minutes * 60 if step.minutes else None)
    stand_at(act, step)
    act.note(step.id, phase=step.phase, themes=named)


def _themes_of(act: Act, step: Step) -> list[str]:
    """The ids of the themes that the step names, of those there still are; none is every theme."""
    every, named = sessions.themes(act.tx, act.session.id), agenda.themes_of(step)
    found = [theme.id for theme in every if theme.id in named]
    return found if len(found) < len(every) else []


def _leads_to_a_vote(act: Act, step: Step) -> bool:
    """Whether going to the step is going on, not back, and to a vote: where results are shown, that is another round."""
    rows = agenda_of(act)
    return step.phase == "vote" and agenda.place(rows, step.id) > agenda.place(rows, act.session.step_id)


def _skip(act: Act, command: c.StepSkip) -> None:
    step = _another(act, command.step)
    if step.state == "done":
        raise errors.Conflict("step")
    act.change(step, state="skipped" if command.skipped else "ahead")
    act.note(step.id, skipped=command.skipped)


# -- changing the steps --------------------------------------------------------------------------------


def _add(act: Act, command: c.StepAdd) -> None:
    rows = agenda_of(act)
    agenda.enough(len(rows) + 1)
    to = agenda.place(rows, _step(act, command.after).id) + 1 if command.after else 0
    step = _made(act, [_outline(act, command)])[0]
    _put(act, step.id, to)
    act.note(step.id)


def _edit(act: Act, command: c.StepEdit) -> None:
    step, written = _step(act, command.step), _outline(act, command)
    themes = json.dumps(_named(act, command.themes))
    if step.id == act.session.step_id and (written.phase, themes) != (step.phase, step.themes):
        raise errors.StepIsNow("phase")
    act.change(step, phase=written.phase, title=written.title, prompt=written.prompt, minutes=written.minutes, themes=themes)
    act.note(step.id)


def _remove(act: Act, command: c.StepRemove) -> None:
    step = _another(act, command.step)
    act.change(step, state="removed")
    act.note(step.id)


def _move(act: Act, command: c.StepMove) -> None:
    _put(act, _step(act, command.step).id, command.to)
    act.note(command.step)


def _put(act: Act, step_id: str, to: int) -> None:
    rows = agenda_of(act)
    positions = agenda.moved(rows, step_id, to)
    for row in rows:
        if row.position != positions[row.id]:
            act.change(row, position=positions[row.id])


def _step(act: Act, step_id: str) -> Step:
    step = act.find(Step, step_id, "step")
    if step.state == "removed":
        raise errors.NotFound("step")
    return step


def _another(act: Act, step_id: str) -> Step:
    """A step other than the one that is run now."""
    step = _step(act, step_id)
    if step.id == act.session.step_id:
        raise errors.StepIsNow("step")
    return step


def _outline(act: Act, written: c.StepWritten) -> Outline:
    every = [theme.id for theme in sessions.themes(act.tx, act.session.id)]
    places = tuple(every.index(theme) for theme in _named(act, written.themes))
    return agenda.checked_step(Outline(written.phase, written.title, written.prompt, written.minutes, places))


def _named(act: Act, themes: Sequence[str]) -> list[str]:
    """The ids of *themes* in the session's order; none where all are meant."""
    chosen = {act.find(Theme, theme, "themes").id for theme in themes}
    every = [theme.id for theme in sessions.themes(act.tx, act.session.id)]
    return [theme for theme in every if theme in chosen] if len(chosen) < len(every) else []


def _made(act: Act, outlined: Sequence[Outline]) -> list[Step]:
    """New steps behind all others. They begin as removed, so that undo makes them so again: rows are never deleted."""
    known = steps.of_session(act.tx, act.session.id)
    every = [theme.id for theme in sessions.themes(act.tx, act.session.id)]
    first = max((step.position for step in known), default=-1) + 1
    rows = agendas.add(act.tx, act.session.id, every, outlined, at=act.at, rev=act.rev, state="removed", first=first)
    return [act.change(row, state="ahead") for row in rows]


# -- agendas kept for later ----------------------------------------------------------------------------


def _use(act: Act, command: c.AgendaUse) -> None:
    """Another agenda, or none, in place of the one that there is."""
    outlined: Sequence[Outline] = ()
    if command.template:
        locale = record.event(act.tx, act.session.event_id).language
        outlined = agendas.outlines(act.tx, act.actor, command.template, locale)
    for row in agenda_of(act):
        act.change(row, state="removed")
    if act.session.step_id:
        act.change(act.session, step_id=None)
    _made(act, outlined)
    if act.session.phase != "lobby":
        follow(act, act.session.phase)  # in the middle of the day it goes on from here, not from the welcome
    act.note(steps=len(outlined))


def _save(act: Act, command: c.AgendaSave) -> None:
    name, rows = text.clean_line(command.name, NAME_LIMIT, "name"), agenda_of(act)
    if not rows:
        raise errors.NoSteps("steps")
    steps.save_template(act.tx, Template(new_id(act.at), act.actor, name, agenda.packed(rows), act.at))
    act.note(name=name)


def _forget(act: Act, command: c.AgendaForget) -> None:
    found = steps.template(act.tx, act.actor, command.template)
    if found is None:
        raise errors.NotFound("template")
    steps.remove_template(act.tx, found.id)
    act.note(name=found.name)


STEPS = Table("steps", Step, steps.in_session, steps.save, restored=check_steps)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.StepGo: _go, c.StepSkip: _skip, c.StepAdd: _add, c.StepEdit: _edit, c.StepRemove: _remove, c.StepMove: _move,
    c.AgendaUse: _use, c.AgendaSave: _save, c.AgendaForget: _forget,
}
