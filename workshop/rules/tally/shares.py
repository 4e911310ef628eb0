"""Approval and dots: an organisation's share for an idea, and the average of these shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from workshop.model import Method
from workshop.rules.ranking import Key, Organisation, Result, ranked
from workshop.rules.tally.votes import Vote


def approval(ideas: Iterable[str], votes: Iterable[Vote], take: int) -> Result:
    """Approval, organisations equal (product.md, "Counting").

    For idea i and organisation o of O, with n_o ≥ 1 ballots of which A_io approve i::

        S_i = (1 / |O|) · Σ_o A_io / n_o     reach_i = #{o : A_io > 0}     raw_i = Σ_o A_io / Σ_o n_o

    Ranked by S, then reach, then raw, then shared. People without an organisation are one organisation.
    Choices of other ideas than *ideas* are passed over.
    """
    return ranked(Shares("approval", ideas, list(votes), 1), take)


def dots(ideas: Iterable[str], votes: Iterable[Vote], take: int, each: int) -> Result:
    """Dots, organisations equal: `approval` with k dots in place of one tick an idea.

    For idea i and organisation o of O, with n_o ≥ 1 ballots of k dots, of which D_io lie on i::

        S_i = (1 / |O|) · Σ_o D_io / (k · n_o)     reach_i = #{o : D_io > 0}     raw_i = Σ_o D_io / (k · Σ_o n_o)

    So S_i is the share of all dots that it could give which an organisation gave to i, averaged; with one dot a ballot
    it is the S of approval with one tick. Dots that somebody kept back are given to nobody. Ranked as by approval.

    Args:
        each: k, the dots of a ballot. Where merging has made the budget smaller since, ballots may hold more: then k is
            the most that one holds, so that no share exceeds 1.
    """
    ideas, votes = list(ideas), list(votes)
    held = [sum(vote.choices.get(idea, 0) for idea in ideas) for vote in votes]
    return ranked(Shares("dots", ideas, votes, max([each, *held])), take)


class Shares:
    """Scores as whole numbers: S_i · |O| · k · lcm(n_o). *each* is k."""

    indifferent = 0

    def __init__(self, method: Method, ideas: Iterable[str], votes: list[Vote], each: int) -> None:
        self.method, self.voters, self.sizes = method, len(votes), Counter(vote.organisation for vote in votes)
        self._each, self._unit = each, lcm(*self.sizes.values())
        self._weight = {o: self._unit // n for o, n in self.sizes.items()}
        self._given: dict[str, Counter[Organisation]] = {idea: Counter() for idea in ideas}
        self._givers: Counter[str] = Counter()
        for vote in votes:
            self._take_over(vote)
        self._of = _by_organisation(self._given)
        self.keys = {i: self._key(of) for i, of in self._given.items()}
        self.heads = {i: key[2] for i, key in self.keys.items()}

    def score(self, idea: str) -> float:
        return float(Fraction(self.keys[idea][0], self._unit * max(1, len(self.sizes)) * max(1, self._each)))

    def reach(self, idea: str) -> int:
        return self.keys[idea][1]

    def approvals(self, idea: str) -> int:
        return self._givers[idea]

    def raw(self, idea: str) -> float:
        return self.heads[idea] / max(1, self.voters * self._each)

    def figures(self, idea: str) -> dict[str, Any]:
        return {"dots": self.heads[idea]} if self.method == "dots" else {}

    def liking(self, idea: str) -> Mapping[Organisation, int]:
        return self._given[idea]

    def wanted(self, key: Key) -> bool:
        return key[2] > 0

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation gave something; the others' stay (all lose the same |O|)."""
        return {i: self._less(self.keys[i], n, organisation) for i, n in self._of[organisation].items()}

    def _take_over(self, vote: Vote) -> None:
        for idea, value in vote.choices.items():
            if idea in self._given and value > 0:
                self._given[idea][vote.organisation] += value
                self._givers[idea] += 1

    def _key(self, of: Mapping[Organisation, int]) -> Key:
        return sum(n * self._weight[o] for o, n in of.items()), len(of), sum(of.values())

    def _less(self, key: Key, n: int, organisation: Organisation) -> Key:
        return key[0] - n * self._weight[organisation], key[1] - 1, key[2] - n


def _by_organisation(given: Mapping[str, Counter[Organisation]]) -> dict[Organisation, dict[str, int]]:
    turned: dict[Organisation, dict[str, int]] = defaultdict(dict)
    for idea, of in given.items():
        for organisation, n in of.items():
            turned[organisation][idea] = n
    return turned
