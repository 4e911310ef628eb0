"""Adoption grades: what each organisation would do with an idea, and the grade that the organisations give together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from workshop.model import Method
from workshop.rules.ranking import SMALL, Key, Organisation, Result, ranked
from workshop.rules.tally.merging import lower_median
from workshop.rules.tally.votes import Vote

DO, WOULD, CHANGES, NOT, UNKNOWN = 4, 3, 2, 1, 0
GRADES = {DO: "do", WOULD: "would", CHANGES: "changes", NOT: "not", UNKNOWN: "unknown"}  # as results name them


def adoption(ideas: Iterable[str], votes: Iterable[Vote], take: int) -> Result:
    """Adoption grades, organisations equal, by majority judgment.

    Somebody grades an idea 4 *already do*, 3 *would adopt*, 2 *with changes* or 1 *not for us*; 0 *don't know* is a
    ballot and no grade. An organisation's grade is the lower median of its people's grades. Over the organisations that
    gave one, the idea's grade α is the lower median; with p the share of them above α and q the share below, its
    majority-gauge is (p, α±, q): α+ where p > q, else α−. An idea is ahead of another with a higher α; of the same α with +
    ahead of −; both + with the greater p; both − with the smaller q; else they share the rank. (M. Balinski and R. Laraki,
    "A theory of measuring, electing, and ranking", PNAS 104, 2007; "Majority Judgment", MIT Press 2011, chapter 1.)

    reach counts the organisations whose grade is *would adopt* or better, approvals the people who give such a grade.
    What the organisations together call *not for us* is never chosen. The order by heads is the same judgment
    over all people's grades.
    """
    return ranked(Adoption(ideas, list(votes)), take)


def gauge(grades: Collection[int]) -> tuple[int, Fraction, Fraction]:
    """The majority-gauge of *grades* as (α, p, q); (0, 0, 0) for none."""
    if not grades:
        return 0, Fraction(0), Fraction(0)
    middle, n = lower_median(grades), len(grades)
    return middle, Fraction(sum(g > middle for g in grades), n), Fraction(sum(g < middle for g in grades), n)


def gauge_key(grades: Collection[int]) -> Key:
    """What orders ideas as their majority-gauges do: the higher, the better."""
    middle, above, below = gauge(grades)
    return (middle, 1, above) if above > below else (middle, 0, -below)


class Adoption:
    """Everything follows from the grades by idea and organisation."""

    method: Method = "adoption"
    indifferent = None  # an organisation without a grade prefers nothing

    def __init__(self, ideas: Iterable[str], votes: list[Vote]) -> None:
        self.voters, self.sizes = len(votes), Counter(vote.organisation for vote in votes)
        self._said = _by_organisation(ideas, votes)
        self._medians = {i: _medians(of) for i, of in self._said.items()}
        self._counts = {i: sum(of.values(), Counter()) for i, of in self._said.items()}
        self.keys = {i: gauge_key(of.values()) for i, of in self._medians.items()}
        self.heads = {i: gauge_key(_grades(counts)) for i, counts in self._counts.items()}

    def score(self, idea: str) -> float:
        return float(self.keys[idea][0])

    def reach(self, idea: str) -> int:
        return sum(grade >= WOULD for grade in self._medians[idea].values())

    def approvals(self, idea: str) -> int:
        return self._counts[idea][WOULD] + self._counts[idea][DO]

    def raw(self, idea: str) -> float:
        return self.approvals(idea) / max(1, self.voters)

    def figures(self, idea: str) -> dict[str, Any]:
        grade, above, below = gauge(self._medians[idea].values())
        return {
            "grade": GRADES[grade] if grade else None, "above": float(above), "below": float(below),
            "graded": len(self._medians[idea]), "grades": {name: self._counts[idea][n] for n, name in GRADES.items()},
            **self._doing(idea),
        }  # fmt: skip

    def liking(self, idea: str) -> Mapping[Organisation, int]:
        return self._medians[idea]

    def wanted(self, key: Key) -> bool:
        return key[0] > NOT

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation graded."""
        return {i: gauge_key([grade for o, grade in of.items() if o != organisation])
                for i, of in self._medians.items() if organisation in of}

    def _doing(self, idea: str) -> dict[str, Any]:
        """The organisations in which somebody says *already do*; small ones are counted together, or not at all."""
        doing = [o for o, counts in self._said[idea].items() if counts[DO]]
        pool = sum(n for n in self.sizes.values() if n < SMALL)
        return {
            "doing": tuple(o for o in doing if self.sizes[o] >= SMALL),
            "doing_small": sum(self.sizes[o] < SMALL for o in doing) if pool >= SMALL else None,
        }


def _by_organisation(ideas: Iterable[str], votes: list[Vote]) -> dict[str, dict[Organisation, Counter[int]]]:
    said: dict[str, dict[Organisation, Counter[int]]] = {idea: defaultdict(Counter) for idea in ideas}
    for vote in votes:
        for idea, value in vote.choices.items():
            if idea in said:
                said[idea][vote.organisation][value] += 1
    return said


def _medians(said: Mapping[Organisation, Counter[int]]) -> dict[Organisation, int]:
    grades = {o: _grades(counts) for o, counts in said.items()}
    return {o: lower_median(of) for o, of in grades.items() if of}


def _grades(counts: Counter[int]) -> list[int]:
    return [grade for grade in counts.elements() if grade != UNKNOWN]
