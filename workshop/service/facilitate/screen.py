"""The wall: what it shows, and its switches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop.rules import wall
from workshop.service import commands as c
from workshop.service.facilitate.act import Act


def _show(act: Act, command: c.ScreenShow) -> None:
    if command.theme:
        act.theme(command.theme)
    if command.idea:
        act.idea(command.idea)
    act.show(wall=wall.shows(act.session.wall, view=command.view, theme=command.theme, page=command.page, idea=command.idea))


def _switch(act: Act, command: c.ScreenSwitch) -> None:
    act.show(wall=wall.switched(act.session.wall, corner=command.corner, sound=command.sound))


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.ScreenShow: _show, c.ScreenSwitch: _switch}
