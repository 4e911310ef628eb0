"""The people: who may come in, who is sent out and put back, and who is a host."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from workshop import errors
from workshop.model import Experience, Idea, LogEntry, Participant
from workshop.service import commands as c
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.board import EXPERIENCES, IDEAS, check_merges
from workshop.service.facilitate.table import Columns, Rows, Table
from workshop.store.queries import ideas, log, participants

LONGEST = 10 * 60_000  # milliseconds that "the last minutes" may be: a slip must not take the whole day


def _lock(act: Act, command: c.JoinLock) -> None:
    if command.locked == act.session.locked:
        return  # two facilitators wanted the same
    act.change(act.session, locked=command.locked)
    act.note(locked=command.locked)


def _host(act: Act, command: c.ParticipantHost) -> None:
    who = act.find(Participant, command.participant, "participant")
    if who.proxy or who.host == command.host:
        raise errors.Conflict("participant")
    act.change(who, host=command.host)
    act.note(who.id, host=command.host)


# -- out and back ------------------------------------------------------------------------------------------


def _remove(act: Act, command: c.ParticipantRemove) -> None:
    who = act.find(Participant, command.participant or _author(act, command.idea), "participant")
    if who.proxy or (who.removed_at is not None) == command.removed:
        raise errors.Conflict("participant")
    if command.removed:
        _send_out(act, [who])
        _hide(act, ideas.of_participant(act.tx, who.id), ideas.experiences_of(act.tx, who.id))
    else:
        _put_back(act, who)
    act.note(who.id, removed=command.removed)


def _author(act: Act, idea: str | None) -> str:
    """Who wrote the idea: the console may send out an author whom it is not told."""
    return act.idea(idea).participant_id if idea else ""


def _send_out(act: Act, people: Iterable[Participant]) -> None:
    for who in people:
        act.change(who, removed_at=act.at)


def _hide(act: Act, written: Iterable[Idea], said: Iterable[Experience]) -> None:
    """Hide what is public or waits; what others wrote and was merged into it stays."""
    off = [idea for idea in written if idea.state in ("active", "held")]
    gone = {idea.id for idea in off}
    for idea in off:
        _keep_others(act, idea, gone)
        act.change(act.idea(idea.id), state="hidden")  # looked up anew: it may have been merged meanwhile
    for experience in said:
        if experience.state in ("active", "held"):
            act.change(experience, state="hidden")


def _keep_others(act: Act, lead: Idea, gone: set[str]) -> None:
    """Of the ideas merged into *lead* the oldest that stays leads from now on."""
    parts = ideas.merged_into(act.tx, lead.id)
    heir = next((part for part in parts if part.state == "active" and part.id not in gone), None)
    if heir is None:
        return
    act.change(heir, merged_into=None)
    for one in (act.idea(lead.id), *parts):
        if one.id != heir.id:
            act.change(one, merged_into=heir.id)


def _put_back(act: Act, who: Participant) -> None:
    """Let *who* in again, and show what being sent out hid, unless it has changed since."""
    act.change(who, removed_at=None)
    entry = _sent_out_by(act, who)
    if entry is None:
        return
    shown = [idea for idea, columns in _rows(entry, IDEAS).items() if _shown_again(act, who, entry, act.idea(idea), columns)]
    for row_id, columns in _rows(entry, EXPERIENCES).items():
        _shown_again(act, who, entry, act.find(Experience, row_id, "participant"), columns)
    check_merges(act, shown)
    if entry.action == "participant.remove":
        log.mark_undone(act.tx, entry.id, act.at)


def _sent_out_by(act: Act, who: Participant) -> LogEntry | None:
    """The latest entry of the log that still holds *who* outside."""
    entries = (e for e in reversed(log.of_session(act.tx, act.session.id)) if e.undone_at is None)
    return next((e for e in entries if _rows(e, PARTICIPANTS).get(who.id, {}).get("removed_at", [None, None])[1]), None)


def _rows(entry: LogEntry, table: Table) -> Rows:
    rows: Rows = json.loads(entry.before).get(table.name, {})
    return rows


def _shown_again(act: Act, who: Participant, entry: LogEntry, row: Idea | Experience, columns: Columns) -> bool:
    """Put back the columns that still are as the entry left them; of "the last minutes" those of *who* alone. Whether any were."""
    if entry.action != "participant.remove" and row.participant_id != who.id:
        return False
    was = {column: before for column, (before, became) in columns.items() if getattr(row, column) == became}
    if was:
        act.change(row, **was)
    return bool(was)


# -- the last minutes -----------------------------------------------------------------------------------------


def _remove_recent(act: Act, command: c.RecentRemove) -> None:
    if command.since < act.at - LONGEST:
        raise errors.Conflict("since")
    people = [who for who in participants.of_session(act.tx, act.session.id) if _is_newcomer(who, command.since)]
    written = [idea for idea in ideas.of_session(act.tx, act.session.id) if _is_new(idea, command.since)]
    said = [one for one in ideas.experiences(act.tx, act.session.id) if _is_new(one, command.since)]
    if not (people or written or said):
        raise errors.Conflict("since")
    _send_out(act, people)
    _hide(act, written, said)
    act.note(people=len(people), ideas=len(written), experiences=len(said))


def _is_newcomer(who: Participant, since: int) -> bool:
    return who.joined_at >= since and who.removed_at is None and not who.host and not who.proxy


def _is_new(row: Idea | Experience, since: int) -> bool:
    return row.created_at >= since and row.state in ("active", "held")


PARTICIPANTS = Table("participants", Participant, participants.in_session, participants.save)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {
    c.JoinLock: _lock, c.ParticipantHost: _host, c.ParticipantRemove: _remove, c.RecentRemove: _remove_recent,
}
