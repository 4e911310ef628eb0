"""Moderation: what waits for approval, and hiding with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from workshop import errors
from workshop.model import REASON_LIMIT, Experience, Idea
from workshop.rules import text
from workshop.service import commands as c
from workshop.service.facilitate.act import Act


def _set_hold(act: Act, command: c.HoldSet) -> None:
    if command.hold == act.session.hold:
        return  # two facilitators wanted the same
    act.change(act.session, hold=command.hold)
    act.note(hold=command.hold)


def _decide(act: Act, command: c.HeldDecide) -> None:
    reason = clean_reason(command.reason)
    waiting = [row for row in _named(act, command) if row.state == "held"]
    if not waiting:
        raise errors.Conflict("ideas")  # another facilitator was first
    state, why = ("active", "") if command.approve else ("hidden", reason)
    for row in waiting:
        act.change(row, state=state, reason=why)
    act.note(waiting[0].id if len(waiting) == 1 else "", state=state, reason=why, count=len(waiting))


def _named(act: Act, command: c.HeldDecide) -> Iterator[Idea | Experience]:
    yield from (act.idea(one) for one in dict.fromkeys(command.ideas))
    yield from (act.find(Experience, one, "experiences") for one in dict.fromkeys(command.experiences))


def hide(act: Act, row: Idea | Experience, hidden: bool, reason: str, field: str) -> None:
    """Take an idea or experience off the board, its author is told why; or put it back.

    Raises:
        errors.TooLong: the reason is.
        errors.Conflict: its author took it back, or it is so already.
    """
    state = "hidden" if hidden else "active"
    why = clean_reason(reason) if hidden else ""
    if row.state == "withdrawn" or (row.state, row.reason) == (state, why):
        raise errors.Conflict(field)
    act.change(row, state=state, reason=why)
    act.note(row.id, state=state, reason=why)


def clean_reason(reason: str) -> str:
    """The reason as it is kept: one line, which may be empty.

    Raises:
        errors.TooLong: by `model.REASON_LIMIT`.
    """
    return text.clean_line(reason, REASON_LIMIT, "reason") if reason.strip() else ""


HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {c.HoldSet: _set_hold, c.HeldDecide: _decide}
