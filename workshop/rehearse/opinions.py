"""What a simulated participant thinks of a theme's ideas, as a ballot of the session's method."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from math import ceil

from workshop.model import Method

Liking = Mapping[str, float]  # idea → 0 (not at all) to 1
Choices = list[tuple[str, int]]  # in the order of tapping


def ballot(method: Method, liking: Liking, budget: int | None, cap: int | None, chance: random.Random) -> Choices:
    """A whole ballot.

    Args:
        budget: the ticks or dots, None by the methods that answer on every idea.
        cap: the most dots on one idea; None for all of them.
    """
    if budget is not None:
        best = sorted(liking, key=liking.__getitem__, reverse=True)
        return _dots(best, budget, cap) if method == "dots" else [(idea, 1) for idea in best[:budget]]
    answer = {"agree": _stance, "adoption": _grade, "impact": _place}[method]
    return [(idea, answer(liked, chance)) for idea, liked in liking.items()]


def _dots(best: list[str], budget: int, cap: int | None) -> Choices:
    """Two on each of the best, or as many as it takes to spend them all."""
    if not best:
        return []
    each = min(cap or budget, max(2, ceil(budget / len(best))))
    return list(Counter(best[number // each] for number in range(budget)).items())


def _stance(liked: float, _chance: random.Random) -> int:
    return 1 if liked > 0.35 else -1 if liked < 0.15 else 0


def _grade(liked: float, _chance: random.Random) -> int:
    return sum(liked > step for step in (0.1, 0.2, 0.4, 0.6))


def _place(liked: float, chance: random.Random) -> int:
    return 10 * (1 + min(4, int(liked * 5))) + chance.randint(1, 5)
