"""Themes in the middle of the day: one more, another name, or one that becomes two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import TITLE_LIMIT, Phase, Theme, new_id
from workshop.rules import phases, text
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import Table
from workshop.service.plans import QUESTION_LIMIT, THEMES_LIMIT
from workshop.store.queries import events, ideas, sessions


def _add(act: Act, command: c.ThemeAdd) -> None:
    theme = _new(act, _title(command.title), _prompt(command.prompt), None)
    act.note(theme.id, title=theme.title)


def _edit(act: Act, command: c.ThemeEdit) -> None:
    theme, title = act.theme(command.theme), _title(command.title)
    act.change(theme, title=title, prompt=_prompt(command.prompt))
    act.note(theme.id, title=title, old=theme.title)


def _split(act: Act, command: c.ThemeSplit) -> None:
    theme, title = act.theme(command.theme), _title(command.title)
    chosen = [act.idea(id_) for id_ in dict.fromkeys(command.ideas)]
    if not chosen:
        raise errors.NoIdeas("ideas")
    if any(idea.theme_id != theme.id or idea.merged_into for idea in chosen):
        raise errors.Conflict("ideas")  # somebody has moved or grouped one of them since
    new = _new(act, title, theme.prompt, theme.phase)
    for idea in chosen:
        for one in (idea, *ideas.merged_into(act.tx, idea.id)):
            act.change(one, theme_id=new.id)
    act.note(new.id, theme=theme.id, ideas=len(chosen))


def _new(act: Act, title: str, prompt: str, own: Phase | None) -> Theme:
    """One more theme, after the others; in the phase *own*, or in the session's."""
    others = sessions.themes(act.tx, act.session.id)
    if len(others) >= THEMES_LIMIT:
        raise errors.TooManyThemes("theme", limit=THEMES_LIMIT)
    place = max((theme.position for theme in others), default=-1) + 1
    open_ = phases.revealed_after(own or act.session.phase, False)
    new = Theme(new_id(act.at), act.session.id, place, title, prompt, own, 1, open_, act.rev)
    events.insert_theme(act.tx, new)
    sessions.save_theme(act.tx, new)
    return act.made(new)


def _unmake(act: Act, theme_id: str) -> None:
    theme = act.find(Theme, theme_id, "log")
    if events.theme_is_used(act.tx, theme.id):
        raise errors.ThemeInUse("log", title=theme.title)
    events.remove_theme(act.tx, theme.id)


def _title(written: str) -> str:
    return text.clean_line(written, TITLE_LIMIT, "title")


def _prompt(written: str) -> str:
    return text.clean_line(written, QUESTION_LIMIT, "prompt") if written.strip() else ""


THEMES = Table("themes", Theme, sessions.theme, sessions.save_theme, unmake=_unmake)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.ThemeAdd: _add, c.ThemeEdit: _edit, c.ThemeSplit: _split}
