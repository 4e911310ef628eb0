"""From counted votes to a ranking that says how sure it is; the same for every counting method.

Rank by the method's key (by most: score, ties by reach, then by heads), then a *shared* rank (1, 1, 3): never by time,
never by chance.
All comparisons are exact (whole numbers and fractions); floats are made last, for showing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, groupby, pairwise, product
from math import comb
from typing import Any, Protocol

from workshop.model import Method

TOP = 3  # the places whose stability is told
PAIRS = 100  # beyond so many pairs of neighbours a shared rank is so wide that it says enough by itself
SMALL = 3  # ballots: organisations with fewer are never told apart
Organisation = str | None  # an id; None: people without an organisation, who count together as one
Key = tuple[Any, ...]  # exact, and of the same make for all ideas of a count: the higher, the better


class Count(Protocol):
    """What a counting method hands over: exact keys, and how they would be without one organisation."""

    method: Method
    voters: int
    sizes: Mapping[Organisation, int]  # how many ballots each organisation has
    keys: Mapping[str, Key]
    heads: Mapping[str, Any]  # what orders the ideas when heads count and not organisations
    indifferent: Any  # how an organisation likes an idea that it said nothing of; None: it takes part in no comparison

    def score(self, idea: str) -> float: ...
    def reach(self, idea: str) -> int: ...
    def approvals(self, idea: str) -> int: ...
    def raw(self, idea: str) -> float: ...
    def figures(self, idea: str) -> dict[str, Any]: ...
    def liking(self, idea: str) -> Mapping[Organisation, Any]: ...
    def wanted(self, key: Key) -> bool: ...
    def without(self, organisation: Organisation) -> Mapping[str, Key]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """One idea in a ranking.

    Args:
        score: S of `tally.approval` and `tally.dots` or the consensus of `tally.agree`, 0–1; the grade of `tally.adoption`,
            1–4 (0: none); S of `tally.impact`, −4 to 4.
        reach: organisations for it, as the method says (a tick, a dot, somebody agrees, …).
        approvals: voters for it: who tick, put a dot, agree, would adopt or already do, see more impact than effort.
        raw: approvals as a share of all voters, or dots as a share of all dots, 0–1: heads, not organisations.
        chosen: within the cut; a tie at the cut takes all; never what nobody wants (as the method says).
        close_to: ids of neighbours in the ranking too close to call (see `too_close`).
        figures: what the method tells beside, by name (docs/protocol.md); None is not told.
    """

    idea: str
    rank: int
    score: float
    reach: int
    approvals: int
    raw: float
    chosen: bool
    close_to: tuple[str, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether the same ideas stay in the first *top* places whichever one organisation is left out.

    ``changed_by`` has the ids of those without which they would not (None: people without an organisation), ``small`` how
    many more there are with fewer than three ballots, which are not told apart. In a room of one organisation everything
    hangs on it, and that is what this says.
    """

    top: int
    changed_by: tuple[Organisation, ...]
    small: int = 0

    @property
    def stable(self) -> bool:
        """Whether no single organisation makes the difference."""
        return not self.changed_by and not self.small


@dataclass(frozen=True, slots=True)
class Result:
    """The count of one theme and round. ``raw_order`` is the order by heads, which differs where somebody would pass another."""

    method: Method
    voters: int
    organisations: int
    standings: tuple[Standing, ...]
    raw_order: tuple[str, ...]
    raw_differs: bool
    stability: Stability

    def as_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """As in docs/protocol.md, with organisations by *names*; "" stands for people without one."""
        stability = self.stability
        return {
            "method": self.method, "voters": self.voters, "organisations": self.organisations,
            "ranking": [_shown(standing, names) for standing in self.standings],
            "raw_order": list(self.raw_order), "raw_differs": self.raw_differs,
            "stability": {
                "top": stability.top, "stable": stability.stable, "changed_by": _named(stability.changed_by, names),
                "small": stability.small,
            },
        }  # fmt: skip


def ranked(count: Count, take: int) -> Result:
    """The result of *count*, with *take* ideas to choose; a tie at the cut takes all. Ideas that share a rank stand as in its keys."""
    order = sorted(count.keys, key=count.keys.__getitem__, reverse=True)
    ranks, close = _ranks(order, count.keys), _close(order, count)
    raw_order = tuple(sorted(order, key=count.heads.__getitem__, reverse=True))  # stable: ties keep their order
    return Result(
        method=count.method,
        voters=count.voters,
        organisations=len(count.sizes),
        standings=tuple(_standing(count, idea, ranks[idea], take, close[idea]) for idea in order),
        raw_order=raw_order,
        raw_differs=_overtaken(order, count),
        stability=_stability(order, count),
    )


def too_close(one: int, other: int) -> bool:
    """Whether *one* organisation count against *other* leaves it open which idea is preferred.

    Two-sided exact sign test over the n = one + other organisations that prefer either (those that like
    both the same do not count): p = min(1, 2 · Σ_{k ≤ min(one, other)} C(n, k) / 2ⁿ); open where p > 0.05.
    """
    return min(one, other) > _clear(one + other)


@lru_cache(maxsize=1024)
def _clear(n: int) -> int:
    """The largest minority among *n* with p ≤ 1/20; -1 where there is none."""
    minority, ways = -1, 0
    while 40 * (ways := ways + comb(n, minority + 1)) <= 2**n:
        minority += 1
    return minority


def _shown(standing: Standing, names: Mapping[str, str]) -> dict[str, Any]:
    shown = {
        "idea": standing.idea, "rank": standing.rank, "score": standing.score, "reach": standing.reach, "approvals": standing.approvals,
        "raw": standing.raw, "chosen": standing.chosen, "close_to": list(standing.close_to),
    }  # fmt: skip
    figures = {name: value for name, value in standing.figures.items() if value is not None}
    if "doing" in figures:
        figures["doing"] = _named(figures["doing"], names)
    return shown | figures


def _named(organisations: Iterable[Organisation], names: Mapping[str, str]) -> list[str]:
    return sorted((names.get(o or "", "") for o in organisations), key=lambda name: (not name, name.casefold()))


def _standing(count: Count, idea: str, rank: int, take: int, close: set[str]) -> Standing:
    return Standing(
        idea=idea, rank=rank, score=count.score(idea), reach=count.reach(idea), approvals=count.approvals(idea), raw=count.raw(idea),
        chosen=rank <= take and count.wanted(count.keys[idea]), close_to=tuple(sorted(close)), figures=count.figures(idea),
    )  # fmt: skip


def _ranks(order: list[str], keys: Mapping[str, Key]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for place, idea in enumerate(order):
        before = order[place - 1]
        ranks[idea] = ranks[before] if place and keys[before] == keys[idea] else place + 1
    return ranks


def _overtaken(order: list[str], count: Count) -> bool:
    """Whether by heads some idea would pass one that is ahead of it; ideas that share a rank do not pass each other."""
    ahead: list[Any] = []
    for _, ideas in groupby(order, key=count.keys.__getitem__):
        heads = [count.heads[idea] for idea in ideas]
        if ahead and max(heads) > min(ahead):
            return True
        ahead = [min([*ahead, *heads])]
    return False


def _close(order: list[str], count: Count) -> dict[str, set[str]]:
    close: dict[str, set[str]] = defaultdict(set)
    for a, b in _neighbours(order, count.keys):
        if too_close(*_preferring(count, a, b)):
            close[a].add(b)
            close[b].add(a)
    return close


def _neighbours(order: list[str], keys: Mapping[str, Key]) -> Iterator[tuple[str, str]]:
    """Pairs that share a rank or stand on neighbouring ranks: no order by chance inside a rank decides."""
    shared = [list(ideas) for _, ideas in groupby(order, key=keys.__getitem__)]
    for ideas in shared:
        if len(ideas) * (len(ideas) - 1) / 2 <= PAIRS:
            yield from combinations(ideas, 2)
    for ideas, following in pairwise(shared):
        if len(ideas) * len(following) <= PAIRS:
            yield from product(ideas, following)


def _preferring(count: Count, a: str, b: str) -> tuple[int, int]:
    """How many organisations like *a* better than *b*, and the other way round."""
    of_a, of_b, neither = count.liking(a), count.liking(b), count.indifferent
    whoever = of_a.keys() & of_b.keys() if neither is None else of_a.keys() | of_b.keys()
    pairs = [(of_a.get(o, neither), of_b.get(o, neither)) for o in whoever]
    return sum(x > y for x, y in pairs), sum(x < y for x, y in pairs)


def _stability(order: list[str], count: Count) -> Stability:
    decisive = sorted(_decisive(order, count), key=lambda o: (o is None, o or ""))
    named = tuple(o for o in decisive if count.sizes[o] >= SMALL)
    return Stability(min(TOP, len(order)), named, len(decisive) - len(named))


def _decisive(order: list[str], count: Count) -> Iterator[Organisation]:
    """The organisations without which other ideas would be in the first places."""
    top = _top(order, count, {})
    for organisation in count.sizes:
        if _top(order, count, count.without(organisation)) != top:
            yield organisation


def _top(order: list[str], count: Count, changed: Mapping[str, Key]) -> set[str]:
    """The ideas of the first `TOP` places, ties at the last included, where *changed* keys replace some of the count's.

    Only the best of the unchanged can matter, so that the work follows what changed, not all ideas.
    """
    keys, best = count.keys, list[tuple[Key, str]]()
    for idea in order:
        if len(best) >= TOP and keys[idea] != best[-1][0]:
            break
        if idea not in changed:
            best.append((keys[idea], idea))
    best = sorted(best + [(key, idea) for idea, key in changed.items()], reverse=True)
    last = best[:TOP][-1:]
    return {idea for key, idea in best if key >= last[0][0] and count.wanted(key)}
