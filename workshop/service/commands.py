"""The commands that come over a socket, as typed structures. `msgspec` checks form; the services check right and sense.

Every command carries ``id``, made by the client: the same id again gets the same answer again.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from workshop.model import Kind, Phase, Quote
from workshop.rules import wall

Id = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{8,40}\Z")]
Text = Annotated[str, Meta(max_length=20_000)]  # far above every limit in graphemes; those are checked with kind words
Many = Annotated[tuple[Id, ...], Meta(max_length=1000)]
Choices = dict[Id, Annotated[int, Meta(ge=-1, le=55)]]  # by idea; what a value means is the method's
Seconds = Annotated[int, Meta(ge=1, le=4 * 3600)]


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all commands."""

    id: Id


class IdeaPut(Command, frozen=True, kw_only=True):
    idea: Id
    theme: Id
    title: Text
    detail: Text = ""


class IdeaWithdraw(Command, frozen=True, kw_only=True):
    idea: Id
    withdrawn: bool


class ExperiencePut(Command, frozen=True, kw_only=True):
    experience: Id
    idea: Id
    kind: Kind
    text: Text = ""
    result: Text = ""
    year: int | None = None


class ExperienceWithdraw(Command, frozen=True, kw_only=True):
    experience: Id
    withdrawn: bool


class BallotPut(Command, frozen=True, kw_only=True):
    theme: Id
    round: int
    choices: Choices


class Done(Command, frozen=True, kw_only=True):
    phase: Phase
    done: bool


class MePut(Command, frozen=True, kw_only=True):
    name: Text
    quote: Quote


class PhaseSet(Command, frozen=True, kw_only=True):
    phase: Phase
    theme: Id | None = None
    seconds: Seconds | None = None


class RoundNext(Command, frozen=True, kw_only=True):
    theme: Id | None = None
    seen: Annotated[int, Meta(ge=1)] | None = None


class TimerSet(Command, frozen=True, kw_only=True):
    action: Annotated[str, Meta(pattern=r"^(start|pause|resume|add|clear)\Z")]
    seconds: Seconds | None = None


class IdeaEdit(Command, frozen=True, kw_only=True):
    idea: Id
    title: Text
    detail: Text = ""


class IdeaHide(Command, frozen=True, kw_only=True):
    idea: Id
    hidden: bool
    reason: Text = ""


class HeldDecide(Command, frozen=True, kw_only=True):
    ideas: Many = ()
    experiences: Many = ()
    approve: bool
    reason: Text = ""


class HoldSet(Command, frozen=True, kw_only=True):
    hold: bool | None


class JoinLock(Command, frozen=True, kw_only=True):
    locked: bool


class ParticipantHost(Command, frozen=True, kw_only=True):
    participant: Id
    host: bool


class ParticipantRemove(Command, frozen=True, kw_only=True):
    participant: Id | None = None
    idea: Id | None = None
    removed: bool


class RecentRemove(Command, frozen=True, kw_only=True):
    since: int


class IdeaMove(Command, frozen=True, kw_only=True):
    idea: Id
    theme: Id


class IdeaMerge(Command, frozen=True, kw_only=True):
    idea: Id
    into: Id


class IdeaSplit(Command, frozen=True, kw_only=True):
    idea: Id


class IdeaLead(Command, frozen=True, kw_only=True):
    idea: Id


class AlikeDismiss(Command, frozen=True, kw_only=True):
    one: Id
    other: Id
    dismissed: bool


class ThemeAdd(Command, frozen=True, kw_only=True):
    title: Text
    prompt: Text = ""


class ThemeEdit(Command, frozen=True, kw_only=True):
    theme: Id
    title: Text
    prompt: Text = ""


class ThemeSplit(Command, frozen=True, kw_only=True):
    theme: Id
    title: Text
    ideas: Many


class ExperienceHide(Command, frozen=True, kw_only=True):
    experience: Id
    hidden: bool
    reason: Text = ""


class TurnNext(Command, frozen=True, kw_only=True):
    theme: Id
    idea: Id | None = None


class TurnBack(Command, frozen=True, kw_only=True):
    theme: Id
    idea: Id


class ScreenShow(Command, frozen=True, kw_only=True):
    view: Annotated[str, Meta(pattern=rf"^({'|'.join(wall.VIEWS)})\Z")]
    theme: Id | None = None
    page: Annotated[int, Meta(ge=0, le=500)] = 0
    idea: Id | None = None


class StepGo(Command, frozen=True, kw_only=True):
    step: Id
    seen: Id | None = None


class StepSkip(Command, frozen=True, kw_only=True):
    step: Id
    skipped: bool


class StepWritten(Command, frozen=True, kw_only=True):
    """Base of the commands that say what a step is."""

    phase: Phase
    title: Text
    prompt: Text = ""
    minutes: int | None = None
    themes: Annotated[tuple[Id, ...], Meta(max_length=100)] = ()


class StepAdd(StepWritten, frozen=True, kw_only=True):
    after: Id | None = None


class StepEdit(StepWritten, frozen=True, kw_only=True):
    step: Id


class StepRemove(Command, frozen=True, kw_only=True):
    step: Id


class StepMove(Command, frozen=True, kw_only=True):
    step: Id
    to: Annotated[int, Meta(ge=0, le=500)]


class AgendaUse(Command, frozen=True, kw_only=True):
    template: Annotated[str, Meta(max_length=40)] | None


class AgendaSave(Command, frozen=True, kw_only=True):
    name: Text


class AgendaForget(Command, frozen=True, kw_only=True):
    template: Id


class ScreenSwitch(Command, frozen=True, kw_only=True):
    corner: bool | None = None
    sound: bool | None = None


class EarlyOpen(Command, frozen=True, kw_only=True):
    open: bool


class ProxyPut(Command, frozen=True, kw_only=True):
    proxy: Id
    label: Text
    organisation: Id | None = None


class ProxyIdea(Command, frozen=True, kw_only=True):
    idea: Id
    proxy: Id
    theme: Id
    title: Text
    detail: Text = ""


class ProxyBallot(Command, frozen=True, kw_only=True):
    proxy: Id
    theme: Id
    round: Annotated[int, Meta(ge=1)]
    choices: Choices


class RehearseStart(Command, frozen=True, kw_only=True):
    participants: Annotated[int, Meta(ge=1, le=200)]
    pace: Annotated[float, Meta(ge=0, le=2)] = 1.0
    confirmed: bool = False


class RehearseStop(Command, frozen=True, kw_only=True):
    pass


class RehearseWipe(Command, frozen=True, kw_only=True):
    confirmed: bool = False


class Undo(Command, frozen=True, kw_only=True):
    log: Id


class Sync(Struct, frozen=True, kw_only=True):
    since: int | None = None
