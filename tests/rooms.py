"""Rooms by hand, for tests of counting."""

from __future__ import annotations

from workshop.rules.tally import Vote


def cast(**organisations: list[dict[str, int]]) -> list[Vote]:
    """``cast(city=[{"a": 2}, {}])``: two ballots of the city."""
    return [Vote(f"{o}{n}", None if o == "nobody" else o, choices) for o, ballots in organisations.items()
            for n, choices in enumerate(ballots)]
