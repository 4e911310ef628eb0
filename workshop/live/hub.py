"""What goes out: at most every 100 ms per session, one delta per audience, encoded once for all its sockets."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.event import Event
from gevent.lock import RLock

from workshop import errors, views
from workshop.live.audience import Audience
from workshop.live.counting import counted
from workshop.model import Participant, now_ms
from workshop.room import Counts, Room, open_room
from workshop.service.participate import own_entries
from workshop.store import Store, Tx
from workshop.store.queries import record

TICK = 0.1  # seconds between two deltas of a session at least
RETRY = 1.0  # seconds until a failed delta is tried again
BEAT = 5.0  # seconds between two heartbeats
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """One connected socket and what it was found to be at connect."""

    sid: str
    session_id: str
    role: str
    participant_id: str | None = None


class Stage:
    """A session that somebody listens to: its room, its audiences, and the greenlet that sends."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.audiences = {role: Audience(view, room.session.rev, views.RESTLESS) for role, view in views.every(room).items()}
        self.wake = Event()
        self.moved = True  # somebody has come or gone
        self.stale = False  # rows are gone that the room still holds
        self.lock = RLock()
        self.sender: gevent.Greenlet | None = None


class Hub:
    """Keeps every listener's state equal to what `views` makes of the tables.

    Args:
        emit: sends one event to sockets, encoded once: ``emit(event, body, sids)``.
    """

    def __init__(self, store: Store, emit: Callable[[str, dict[str, Any], Iterable[str]], None],
                 clock: Callable[[], int] = now_ms) -> None:
        self._store, self._emit, self._clock = store, emit, clock
        self._stages: dict[str, Stage] = {}
        self._rehearsals: dict[str, dict[str, Any]] = {}  # session → how its rehearsal goes
        self._lessened: set[str] = set()  # sessions of which rows are gone: to be loaded anew
        self._opening = RLock()
        self.hang_up: Callable[[str], None] = lambda _sid: None  # what ends the connection of one who is dismissed
        self._listeners: dict[str, Listener] = {}
        self._browsers: dict[str, set[str]] = defaultdict(set)  # participant → sids
        store.on_commit(self._committed)
        self._beat = gevent.spawn(self._beat_forever)

    def close(self) -> None:
        """Tell everybody that the server stops, and stop sending."""
        self._beat.kill()
        self._emit("bye", {"reason": "restarting", "message": ""}, list(self._listeners))
        for stage in self._stages.values():
            if stage.sender:
                stage.sender.kill()

    # -- listeners ---------------------------------------------------------------------------

    def join(self, listener: Listener, since: int | None) -> None:
        """Bring a socket up to date and keep it so; nothing where it has gone in the meantime.

        Args:
            since: the revision that the client has; None for nothing.

        Raises:
            errors.NotFound: the session is gone.
        """
        self._listeners[listener.sid] = listener
        if listener.participant_id:
            self._browsers[listener.participant_id].add(listener.sid)
        mine = self._own(listener.participant_id)
        stage = self._stage(listener.session_id)
        if listener.sid not in self._listeners:
            return
        if _is_out(stage.room, listener):  # sent out since it was let in
            return self.dismiss(listener.sid, "sent_out")
        # No greenlet switch from here on: nothing can come between the state and the first delta.
        audience = stage.audiences[listener.role]
        self._catch_up(listener.sid, audience, since, mine)
        audience.listeners[listener.sid] = None
        stage.moved = True
        stage.sender = stage.sender or gevent.spawn(self._send_forever, listener.session_id, stage)
        stage.wake.set()  # one more is here; and a commit while the room was being opened is not missed

    def leave(self, sid: str) -> None:
        """Forget a socket; a session without listeners is forgotten too."""
        listener = self._listeners.pop(sid, None)
        if listener is None:
            return
        self._leave_browser(listener)
        stage = self._stages.get(listener.session_id)
        if stage is None:
            return
        stage.audiences[listener.role].listeners.pop(sid, None)
        stage.moved = True
        stage.wake.set()
        if not any(audience.listeners for audience in stage.audiences.values()):
            self._drop(listener.session_id)

    def sync(self, sid: str, since: int | None) -> None:
        """Send a socket what it lacks since *since*: changes, or a snapshot, and its own entries."""
        listener = self._listeners.get(sid)
        if listener is None:
            return
        mine = self._own(listener.participant_id)
        self._catch_up(sid, self._stage(listener.session_id).audiences[listener.role], since, mine)

    def _catch_up(self, sid: str, audience: Audience, since: int | None, mine: dict[str, Any]) -> None:
        changes = audience.since(since)
        if changes is None:
            self._emit("snapshot", self._body(audience.rev, set=audience.encoded, mine=mine), [sid])
            return
        self._emit("changes", self._body(audience.rev, set=changes[0], gone=changes[1]), [sid])
        newer = {key: value for key, value in mine.items() if value["rev"] > (since or 0)}
        if newer:
            self._emit("mine", {"set": newer}, [sid])

    def snapshot(self, session_id: str, role: str, participant_id: str | None = None) -> dict[str, Any]:
        """What a page of the role starts with: the body of a ``snapshot`` event, whose ``set`` is encoded already."""
        mine = self._own(participant_id)
        audience = self._stage(session_id).audiences[role]
        return self._body(audience.rev, set=audience.encoded, mine=mine)

    def tell(self, participant_id: str, entries: dict[str, Any], but: str | None = None) -> None:
        """Send own entries to the participant's sockets, except to *but*, which has them already."""
        sids = self._browsers.get(participant_id, set()) - {but}
        if sids and entries:
            self._emit("mine", {"set": entries}, sids)

    def rehearsal(self, session_id: str, told: dict[str, Any] | None) -> None:
        """How the session's rehearsal goes, which is written nowhere; None where there is none any more."""
        self._rehearsals.pop(session_id, None)
        if told is not None:
            self._rehearsals[session_id] = told
        stage = self._stages.get(session_id)
        if stage:
            stage.room.rehearsal = told
            stage.wake.set()

    def dismiss(self, sid: str, reason: str) -> None:
        """Say goodbye to one socket (see ``bye`` in docs/protocol.md) and send it nothing more."""
        self._emit("bye", {"reason": reason, "message": ""}, [sid])
        self.leave(sid)
        self.hang_up(sid)

    def _own(self, participant_id: str | None) -> dict[str, Any]:
        return self._store.lookup(lambda tx: own_entries(tx, participant_id)) if participant_id else {}

    def _leave_browser(self, listener: Listener) -> None:
        browsers = self._browsers.get(listener.participant_id or "")
        if browsers:
            browsers.discard(listener.sid)
        if browsers is not None and not browsers:
            del self._browsers[listener.participant_id or ""]

    # -- sending -------------------------------------------------------------------------------

    def _committed(self, touched: set[str], lessened: set[str]) -> None:
        self._lessened |= lessened
        for session_id in touched & self._stages.keys():
            stage = self._stages[session_id]
            if stage.sender:
                stage.wake.set()
            else:
                self._drop(session_id)  # nobody listens: load it anew when somebody asks

    def _stage(self, session_id: str) -> Stage:
        with self._opening:
            stage = self._stages.get(session_id)
            if stage is None:
                stage = self._stages[session_id] = self._open(session_id)
            return stage

    def _open(self, session_id: str) -> Stage:
        changes, counts = self._store.read(lambda tx: _load(tx, session_id, -1))
        room = open_room(changes)
        room.count(counts)
        room.rehearsal = self._rehearsals.get(session_id)
        return Stage(room)

    def _drop(self, session_id: str) -> None:
        stage = self._stages.pop(session_id, None)
        if stage and stage.sender:
            stage.sender.kill(block=False)

    def _send_forever(self, session_id: str, stage: Stage) -> None:
        while True:
            stage.wake.wait()
            stage.wake.clear()
            try:
                self._refresh(session_id, stage)
            except errors.NotFound:
                return self._removed(session_id, stage)
            except Exception:
                log.exception("a delta of session %s failed and is tried again", session_id)
                gevent.sleep(RETRY)
                stage.wake.set()
            gevent.sleep(TICK)

    def _removed(self, session_id: str, stage: Stage) -> None:
        """The session is gone: say so to everybody who listens, and forget it."""
        self._stages.pop(session_id, None)
        everybody = [sid for audience in stage.audiences.values() for sid in audience.listeners]
        self._emit("bye", {"reason": "removed", "message": ""}, everybody)

    def _refresh(self, session_id: str, stage: Stage) -> None:
        """Read what is newer, and send each audience the difference."""
        stage.stale = stage.stale or session_id in self._lessened
        self._lessened.discard(session_id)
        since = -1 if stage.stale else stage.room.session.rev
        changes, counts = self._store.read(lambda tx: _load(tx, session_id, since))
        self._take(stage, changes, counts)
        self._see_out(changes.participants)
        if stage.moved or changes.participants:
            stage.moved = False
            stage.room.gather(self._browsers)
        # What is one's own goes first: who then says a revision has all of its own up to there, wherever the line broke.
        for participant_id, key, value in views.owned(stage.room, changes):
            self.tell(participant_id, {key: value})
        for role, view in views.every(stage.room).items():
            self._send(stage.audiences[role], view, stage.room.session.rev)

    def _see_out(self, changed: Iterable[Participant]) -> None:
        """Say goodbye to every browser of those whom the facilitator has sent out."""
        for who in changed:
            if who.removed_at is not None:
                for sid in list(self._browsers.get(who.id, ())):
                    self.dismiss(sid, "sent_out")

    def _take(self, stage: Stage, changes: record.Changes, counts: Counts) -> None:
        """Bring the room up to date; one of which rows are gone is made anew, and what its views lack is sent as gone."""
        if stage.stale:
            stage.room, stage.stale, stage.moved = open_room(changes), False, True
        else:
            stage.room.apply(changes)
        stage.room.count(counts)
        stage.room.rehearsal = self._rehearsals.get(changes.session.id)

    def _send(self, audience: Audience, view: dict[str, Any], rev: int) -> None:
        changed, gone = audience.update(view, rev)
        if (changed or gone) and audience.listeners:
            self._emit("changes", self._body(rev, set=changed, gone=gone), list(audience.listeners))

    def _beat_forever(self) -> None:
        while True:
            gevent.sleep(BEAT)
            for stage in list(self._stages.values()):
                for audience in stage.audiences.values():
                    self._emit("beat", self._body(audience.rev), list(audience.listeners))

    def _body(self, rev: int, **more: Any) -> dict[str, Any]:
        return {"rev": rev, "now": self._clock(), **more}


def _is_out(room: Room, listener: Listener) -> bool:
    who = room.participants.get(listener.participant_id or "")
    return who is not None and who.removed_at is not None


def _load(tx: Tx, session_id: str, since: int) -> tuple[record.Changes, Counts]:
    """The rows newer than *since*, and the results that they may have changed; runs in a reader's thread."""
    changes = record.changes(tx, session_id, since)
    if changes is None:
        raise errors.NotFound("session")
    return changes, counted(tx, changes) if changes.session.rev != since else {}
