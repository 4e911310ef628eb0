"""Whether a ballot may be as it is, before it is stored."""

from __future__ import annotations

from collections.abc import Mapping

from workshop import errors
from workshop.model import Method
from workshop.rules.tally.votes import SCALES, budget, dot_budget


def check(method: Method, choices: Mapping[str, int], n: int, chosen: int | None = None, cap: int | None = None) -> None:
    """Let pass what is a ballot of the *method*.

    Args:
        choices: idea → value.
        n: how many ideas the ballot may name.
        chosen: the ticks or dots of a ballot where the session sets them.
        cap: the most dots on one idea; None for all of them.

    Raises:
        errors.OverBudget, errors.OverDots, errors.OverCap, errors.NoDot, errors.OffScale, errors.OffScales: field
            ``choices``.
    """
    if method == "dots":
        _check_dots(choices, dot_budget(n, chosen, cap), cap)
    elif any(value not in SCALES[method] for value in choices.values()):
        raise (errors.OffScales if method == "impact" else errors.OffScale)("choices")
    if method == "approval" and len(choices) > (limit := budget(n, chosen)):
        raise errors.OverBudget("choices", limit=limit)


def _check_dots(choices: Mapping[str, int], limit: int, cap: int | None) -> None:
    if any(value < 1 for value in choices.values()):
        raise errors.NoDot("choices")
    if cap and any(value > cap for value in choices.values()):
        raise errors.OverCap("choices", limit=cap)
    if sum(choices.values()) > limit:
        raise errors.OverDots("choices", limit=limit)
