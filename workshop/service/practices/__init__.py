"""Practices as kept: drafted from ideas, edited by several at once, frozen and continued."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from workshop import errors
from workshop.model import Dossier, Edition, Event, FieldText, PracticeEntry, Session, StoredMeasure, StoredPractice, Wording, now_ms
from workshop.rules import opaque
from workshop.rules.kpi import Measure
from workshop.rules.practice import Practice
from workshop.service.practices import drafting, editing, figures, importing, next_year, shelf, versions
from workshop.service.practices.act import Act
from workshop.service.practices.drafting import Choice
from workshop.service.practices.editing import Saved, Written
from workshop.service.practices.figures import Figures
from workshop.service.practices.importing import Batch, Brought
from workshop.service.practices.presence import Here, Presence
from workshop.service.practices.shelf import Shelf
from workshop.store import Store, Tx
from workshop.store.queries import accounts, events, practices, sessions

__all__ = ["Choice", "Measure", "Opened", "Practices", "Since", "Written"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A practice as an editor opens it: as it reads, what is kept of it, its event, and the names of accounts by id."""

    practice: Practice
    dossier: Dossier
    event: Event
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed in a practice since a revision."""

    practice: StoredPractice
    fields: tuple[FieldText, ...]
    measures: tuple[StoredMeasure, ...]
    room: int  # the revision of its session, by which a page sees that what the room said has changed


class Practices:
    """Commands and queries of those who edit practices. *actor* is the account's id everywhere.

    All raise errors.NotFound where the event has no such practice, and what changes one errors.Frozen.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._presence = Presence()

    # -- queries -----------------------------------------------------------------------------------

    def of_event(self, event_id: str) -> list[Dossier]:
        """The event's practices in every state, theme by theme."""
        return self._store.read(lambda tx: [practices.dossier(tx, one) for one in practices.of_event(tx, event_id)])

    def shelf(self, event_id: str) -> Shelf:
        """The event's practices on one page, as `shelf.shelf`, and with its errors."""
        return self._store.read(lambda tx: shelf.shelf(tx, event_id))

    def here(self, practice_id: str, page: str, actor: str, section: str) -> list[Here]:
        """Say that a page of *actor* has the practice open; the other pages that do."""
        return self._presence.seen(practice_id, page, actor, section, self._clock())

    def names(self) -> dict[str, str]:
        """The names of accounts by id."""
        return self._store.lookup(accounts.names)

    def find(self, practice_id: str) -> StoredPractice:
        """The practice, by which its event is found."""
        return self._store.lookup(lambda tx: _found(practices.by_id(tx, practice_id)))

    def opened(self, event_id: str, practice_id: str) -> Opened:
        """The practice as an editor opens it."""
        return self._store.read(lambda tx: self._opened(tx, event_id, practice_id))

    def since(self, event_id: str, practice_id: str, rev: int) -> Since:
        """What has changed in the practice since the revision."""
        return self._store.lookup(lambda tx: self._since(tx, event_id, practice_id, rev))

    def wordings(self, event_id: str, practice_id: str, section: str) -> list[Wording]:
        """Every wording that the section had or was refused, oldest first."""
        return self._store.read(lambda tx: practices.wordings(tx, _found(practices.in_event(tx, event_id, practice_id)).id, section))

    def figures(self, event_id: str, practice_id: str, measure_id: str) -> list[Figures]:
        """What a measure of the practice said before, as `figures.history`, and with its errors."""
        return self._store.read(
            lambda tx: figures.history(tx, _found(practices.in_event(tx, event_id, practice_id)).id, measure_id))

    def ideas_of(self, event_id: str, practice_id: str, shown: Iterable[str]) -> list[str]:
        """The ids of those of the practice's ideas that pages and documents show by the ids *shown*."""
        wanted = set(shown)
        rows = self._store.read(lambda tx: practices.ideas(tx, _found(practices.in_event(tx, event_id, practice_id)).id))
        return [one.idea_id for one in rows if opaque.opaque(one.idea_id) in wanted]

    def history(self, event_id: str, practice_id: str) -> list[PracticeEntry]:
        """What was done to the practice, oldest first."""
        return self._store.read(lambda tx: practices.noted(tx, _found(practices.in_event(tx, event_id, practice_id)).id))

    # -- drafting ----------------------------------------------------------------------------------

    def draft(self, event_id: str, session_id: str, choice: Choice, actor: str) -> list[StoredPractice]:
        """Make what is missing, as `drafting.draft`, and with its errors."""
        return self._store.write(lambda tx: drafting.draft(tx, event_id, session_id, choice, actor, self._clock()))

    def split(self, event_id: str, practice_id: str, ideas: Iterable[str], actor: str) -> StoredPractice:
        """As `drafting.split`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: drafting.split(act, ideas))

    def join(self, event_id: str, practice_id: str, other_id: str, actor: str) -> StoredPractice:
        """As `drafting.join`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: drafting.join(act, other_id))

    def bring(self, batches: Iterable[Batch], event: str = "", actor: str = "") -> list[Brought]:
        """Bring in what files hold, all of it or nothing, as `importing.bring`, and with its errors."""
        batches = list(batches)
        return self._store.write(lambda tx: importing.bring(tx, batches, event, actor, self._clock()))

    def next_year(self, event_id: str, source_id: str) -> Session:
        """A session of the event that begins with the practices of another, as `next_year.start`, and with its errors."""
        return self._store.write(lambda tx: next_year.start(tx, event_id, source_id, self._clock()))

    def sources(self, event_id: str) -> list[Event]:
        """The events with frozen practices from which a session of the event can start, the newest first."""
        return self._store.read(lambda tx: next_year.sources(tx, event_id))

    # -- editing -----------------------------------------------------------------------------------

    def save(self, event_id: str, practice_id: str, written: Written, actor: str) -> FieldText:
        """Save a section, as `editing.save`, and with its errors.

        Raises:
            errors.Overtaken: somebody else has saved it since; what was written is kept among the wordings.
        """
        return _stands(self._change(event_id, practice_id, actor, lambda act: editing.save(act, written)))

    def restore(self, event_id: str, practice_id: str, wording_id: str, base: int, actor: str) -> FieldText:
        """Let an earlier wording stand again; as `save`."""
        return _stands(self._change(event_id, practice_id, actor, lambda act: editing.restore(act, wording_id, base)))

    def put_measure(self, event_id: str, practice_id: str, measure: Measure, base: int, actor: str) -> StoredMeasure:
        """As `editing.put_measure`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: editing.put_measure(act, measure, base))

    def remove_measure(self, event_id: str, practice_id: str, measure_id: str, actor: str) -> StoredMeasure:
        """As `editing.remove_measure`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: editing.remove_measure(act, measure_id))

    def confirm(self, event_id: str, practice_id: str, reason: str | None, actor: str) -> StoredPractice:
        """As `editing.confirm`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: editing.confirm(act, reason))

    def review_on(self, event_id: str, practice_id: str, day: str, actor: str) -> StoredPractice:
        """As `editing.review_on`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: editing.review_on(act, day))

    def set_state(self, event_id: str, practice_id: str, state: str, actor: str) -> StoredPractice:
        """As `editing.set_state`, and with its errors."""
        return self._change(event_id, practice_id, actor, lambda act: editing.set_state(act, state))

    # -- versions ----------------------------------------------------------------------------------

    def freeze(self, event_id: str, practice_id: str, actor: str) -> Edition:
        """As `versions.freeze`, and with its errors."""
        return self._change(event_id, practice_id, actor, versions.freeze)

    def continued(self, event_id: str, practice_id: str, large: bool, actor: str) -> StoredPractice:
        """As `versions.continued`, and with its errors."""
        return self._store.write(lambda tx: versions.continued(self._act(tx, event_id, practice_id, actor), large))

    # -- inside a transaction ------------------------------------------------------------------------

    def _change(self, event_id: str, practice_id: str, actor: str, work: Callable[[Act], T]) -> T:
        return self._store.write(lambda tx: work(self._act(tx, event_id, practice_id, actor).open()))

    def _act(self, tx: Tx, event_id: str, practice_id: str, actor: str) -> Act:
        return Act(tx, event_id, practice_id, actor, self._clock())

    def _opened(self, tx: Tx, event_id: str, practice_id: str) -> Opened:
        found = _found(practices.in_event(tx, event_id, practice_id))
        event = events.by_id(tx, event_id)
        assert event is not None, "a practice's event stands by its foreign key"
        return Opened(*versions.reading(tx, found), event, accounts.names(tx))

    def _since(self, tx: Tx, event_id: str, practice_id: str, rev: int) -> Since:
        found = _found(practices.in_event(tx, event_id, practice_id))
        if found.rev <= rev:
            return Since(found, (), (), _room(tx, found))
        return Since(found, tuple(practices.fields(tx, found.id, rev)), tuple(practices.measures(tx, found.id, rev)), _room(tx, found))


def _room(tx: Tx, practice: StoredPractice) -> int:
    session = sessions.by_id(tx, practice.session_id or "")
    return session.rev if session else 0


def _found(practice: StoredPractice | None) -> StoredPractice:
    if practice is None:
        raise errors.NotFound("practice")
    return practice


def _stands(saved: Saved) -> FieldText:
    """What stands, after the commit: a refused wording must be kept before anybody hears of it."""
    if saved.refused:
        raise errors.Overtaken(saved.stands.section, saved.refused, saved.stands)
    return saved.stands
