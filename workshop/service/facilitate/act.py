"""One command of the console being carried out: what it looks up, what it changes, and what it leaves to be undone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, TypeVar

from workshop import errors
from workshop.model import Ballot, Dismissal, Experience, Idea, LogEntry, Participant, Session, Step, Theme, new_id
from workshop.service import commands as c
from workshop.service.facilitate.table import MADE, Tables
from workshop.service.participate import Participate
from workshop.store import Tx
from workshop.store.queries import log, sessions

Row = TypeVar("Row", Session, Theme, Idea, Experience, Participant, Dismissal, Step, Ballot)


class Act:
    """One command: who, when, on which session, and the revision it gets."""

    def __init__(self, tx: Tx, session_id: str, actor: str, name: str, at: int, participate: Participate, tables: Tables) -> None:
        session = sessions.by_id(tx, session_id)
        if session is None:
            raise errors.NotFound("session")
        self.tx, self.session, self.actor, self.name, self.at = tx, session, actor, name, at
        self.participate, self.tables = participate, tables
        self._rev: int | None = None
        self._changes: dict[str, dict[str, dict[str, tuple[Any, Any]]]] = {}

    @property
    def rev(self) -> int:
        """The revision of this command; the session's is raised when it is first asked for."""
        if self._rev is None:
            self._rev = sessions.bump(self.tx, self.session.id)
        return self._rev

    # -- looking up: through the session, so that what cannot be found cannot be touched ------------------

    def theme(self, theme_id: str) -> Theme:
        """The session's theme, or errors.NotFound."""
        return self.find(Theme, theme_id, "theme")

    def idea(self, idea_id: str) -> Idea:
        """The session's idea, or errors.NotFound."""
        return self.find(Idea, idea_id, "idea")

    def find(self, kind: type[Row], row_id: str, field: str) -> Row:
        """The session's row of the kind, or errors.NotFound naming *field*."""
        found: Row | None = self.tables.of(kind).find(self.tx, self.session.id, row_id)
        if found is None:
            raise errors.NotFound(field)
        return found

    # -- changing ---------------------------------------------------------------------------------------

    def change(self, row: Row, **values: Any) -> Row:
        """Store *values* in the row under the command's revision, remember what they replace, and return the row as it is now."""
        stamped = {"rev": self.rev} | ({"updated_at": self.at} if hasattr(row, "updated_at") else {})
        changed = replace(row, **values, **stamped)
        self.tables.of(type(row)).save(self.tx, changed)
        if isinstance(changed, Session):
            self.session = changed
        for column, value in values.items():
            if getattr(row, column) != value:
                self.keep(row, column, getattr(row, column), value)
        return changed

    def made(self, row: Row) -> Row:
        """Remember that there was no such row: undo takes it away again, by its table's ``unmake``."""
        self.keep(row, MADE, None, row.id)
        return row

    def keep(self, row: Row, column: str, was: Any, became: Any) -> None:
        """Remember a value that was replaced, for undo. Of what is new *was* is what makes it as if it were not there; of a
        column that a command changes twice, what was there before the command."""
        rows = self._changes.setdefault(self.tables.of(type(row)).name, {})
        replaced = rows.setdefault(row.id, {})
        replaced[column] = (replaced.get(column, (was,))[0], became)

    def enter(self, who: Participant, command: c.Command) -> None:
        """Carry out a participant's command for *who*, under the revision that it gets there.

        Raises:
            errors.WorkshopError: what a participant would be answered.
        """
        self._rev = self.participate.carry_out(self.tx, who, command)["rev"]

    def show(self, **values: Any) -> None:
        """Store what passes by itself, the session's timer and wall: nothing of it is to be put back on undo."""
        self.session = replace(self.session, **values, rev=self.rev)
        sessions.save(self.tx, self.session)

    def note(self, subject: str = "", **after: Any) -> None:
        """Write the command into the log, with all that `change` has replaced so far.

        Args:
            subject: the id of what it was done to.
            after: what is said of it, and later shown.
        """
        entry = LogEntry(new_id(self.at), self.session.id, self.rev, self.at, self.actor, self.name, subject,
                         json.dumps(self._changes), json.dumps(after), None)
        log.add(self.tx, entry)
