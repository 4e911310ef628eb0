"""All that was done in a session, for its facilitators."""

from __future__ import annotations

from typing import Any

from workshop import errors, views
from workshop.store import Tx
from workshop.store.queries import log, record


def entries(tx: Tx, session_id: str) -> list[dict[str, Any]]:
    """Every entry of the log, newest first, told as `views` tells the latest.

    Raises:
        errors.NotFound: the session is gone.
    """
    changes = record.changes(tx, session_id, -1)
    if changes is None:
        raise errors.NotFound("session")
    return views.history(changes, log.of_session(tx, session_id))
