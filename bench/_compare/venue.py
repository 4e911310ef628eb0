"""Rooms to measure in: one database with a session for every size, from which each server gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from gevent.pool import Pool

from workshop.model import new_id
from workshop.rehearse.desk import DATABASE
from workshop.service import commands as c
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance, hashed
from workshop.service.facilitate import Facilitate
from workshop.service.organize import Organize
from workshop.service.participate import Participate
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store import Store

ROOMS = "rooms.json"  # what rivals are told, beside the database
THEMES = ("Before the purchase", "The contract", "After use")
IDEAS = 12  # in each theme
BUDGET = 3  # ideas that a ballot may tick, of twelve
ORGANISATIONS = 20
AT_ONCE = 200  # that join together: one commit for many
TITLE = "Ask every supplier for spare parts and repair manuals for seven years, number {}"
DETAIL = "Written into the tender as a requirement, with a fee for every month that they cannot deliver."


@dataclass(frozen=True)
class Theme:
    """A theme that votes, and the ids of its ideas."""

    id: str
    ideas: list[str]


@dataclass(frozen=True)
class Room:
    """One session in its vote, and a token for the browser of each of its participants."""

    id: str
    code: str
    themes: list[Theme]
    tokens: list[str]


@dataclass(frozen=True)
class Venue:
    """The folder with the database, its rooms by size, and the token of a facilitator's browser."""

    data: Path
    rooms: dict[int, Room]
    facilitator: str

    def copy(self, to: Path) -> Path:
        """The same in a new folder."""
        to.mkdir(mode=0o700, parents=True)
        for name in (DATABASE, ROOMS):
            if (self.data / name).exists():
                shutil.copyfile(self.data / name, to / name)
        return to


def prepare(data: Path, sizes: Iterable[int]) -> Venue:
    """Fill a new data folder through the product's own services."""
    data.mkdir(mode=0o700, parents=True)
    store = Store(data / DATABASE)
    try:
        accounts = Accounts(store)
        facilitator = accounts.spend_link(accounts.new_link())
        rooms = {size: _room(store, facilitator, size) for size in sorted(set(sizes))}
    finally:
        store.close()
    return Venue(data, rooms, facilitator)


def _room(store: Store, facilitator: str, size: int) -> Room:
    organize, facilitate = Organize(store), Facilitate(store)
    names = [f"Organisation number {number}" for number in range(ORGANISATIONS)]
    event = organize.create_event(EventPlan("Learning Academy"), "\n".join(names))
    plan = SessionPlan("Circular procurement of IT", themes=tuple(ThemeLine(title) for title in THEMES))
    session = organize.create_session(event.id, plan)

    def phase(name: c.Phase) -> None:
        facilitate.command(hashed(facilitator), session.id, "phase.set", c.PhaseSet(id=new_id(), phase=name))

    facilitate.command(hashed(facilitator), session.id, "hold.set", c.HoldSet(id=new_id(), hold=False))
    entrance = Entrance(store)
    people = Pool(AT_ONCE).map(
        lambda number: entrance.join(session.code, names[number % ORGANISATIONS], f"Person {number}", "organisation"), range(size)
    )
    phase("write")
    authors = cycle([one.participant.id for one in people])
    themes = [_theme(store, theme.id, authors) for theme in organize.session(session.id)[1]]
    phase("vote")
    return Room(session.id, session.code, themes, [one.token for one in people])


def _theme(store: Store, theme: str, authors: Iterable[str]) -> Theme:
    participate, found = Participate(store), []
    for number, author in enumerate(islice(authors, IDEAS)):
        idea = new_id()
        participate.command(author, c.IdeaPut(id=new_id(), idea=idea, theme=theme, title=TITLE.format(number), detail=DETAIL))
        found.append(idea)
    return Theme(theme, found)
