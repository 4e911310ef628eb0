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
    "step.go": c.StepGo,
    "step.skip": c.StepSkip,
    "step.add": c.StepAdd,
    "step.edit": c.StepEdit,
    "step.remove": c.StepRemove,
    "step.move": c.StepMove,
    "agenda.use": c.AgendaUse,
    "agenda.save": c.AgendaSave,
    "agenda.forget": c.AgendaForget,
    "idea.edit": c.IdeaEdit,
    "idea.hide": c.IdeaHide,
    "held.decide": c.HeldDecide,
    "hold.set": c.HoldSet,
    "join.lock": c.JoinLock,
    "participant.host": c.ParticipantHost,
    "participant.remove": c.ParticipantRemove,
    "recent.remove": c.RecentRemove,
    "idea.move": c.IdeaMove,
    "idea.merge": c.IdeaMerge,
    "idea.split": c.IdeaSplit,
    "idea.lead": c.IdeaLead,
    "alike.dismiss": c.AlikeDismiss,
    "theme.add": c.ThemeAdd,
    "theme.edit": c.ThemeEdit,
    "theme.split": c.ThemeSplit,
    "experience.hide": c.ExperienceHide,
    "turn.next": c.TurnNext,
    "turn.back": c.TurnBack,
    "screen.show": c.ScreenShow,
    "screen.switch": c.ScreenSwitch,
    "early.open": c.EarlyOpen,
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
