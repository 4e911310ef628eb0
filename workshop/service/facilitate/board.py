"""The board: editing, hiding and moving ideas, and hiding experiences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workshop import errors
from workshop.model import DETAIL_LIMIT, TITLE_LIMIT, Experience, Idea
from workshop.rules import text
from workshop.service import commands as c
from workshop.service.facilitate import turns
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.moderating import hide
from workshop.service.facilitate.table import Rows, Table
from workshop.store.queries import ideas


def _edit(act: Act, command: c.IdeaEdit) -> None:
    title = text.clean_line(command.title, TITLE_LIMIT, "title")
    detail = text.clean_block(command.detail, DETAIL_LIMIT, "detail")
    act.change(act.idea(command.idea), title=title, detail=detail)
    act.note(command.idea, title=title, detail=detail)


def _hide(act: Act, command: c.IdeaHide) -> None:
    hide(act, act.idea(command.idea), command.hidden, command.reason, "idea")


def _move(act: Act, command: c.IdeaMove) -> None:
    theme, idea = act.theme(command.theme), act.idea(command.idea)
    if idea.merged_into:
        raise errors.AlreadyMerged("idea", title=idea.title, into=act.idea(idea.merged_into).title)
    for one in (idea, *ideas.merged_into(act.tx, idea.id)):
        act.change(one, theme_id=theme.id)
    act.note(idea.id, theme_id=theme.id)


def _hide_experience(act: Act, command: c.ExperienceHide) -> None:
    hide(act, act.find(Experience, command.experience, "experience"), command.hidden, command.reason, "experience")


def check_merges(act: Act, changed: Iterable[str]) -> None:
    """A merge stays one level deep and inside one theme, whatever was done since to the ideas it joins.

    Raises:
        errors.Conflict: it would not, for one of the *changed* ideas.
    """
    for idea in map(act.idea, changed):
        into = act.idea(idea.merged_into) if idea.merged_into else None
        parts = ideas.merged_into(act.tx, idea.id)
        if any(part.theme_id != idea.theme_id for part in parts):
            raise errors.Conflict("log")
        if into and (parts or into.merged_into or into.theme_id != idea.theme_id):
            raise errors.Conflict("log")


def _restored(act: Act, rows: Rows) -> None:
    check_merges(act, rows)
    for idea in (act.idea(row_id) for row_id, columns in rows.items() if "shared_at" in columns):
        turns.follow(act, idea.theme_id)


IDEAS = Table("ideas", Idea, ideas.in_session, ideas.save, restored=_restored)
EXPERIENCES = Table("experiences", Experience, ideas.experience, ideas.save_experience)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.IdeaEdit: _edit, c.IdeaHide: _hide, c.IdeaMove: _move, c.ExperienceHide: _hide_experience,
}
