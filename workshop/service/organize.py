"""What an organizer may do: events, their organisations and sessions, before and after the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from workshop import errors
from workshop.model import (
    NAME_LIMIT,
    Event,
    Organisation,
    Session,
    Theme,
    new_id,
    now_ms,
)
from workshop.rules import text
from workshop.service import agendas, prepare, sample
from workshop.service.plans import EventPlan, Invited, SessionPlan, ThemeLine, pasted_organisations, pasted_themes, sector_of
from workshop.store import Store, Tx
from workshop.store.queries import events as rows
from workshop.store.queries import participants, practices, reviews
from workshop.store.queries import sessions as live


@dataclass(frozen=True, slots=True)
class Overview:
    """An event with what is in it; ``people`` counts the participants of each session by its id.

    *worked_on*: whether anything was done to its practices beyond importing them.
    """

    event: Event
    organisations: tuple[Organisation, ...]
    sessions: tuple[Session, ...]
    people: dict[str, int]
    worked_on: bool

    @property
    def removable(self) -> bool:
        """A sample is removed at once; any other event only while nobody has joined or worked on its practices."""
        return self.event.sample or not (any(self.people.values()) or self.worked_on)


class Organize:
    """Commands and queries of organizers.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    # -- events ----------------------------------------------------------------------------------

    def events(self) -> list[Overview]:
        """Every event, the newest first and the sample last."""
        return self._store.read(lambda tx: [_overview(tx, event) for event in rows.all_events(tx)])

    def event(self, event_id: str) -> Overview:
        """One event.

        Raises:
            errors.NotFound: there is none with the id.
        """
        return self._store.read(lambda tx: _overview(tx, _event(tx, event_id)))

    def create_event(self, plan: EventPlan, organisations: str = "") -> Event:
        """Make an event; *organisations* holds one a line, its sector behind a "|".

        Raises:
            errors.Empty, errors.TooLong, errors.Invalid: naming the field.
        """
        invited = pasted_organisations(organisations)
        event = plan.onto(Event(new_id(self._clock()), "", "", "", "", "en", False, self._clock()))
        return self._store.write(lambda tx: self._create_event(tx, event, invited))

    def update_event(self, event_id: str, plan: EventPlan) -> Event:
        """Change the event's words. Raises as `create_event`, and errors.NotFound."""
        return self._store.write(lambda tx: self._update_event(tx, event_id, plan))

    def remove_event(self, event_id: str) -> None:
        """Remove the sample, or an event that nobody has joined.

        Raises:
            errors.NotFound, errors.Conflict: somebody has joined, or worked on its practices.
        """
        self._store.write(lambda tx: self._remove_event(tx, event_id))

    def make_sample(self) -> Session:
        """Make the sample event with one session; the session."""
        return self._store.write(self._make_sample)

    # -- organisations ---------------------------------------------------------------------------

    def add_organisations(self, event_id: str, names: str) -> int:
        """Invite the organisations named one a line; how many were read. Known ones stay as they are, or take the sector behind a "|".

        Raises:
            errors.NotFound, errors.Empty, errors.TooLong
        """
        invited = pasted_organisations(names)
        if not invited:
            raise errors.Empty("organisations")
        self._store.write(lambda tx: self._invite(tx, _event(tx, event_id), invited))
        return len(invited)

    def rename_organisation(self, event_id: str, organisation_id: str, name: str, sector: str | None = None) -> None:
        """Rename an organisation of the event, and change its *sector* unless that is None.

        Raises:
            errors.NotFound, errors.Empty, errors.TooLong, errors.Conflict: another one has the name.
        """
        plan = Invited(text.clean_line(name, NAME_LIMIT, "name"), None if sector is None else sector_of(sector))
        self._store.write(lambda tx: self._rename(tx, event_id, organisation_id, plan))

    def remove_organisation(self, event_id: str, organisation_id: str) -> None:
        """Take an organisation off the list.

        Raises:
            errors.NotFound, errors.Conflict: somebody has joined for it, or it has answered in a review.
        """
        self._store.write(lambda tx: self._uninvite(tx, event_id, organisation_id))

    # -- sessions --------------------------------------------------------------------------------

    def sessions_of(self, event_id: str) -> list[Session]:
        """The sessions of the event, in order."""
        return self._store.read(lambda tx: rows.sessions(tx, event_id))

    def session(self, session_id: str) -> tuple[Session, list[Theme]]:
        """A session with its themes.

        Raises:
            errors.NotFound: there is none with the id.
        """
        return self._store.read(lambda tx: (prepare.find(tx, session_id), live.themes(tx, session_id)))

    def templates(self, account_id: str, locale: str) -> list[agendas.Offer]:
        """The agendas that the account may choose from, named in the language *locale*."""
        return self._store.read(lambda tx: agendas.offers(tx, account_id, locale))

    def create_session(self, event_id: str, plan: SessionPlan, template: str = "", account_id: str = "") -> Session:
        """Make a session with a join code of its own.

        Args:
            template: the agenda to begin with, by its key or (one of the account's own) its id; without one the plan's.

        Raises:
            errors.NotFound: the event or the template; errors.Empty, errors.TooLong, errors.Invalid: naming the field.
        """
        return self._store.write(lambda tx: self._create_session(tx, _event(tx, event_id), plan, template, account_id))

    def update_session(self, session_id: str, plan: SessionPlan) -> Session:
        """Change a session and its themes.

        Raises:
            errors.Conflict: the method changes after somebody has voted, or a theme in use is removed.
            errors.NotFound, errors.Empty, errors.TooLong, errors.Invalid: naming the field.
        """
        return self._store.write(lambda tx: prepare.update(tx, prepare.find(tx, session_id), plan, self._clock()))

    def copy_session(self, session_id: str, event_id: str | None = None) -> Session:
        """A new session with the same words, choices, themes and agenda, in the same event or another.

        Raises:
            errors.NotFound: the session or the event.
        """
        return self._store.write(lambda tx: self._copy_session(tx, session_id, event_id))

    # -- inside a transaction ----------------------------------------------------------------------

    def _create_event(self, tx: Tx, event: Event, invited: Iterable[Invited]) -> Event:
        rows.insert(tx, event)
        self._invite(tx, event, invited)
        return event

    def _update_event(self, tx: Tx, event_id: str, plan: EventPlan) -> Event:
        event = plan.onto(_event(tx, event_id))
        rows.save(tx, event)
        _bump_all(tx, event_id)
        return event

    def _remove_event(self, tx: Tx, event_id: str) -> None:
        if not _overview(tx, _event(tx, event_id)).removable:
            raise errors.Conflict()
        tx.touched.update(session.id for session in rows.sessions(tx, event_id))  # whoever listens hears of it
        rows.remove(tx, event_id)

    def _make_sample(self, tx: Tx) -> Session:
        event = sample.EVENT.onto(Event(new_id(self._clock()), "", "", "", "", "en", True, self._clock()))
        self._create_event(tx, event, [Invited(name) for name in sample.ORGANISATIONS])
        return prepare.create(tx, event, sample.session(), self._clock())

    def _create_session(self, tx: Tx, event: Event, plan: SessionPlan, template: str, account_id: str) -> Session:
        if template:
            plan = replace(plan, agenda=agendas.outlines(tx, account_id, template, event.language))
        return prepare.create(tx, event, plan, self._clock())

    def _copy_session(self, tx: Tx, session_id: str, event_id: str | None) -> Session:
        source = prepare.find(tx, session_id)
        return prepare.create(tx, _event(tx, event_id or source.event_id), prepare.plan_of(tx, source), self._clock())

    def _invite(self, tx: Tx, event: Event, invited: Iterable[Invited]) -> None:
        start = len(rows.organisations(tx, event.id))
        for position, one in enumerate(invited, start):
            key = text.name_key(one.name)
            rows.add_organisation(tx, Organisation(new_id(self._clock()), event.id, one.name, key, position, True, one.sector or ""))
        _bump_all(tx, event.id)

    def _rename(self, tx: Tx, event_id: str, organisation_id: str, plan: Invited) -> None:
        key = text.name_key(plan.name)
        mine = _organisation(tx, event_id, organisation_id)
        if any(o.name_key == key and o.id != mine.id for o in rows.organisations(tx, event_id)):
            raise errors.Conflict("name")
        rows.rename_organisation(tx, mine.id, plan.name, key, mine.sector if plan.sector is None else plan.sector)
        for session in rows.sessions(tx, event_id):
            participants.renew(tx, session.id, mine.id, live.bump(tx, session.id))

    def _uninvite(self, tx: Tx, event_id: str, organisation_id: str) -> None:
        mine = _organisation(tx, event_id, organisation_id)
        if rows.is_represented(tx, mine.id) or reviews.has_answered(tx, mine.id):
            raise errors.Conflict("name")
        rows.remove_organisation(tx, mine.id)
        _bump_all(tx, event_id)


def _overview(tx: Tx, event: Event) -> Overview:
    return Overview(
        event, tuple(rows.organisations(tx, event.id)), tuple(rows.sessions(tx, event.id)), rows.people(tx, event.id),
        practices.worked_on(tx, event.id),
    )


def _event(tx: Tx, event_id: str) -> Event:
    found = rows.by_id(tx, event_id)
    if found is None:
        raise errors.NotFound()
    return found


def _organisation(tx: Tx, event_id: str, organisation_id: str) -> Organisation:
    found = rows.organisation(tx, event_id, organisation_id)
    if found is None:
        raise errors.NotFound()
    return found


def _bump_all(tx: Tx, event_id: str) -> None:
    for session in rows.sessions(tx, event_id):
        live.bump(tx, session.id)


__all__ = ["EventPlan", "Organize", "Overview", "SessionPlan", "ThemeLine", "pasted_themes"]
