"""The practices of an event as a review needs them: in their order and numbered, and each as it reads."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from workshop import errors
from workshop.model import new_id
from workshop.store import Tx
from workshop.store.queries import reviews


@dataclass(frozen=True, slots=True)
class Shelved:
    """A practice's place: *number* is "1.2" for the second of the first theme."""

    id: str
    event_id: str
    theme: str
    title: str
    state: str
    number: str


def practices(tx: Tx, event_id: str) -> list[Shelved]:
    """Every practice of the event that is not set aside."""
    themes: dict[str, int] = {}
    counted: Counter[str] = Counter()
    found = []
    for row in reviews.practices(tx, event_id):
        key = row["theme_id"] or row["theme"]
        number = themes.setdefault(key, len(themes) + 1)
        counted[key] += 1
        found.append(Shelved(row["id"], event_id, row["theme"], row["title"], row["state"], f"{number}.{counted[key]}"))
    return found


def find(tx: Tx, event_id: str, practice_id: str) -> Shelved:
    """The practice, looked up through its event.

    Raises:
        errors.NotFound: the event has no such practice.
    """
    found = next((one for one in practices(tx, event_id) if one.id == practice_id), None)
    if found is None:
        raise errors.NotFound("practice")
    return found


def note(tx: Tx, practice: Shelved, at: int, actor: str, action: str, **detail: object) -> None:
    """Remember what was done to the practice, whose revision grows; never a name.

    Args:
        at: epoch milliseconds.
        actor: the account's id, the review link's, or "participant".
    """
    reviews.touch(tx, practice.id, at)
    reviews.note(tx, new_id(at), practice.event_id, practice.id, at, actor, action, json.dumps(detail, ensure_ascii=False))
