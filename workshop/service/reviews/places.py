"""The practices of an event as a review needs them: in their order and numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workshop import errors
from workshop.model import StoredPractice
from workshop.service.practices import act
from workshop.store import Tx
from workshop.store.queries import events, practices, sessions


@dataclass(frozen=True, slots=True)
class Placed:
    """A practice and its place: *number* is "1.2" for the second of the first theme."""

    row: StoredPractice
    number: str


def of_event(tx: Tx, event_id: str) -> list[Placed]:
    """Every practice of the event that is not set aside, numbered as in documents; a later session's themes count on.

    A version that continues another has its number.
    """
    themes = [theme.id for session in events.sessions(tx, event_id) for theme in sessions.themes(tx, session.id)]
    at = {theme: number for number, theme in enumerate(themes, start=1)}
    rows = {row.id: row for row in practices.of_event(tx, event_id) if row.state != "aside"}
    counted: Counter[int] = Counter()
    numbers: dict[str, str] = {}
    for first in (_first(row, rows) for row in rows.values()):
        if first.id not in numbers:
            place = at.setdefault(first.theme_id or first.theme, len(at) + 1)
            counted[place] += 1
            numbers[first.id] = f"{place}.{counted[place]}"
    return [Placed(row, numbers[_first(row, rows).id]) for row in rows.values()]


def set_aside(tx: Tx, event_id: str) -> list[Placed]:
    """The event's practices that are set aside; they have no number."""
    return [Placed(row, "–") for row in practices.of_event(tx, event_id) if row.state == "aside"]


def _first(row: StoredPractice, rows: dict[str, StoredPractice]) -> StoredPractice:
    """The first version of the practice that there is."""
    while row.follows in rows:
        row = rows[row.follows]
    return row


def find(tx: Tx, event_id: str, practice_id: str) -> Placed:
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
