"""The recount and the results of the rules laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose
from typing import Any

from workshop.rules.ranking import Result, Standing
from workshop.store.recount.rows import Row

TOLERANCE = 1e-9
FIGURES = ("rank", "score", "reach", "approvals", "raw")


def compare(rows: list[Row], results: Mapping[tuple[str, int], Result]) -> list[str]:
    """Every difference between the recount and the *results* by (theme, round), as a sentence; none is as it should be.

    Counts, ranks and grades must be equal, shares and means within 1e-9.
    """
    counted = {(row.theme, row.round, row.idea): row for row in rows}
    told = {(*poll, s.idea): (result, s) for poll, result in results.items() for s in result.standings}
    differences = [f"{_place(key)}: in the results only" for key in told.keys() - counted.keys()]
    for key, row in counted.items():
        if key in told:
            differences += [f"{_place(key)}: {what}" for what in _differing(row, *told[key])]
        else:
            differences.append(f"{_place(key)}: in the stored ballots only")
    return sorted(differences)


def _differing(row: Row, result: Result, standing: Standing) -> Iterator[str]:
    pairs = [("voters", row.voters, result.voters), ("organisations", row.organisations, result.organisations)]
    pairs += [(name, getattr(row, name), getattr(standing, name)) for name in FIGURES]
    names = sorted(row.figures.keys() | standing.figures.keys())
    pairs += [(name, row.figures.get(name), standing.figures.get(name)) for name in names]
    for name, stored, told in pairs:
        if not _same(stored, told):
            yield f"{name} is {told} in the results and {stored} in the stored ballots"


def _same(stored: Any, told: Any) -> bool:
    if isinstance(stored, float) and isinstance(told, float):
        return isclose(stored, told, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(stored, set):
        return stored == set(told)
    return stored == told


def _place(key: tuple[str, int, str]) -> str:
    theme, round_, idea = key
    return f"theme {theme}, round {round_}, idea {idea}"
