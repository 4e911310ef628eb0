"""The practices of an event on one page: theme by theme, how complete each is, and which ideas could become one."""

from __future__ import annotations

from dataclasses import dataclass

from workshop import errors
from workshop.model import Dossier, Event, Idea, Record, Session, Theme
from workshop.rules import opaque, stored
from workshop.rules.practice import Practice
from workshop.rules.reading import Reading
from workshop.store import Tx
from workshop.store.queries import events, practices, record


@dataclass(frozen=True, slots=True)
class Shelved:
    """A practice as it reads, and what is kept of it."""

    practice: Practice
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class ThemeShelf:
    """A theme: its practices, those that are set aside, and the ideas that stand in none."""

    title: str
    revealed: bool
    practices: tuple[Shelved, ...]
    aside: tuple[Shelved, ...]
    free: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class SessionShelf:
    """A session's themes; *session* is None for practices that come from elsewhere."""

    session: Session | None
    themes: tuple[ThemeShelf, ...]

    @property
    def practices(self) -> tuple[Shelved, ...]:
        """Those that are not set aside."""
        return tuple(one for theme in self.themes for one in theme.practices)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of an event."""

    event: Event
    sessions: tuple[SessionShelf, ...]

    @property
    def practices(self) -> tuple[Shelved, ...]:
        """Those that are not set aside."""
        return tuple(one for session in self.sessions for one in session.practices)


def shelf(tx: Tx, event_id: str) -> Shelf:
    """The event's practices as they read.

    Raises:
        errors.NotFound: there is no such event.
    """
    event = events.by_id(tx, event_id)
    if event is None:
        raise errors.NotFound("event")
    found = [_session(one) for one in (record.load(tx, s.id) for s in events.sessions(tx, event_id)) if one]
    return Shelf(event, (*found, *_from_elsewhere(tx, event_id)))


def _session(found: Record) -> SessionShelf:
    reading = Reading(opaque.with_opaque_ids(found))
    read = [Shelved(stored.read(one, reading), one) for one in reading.record.dossiers]
    ideas = Reading(found)
    used = {ideas.stands_as(idea) for one in found.dossiers for idea in one.ideas if one.practice.state != "aside"}
    themes = sorted(found.themes, key=lambda theme: theme.position)
    free = {theme.id: [idea for idea in ideas.standing(theme) if idea.id not in used] for theme in themes}
    return SessionShelf(found.session, tuple(_theme(theme, read, free[theme.id]) for theme in themes))


def _theme(theme: Theme, read: list[Shelved], free: list[Idea]) -> ThemeShelf:
    mine = [one for one in read if one.dossier.practice.theme_id == theme.id]
    return ThemeShelf(theme.title, theme.revealed, *_parted(mine), tuple(free))


def _parted(read: list[Shelved]) -> tuple[tuple[Shelved, ...], tuple[Shelved, ...]]:
    aside = [one for one in read if one.dossier.practice.state == "aside"]
    return tuple(one for one in read if one not in aside), tuple(aside)


def _from_elsewhere(tx: Tx, event_id: str) -> list[SessionShelf]:
    """Practices that were imported, under the themes that they came with."""
    rows = [practices.dossier(tx, one) for one in practices.of_event(tx, event_id) if one.session_id is None]
    titles = dict.fromkeys(one.practice.theme for one in rows)
    read = [Shelved(stored.read(one, None), one) for one in rows]
    themes = [ThemeShelf(title, False, *_parted([one for one in read if one.dossier.practice.theme == title]), ()) for title in titles]
    return [SessionShelf(None, tuple(themes))] if themes else []
