"""Before the day: while the session is in the lobby its themes may be written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import Phase
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.store.queries import sessions


def _open(act: Act, command: c.EarlyOpen) -> None:
    """Themes that are in the lobby go to *write*, or those that are written in back; whatever else was set for a theme stays."""
    if act.session.phase != "lobby":
        raise errors.WrongPhase("open")
    was: Phase = "lobby" if command.open else "write"
    themes = [theme for theme in sessions.themes(act.tx, act.session.id) if theme.phase_in(act.session) == was]
    for theme in themes:
        act.change(theme, phase="write" if command.open else None)
    if themes:
        act.note(open=command.open)


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.EarlyOpen: _open}
