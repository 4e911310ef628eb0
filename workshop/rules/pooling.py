"""Counts by organisation that may be shown to a room or printed: small ones are pooled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.rules.ranking import SMALL

LEAST = SMALL  # ballots: no figure of an organisation below that is shown apart


def pooled(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, int] | None]:
    """The rows that may stand apart, fullest first, and the sum of all others, or None where there are no others.

    Where the others together have fewer than `LEAST` ballots, the smallest of those apart join them: what is left when everything
    else is taken from the total would be such a figure too.

    Args:
        rows: each with ``voted`` and ``of``, both in people.
    """
    apart = sorted((row for row in rows if row["voted"] >= LEAST), key=lambda row: -row["voted"])
    others = [row for row in rows if row["voted"] < LEAST]
    while others and apart and sum(row["voted"] for row in others) < LEAST:
        others.append(apart.pop())
    if not others:
        return apart, None
    return apart, {"organisations": len(others), "voted": sum(row["voted"] for row in others), "of": sum(row["of"] for row in others)}
