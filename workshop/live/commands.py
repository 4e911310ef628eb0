"""Commands in: decoded, carried out for the one bound to the socket at connect, answered after the commit."""

from __future__ import annotations

from typing import Any

import msgspec

from workshop import errors
from workshop.service import commands as c

PHONE: dict[str, type[c.Command]] = {
    "idea.put": c.IdeaPut,
    "idea.withdraw": c.IdeaWithdraw,
    "experience.put": c.ExperiencePut,
    "experience.withdraw": c.ExperienceWithdraw,
    "ballot.put": c.BallotPut,
    "done": c.Done,
    "me.put": c.MePut,
}
CONSOLE: dict[str, type[c.Command]] = {
    "phase.set": c.PhaseSet,
    "round.next": c.RoundNext,
    "timer.set": c.TimerSet,
    "idea.edit": c.IdeaEdit,
    "idea.hide": c.IdeaHide,
    "idea.move": c.IdeaMove,
    "idea.merge": c.IdeaMerge,
    "idea.split": c.IdeaSplit,
    "experience.hide": c.ExperienceHide,
    "screen.show": c.ScreenShow,
    "proxy.put": c.ProxyPut,
    "proxy.idea": c.ProxyIdea,
    "proxy.ballot": c.ProxyBallot,
    "rehearse.start": c.RehearseStart,
    "rehearse.stop": c.RehearseStop,
    "rehearse.wipe": c.RehearseWipe,
    "undo": c.Undo,
}
REHEARSE = (c.RehearseStart, c.RehearseStop, c.RehearseWipe)  # of the room itself, not of its rows
BY_ROLE: dict[str, dict[str, type[c.Command]]] = {"phone": PHONE, "console": CONSOLE, "screen": {}}


def decode(kind: type[Any], body: object) -> Any:
    """The command in *body*.

    Raises:
        errors.Invalid: naming the field at fault.
    """
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as problem:
        what = str(problem)
        field = what.rpartition("`$.")[2].rstrip("`") if "`$." in what else None
        raise errors.Invalid(field, what=field or "message") from None
