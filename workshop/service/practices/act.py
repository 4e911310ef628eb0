"""One change of a practice being carried out: what it looks up, by whom, and the revision it gets."""

from __future__ import annotations

import json
from dataclasses import replace

from workshop import errors
from workshop.model import FieldText, PracticeEntry, StoredPractice, Wording, new_id
from workshop.store import Tx
from workshop.store.queries import practices


class Act:
    """One change of the practice *practice_id* of the event.

    Args:
        actor: the account's id.
        at: epoch milliseconds.

    Raises:
        errors.NotFound: the event has no such practice.
    """

    def __init__(self, tx: Tx, event_id: str, practice_id: str, actor: str, at: int) -> None:
        found = practices.in_event(tx, event_id, practice_id)
        if found is None:
            raise errors.NotFound("practice")
        self.tx, self.practice, self.actor, self.at = tx, found, actor, at
        self._rev: int | None = None

    def open(self) -> Act:
        """This act, once the practice may be changed.

        Raises:
            errors.Frozen: it is a frozen version.
        """
        if self.practice.state == "frozen":
            raise errors.Frozen("practice", number=self.practice.number)
        return self

    @property
    def rev(self) -> int:
        """The revision that this change makes, one for all of it."""
        if self._rev is None:
            self._rev = practices.bump(self.tx, self.practice.id, self.at)
        return self._rev

    def change(self, **values: object) -> StoredPractice:
        """Give the practice other values."""
        self.practice = replace(self.practice, rev=self.rev, updated_at=self.at, **values)  # type: ignore[arg-type]
        practices.save(self.tx, self.practice)
        return self.practice

    def write(self, section: str, text: str, tags: str, owner: str) -> FieldText:
        """Let this stand in a section, and keep it among the section's wordings."""
        field = FieldText(self.practice.id, section, text, tags, owner, self.rev, self.at, self.actor)
        practices.put_field(self.tx, field)
        self.keep(field)
        return field

    def keep(self, field: FieldText, refused: bool = False) -> None:
        """Keep a wording; *refused* is one that does not stand, because another had come before."""
        practices.add_wording(self.tx, Wording(
            new_id(self.at), field.practice_id, field.section, field.text, field.tags, field.owner, refused, self.rev, self.at, self.actor,
        ))

    def note(self, action: str, **detail: object) -> None:
        """Remember what was done; never with a name."""
        note(self.tx, self.practice, self.actor, self.at, action, **detail)


def note(tx: Tx, practice: StoredPractice, actor: str, at: int, action: str, **detail: object) -> None:
    """Remember what was done to the practice."""
    text = json.dumps(detail, ensure_ascii=False)
    practices.note(tx, PracticeEntry(new_id(at), practice.event_id, practice.id, at, actor, action, text))
