"""The commands that come over a socket, as typed structures. `msgspec` checks form; the services check right and sense.

Every command carries ``id``, made by the client: the same id again gets the same answer again.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from workshop.model import Kind, Phase, Quote

Id = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{8,40}\Z")]
Text = Annotated[str, Meta(max_length=20_000)]  # far above every limit in graphemes; those are checked with kind words
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


class ExperienceWithdraw(Command, frozen=True, kw_only=True):
    experience: Id
    withdrawn: bool


class BallotPut(Command, frozen=True, kw_only=True):
    theme: Id
    round: int
    choices: dict[Id, Annotated[int, Meta(ge=-1, le=55)]]


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


class IdeaMove(Command, frozen=True, kw_only=True):
    idea: Id
    theme: Id


class IdeaMerge(Command, frozen=True, kw_only=True):
    idea: Id
    into: Id


class IdeaSplit(Command, frozen=True, kw_only=True):
    idea: Id


class ExperienceHide(Command, frozen=True, kw_only=True):
    experience: Id
    hidden: bool


class ScreenShow(Command, frozen=True, kw_only=True):
    view: Annotated[str, Meta(pattern=r"^(auto|blank|qr|idea)\Z")]
    theme: Id | None = None
    page: Annotated[int, Meta(ge=0, le=500)] = 0
    idea: Id | None = None


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
    choices: dict[Id, Annotated[int, Meta(ge=-1, le=55)]]


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
