"""What a measure said before: the log of its practice holds who changed its figures or their source, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workshop import errors
from workshop.model import PracticeEntry, StoredMeasure
from workshop.store import Tx
from workshop.store.queries import practices

SAVED = "measure.save"  # the action under which the log has it
KEPT = ("baseline", "target", "source", "state")  # never the owner: the log has no names


@dataclass(frozen=True, slots=True)
class Figures:
    """A measure as somebody left it: *by* is the account's id, *at* in epoch milliseconds; "" and 0 for what it came with."""

    id: str
    at: int
    by: str
    baseline: float | None
    target: float | None
    source: str
    state: str


def noted(now: StoredMeasure, before: StoredMeasure | None) -> dict[str, Any]:
    """What the log holds of a change."""
    return {"measure": now.id, "kpi": now.kpi, **_kept(now), "was": before and _kept(before)}


def history(tx: Tx, practice_id: str, measure_id: str) -> list[Figures]:
    """Every state that the measure was left in, oldest first.

    Raises:
        errors.NotFound: the practice has no such measure.
    """
    if measure_id not in {one.id for one in practices.measures(tx, practice_id)}:
        raise errors.NotFound("measure")
    entries = [(entry, json.loads(entry.detail)) for entry in practices.noted(tx, practice_id) if entry.action == SAVED]
    return list(_states([(entry, said) for entry, said in entries if said["measure"] == measure_id]))


def _states(changes: list[tuple[PracticeEntry, dict[str, Any]]]) -> Iterator[Figures]:
    """A measure that came from an earlier version has a state before its first change."""
    if changes and changes[0][1].get("was"):
        yield _figures("", 0, "", changes[0][1]["was"])
    yield from (_figures(entry.id, entry.at, entry.actor, said) for entry, said in changes)


def _kept(one: StoredMeasure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in KEPT}


def _figures(id: str, at: int, by: str, said: dict[str, Any]) -> Figures:
    return Figures(id, at, by, said["baseline"], said["target"], said.get("source", ""), said["state"])
