"""Counting by definition: plain and slow, from the formulas of the product and nothing of workshop/rules.

A room is a `Room` of plain values; `figures` gives for each standing idea what the results have to say of it.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from fractions import Fraction as F
from math import ceil, comb, prod
from typing import Any

Key = tuple[Any, ...]


@dataclass
class Room:
    """One theme and round: ideas as name → (state, merged into), people as name → what they are, ballots as name → choices."""

    method: str
    ideas: dict[str, tuple[str, str | None]]
    people: dict[str, tuple[str | None, bool, bool]]  # organisation, host, removed
    ballots: dict[str, dict[str, int]]
    size: int | None = None
    cap: int | None = None
    by_sector: bool = False
    hosts_vote: bool = False
    sectors: dict[str, str] = field(default_factory=dict)

    def standing(self) -> list[str]:
        return [i for i, (state, into) in self.ideas.items() if state == "active" and into is None]

    def voters(self) -> list[str]:
        return [p for p in self.ballots if not self.people[p][2] and (self.hosts_vote or not self.people[p][1])]

    def of(self, organisation: str | None) -> list[str]:
        return [p for p in self.voters() if self.people[p][0] == organisation]

    def organisations(self) -> list[str | None]:
        return list(dict.fromkeys(self.people[p][0] for p in self.voters()))

    def parts(self, root: str) -> list[str]:
        """The ideas that stand in *root* now, without itself; hidden and withdrawn ones pass on what is merged into them."""
        found = [i for i, (_, into) in self.ideas.items() if into == root]
        return found + [part for i in found for part in self.parts(i)]

    def answer(self, person: str, idea: str) -> int | None:
        """The one answer of a person on an idea, with what they said of merged ideas."""
        said = {i: v for i, v in self.ballots[person].items() if i in self.ideas and self.ideas[i][0] == "active" and self.known(v)}
        own, others = said.get(idea), [said[i] for i in self.parts(idea) if i in said]
        if own is None and not others:
            return None
        if self.method == "dots":
            total = (own or 0) + sum(others)
            return total if self.cap is None or total <= self.cap else self.cap
        if self.method in ("approval", "agree"):
            total = sum(others) if own is None else own
            return 1 if total > 0 else -1 if total < 0 else 0
        if self.method == "adoption":
            grades = [own] if own else [v for v in others if v != 0]
            return statistics.median_low(grades) if grades else 0
        if own is not None:
            return own
        impacts, efforts = [int(str(v)[0]) for v in others], [int(str(v)[1]) for v in others]
        return int(f"{statistics.median_low(impacts)}{statistics.median_low(efforts)}")

    def known(self, value: int) -> bool:
        return {
            "approval": value == 1, "dots": 1 <= value <= 20, "agree": value in (-1, 0, 1), "adoption": value in (0, 1, 2, 3, 4),
            "impact": len(str(value)) == 2 and all(c in "12345" for c in str(value)),
        }[self.method]  # fmt: skip

    def answers(self, idea: str, people: list[str]) -> list[int]:
        return [v for p in people if (v := self.answer(p, idea)) is not None]


def keys(room: Room) -> dict[str, Key]:
    """What orders the ideas, exactly."""
    of = {"approval": _approval, "dots": _dots, "agree": _agree, "adoption": _adoption, "impact": _impact}[room.method]
    return {idea: of(room, idea) for idea in room.standing()}


def wanted(room: Room, key: Key) -> bool:
    """Whether an idea of that key may be chosen."""
    return key[0] > 1 if room.method == "adoption" else key[-1] > 0


def ranks(room: Room) -> dict[str, int]:
    """The shared ranks."""
    found = keys(room)
    return {idea: 1 + sum(other > key for other in found.values()) for idea, key in found.items()}


def score(room: Room, idea: str) -> float:
    """The figure that is shown."""
    key = keys(room)[idea]
    if room.method == "agree":
        return float(key[0]) ** (1 / len(groups(room)))
    return float(key[1]) if room.method == "impact" else float(key[0])


def reach(room: Room, idea: str) -> int:
    """How many organisations are for it."""
    if room.method == "adoption":
        return sum(statistics.median_low(g) >= 3 for o in room.organisations() if (g := _graded(room, idea, o)))
    return sum(any(_for(room, v) for v in room.answers(idea, room.of(o))) for o in room.organisations())


def approvals(room: Room, idea: str) -> int:
    """How many people are for it."""
    return sum(_for(room, v) for v in room.answers(idea, room.voters()))


def each(room: Room) -> int:
    """The dots of a ballot."""
    n = len(room.standing())
    k = room.size or min(n, 5, max(3, ceil(n / 4)))
    k = min(k, n * (room.cap or 20))
    return max([k, *(sum(room.answer(p, i) or 0 for i in room.standing()) for p in room.voters())])


def top(room: Room) -> set[str]:
    """The first three places, ties at the last included, of what is wanted."""
    found = keys(room)
    return {i for i, key in found.items() if sum(other > key for other in found.values()) < 3 and wanted(room, key)}


def without(room: Room, organisation: str | None) -> Room:
    """The room in which nobody of the organisation voted."""
    kept = {p: b for p, b in room.ballots.items() if room.people[p][0] != organisation}
    return Room(room.method, room.ideas, room.people, kept, room.size, room.cap, room.by_sector, room.hosts_vote, room.sectors)


def groups(room: Room) -> list[list[str]]:
    """The groups of the consensus, as lists of people."""
    def kind(p: str) -> Any:
        organisation = room.people[p][0]
        return (room.sectors.get(organisation or "") or None) if room.by_sector else (organisation, "itself")

    kinds = [k for k in dict.fromkeys(map(kind, room.voters())) if k is not None]
    large = [members for k in kinds if len(members := [p for p in room.voters() if kind(p) == k]) >= 5]
    rest = [p for p in room.voters() if not any(p in members for members in large)]
    return [*large, rest] if len(rest) >= 5 else large or [room.voters()]


def _for(room: Room, value: int) -> bool:
    if room.method == "impact":
        return value // 10 > value % 10
    return value >= 3 if room.method == "adoption" else value > 0


def _approval(room: Room, idea: str) -> Key:
    return _shares(room, idea, 1)


def _dots(room: Room, idea: str) -> Key:
    return _shares(room, idea, max(1, each(room)))


def _shares(room: Room, idea: str, k: int) -> Key:
    organisations = room.organisations()
    shares = [F(sum(room.answers(idea, room.of(o))), k * len(room.of(o))) for o in organisations]
    return F(sum(shares), max(1, len(organisations))), reach(room, idea), sum(room.answers(idea, room.voters()))


def _agree(room: Room, idea: str) -> Key:
    said = [room.answers(idea, group) for group in groups(room)]
    return prod(F(values.count(1) + 1, len(values) + 2) for values in said), reach(room, idea), approvals(room, idea)


def _graded(room: Room, idea: str, organisation: str | None) -> list[int]:
    return [v for v in room.answers(idea, room.of(organisation)) if v]


def _adoption(room: Room, idea: str) -> Key:
    return gauge([statistics.median_low(g) for o in room.organisations() if (g := _graded(room, idea, o))])


def gauge(grades: list[int]) -> Key:
    """(α, sign, p or −q), after Balinski and Laraki."""
    if not grades:
        return 0, -1, F(0)
    alpha = statistics.median_low(grades)
    p, q = F(sum(g > alpha for g in grades), len(grades)), F(sum(g < alpha for g in grades), len(grades))
    return (alpha, 1, p) if p > q else (alpha, -1, -q)


def _impact(room: Room, idea: str) -> Key:
    of = [answers for o in room.organisations() if (answers := room.answers(idea, room.of(o)))]
    means = [(F(sum(v // 10 for v in vs), len(vs)), F(sum(v % 10 for v in vs), len(vs))) for vs in of]
    lead = F(sum(i for i, _ in means) - sum(e for _, e in means), max(1, len(means)))
    return len(of) > 0, lead, reach(room, idea), approvals(room, idea)


# -- the honesty figures -------------------------------------------------------------------------------------


def by_heads(room: Room, idea: str) -> Any:
    """What orders the ideas when every person counts the same."""
    answers = room.answers(idea, room.voters())
    if room.method == "adoption":
        return gauge([v for v in answers if v])
    if room.method == "impact":
        return len(answers) > 0, F(sum(v // 10 - v % 10 for v in answers), max(1, len(answers)))
    return approvals(room, idea) if room.method == "agree" else sum(answers)


def close(room: Room) -> set[tuple[str, str]]:
    """The pairs of neighbours that are too close to call, each both ways."""
    place = ranks(room)
    pairs = [(a, b) for a in place for b in place if a != b and not any(place[a] < p < place[b] for p in place.values())
             and place[a] <= place[b]]
    found = {(a, b) for a, b in pairs if p_value(*_preferring(room, a, b)) > F(1, 20)}
    return found | {(b, a) for a, b in found}


def p_value(one: int, other: int) -> F:
    """Two-sided sign test: how probable it is that fair coins fall at least as unevenly."""
    n = one + other
    return sum((F(comb(n, k), 2**n) for k in range(n + 1) if abs(2 * k - n) >= abs(one - other)), F(0))


def _preferring(room: Room, a: str, b: str) -> tuple[int, int]:
    likings = [(_liking(room, a, o), _liking(room, b, o)) for o in room.organisations()]
    pairs = [(x, y) for x, y in likings if x is not None and y is not None]
    return sum(x > y for x, y in pairs), sum(x < y for x, y in pairs)


def _liking(room: Room, idea: str, organisation: str | None) -> F | int | None:
    answers = room.answers(idea, room.of(organisation))
    if room.method == "agree":
        return F(answers.count(1) + 1, len(answers) + 2)
    if room.method == "adoption":
        grades = [v for v in answers if v]
        return statistics.median_low(grades) if grades else None
    if room.method == "impact":
        return F(sum(v // 10 - v % 10 for v in answers), len(answers)) if answers else None
    return sum(answers)
