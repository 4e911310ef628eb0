"""What a facilitator may do from the console: phases, timer, moderation, merging, the wall, undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from workshop import errors
from workshop.model import DETAIL_LIMIT, TITLE_LIMIT, Idea, LogEntry, Phase, Session, Theme, new_id, now_ms
from workshop.rules import phases, text
from workshop.service import commands as c
from workshop.service.once import Answer, once
from workshop.store import Store, Tx
from workshop.store.queries import accounts, ideas, log, participants, sessions

UNDOABLE = ("idea.edit", "idea.hide", "idea.move", "idea.merge", "idea.split", "experience.hide", "undo")
IDEA_COLUMNS = ("theme_id", "title", "detail", "state", "merged_into")
AUTO_WALL: dict[str, Any] = {"view": "auto", "theme": None, "page": 0, "idea": None}


class Facilitate:
    """Commands of the console.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._handlers: dict[type, Callable[[Act, Any], None]] = {
            c.PhaseSet: self._set_phase,
            c.RoundNext: self._next_round,
            c.TimerSet: self._set_timer,
            c.IdeaEdit: self._edit,
            c.IdeaHide: self._hide,
            c.IdeaMove: self._move,
            c.IdeaMerge: self._merge,
            c.IdeaSplit: self._split,
            c.ExperienceHide: self._hide_experience,
            c.ScreenShow: self._show,
            c.Undo: self._undo,
        }

    def command(self, signin: str, session_id: str, name: str, command: c.Command) -> Answer:
        """Carry out *command* in the session, once.

        Args:
            signin: the hash of the signed-in browser's token; looked up again at every command.
            name: the command's name, for the log.

        Raises:
            errors.WorkshopError: typed; nothing was stored.
        """
        return self._store.write(lambda tx: self._command(tx, signin, session_id, name, command))

    def _command(self, tx: Tx, signin: str, session_id: str, name: str, command: c.Command) -> Answer:
        account = accounts.signed_in(tx, signin, self._clock())
        if account is None:
            raise errors.NotSignedIn()
        return once(tx, f"{account.id}/{session_id}", command.id, self._clock(),
                    lambda: self._act(Act(tx, session_id, account.id, name, self._clock()), command))

    def _act(self, act: Act, command: c.Command) -> Answer:
        self._handlers[type(command)](act, command)
        return {"rev": act.rev, "set": {}}

    # -- phases, rounds, timer, wall ------------------------------------------------------------

    def _set_phase(self, act: Act, command: c.PhaseSet) -> None:
        if command.theme is None:
            sessions.set_phase(act.tx, act.session.id, command.phase)
            for theme in sessions.themes(act.tx, act.session.id):
                act.save_theme(theme, None, command.phase)
        else:
            theme = act.theme(command.theme)
            own = command.phase if command.phase != act.session.phase else None
            act.save_theme(theme, own, command.phase)
        if command.theme is None:
            participants.clear_done(act.tx, act.session.id, act.rev)  # a phase set anew begins anew
        self._start_timer(act, command.seconds)
        sessions.set_wall(act.tx, act.session.id, json.dumps({**AUTO_WALL, "theme": command.theme}))
        act.note(command.theme or "", after={"phase": command.phase})

    def _next_round(self, act: Act, command: c.RoundNext) -> None:
        chosen = [act.theme(command.theme)] if command.theme else sessions.themes(act.tx, act.session.id)
        for theme in chosen:
            own: Phase | None = "vote" if command.theme and act.session.phase != "vote" else None
            sessions.save_theme(act.tx, theme.id, own, theme.round + 1, False, act.rev)
        if not command.theme:
            sessions.set_phase(act.tx, act.session.id, "vote")
        participants.clear_done(act.tx, act.session.id, act.rev)
        self._start_timer(act, None)
        sessions.set_wall(act.tx, act.session.id, json.dumps({**AUTO_WALL, "theme": command.theme}))
        act.note(command.theme or "")

    def _start_timer(self, act: Act, seconds: int | None) -> None:
        sessions.set_timer(act.tx, act.session.id, act.at + seconds * 1000 if seconds else None, None)

    def _set_timer(self, act: Act, command: c.TimerSet) -> None:
        ends_at, left = _timer(act.session, command.action, (command.seconds or 60) * 1000, act.at)
        sessions.set_timer(act.tx, act.session.id, ends_at, left)
        act.raise_rev()

    def _show(self, act: Act, command: c.ScreenShow) -> None:
        if command.theme:
            act.theme(command.theme)
        if command.idea:
            act.idea(command.idea)
        wall = {"view": command.view, "theme": command.theme, "page": command.page, "idea": command.idea}
        sessions.set_wall(act.tx, act.session.id, json.dumps(wall))
        act.raise_rev()

    # -- ideas --------------------------------------------------------------------------------

    def _edit(self, act: Act, command: c.IdeaEdit) -> None:
        title = text.clean_line(command.title, TITLE_LIMIT, "title")
        detail = text.clean_block(command.detail, DETAIL_LIMIT, "detail")
        act.change(act.idea(command.idea), title=title, detail=detail)

    def _hide(self, act: Act, command: c.IdeaHide) -> None:
        idea = act.idea(command.idea)
        if idea.state == "withdrawn":
            raise errors.Conflict("idea")  # its author took it back: that is not the console's to undo
        act.change(idea, state="hidden" if command.hidden else "active")

    def _move(self, act: Act, command: c.IdeaMove) -> None:
        theme, idea = act.theme(command.theme), act.idea(command.idea)
        if idea.merged_into:
            raise errors.Conflict("idea")
        act.change(idea, *ideas.merged_into(act.tx, idea.id), theme_id=theme.id)

    def _merge(self, act: Act, command: c.IdeaMerge) -> None:
        idea, into = act.idea(command.idea), act.idea(command.into)
        if idea.theme_id != into.theme_id or idea.id == into.id or into.merged_into or into.state != "active":
            raise errors.Conflict("into")
        # What was merged into the idea comes along, so that a merge is always one level deep.
        act.change(idea, *ideas.merged_into(act.tx, idea.id), merged_into=into.id)

    def _split(self, act: Act, command: c.IdeaSplit) -> None:
        idea = act.idea(command.idea)
        if idea.merged_into is None:
            raise errors.Conflict("idea")
        act.change(idea, merged_into=None)

    def _hide_experience(self, act: Act, command: c.ExperienceHide) -> None:
        old = ideas.experience(act.tx, act.session.id, command.experience)
        if old is None:
            raise errors.NotFound("experience")
        new = replace(old, state="hidden" if command.hidden else "active", rev=act.rev, updated_at=act.at)
        ideas.save_experience(act.tx, new)
        act.note(old.id, before={"experiences": {old.id: {"state": old.state}}}, after={"state": new.state})

    # -- undo -----------------------------------------------------------------------------------

    def _undo(self, act: Act, command: c.Undo) -> None:
        entry = log.find(act.tx, act.session.id, command.log)
        if entry is None or entry.action not in UNDOABLE or entry.undone_at:
            raise errors.Conflict("log")
        before = json.loads(entry.before)
        if any(act.idea(idea).rev != entry.rev for idea in before.get("ideas", {})):
            raise errors.Conflict("log")  # something newer was done to it: that has to be undone first
        kept = _put_back(act, before, entry.rev)
        _check_merges(act, before.get("ideas", {}))
        log.mark_undone(act.tx, entry.id, act.at)
        act.note(entry.subject, before=kept, after={"undone": entry.action})


class Act:
    """One command being carried out: who, when, on which session, and the revision it gets."""

    def __init__(self, tx: Tx, session_id: str, actor: str, name: str, at: int) -> None:
        session = sessions.by_id(tx, session_id)
        if session is None:
            raise errors.NotFound("session")
        self.tx, self.session, self.actor, self.name, self.at = tx, session, actor, name, at
        self._rev: int | None = None

    @property
    def rev(self) -> int:
        """The revision of this command; the session's is raised when it is first asked for."""
        if self._rev is None:
            self._rev = sessions.bump(self.tx, self.session.id)
        return self._rev

    def raise_rev(self) -> int:
        """Raise the session's revision though only its own row changed."""
        return self.rev

    def theme(self, theme_id: str) -> Theme:
        """The session's theme, or errors.NotFound."""
        theme = sessions.theme(self.tx, self.session.id, theme_id)
        if theme is None:
            raise errors.NotFound("theme")
        return theme

    def idea(self, idea_id: str) -> Idea:
        """The session's idea, or errors.NotFound."""
        idea = ideas.in_session(self.tx, self.session.id, idea_id)
        if idea is None:
            raise errors.NotFound("idea")
        return idea

    def save_theme(self, theme: Theme, own: Phase | None, now: Phase) -> None:
        """Store a theme's own phase, and whether its totals are public in the phase now in force."""
        sessions.save_theme(self.tx, theme.id, own, theme.round, phases.revealed_after(now, theme.revealed), self.rev)

    def change(self, *changed: Idea, **values: Any) -> None:
        """Store *values* in each of the ideas and note what to put back on undo; the first is the subject."""
        before = {idea.id: {column: getattr(idea, column) for column in IDEA_COLUMNS} for idea in changed}
        for idea in changed:
            ideas.save(self.tx, replace(idea, **values, rev=self.rev, updated_at=self.at))
        self.note(changed[0].id, before={"ideas": before}, after=values)

    def note(self, subject: str, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> None:
        """Write the command into the log."""
        log.add(self.tx, LogEntry(new_id(self.at), self.session.id, self.rev, self.at, self.actor, self.name, subject,
                                  json.dumps(before or {}), json.dumps(after or {}), None))


def _put_back(act: Act, before: dict[str, Any], since: int) -> dict[str, Any]:
    """Store the values of *before*; return those that they replaced, so that an undo can be undone."""
    kept: dict[str, Any] = {"ideas": {}, "experiences": {}}
    for idea_id, values in before.get("ideas", {}).items():
        idea = act.idea(idea_id)
        kept["ideas"][idea_id] = {column: getattr(idea, column) for column in IDEA_COLUMNS}
        ideas.save(act.tx, replace(idea, **values, rev=act.rev, updated_at=act.at))
    for experience_id, values in before.get("experiences", {}).items():
        experience = ideas.experience(act.tx, act.session.id, experience_id)
        if experience is None or experience.rev != since:
            raise errors.Conflict("log")
        kept["experiences"][experience_id] = {"state": experience.state}
        ideas.save_experience(act.tx, replace(experience, **values, rev=act.rev, updated_at=act.at))
    return kept


def _check_merges(act: Act, changed: Iterable[str]) -> None:
    """A merge stays one level deep and inside one theme, whatever was done since to the ideas it joins."""
    for idea in map(act.idea, changed):
        into = act.idea(idea.merged_into) if idea.merged_into else None
        parts = ideas.merged_into(act.tx, idea.id)
        if any(part.theme_id != idea.theme_id for part in parts):
            raise errors.Conflict("log")
        if into and (parts or into.merged_into or into.theme_id != idea.theme_id):
            raise errors.Conflict("log")


def _timer(session: Session, action: str, amount: int, at: int) -> tuple[int | None, int | None]:
    """The timer's end (running) or rest (paused) after *action*; times in milliseconds."""
    if action == "clear":
        return None, None
    if action == "start":
        return at + amount, None
    ends_at, left = session.timer_ends_at, session.timer_left
    if ends_at is None and left is None:
        raise errors.Conflict("action")
    rest = max(0, ends_at - at) if ends_at is not None else left or 0
    if action == "pause":
        return None, rest
    if action == "resume":
        return at + rest, None
    return (at + rest + amount, None) if ends_at is not None else (None, rest + amount)
