"""Ballots: as fast as they are acknowledged, and at an even pace."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench._compare.crowd import Ballots, Crowd, Staff, accepted
from bench._compare.lines import Loop, Stuck
from bench._compare.scale import Figures, Scale
from bench._compare.servers import Meter, Server
from bench._compare.speech import Client
from bench._compare.venue import BUDGET, Room, Venue
from workshop.rehearse.report import percentile

DRAIN = 5.0  # seconds for the answers that are still due when the votes end


def burst(server: Server, venue: Venue, scale: Scale) -> Figures:
    """Every phone sends its next ballot as soon as the one before is acknowledged: ``rate`` a second, ``cpu`` of each."""
    loop, room = Loop(), venue.rooms[scale.burst_phones]
    crowd, screen = Crowd(loop, server.place, room), Staff(loop, server.place, venue, room, "screen")
    crowd.enter(scale.burst_phones)
    storm = _Burst(crowd, room)
    loop.wait(scale.burst_seconds / 3)
    before = storm.acked
    with Meter(server) as meter:
        loop.wait(scale.burst_seconds)
    counted, storm.on = storm.acked - before, False
    loop.until(lambda: storm.acked == storm.sent, "not every ballot was acknowledged")
    crowd.leave()
    screen.close()
    return {"rate": counted / meter.wall, "cpu": meter.cpu / max(1, counted), "acked": storm.acked, "generator": meter.busy}


class _Burst:
    """Phones that vote again at once, as long as ``on``."""

    def __init__(self, crowd: Crowd, room: Room) -> None:
        self._ballots, self._themes = Ballots(room, BUDGET), len(room.themes)
        self.sent, self.acked, self.on = 0, 0, True
        for phone in crowd.phones:
            phone.answer = self._answered
            self._vote(phone)

    def _vote(self, phone: Client) -> None:
        self.sent += 1
        phone.send(self.sent, "ballot.put", self._ballots.next(self.sent % self._themes))

    def _answered(self, phone: Client, _number: int, answer: bytes) -> None:
        accepted(answer)
        self.acked += 1
        if self.on:
            self._vote(phone)


def paced(server: Server, venue: Venue, scale: Scale) -> Figures:
    """Votes at an even pace over many phones: ``ack pNN``, ``cpu`` of each, and ``screen``: from a last vote until the screen counts it.

    ``share`` is what of the votes was answered in the end, below one where the server cannot keep up.
    """
    loop, room = Loop(), venue.rooms[scale.paced_room]
    crowd, screen = Crowd(loop, server.place, room), Staff(loop, server.place, venue, room, "screen")
    crowd.enter(scale.paced_room)
    pace, late = _Pace(loop, crowd, room, scale), []
    pace.stretch(scale.paced_phones, scale.rate)  # warms up
    pace.drain()
    pace.took.clear()
    with Meter(server) as meter:
        for number in range(scale.stretches):
            pace.stretch(int(scale.rate * scale.stretch_seconds), scale.rate)
            at, theme = pace.last(crowd.phones[scale.paced_phones + number])
            if not pace.drain(lambda theme=theme: screen.voted.get(theme) == len(pace.voters[theme])):  # type: ignore[misc]
                break
            late.append(screen.shown - at)
    crowd.leave()
    screen.close()
    acks = {f"ack p{share}": percentile(pace.took, share / 100) or 0.0 for share in (50, 95, 99)}
    return {**acks, "cpu": meter.cpu / max(1, len(pace.took)), "screen": max(late, default=float("inf")),
            "share": len(pace.took) / (len(pace.took) + len(pace.open)), "acked": pace.acked, "generator": meter.busy}


class _Pace:
    """Votes under way: ``took`` are the seconds from each to its acknowledgement, ``voters`` who has voted in each theme."""

    def __init__(self, loop: Loop, crowd: Crowd, room: Room, scale: Scale) -> None:
        self._loop, self._crowd, self._room, self._phones = loop, crowd, room, scale.paced_phones
        self._ballots, self._sent = Ballots(room, BUDGET), 0
        self.took: list[float] = []
        self.open: dict[int, float] = {}
        self.voters: dict[str, set[int]] = {theme.id: set() for theme in room.themes}
        self.acked = 0
        for phone in crowd.phones:
            phone.answer = self._answered

    def stretch(self, count: int, rate: int) -> None:
        """Send *count* votes at *rate* a second."""
        begin, sent = time.perf_counter(), 0
        while sent < count:
            due = min(count, int((time.perf_counter() - begin) * rate) + 1)
            for _ in range(due - sent):
                number = self._sent
                self._vote(self._crowd.phones[number % self._phones], number // self._phones % len(self._room.themes))
            sent = due
            self._loop.turn(max(0.0, begin + sent / rate - time.perf_counter()))

    def last(self, phone: Client) -> tuple[float, str]:
        """Send the vote of one who has not voted yet; when, and in which theme."""
        return self._vote(phone, 0), self._room.themes[0].id

    def drain(self, shown: Callable[[], bool] = lambda: True) -> bool:
        """Wait until all is answered, and *shown*; False where that takes too long."""
        end = time.perf_counter() + DRAIN
        while self.open or not shown():
            if time.perf_counter() > end:
                return False
            self._loop.turn()
        return True

    def _vote(self, phone: Client, theme: int) -> float:
        self._sent += 1
        body = self._ballots.next(theme)
        self.voters[self._room.themes[theme].id].add(id(phone))
        at = self.open[self._sent] = time.perf_counter()
        phone.send(self._sent, "ballot.put", body)
        return at

    def _answered(self, _phone: Client, number: int, answer: bytes) -> None:
        accepted(answer)
        if number not in self.open:
            raise Stuck("a vote was answered twice")
        self.took.append(time.perf_counter() - self.open.pop(number))
        self.acked += 1
