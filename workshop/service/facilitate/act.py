"""One command of the console being carried out: what it looks up, what it changes, and what it leaves to be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from workshop import errors
from workshop.model import Ballot, Dismissal, Experience, Idea, LogEntry, Participant, Session, Step, Theme, new_id
from workshop.service import commands as c
from workshop.service.participate import Participate
from workshop.store import Tx
from workshop.store.queries import ballots, dismissals, events, ideas, log, participants, sessions, steps

Row = TypeVar("Row", Session, Theme, Idea, Experience, Participant, Dismissal, Step, Ballot)
Find = Callable[[Tx, str, str], Any]  # a row by its session's id and its own
Save = Callable[[Tx, Any], None]


def _ballot(tx: Tx, session_id: str, ballot_id: str) -> Ballot:
    """The ballot; one without choices (None) where none was cast."""
    theme, participant, round = ballot_id.split("/")
    none: Any = None
    return ballots.find(tx, session_id, ballot_id) or Ballot(theme, participant, int(round), session_id, 0, 0, 0, none)


def _save_ballot(tx: Tx, ballot: Ballot) -> None:
    (ballots.remove if ballot.choices is None else ballots.put)(tx, ballot)


# The tables whose rows the console changes, by the name under which the log keeps what was there before.
TABLES: dict[str, tuple[type, Find, Save]] = {
    "sessions": (Session, lambda tx, session, _id: sessions.by_id(tx, session), sessions.save),
    "themes": (Theme, sessions.theme, sessions.save_theme),
    "ideas": (Idea, ideas.in_session, ideas.save),
    "experiences": (Experience, ideas.experience, ideas.save_experience),
    "participants": (Participant, participants.in_session, participants.save),
    "dismissals": (Dismissal, dismissals.by_id, dismissals.save),
    "steps": (Step, steps.in_session, steps.save),
    "ballots": (Ballot, _ballot, _save_ballot),
}
_NAMES = {kind: name for name, (kind, _, _) in TABLES.items()}


class Act:
    """One command: who, when, on which session, and the revision it gets."""

    def __init__(self, tx: Tx, session_id: str, actor: str, name: str, at: int, participate: Participate) -> None:
        session = sessions.by_id(tx, session_id)
        if session is None:
            raise errors.NotFound("session")
        self.tx, self.session, self.actor, self.name, self.at = tx, session, actor, name, at
        self.participate = participate
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
        return self.find("themes", theme_id, "theme")

    def idea(self, idea_id: str) -> Idea:
        """The session's idea, or errors.NotFound."""
        return self.find("ideas", idea_id, "idea")

    def find(self, table: str, row_id: str, field: str) -> Any:
        """A row of one of the `TABLES`, or errors.NotFound naming *field*."""
        _, find, _ = TABLES[table]
        found = find(self.tx, self.session.id, row_id)
        if found is None:
            raise errors.NotFound(field)
        return found

    # -- changing ---------------------------------------------------------------------------------------

    def change(self, row: Row, **values: Any) -> Row:
        """Store *values* in the row under the command's revision, remember what they replace, and return the row as it is now."""
        table = _NAMES[type(row)]
        stamped = {"rev": self.rev} | ({"updated_at": self.at} if hasattr(row, "updated_at") else {})
        changed = replace(row, **values, **stamped)
        TABLES[table][2](self.tx, changed)
        if isinstance(changed, Session):
            self.session = changed
        for column, value in values.items():
            if getattr(row, column) != value:
                self.keep(table, row.id, column, getattr(row, column), value)
        return changed

    def make_theme(self, theme: Theme) -> Theme:
        """Store a theme that there was not; undo takes it away again (see `remove_theme`)."""
        events.insert_theme(self.tx, theme)
        sessions.save_theme(self.tx, theme)
        self._changes.setdefault("themes", {})[theme.id] = {"id": (None, theme.id)}
        return theme

    def remove_theme(self, theme_id: str) -> None:
        """Take a theme away as if it had never been made, or errors.Conflict: something has been put into it since."""
        if events.theme_is_used(self.tx, self.theme(theme_id).id):
            raise errors.Conflict("log")
        events.remove_theme(self.tx, theme_id)

    def keep(self, table: str, row_id: str, column: str, was: Any, became: Any) -> None:
        """Remember a value that was replaced, for undo. Of what is new *was* is what makes it as if it were not there; of a
        column that a command changes twice, what was there before the command."""
        replaced = self._changes.setdefault(table, {}).setdefault(row_id, {})
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
