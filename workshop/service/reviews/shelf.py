"""The practices of an event as a review needs them: in their order and numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workshop import errors
from workshop.model import StoredPractice
from workshop.service.practices import act
from workshop.store import Tx
from workshop.store.queries import practices


@dataclass(frozen=True, slots=True)
class Shelved:
    """A practice and its place: *number* is "1.2" for the second of the first theme."""

    row: StoredPractice
    number: str


def of_event(tx: Tx, event_id: str) -> list[Shelved]:
    """Every practice of the event that is not set aside."""
    themes: dict[str, int] = {}
    counted: Counter[str] = Counter()
    found = []
    for row in practices.of_event(tx, event_id):
        if row.state != "aside":
            key = row.theme_id or row.theme
            counted[key] += 1
            found.append(Shelved(row, f"{themes.setdefault(key, len(themes) + 1)}.{counted[key]}"))
    return found


def find(tx: Tx, event_id: str, practice_id: str) -> Shelved:
    """The practice, looked up through its event.

    Raises:
        errors.NotFound: the event has no such practice.
    """
    found = next((one for one in of_event(tx, event_id) if one.row.id == practice_id), None)
    if found is None:
        raise errors.NotFound("practice")
    return found


def note(tx: Tx, stored: StoredPractice, at: int, actor: str, action: str, **detail: object) -> None:
    """Remember what was done to the practice, whose revision grows; never a name.

    Args:
        at: epoch milliseconds.
        actor: the account's id, the review link's, or "participant".
    """
    practices.bump(tx, stored.id, at)
    act.note(tx, stored, actor, at, action, **detail)
