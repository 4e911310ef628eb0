"""Counting: which votes count, and what they come to by each method. Pure and exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, exp, lcm, log, prod
from typing import Any

from workshop.model import Ballot, Idea, Method, Participant
from workshop.rules.ranking import Key, Organisation, Result, Stability, Standing, ranked, too_close

__all__ = [
    "Result", "Stability", "Standing", "Vote", "agree", "approval", "budget", "fold", "theme_result", "too_close", "votes_of",
]  # fmt: skip

GROUP = 5  # people: smaller organisations are pooled in the consensus
POOL = ""  # the group of all organisations below GROUP (no organisation's id is empty)


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's whole vote in a theme. An empty one counts as a ballot; None is no organisation."""

    voter: str
    organisation: Organisation
    choices: Mapping[str, int]  # idea → 1 approve or agree, 0 pass, -1 disagree


def budget(n: int, chosen: int | None = None) -> int:
    """How many of *n* ideas a ballot may tick: ``k = min(5, max(3, ceil(n / 4)))``, or *chosen* where it is set.

    Never more than there are ideas: one of one, two of two, none of none.
    """
    return min(n, chosen or min(5, max(3, ceil(n / 4))))


def theme_result(
    method: Method, theme_id: str, round: int, ideas: Iterable[Idea], participants: Iterable[Participant],
    ballots: Iterable[Ballot], take: int,
) -> Result:  # fmt: skip
    """The result of one theme and round from the rows of its session; what is not of the theme is passed over.

    Args:
        method: ``approval`` or ``agree``.
        take: how many ideas are to be chosen.
    """
    ideas = list(ideas)
    standing = [i.id for i in ideas if i.theme_id == theme_id and i.state == "active" and i.merged_into is None]
    votes = votes_of(theme_id, round, ideas, participants, ballots)
    return {"approval": approval, "agree": agree}[method](standing, votes, take)


def votes_of(
    theme_id: str, round: int, ideas: Iterable[Idea], participants: Iterable[Participant], ballots: Iterable[Ballot]
) -> list[Vote]:
    """The votes that count: the one rule of selection in Python (`store.recount` states it again in SQL).

    The ballots of the session's participants in the theme and round count, each as one ballot, even when
    nothing in it counts any more. A choice counts for the idea at the end of its idea's chain of merges;
    choices of ideas that are hidden or withdrawn themselves do not, whatever they are merged into.
    """
    ideas = list(ideas)
    active = {i.id for i in ideas if i.state == "active"}
    home = {p.id: p.organisation_id for p in participants}
    votes = [
        Vote(b.participant_id, home[b.participant_id], {i: v for i, v in b.choices.items() if i in active})
        for b in ballots
        if b.theme_id == theme_id and b.round == round and b.participant_id in home
    ]
    return fold(votes, {i.id: i.merged_into for i in ideas if i.merged_into})


def fold(votes: Iterable[Vote], into: Mapping[str, str]) -> list[Vote]:
    """*votes* with every choice on the idea that now stands for it; a person counts once for a merged idea.

    What the voter said of the surviving idea itself holds. Otherwise the sign of the sum of what they said
    of those merged into it: any approval approves; agreeing with one and disagreeing with another is a pass.

    Args:
        into: idea → idea that it is merged into; chains are followed.
    """
    roots = {idea: _root(idea, into) for idea in into}
    return [replace(vote, choices=_folded(vote.choices, roots)) for vote in votes]


def approval(ideas: Iterable[str], votes: Iterable[Vote], take: int) -> Result:
    """Approval, organisations equal.

    For idea i and organisation o of O, with n_o ≥ 1 ballots of which A_io approve i::

        S_i = (1 / |O|) · Σ_o A_io / n_o     reach_i = #{o : A_io > 0}     raw_i = Σ_o A_io / Σ_o n_o

    Ranked by S, then reach, then raw, then shared. People without an organisation are one organisation.
    Choices of other ideas than *ideas* are passed over.
    """
    return ranked(_Approval(ideas, list(votes)), take)


def agree(ideas: Iterable[str], votes: Iterable[Vote], take: int) -> Result:
    """Agree / pass / disagree, ranked by group-aware consensus.

    For idea i and the G groups g, with agree_g of the votes_g (agree, pass and disagree) that g cast on i::

        consensus_i = (Π_g (agree_g + 1) / (votes_g + 2)) ^ (1 / G)

    A group is an organisation with at least five voters in the theme; everybody else is pooled into one
    more, if they are five or more. Where no group comes about, the whole room is one. Ties are broken by
    reach (organisations in which somebody agrees), then by how many agree. A group without a vote on the
    idea brings 1/2.
    """
    return ranked(_Agree(ideas, list(votes)), take)


class _Approval:
    """Scores as whole numbers: S_i · |O| · lcm(n_o)."""

    method: Method = "approval"
    indifferent = 0

    def __init__(self, ideas: Iterable[str], votes: list[Vote]) -> None:
        sizes = Counter(vote.organisation for vote in votes)
        self.voters, self.organisations = len(votes), _sorted(sizes)
        self._unit = lcm(*sizes.values())
        self._weight = {o: self._unit // n for o, n in sizes.items()}
        self._yes = _counted(ideas, votes, (1,))
        self._of = _by_organisation(self._yes)
        self.keys = {i: self._key(of) for i, of in self._yes.items()}

    def score(self, idea: str) -> float:
        return float(Fraction(self.keys[idea][0], self._unit * max(1, len(self.organisations))))

    def figures(self, idea: str) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def liking(self, idea: str) -> Mapping[Organisation, int]:
        return self._yes[idea]

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation approved; the others' stay (all lose the same |O|)."""
        return {i: self._less(self.keys[i], n, organisation) for i, n in self._of[organisation].items()}

    def _key(self, of: Mapping[Organisation, int]) -> Key:
        return sum(n * self._weight[o] for o, n in of.items()), len(of), sum(of.values())

    def _less(self, key: Key, n: int, organisation: Organisation) -> Key:
        return key[0] - n * self._weight[organisation], key[1] - 1, key[2] - n


class _Agree:
    """Scores as exact fractions: Π_g 2 · (agree_g + 1) / (votes_g + 2), so that a group without votes leaves it as it is."""

    method: Method = "agree"
    indifferent = Fraction(1, 2)

    def __init__(self, ideas: Iterable[str], votes: list[Vote]) -> None:
        self._votes, self._sizes = votes, Counter(vote.organisation for vote in votes)
        self.voters, self.organisations = len(votes), _sorted(self._sizes)
        self._cast = _counted(ideas, votes, (1, 0, -1))
        self._yes = _counted(self._cast, votes, (1,))
        self._no = _counted(self._cast, votes, (-1,))
        self._of = _by_organisation(self._cast)
        self._pooled, self._large = sum(n for n in self._sizes.values() if n < GROUP), sum(n >= GROUP for n in self._sizes.values())
        self._groups = _groups(self._sizes)
        self._by_group = {i: self._grouped(i) for i in self._cast}
        self.keys = {i: self._key(i) for i in self._cast}

    def score(self, idea: str) -> float:
        product, groups = self.keys[idea][0], len(set(self._groups.values())) or 1
        return exp((log(product.numerator) - log(product.denominator)) / groups) / 2

    def figures(self, idea: str) -> dict[str, Any]:
        yes, no, cast = (counts[idea].total() for counts in (self._yes, self._no, self._cast))
        return {"agree": yes, "disagree": no, "passes": cast - yes - no, "consensus": self.score(idea)}

    def liking(self, idea: str) -> dict[Organisation, Fraction]:
        """(agree_io + 1) / (votes_io + 2): an organisation's own factor of the consensus."""
        return {o: Fraction(self._yes[idea][o] + 1, n + 2) for o, n in self._cast[idea].items()}

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation voted on, or of all where leaving it out makes other groups."""
        if self._regroups(organisation):
            return _Agree(self._cast, [vote for vote in self._votes if vote.organisation != organisation]).keys
        return {i: self._less(i, organisation) for i in self._of[organisation]}

    def _regroups(self, organisation: Organisation) -> bool:
        size = self._sizes[organisation]
        if size >= GROUP:
            return self._large == 1 and self._pooled < GROUP
        return self._pooled - size < GROUP

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


def _groups(sizes: Mapping[Organisation, int]) -> dict[Organisation, Organisation]:
    """Organisation → group; those in none are left out."""
    large = {o: o for o, n in sizes.items() if n >= GROUP}
    small = {o: POOL for o, n in sizes.items() if n < GROUP}
    return large | small if not large or sum(sizes[o] for o in small) >= GROUP else large


def _counted(ideas: Iterable[str], votes: list[Vote], values: tuple[int, ...]) -> dict[str, Counter[Organisation]]:
    """For each idea, by organisation, how many choices have one of *values*."""
    counts: dict[str, Counter[Organisation]] = {idea: Counter() for idea in ideas}
    for vote in votes:
        for idea, value in vote.choices.items():
            if idea in counts and value in values:
                counts[idea][vote.organisation] += 1
    return counts


def _by_organisation(counts: Mapping[str, Counter[Organisation]]) -> dict[Organisation, dict[str, int]]:
    turned: dict[Organisation, dict[str, int]] = defaultdict(dict)
    for idea, of in counts.items():
        for organisation, n in of.items():
            turned[organisation][idea] = n
    return turned


def _sorted(organisations: Iterable[Organisation]) -> list[Organisation]:
    return sorted(organisations, key=lambda o: (o is None, o or ""))


def _root(idea: str, into: Mapping[str, str]) -> str:
    """The end of the idea's chain of merges; a circle (which the service prevents) ends where it began."""
    seen = set()
    while idea in into and idea not in seen:
        seen.add(idea)
        idea = into[idea]
    return idea


def _folded(choices: Mapping[str, int], roots: Mapping[str, str]) -> dict[str, int]:
    own = {idea: value for idea, value in choices.items() if idea not in roots}
    merged: dict[str, int] = defaultdict(int)
    for idea, value in choices.items():
        if idea in roots:
            merged[roots[idea]] += value
    return {root: (total > 0) - (total < 0) for root, total in merged.items()} | own
