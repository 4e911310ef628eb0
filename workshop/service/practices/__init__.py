"""Practices as kept: drafted from ideas, edited by several at once, frozen and continued."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workshop.model import Dossier, StoredPractice, now_ms
from workshop.service.practices import drafting
from workshop.service.practices.act import Act
from workshop.service.practices.drafting import Choice
from workshop.store import Store, Tx
from workshop.store.queries import practices

__all__ = ["Choice", "Practices"]


class Practices:
    """Commands and queries of those who edit practices. *actor* is the account's id everywhere.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    def of_event(self, event_id: str) -> list[Dossier]:
        """The event's practices in every state, theme by theme."""
        return self._store.read(lambda tx: [practices.dossier(tx, one) for one in practices.of_event(tx, event_id)])

    def draft(self, event_id: str, session_id: str, choice: Choice, actor: str) -> list[StoredPractice]:
        """Make what is missing, as `drafting.draft`, and with its errors."""
        return self._store.write(lambda tx: drafting.draft(tx, event_id, session_id, choice, actor, self._clock()))

    def split(self, event_id: str, practice_id: str, ideas: Iterable[str], actor: str) -> StoredPractice:
        """As `drafting.split`, and with its errors; errors.NotFound, errors.Frozen."""
        return self._store.write(lambda tx: drafting.split(self._act(tx, event_id, practice_id, actor).open(), ideas))

    def join(self, event_id: str, practice_id: str, other_id: str, actor: str) -> StoredPractice:
        """As `drafting.join`, and with its errors."""
        return self._store.write(lambda tx: drafting.join(self._act(tx, event_id, practice_id, actor).open(), other_id))

    def _act(self, tx: Tx, event_id: str, practice_id: str, actor: str) -> Act:
        return Act(tx, event_id, practice_id, actor, self._clock())
