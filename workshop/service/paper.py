"""Paper: what a ballot on paper asks, for tables whose votes the facilitator enters."""

from __future__ import annotations

import random
from dataclasses import dataclass

from workshop import errors
from workshop.model import Event, Idea, Session, Theme
from workshop.rules import tally
from workshop.store import Store, Tx
from workshop.store.queries import ideas, record, sessions


@dataclass(frozen=True, slots=True)
class Sheet:
    """One ballot: a theme and its ideas in this ballot's own order. *budget* is its ticks or dots, None by other methods."""

    theme: Theme
    ideas: tuple[Idea, ...]
    budget: int | None


def ballots(store: Store, session_id: str, theme_id: str | None, copies: int) -> tuple[Session, Event, list[Sheet]]:
    """Ballots of one theme, or of every theme, each in *copies* whose ideas stand in different orders, as on phones.

    Raises:
        errors.NotFound: no such theme in the session.
    """
    return store.read(lambda tx: _ballots(tx, session_id, theme_id, copies))


def _ballots(tx: Tx, session_id: str, theme_id: str | None, copies: int) -> tuple[Session, Event, list[Sheet]]:
    session = sessions.by_id(tx, session_id)
    chosen = [theme for theme in sessions.themes(tx, session_id) if theme_id in (None, theme.id)]
    if session is None or not chosen:
        raise errors.NotFound("theme")
    everything = ideas.of_session(tx, session_id)
    sheets = [_sheet(session, theme, everything, n) for n in range(copies) for theme in chosen]
    return session, record.event(tx, session.event_id), sheets


def _sheet(session: Session, theme: Theme, everything: list[Idea], number: int) -> Sheet:
    standing = [i for i in everything if i.theme_id == theme.id and i.stands]
    order = random.Random(f"{theme.id}/{theme.round}/{number}").sample(standing, len(standing))
    return Sheet(theme, tuple(order), tally.budget_of(session, len(standing)))
