"""Reading ideas out, one organisation in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import Idea, Theme
from workshop.rules import wall
from workshop.rules.turns import Turns, seed_of, turns
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.store.queries import ideas, participants


def _next(act: Act, command: c.TurnNext) -> None:
    theme, now = _at(act, command)
    if not now.ahead:
        raise errors.AllReadOut("theme")
    idea = now.ahead[0]
    # Later than the one before, whatever the clock says: which was read out last must stay plain.
    at = max(act.at, (now.now.shared_at or 0) + 1) if now.now else act.at
    _show(act, theme, act.change(idea, shared_at=at))
    act.note(idea.id)


def _back(act: Act, command: c.TurnBack) -> None:
    theme, now = _at(act, command)
    if now.now is None:
        raise errors.Conflict("idea")
    act.change(now.now, shared_at=None)
    _show(act, theme, _turns(act, theme).now)
    act.note(now.now.id)


def _at(act: Act, command: c.TurnNext | c.TurnBack) -> tuple[Theme, Turns]:
    """The theme and where it stands, which has to be where the command comes from: of two at once only one moves on."""
    theme = act.theme(command.theme)
    if theme.phase_in(act.session) != "share":
        raise errors.WrongPhase("theme")
    now = _turns(act, theme)
    if command.idea != (now.now.id if now.now else None):
        raise errors.Conflict("idea")
    return theme, now


def _turns(act: Act, theme: Theme) -> Turns:
    return turns(
        seed_of(act.session.id, theme.id), ideas.of_theme(act.tx, theme.id),
        {who.id: who for who in participants.of_session(act.tx, act.session.id)},
        {one.id: one for one in participants.organisations(act.tx, act.session.event_id)},
    )


def _show(act: Act, theme: Theme, idea: Idea | None) -> None:
    """Put the idea large on the wall, or the board where there is none."""
    shown = {"view": "idea", "idea": idea.id} if idea else {}
    act.show(wall=wall.shows(act.session.wall, theme=theme.id, **shown))


def follow(act: Act, theme_id: str) -> None:
    """After an undo: a wall that shows the reading out of a theme shows where it stands now."""
    if wall.opened(act.session.wall)["theme"] == theme_id:
        theme = act.theme(theme_id)
        _show(act, theme, _turns(act, theme).now)


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.TurnNext: _next, c.TurnBack: _back}
