"""Similar ideas: grouping them under the text that leads, taking one out again, and suggestions that are not wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import Dismissal, Idea
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import Table
from workshop.store.queries import dismissals, ideas


def _merge(act: Act, command: c.IdeaMerge) -> None:
    idea, into = act.idea(command.idea), act.idea(command.into)
    _stands_alone(act, idea, "idea")  # whoever groups at the same time is told what the other did
    _stands_alone(act, into, "into")
    if idea.id == into.id:
        raise errors.SameIdea("into")
    if idea.theme_id != into.theme_id:
        raise errors.OtherTheme("into")
    _shown(into, "into")
    # What was merged into the idea comes along, so that a merge is always one level deep.
    _put_under(act, into, idea, *ideas.merged_into(act.tx, idea.id))
    act.note(idea.id, merged_into=into.id)


def _lead(act: Act, command: c.IdeaLead) -> None:
    idea = act.idea(command.idea)
    led = act.idea(_group_of(idea))
    _shown(idea, "idea")
    others = [led, *(part for part in ideas.merged_into(act.tx, led.id) if part.id != idea.id)]
    _put_under(act, act.change(idea, merged_into=None), *others)
    act.note(idea.id, instead_of=led.id)


def _split(act: Act, command: c.IdeaSplit) -> None:
    idea = act.idea(command.idea)
    _group_of(idea)
    act.change(idea, merged_into=None)
    act.note(idea.id, merged_into=None)


def _dismiss(act: Act, command: c.AlikeDismiss) -> None:
    one, other = sorted(act.idea(id_).id for id_ in (command.one, command.other))
    if one == other:
        raise errors.SameIdea("other")
    found = dismissals.find(act.tx, act.session.id, one, other) or Dismissal(act.session.id, one, other, False, 0)
    if found.dismissed != command.dismissed:  # a second facilitator may have said so at the same time
        act.change(found, dismissed=command.dismissed)
        act.note(one, other=other, dismissed=command.dismissed)


def _put_under(act: Act, lead: Idea, *parts: Idea) -> None:
    for part in parts:
        act.change(part, merged_into=lead.id)


def _stands_alone(act: Act, idea: Idea, field: str) -> None:
    if idea.merged_into:
        raise errors.AlreadyMerged(field, title=idea.title, into=act.idea(idea.merged_into).title)


def _group_of(idea: Idea) -> str:
    """The id of the idea that it is merged into."""
    if idea.merged_into is None:
        raise errors.NotMerged("idea", title=idea.title)
    return idea.merged_into


def _shown(idea: Idea, field: str) -> None:
    """Only what the room sees may lead a group."""
    if idea.state != "active":
        raise errors.NotShown(field, title=idea.title)


DISMISSALS = Table("dismissals", Dismissal, dismissals.by_id, dismissals.save)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.IdeaMerge: _merge, c.IdeaLead: _lead, c.IdeaSplit: _split, c.AlikeDismiss: _dismiss,
}
