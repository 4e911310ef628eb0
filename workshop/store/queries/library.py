"""The library: which practices are published, and what the one follows that another continues."""

from __future__ import annotations

from workshop.model import Event, Published, StoredPractice
from workshop.store.queries.rows import each, make
from workshop.store.tx import Tx


def published(tx: Tx) -> list[Published]:
    """Every practice that is published, which a frozen one alone can be; the newest first."""
    rows = tx.all(
        """SELECT p.*, e.frozen_at, COALESCE(s.rev, 0) AS room FROM practices p
           JOIN editions e ON e.practice_id = p.id AND e.number = p.number LEFT JOIN sessions s ON s.id = p.session_id
           WHERE p.published_at IS NOT NULL AND p.state = 'frozen' ORDER BY p.published_at DESC, p.id DESC"""
    )
    events = {event.id: event for event in each(Event, tx.all("SELECT * FROM events"))}
    return [Published(make(StoredPractice, row), events[row["event_id"]], row["frozen_at"], row["room"]) for row in rows]


def followed(tx: Tx) -> dict[str, str]:
    """By practice, the one of an earlier year or version that it continues."""
    return {row["id"]: row["follows"] for row in tx.all("SELECT id, follows FROM practices WHERE follows IS NOT NULL")}
