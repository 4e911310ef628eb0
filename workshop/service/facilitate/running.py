"""Running the room: phases, rounds and the timer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from workshop import errors
from workshop.model import Phase, Session, Theme
from workshop.rules import phases, wall
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.standing import check_place, follow
from workshop.service.facilitate.table import Table
from workshop.store.queries import ballots, participants, sessions


def _set_phase(act: Act, command: c.PhaseSet) -> None:
    enter(act, command.phase, command.theme, command.seconds)
    if command.theme is None:
        follow(act, command.phase)
    act.note(command.theme or "", phase=command.phase)


def enter(act: Act, phase: Phase, theme_id: str | None, seconds: int | None) -> None:
    """Put the session, where every theme then follows, or one theme into *phase*; *seconds* start a timer with it."""
    if theme_id is None:
        act.change(act.session, phase=phase)
        for theme in sessions.themes(act.tx, act.session.id):
            _phase_of(act, theme, None, phase)
        participants.clear_done(act.tx, act.session.id, act.rev)  # a phase set anew begins anew
    else:
        _phase_of(act, act.theme(theme_id), phase if phase != act.session.phase else None, phase)
    _follow(act, theme_id, seconds)


def enter_step(act: Act, phase: Phase, named: Sequence[str], seconds: int | None) -> None:
    """As `enter`, for the themes with the ids *named*, while the others keep their phases; for the session where none is named."""
    if not named:
        return enter(act, phase, None, seconds)
    for theme_id in named:
        _phase_of(act, act.theme(theme_id), phase if phase != act.session.phase else None, phase)
    _follow(act, named[0], seconds)


def begin_rounds(act: Act, named: Sequence[str]) -> None:
    """A new round in those of the themes *named* (none: of all) whose results are shown."""
    for theme in sessions.themes(act.tx, act.session.id):
        if theme.revealed and (not named or theme.id in named):
            act.change(theme, round=_round_after(act, theme))


def _round_after(act: Act, theme: Theme) -> int:
    """Past every round with ballots, so that it begins with empty ones though an earlier beginning was undone."""
    return max(theme.round, ballots.last_round(act.tx, theme.id)) + 1


def _phase_of(act: Act, theme: Theme, own: Phase | None, now: Phase) -> None:
    """Set a theme's own phase, and whether its totals are public in the phase now in force."""
    act.change(theme, phase=own, revealed=phases.revealed_after(now, theme.revealed))


def _follow(act: Act, theme_id: str | None, seconds: int | None) -> None:
    """A timer that fits what begins, or none, and a wall that follows it."""
    act.show(timer_ends_at=act.at + seconds * 1000 if seconds else None, timer_left=None, wall=wall.shows(act.session.wall, theme=theme_id))


def _next_round(act: Act, command: c.RoundNext) -> None:
    chosen = [act.theme(command.theme)] if command.theme else sessions.themes(act.tx, act.session.id)
    if command.seen is not None and any(theme.round != command.seen for theme in chosen):
        raise errors.NewRound("seen")  # two facilitators asked for it at once: one round begins
    for theme in chosen:
        own: Phase | None = "vote" if command.theme and act.session.phase != "vote" else None
        act.change(theme, phase=own, round=_round_after(act, theme), revealed=False)
    if not command.theme:
        act.change(act.session, phase="vote")
        follow(act, "vote")
    participants.clear_done(act.tx, act.session.id, act.rev)
    _follow(act, command.theme, None)
    act.note(command.theme or "")


def _set_timer(act: Act, command: c.TimerSet) -> None:
    ends_at, left = timer(act.session, command.action, (command.seconds or 60) * 1000, act.at)
    act.show(timer_ends_at=ends_at, timer_left=left)


def timer(session: Session, action: str, amount: int, at: int) -> tuple[int | None, int | None]:
    """The timer's end (running) or rest (paused) after *action*; times in milliseconds.

    Raises:
        errors.Conflict: there is no timer to pause, resume or add to.
    """
    if action == "clear":
        return None, None
    if action == "start":
        return at + amount, None
    ends_at, left = session.timer_ends_at, session.timer_left
    if ends_at is None and left is None:
        raise errors.Conflict("action")
    rest = max(0, ends_at - at) if ends_at is not None else left or 0
    if action == "pause":
        return None, rest
    if action == "resume":
        return at + rest, None
    return (at + rest + amount, None) if ends_at is not None else (None, rest + amount)


SESSIONS = Table("sessions", Session, lambda tx, session_id, _id: sessions.by_id(tx, session_id), sessions.save, restored=check_place)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.PhaseSet: _set_phase, c.RoundNext: _next_round, c.TimerSet: _set_timer,
}
