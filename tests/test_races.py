"""Ballots that race each other, and what they are checked against: never over budget, never after the close, always answered.

Every answer carries the revision at which the ballot was stored, and so does whatever the facilitator does meanwhile:
a ballot must be right by what was in force at its own revision.
"""

from __future__ import annotations

import asyncio
import random
from bisect import bisect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest

from tests.apart import played
from tests.server import Hall, House
from workshop.rehearse.client import Answer, Console, Journal, Phone

IDEAS = 13  # in the theme: a ballot may tick four; with one idea hidden there are twelve, and it may tick three
WAYS = (("websocket",), ("polling",))  # of the two tabs of each participant
VOTING = {"phase": "vote"}
Deed = tuple[str, dict[str, Any]]


@dataclass
class Race:
    """What was sent and answered. ``turns`` holds the facilitator's deeds by revision, from the first that lets people vote."""

    turns: list[tuple[int, Deed]] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    answers: list[tuple[str, dict[str, Any], Answer]] = field(default_factory=list)  # whose, ballot, answer

    def in_force(self, rev: int) -> Deed:
        """The facilitator's last deed before a revision."""
        return self.turns[bisect([turn for turn, _ in self.turns], rev) - 1][1]

    def stored(self) -> Iterable[tuple[dict[str, Any], Deed]]:
        """Each acknowledged ballot, and the deed in force where it was stored."""
        return [(ballot, self.in_force(answer["rev"])) for _, ballot, answer in self.answers if answer["ok"]]

    def refusals(self) -> set[str]:
        """The codes of what was refused."""
        return {answer["error"]["code"] for _, _, answer in self.answers if not answer["ok"]}


def run(house: House, hall: Hall, voters: int, each: int, deeds: list[Deed], ballot: Callable[[random.Random], dict[str, Any]]) -> Race:
    """Two tabs of each voter send *each* ballots at once, while the facilitator does the *deeds* over and over."""
    people = [house.guest(hall, f"Voter {number}", "City") for number in range(voters)]
    frida, race, chance = house.facilitator(), Race(), random.Random(4)

    async def send(tab: Phone, body: dict[str, Any]) -> None:
        race.answers.append((tab.who, body, await tab.call("ballot.put", body)))

    async def meddle(console: Console, sending: asyncio.Future[Any]) -> None:
        for deed in cycle(deeds):
            if sending.done():
                return
            race.turns.append(((await console.do(*deed))["rev"], deed))

    async def play() -> None:
        async with Console(house.url, hall.code, frida) as console:
            await console.do("phase.set", {"phase": "write"})
            await write(house, hall, people[0])
            race.turns.append(((await console.do("phase.set", VOTING))["rev"], ("phase.set", VOTING)))
            tabs = [await Phone(house.url, hall.code, who, journal=race.journal, transports=way).open() for who in people for way in WAYS]
            sending = asyncio.gather(*(send(tab, ballot(chance)) for _ in range(each) for tab in tabs))
            await asyncio.gather(sending, meddle(console, sending))
            await asyncio.gather(*(tab.close() for tab in tabs))

    played(play())
    assert len(race.turns) > 4
    assert any(race.stored())
    all_answered(race, voters * len(WAYS) * each)
    the_newest_is_kept(house, hall, race)
    return race


async def write(house: House, hall: Hall, who: dict[str, str]) -> None:
    """The theme's ideas."""
    async with Phone(house.url, hall.code, who) as phone:
        for number in range(IDEAS):
            await phone.do("idea.put", {"idea": key(hall, number), "theme": hall.themes[0], "title": f"Idea {number}"})


def key(hall: Hall, number: int) -> str:
    """An idea's id; no two sessions may have the same."""
    return f"{hall.code}-{number:04}"


def all_answered(race: Race, count: int) -> None:
    """Every ballot got one answer, at its first sending."""
    assert len(race.answers) == count
    said = [entry.what for entry in race.journal.entries]
    assert (said.count("invoke"), said.count("ok") + said.count("fail"), said.count("unknown")) == (count, count, 0)


def the_newest_is_kept(house: House, hall: Hall, race: Race) -> None:
    """What is stored of each voter and round is the acknowledged ballot of the highest revision."""
    newest = {(who, ballot["round"]): (answer["rev"], ballot["choices"])
              for who, ballot, answer in sorted(race.answers, key=lambda one: one[2].get("rev", 0)) if answer["ok"]}
    record = house.desk.record(hall.code)
    assert {(b.participant_id, b.round): (b.rev, dict(b.choices)) for b in record.ballots} == newest


@pytest.fixture
def choices(hall: Hall) -> Callable[[random.Random, int], dict[str, int]]:
    """Ticks on so many ideas of the theme, the first of them in most cases."""
    def some(chance: random.Random, count: int) -> dict[str, int]:
        first = chance.random() < 0.7
        others = chance.sample(range(1, IDEAS), count - first)
        return {key(hall, number): 1 for number in [0] * first + others}

    return some


def test_two_tabs_of_one_voter_never_get_over_the_budget(house: House, hall: Hall, choices: Any) -> None:
    deeds = [("idea.hide", {"idea": key(hall, 0), "hidden": hidden}) for hidden in (True, False)]

    def ballot(chance: random.Random) -> dict[str, Any]:
        return {"theme": hall.themes[0], "round": 1, "choices": choices(chance, chance.choice([1, 2, 3, 4, 4, 4, 5, 6]))}

    race = run(house, hall, 1, 50, deeds, ballot)
    for sent, (_, state) in race.stored():
        hidden = state.get("hidden", False)
        assert len(sent["choices"]) <= (3 if hidden else 4)
        assert not (hidden and key(hall, 0) in sent["choices"])
    assert race.refusals() == {"over_budget", "foreign_idea"}
    assert {len(sent["choices"]) for sent, _ in race.stored()} >= {3, 4}


def test_no_ballot_is_stored_after_the_close(house: House, hall: Hall, choices: Any) -> None:
    deeds = [("phase.set", {"phase": phase}) for phase in ("reveal", "vote", "closed", "vote")]

    def ballot(chance: random.Random) -> dict[str, Any]:
        return {"theme": hall.themes[0], "round": 1, "choices": choices(chance, 3)}

    race = run(house, hall, 5, 12, deeds, ballot)
    assert all(deed == ("phase.set", VOTING) for _, deed in race.stored())
    assert race.refusals() == {"vote_closed"}


def test_no_ballot_is_stored_in_a_round_that_is_over(house: House, hall: Hall, choices: Any) -> None:
    deeds: list[Deed] = [("round.next", {"theme": hall.themes[0]})]

    def ballot(chance: random.Random) -> dict[str, Any]:
        return {"theme": hall.themes[0], "round": chance.randint(1, 12), "choices": choices(chance, 3)}

    race = run(house, hall, 5, 12, deeds, ballot)
    begun = [rev for rev, _ in race.turns]
    assert all(sent["round"] == bisect(begun, answer["rev"]) for _, sent, answer in race.answers if answer["ok"])
    assert race.refusals() == {"vote_closed"}
