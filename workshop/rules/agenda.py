"""The agenda: what a session's steps may be, which come with the product, and where a session stands among its steps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop import errors
from workshop.errors import N_
from workshop.model import NAME_LIMIT, PHASES, Phase, Session, Step, StepState, Theme
from workshop.rules import text

STEPS_LIMIT = 40
PROMPT_LIMIT = 300  # graphemes
MINUTES_LIMIT = 240
FIELDS = ("phase", "title", "prompt", "minutes")  # what a saved agenda keeps of a step


@dataclass(frozen=True, slots=True)
class Outline:
    """A step before it belongs to a session.

    Args:
        minutes: None for a step without a timer.
        themes: places (0, 1, …) among the session's themes; empty for all of them.
    """

    phase: Phase
    title: str
    prompt: str = ""
    minutes: int | None = None
    themes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """An agenda that comes with the product; names, titles and prompts are English and can be translated."""

    key: str
    name: str
    steps: tuple[Outline, ...]


_WRITE, _SHARE, _VOTE, _RESULTS, _CLOSE = N_("Write"), N_("Share"), N_("Vote"), N_("Results"), N_("Close")
_WELCOME = N_("Welcome")
_COME_IN = N_("Say hello to your neighbours: what do you hope to take home today?")
_IN_SILENCE = N_("In silence: one idea at a time, each in one sentence.")
_ADD = N_("One idea at a time: listen, then say on your phone what you know about it.")
_BALLOT = N_("Go through every theme: what should every buyer do?")
_SURPRISED = N_("What surprises you? Who wants to say why?")
_AGAIN = N_("Vote once more, with what you have heard.")
_WHO_DOES = N_("Who takes up which draft, and until when?")
_FAREWELL = N_("What is one thing that you will do next week?")

TEMPLATES: tuple[Template, ...] = (
    Template("academy-60", N_("Learning Academy day, 60 minutes"), (
        Outline("lobby", _WELCOME, _COME_IN, 5), Outline("write", _WRITE, _IN_SILENCE, 10), Outline("share", _SHARE, _ADD, 20),
        Outline("vote", _VOTE, _BALLOT, 7), Outline("reveal", _RESULTS, _SURPRISED, 13), Outline("closed", _CLOSE, _FAREWELL, 5),
    )),
    Template("academy-90", N_("Learning Academy day, 90 minutes"), (
        Outline("lobby", _WELCOME, _COME_IN, 5), Outline("write", _WRITE, _IN_SILENCE, 10), Outline("share", _SHARE, _ADD, 25),
        Outline("vote", _VOTE, _BALLOT, 8), Outline("reveal", _RESULTS, _SURPRISED, 15), Outline("vote", N_("Vote again"), _AGAIN, 7),
        Outline("reveal", N_("Final results"), _WHO_DOES, 15), Outline("closed", _CLOSE, _FAREWELL, 5),
    )),
    Template("academy-180", N_("Learning Academy day, 180 minutes"), (
        Outline("lobby", _WELCOME, _COME_IN, 10), Outline("write", _WRITE, _IN_SILENCE, 15), Outline("share", _SHARE, _ADD, 40),
        Outline("share", N_("Break"), N_("Coffee. The ideas stay open on your phones."), 15), Outline("vote", _VOTE, _BALLOT, 10),
        Outline("reveal", _RESULTS, _SURPRISED, 15),
        Outline("reveal", N_("Talk it over"), N_("In groups: what would make you change your vote?"), 20),
        Outline("vote", N_("Vote again"), _AGAIN, 10), Outline("reveal", N_("Final results"), _SURPRISED, 20),
        Outline("reveal", N_("Next steps"), _WHO_DOES, 15), Outline("closed", _CLOSE, _FAREWELL, 10),
    )),
    Template("quick", N_("Quick round, 15 minutes"), (
        Outline("write", _WRITE, _IN_SILENCE, 4), Outline("share", _SHARE, _ADD, 5), Outline("vote", _VOTE, _BALLOT, 3),
        Outline("reveal", _RESULTS, _SURPRISED, 3),
    )),
    # 1, 2, 4 and 5 minutes: H. Lipmanowicz and K. McCandless, The Surprising Power of Liberating Structures, 2013.
    Template("1-2-4-all", N_("1-2-4-All, 12 minutes"), (
        Outline("write", N_("Alone"), N_("Think by yourself, in silence, and write what comes."), 1),
        Outline("write", N_("In pairs"), N_("Two and two: tell each other your ideas, and build on them."), 2),
        Outline("write", N_("In fours"), N_("Two pairs together: what is alike, what differs? Send the idea that stands out."), 4),
        Outline("share", N_("All"), N_("Each group tells the one idea that stood out."), 5),
    )),
    Template("ratify", N_("Ratify drafts, 40 minutes"), (
        Outline("write", N_("Name the drafts"), N_("One idea for each draft that the room should stand behind."), 5),
        Outline("share", N_("Read and amend"), N_("Read each draft. What stands in the way for you, and what is missing?"), 15),
        Outline("vote", N_("Stand behind it?"), N_("Would your organisation stand behind this draft as it is?"), 8),
        Outline("reveal", _RESULTS, N_("Which drafts are ready, and who takes up the reservations?"), 12),
    )),
)
BY_KEY = {template.key: template for template in TEMPLATES}


# -- what steps may be ---------------------------------------------------------------------------------


def checked(outlines: Iterable[Outline]) -> tuple[Outline, ...]:
    """The steps of an agenda, each as by `checked_step`.

    Raises:
        errors.NoSteps, errors.ManySteps: field ``steps``; and what `checked_step` raises.
    """
    found = tuple(map(checked_step, outlines))
    if not found:
        raise errors.NoSteps("steps")
    enough(len(found))
    return found


def enough(count: int) -> None:
    """Refuse an agenda of more than `STEPS_LIMIT` steps.

    Raises:
        errors.ManySteps: field ``steps``.
    """
    if count > STEPS_LIMIT:
        raise errors.ManySteps("steps", limit=STEPS_LIMIT)


def checked_step(step: Outline) -> Outline:
    """The step, its words cleaned.

    Raises:
        errors.UnknownPhase, errors.OffMinutes, errors.Empty, errors.TooLong: naming the field.
    """
    if step.phase not in PHASES:
        raise errors.UnknownPhase("phase", what=str(step.phase)[:40], known=", ".join(PHASES))
    if step.minutes is not None and not _is_minutes(step.minutes):
        raise errors.OffMinutes("minutes", limit=MINUTES_LIMIT)
    title = text.clean_line(step.title, NAME_LIMIT, "title")
    return Outline(step.phase, title, _optional(step.prompt), step.minutes, step.themes)


def _is_minutes(value: object) -> bool:
    return type(value) is int and 1 <= value <= MINUTES_LIMIT


def _optional(prompt: str) -> str:
    return text.clean_line(prompt, PROMPT_LIMIT, "prompt") if prompt.strip() else ""


def packed(steps: Iterable[Step]) -> str:
    """Steps as a saved agenda keeps them (JSON)."""
    return json.dumps([{name: getattr(step, name) for name in FIELDS} for step in steps])


def unpacked(saved: str) -> tuple[Outline, ...]:
    """The steps of a saved agenda, checked.

    Raises:
        errors.Invalid: it is not one; and what `checked` raises.
    """
    try:
        rows = [Outline(**{name: row[name] for name in FIELDS}) for row in json.loads(saved)]
    except (ValueError, TypeError, KeyError):
        raise errors.Invalid("template", what=saved[:40]) from None
    return checked(rows)


def total(outlines: Iterable[Outline]) -> int:
    """The minutes of all steps; those without a timer count nothing."""
    return sum(step.minutes or 0 for step in outlines)


# -- where a session stands ----------------------------------------------------------------------------


def in_order(steps: Iterable[Step]) -> list[Step]:
    """The steps that are part of the agenda, as they come."""
    return sorted((step for step in steps if step.state != "removed"), key=lambda step: (step.position, step.id))


def place(steps: Sequence[Step], now: str | None) -> int:
    """Where the step *now* is among *steps*; −1 before the first."""
    return next((at for at, step in enumerate(steps) if step.id == now), -1)


def following(steps: Sequence[Step], now: str | None) -> Step | None:
    """The step that comes after the step *now*: the nearest one that is still ahead."""
    return next((step for step in steps[place(steps, now) + 1:] if step.state == "ahead"), None)


def preceding(steps: Sequence[Step], now: str | None) -> Step | None:
    """The step to go back to: the nearest one before the step *now* that is not skipped."""
    before = steps[:max(place(steps, now), 0)]
    return next((step for step in reversed(before) if step.state != "skipped"), None)


def states_at(steps: Sequence[Step], now: str | None, target: str) -> Mapping[str, StepState]:
    """The state of every step once the session goes from the step *now* to *target*.

    What was run before *target* is done, what was passed over is skipped, and what comes after it is ahead again (unless skipped).
    """
    goal = place(steps, target)
    states: dict[str, StepState] = {}
    for at, step in enumerate(steps):
        if at < goal:
            states[step.id] = "done" if step.id == now or step.state == "done" else "skipped"
        else:
            states[step.id] = "skipped" if step.state == "skipped" and at > goal else "ahead"
    return states


def nearest(steps: Sequence[Step], now: str | None, phase: Phase) -> Step | None:
    """The step that a session is at when somebody sets *phase* for all its themes: the one it is at, the next such, or the last before."""
    at = place(steps, now)
    fitting = [step for step in [*steps[max(at, 0):], *reversed(steps[:max(at, 0)])] if step.phase == phase and not themes_of(step)]
    return next(iter(fitting), None)


def moved(steps: Sequence[Step], step_id: str, to: int) -> dict[str, int]:
    """The position of every step once the step *step_id* stands in place *to* (0 is the first; what is beyond the end is the end).

    The same positions are shared out anew, so that none is given twice, whatever removed steps hold.
    """
    others = [step.id for step in steps if step.id != step_id]
    order = [*others[:to], step_id, *others[to:]]
    return dict(zip(order, (step.position for step in steps), strict=True))


def is_run(step: Step, session: Session, themes: Mapping[str, Theme]) -> bool:
    """Whether the *themes* (by id) that the step names are in its phase; where it names none, whether the session is."""
    named = [themes[id] for id in themes_of(step) if id in themes]
    return all(theme.phase_in(session) == step.phase for theme in named) if named else session.phase == step.phase


def themes_of(step: Step) -> tuple[str, ...]:
    """The ids of the themes that the step names; none is every theme."""
    return tuple(json.loads(step.themes))
