"""Agree / pass / disagree: how far all groups of the room agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import exp, log, prod
from typing import Any

from workshop.model import Method
from workshop.rules.ranking import Key, Organisation, Result, ranked
from workshop.rules.tally.votes import Vote

GROUP = 5  # people: smaller organisations (or sectors) are pooled in the consensus
POOL = ""  # the group of all that are in none of their own (no organisation's id and no sector is empty)


def agree(ideas: Iterable[str], votes: Iterable[Vote], take: int, sectors: Mapping[Organisation, str] | None = None) -> Result:
    """Agree / pass / disagree, ranked by group-aware consensus (product.md, "Counting"; as Polis has it, Small et al. 2021).

    For idea i and the G groups g, with agree_g of the votes_g (agree, pass and disagree) that g cast on i::

        consensus_i = (Π_g (agree_g + 1) / (votes_g + 2)) ^ (1 / G)

    A group is an organisation, or by *sectors* all organisations of a sector, with at least five voters in the theme;
    everybody else, and by sectors those of no sector, is pooled into one more, if they are five or more. Where no group
    comes about, the whole room is one. Ties are broken by reach (organisations in which somebody agrees), then by how
    many agree. A group without a vote on the idea brings 1/2.

    Args:
        sectors: organisation → sector; None to group by organisation. "" and those that are not there have none.
    """
    return ranked(Agreement(ideas, list(votes), sectors), take)


class Agreement:
    """Scores as exact fractions: Π_g 2 · (agree_g + 1) / (votes_g + 2), so that a group without votes leaves it as it is."""

    method: Method = "agree"
    indifferent = Fraction(1, 2)

    def __init__(self, ideas: Iterable[str], votes: list[Vote], sectors: Mapping[Organisation, str] | None = None) -> None:
        self._votes, self._sectors = votes, sectors
        self.voters, self.sizes = len(votes), Counter(vote.organisation for vote in votes)
        self._cast = _counted(ideas, votes, (1, 0, -1))
        self._yes = _counted(self._cast, votes, (1,))
        self._no = _counted(self._cast, votes, (-1,))
        self._of = _voted_on(self._cast)
        self._groups = groups(self.sizes, sectors)
        self._by_group = {i: self._grouped(i) for i in self._cast}
        self.keys = {i: self._key(i) for i in self._cast}
        self.heads = {i: key[2] for i, key in self.keys.items()}

    def score(self, idea: str) -> float:
        product, number = self.keys[idea][0], len(set(self._groups.values())) or 1
        return exp((log(product.numerator) - log(product.denominator)) / number) / 2

    def reach(self, idea: str) -> int:
        return self.keys[idea][1]

    def approvals(self, idea: str) -> int:
        return self.heads[idea]

    def raw(self, idea: str) -> float:
        return self.heads[idea] / max(1, self.voters)

    def figures(self, idea: str) -> dict[str, Any]:
        yes, no, cast = (counts[idea].total() for counts in (self._yes, self._no, self._cast))
        return {"agree": yes, "disagree": no, "passes": cast - yes - no, "consensus": self.score(idea)}

    def liking(self, idea: str) -> dict[Organisation, Fraction]:
        """(agree_io + 1) / (votes_io + 2): an organisation's own factor of the consensus."""
        return {o: Fraction(self._yes[idea][o] + 1, n + 2) for o, n in self._cast[idea].items()}

    def wanted(self, key: Key) -> bool:
        return key[2] > 0

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation voted on, or of all where leaving it out makes other groups."""
        if self._regroups(organisation):
            return Agreement(self._cast, [v for v in self._votes if v.organisation != organisation], self._sectors).keys
        return {i: self._less(i, organisation) for i in self._of[organisation]}

    def _regroups(self, organisation: Organisation) -> bool:
        others = {o: n for o, n in self.sizes.items() if o != organisation}
        return groups(others, self._sectors) != {o: group for o, group in self._groups.items() if o != organisation}

    def _grouped(self, idea: str) -> dict[Organisation, tuple[int, int]]:
        """How many agree, and how many votes there are, by group."""
        grouped: dict[Organisation, tuple[int, int]] = {}
        for organisation in self._cast[idea].keys() & self._groups.keys():
            group = self._groups[organisation]
            yes, cast = grouped.get(group, (0, 0))
            grouped[group] = yes + self._yes[idea][organisation], cast + self._cast[idea][organisation]
        return grouped

    def _key(self, idea: str) -> Key:
        counts, yes = self._by_group[idea].values(), self._yes[idea]
        product = Fraction(prod(2 * (y + 1) for y, _ in counts), prod(n + 2 for _, n in counts))
        return product, len(yes), yes.total()

    def _less(self, idea: str, organisation: Organisation) -> Key:
        product, reach, approvals = self.keys[idea]
        yes, cast = self._yes[idea][organisation], self._cast[idea][organisation]
        if organisation in self._groups:
            all_yes, all_cast = self._by_group[idea][self._groups[organisation]]
            product *= Fraction((all_yes - yes + 1) * (all_cast + 2), (all_cast - cast + 2) * (all_yes + 1))
        return product, reach - (yes > 0), approvals - yes


def groups(sizes: Mapping[Organisation, int], sectors: Mapping[Organisation, str] | None = None) -> dict[Organisation, Organisation]:
    """Organisation → group; those in none are left out.

    Args:
        sizes: organisation → its ballots.
        sectors: as of `agree`.
    """
    kinds = {o: o if sectors is None else sectors.get(o, POOL) for o in sizes}
    people: Counter[Organisation] = Counter()
    for o, n in sizes.items():
        people[kinds[o]] += n
    large = {o: kind for o, kind in kinds.items() if kind != POOL and people[kind] >= GROUP}
    rest = {o: POOL for o in sizes if o not in large}
    return large | rest if not large or sum(sizes[o] for o in rest) >= GROUP else large


def _counted(ideas: Iterable[str], votes: list[Vote], values: tuple[int, ...]) -> dict[str, Counter[Organisation]]:
    """For each idea, by organisation, how many choices have one of *values*."""
    counts: dict[str, Counter[Organisation]] = {idea: Counter() for idea in ideas}
    for vote in votes:
        for idea, value in vote.choices.items():
            if idea in counts and value in values:
                counts[idea][vote.organisation] += 1
    return counts


def _voted_on(cast: Mapping[str, Counter[Organisation]]) -> dict[Organisation, list[str]]:
    turned: dict[Organisation, list[str]] = defaultdict(list)
    for idea, of in cast.items():
        for organisation in of:
            turned[organisation].append(idea)
    return turned
