"""Merged ideas: what a voter said of several ideas that are one now counts once, by a rule for each method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workshop.model import Method

if TYPE_CHECKING:
    from workshop.rules.tally.votes import Vote

Rule = Callable[[int | None, list[int]], int]  # what was said of the idea itself (None: nothing) and of its parts


def fold(method: Method, votes: Iterable[Vote], into: Mapping[str, str], cap: int | None = None) -> list[Vote]:
    """*votes* with every choice on the idea that now stands for it; a person counts once for a merged idea.

    What counts where a voter chose several of the ideas:

    - approval, agree: what was said of the surviving idea itself, else the sign of the sum of what was said of the
      others: any tick ticks; agreeing with one and disagreeing with another is a pass.
    - dots: all dots together, but no more than *cap* on an idea, merged or not.
    - adoption: the grade of the surviving idea itself, else the lower median of the grades of the others; "don't
      know" only where there is no grade.
    - impact: what was said of the surviving idea itself, else the lower median of each of the two scales.

    Args:
        into: idea → idea that it is merged into; chains are followed.
    """
    roots, rule = {idea: _root(idea, into) for idea in into}, _rule(method, cap)
    return [replace(vote, choices=_folded(vote.choices, roots, rule)) for vote in votes]


def lower_median(values: Iterable[int]) -> int:
    """The middle one of *values*, of two in the middle the lower. There is at least one."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]


def _rule(method: Method, cap: int | None) -> Rule:
    if method == "dots":
        return partial(_added, cap=cap)
    return {"adoption": _graded, "impact": _weighed}.get(method, _sided)


def _sided(own: int | None, parts: list[int]) -> int:
    total = sum(parts)
    return (total > 0) - (total < 0) if own is None else own


def _added(own: int | None, parts: list[int], cap: int | None) -> int:
    total = (own or 0) + sum(parts)
    return min(total, cap) if cap else total


def _graded(own: int | None, parts: list[int]) -> int:
    grades = [own] if own else [grade for grade in parts if grade]
    return lower_median(grades) if grades else 0


def _weighed(own: int | None, parts: list[int]) -> int:
    if own is not None:
        return own
    return 10 * lower_median(value // 10 for value in parts) + lower_median(value % 10 for value in parts)


def _folded(choices: Mapping[str, int], roots: Mapping[str, str], rule: Rule) -> dict[str, int]:
    parts: dict[str, list[int]] = defaultdict(list)
    for idea, value in choices.items():
        if idea in roots:
            parts[roots[idea]].append(value)
    own = {idea: value for idea, value in choices.items() if idea not in roots}
    return {idea: rule(own.get(idea), parts.get(idea, [])) for idea in own | parts}


def _root(idea: str, into: Mapping[str, str]) -> str:
    """The end of the idea's chain of merges; a circle (which the service prevents) ends where it began."""
    seen = set()
    while idea in into and idea not in seen:
        seen.add(idea)
        idea = into[idea]
    return idea


