"""A small world for tests: a real store, a fixed clock, and people with names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import argon2

from workshop.model import Participant, Session, new_id
from workshop.service import commands as c
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance, hashed
from workshop.service.facilitate import Facilitate
from workshop.service.organize import Organize
from workshop.service.participate import Participate
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store import Store
from workshop.store.queries import record, sessions

CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # what it costs is the library's promise, not ours
NOON = 1_790_000_000_000  # a fixed now, in epoch milliseconds
ORGANISATIONS = ("City", "Bank", "University", "Energy company", "Furniture retailer")
PART = re.compile(r'<script type="application/json" id="(boot|own)">(.*?)</script>', re.DOTALL)


def boot(page: str) -> Any:
    """What a shell starts with, as static/js/boot.js reads it; None where the page is none."""
    parts = {name: json.loads(text) for name, text in PART.findall(page)}
    if "boot" not in parts:
        return None
    if "own" not in parts:  # an editor's page has no snapshot
        return parts["boot"]
    return parts["boot"] | {"snapshot": parts["own"] | {"set": parts["boot"].pop("set")}}


@dataclass
class Clock:
    """A clock that moves only when told."""

    now: int = NOON

    def __call__(self) -> int:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += int(seconds * 1000)


@dataclass
class World:
    """A store with one event and one session of two themes, and the services on it."""

    path: Path
    plan: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Clock()
        self.store = Store(self.path)
        self.accounts = Accounts(self.store, self.clock, CHEAP)
        self.organize = Organize(self.store, self.clock)
        self.entrance = Entrance(self.store, self.clock)
        self.participate = Participate(self.store, self.clock)
        self.facilitate = Facilitate(self.store, self.clock)
        self.event = self.organize.create_event(EventPlan("Learning Academy 2026"), "\n".join(ORGANISATIONS))
        themes = (ThemeLine("Less electronic waste"), ThemeLine("Better use of resources"))
        plan = SessionPlan("Circular procurement of IT", themes=themes, **self.plan)
        self.session: Session = self.organize.create_session(self.event.id, plan)
        self.waste, self.use = (theme.id for theme in self.store.read(lambda tx: sessions.themes(tx, self.session.id)))
        self.signin = hashed(self.accounts.spend_link(self.accounts.new_link()))

    def close(self) -> None:
        self.store.close()

    @property
    def record(self) -> Any:
        """Everything stored of the session."""
        return self.store.read(lambda tx: record.load(tx, self.session.id))

    def come(self, name: str = "", organisation: str = "City", quote: str = "organisation") -> Participant:
        """Somebody joins."""
        return self.entrance.join(self.session.code, organisation, name, quote).participant

    def does(self, who: Participant, command: type[c.Command], /, **body: Any) -> dict[str, Any]:
        """A participant's command, with a fresh id unless one is given."""
        return self.participate.command(who.id, command(**{"id": new_id(), **body}))

    def runs(self, name: str, command: type[c.Command], /, **body: Any) -> dict[str, Any]:
        """A facilitator's command."""
        return self.facilitate.command(self.signin, self.session.id, name, command(**{"id": new_id(), **body}))

    def phase(self, phase: str, theme: str | None = None, **more: Any) -> None:
        """The facilitator sets a phase."""
        self.runs("phase.set", c.PhaseSet, phase=phase, theme=theme, **more)

    def writes(self, who: Participant, title: str, theme: str | None = None, **more: Any) -> str:
        """A participant writes an idea; its id."""
        idea = more.pop("idea", None) or new_id()
        self.does(who, c.IdeaPut, idea=idea, theme=theme or self.waste, title=title, **more)
        return idea

    def votes(self, who: Participant, *ideas: str, theme: str | None = None, round: int = 1) -> dict[str, Any]:
        """A participant ticks *ideas*."""
        return self.does(who, c.BallotPut, theme=theme or self.waste, round=round, choices=dict.fromkeys(ideas, 1))
