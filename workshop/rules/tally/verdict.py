"""What a room said of a practice that was put before it again: keep, revise or drop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from workshop.rules.ranking import SMALL, Organisation
from workshop.rules.tally.adoption import CHANGES, UNKNOWN, WOULD
from workshop.rules.tally.merging import lower_median
from workshop.rules.tally.votes import Vote


class Sides(NamedTuple):
    """How many keep it, would revise it, and drop it."""

    keep: int
    revise: int
    drop: int


class Verdict(NamedTuple):
    """By people, and by organisations; of these None where they would show how somebody of a small one voted."""

    people: Sides
    organisations: Sides | None


def verdict(idea: str, votes: Iterable[Vote]) -> Verdict | None:
    """Adoption grades of *idea* as a verdict; None where fewer than three people gave one: it would tell of each of them.

    *Already do* and *would adopt* keep, *with changes* revises, *not for us* drops; *don't know* says nothing. An organisation says
    what the lower median of its people's grades says, as in `adoption`; those without an organisation are one (product.md,
    "Counting"). Where all organisations with fewer than three grades have fewer than three together, the organisations are not
    told: what is left of them beside the people would be a small one's.
    """
    given: dict[Organisation, list[int]] = {}
    for vote in votes:
        if vote.choices.get(idea, UNKNOWN) != UNKNOWN:
            given.setdefault(vote.organisation, []).append(vote.choices[idea])
    if sum(map(len, given.values())) < SMALL:
        return None
    small = sum(len(grades) for grades in given.values() if len(grades) < SMALL)
    people = _sides(grade for grades in given.values() for grade in grades)
    return Verdict(people, None if 0 < small < SMALL else _sides(map(lower_median, given.values())))


def _sides(grades: Iterable[int]) -> Sides:
    count = Counter("keep" if grade >= WOULD else "revise" if grade == CHANGES else "drop" for grade in grades)
    return Sides(count["keep"], count["revise"], count["drop"])
