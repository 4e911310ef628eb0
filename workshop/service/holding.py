"""Whether a session holds what participants send."""

from __future__ import annotations

from workshop.rules import moderation
from workshop.store import Tx
from workshop.store.queries import participants, sessions


def holding(tx: Tx, session_id: str) -> bool:
    """Whether what comes now waits for approval."""
    session = sessions.by_id(tx, session_id)
    if session is None or session.hold is not None:
        return bool(session and session.hold)
    return moderation.holds(session, participants.people(tx, session_id))
