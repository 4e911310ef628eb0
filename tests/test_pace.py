"""Budgets of commands, the log's patience, and who stands at the door: by a clock that moves only when told."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import engineio.socket
import pytest
import socketio
from limits import RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond

from workshop import errors, sparing
from workshop.live import manners
from workshop.live.transport import install
from workshop.pace import Pace


class Clock:
    """Seconds that pass when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def spent(pace: Pace, who: str) -> int:
    """How often *who* may spend now."""
    count = 0
    try:
        while True:
            pace.spend(who)
            count += 1
    except errors.TooMany:
        return count


def wait(pace: Pace, who: str) -> Any:
    with pytest.raises(errors.TooMany) as caught:
        pace.check(who)
    return caught.value.params["wait"]


# -- budgets -----------------------------------------------------------------------------------------


def test_what_was_right_is_given_back_once_and_never_into_the_next_window(clock: Clock) -> None:
    pace = Pace(RateLimitItemPerSecond(3, 2), clock=clock)
    pace.spend("ada")
    pace.give_back("ada")
    pace.give_back("ada")
    assert spent(pace, "ada") == 3
    clock.now += 2
    pace.give_back("ada")
    assert spent(pace, "ada") == 3


def test_a_budget_is_one_s_own_and_begins_anew(clock: Clock) -> None:
    pace = Pace(RateLimitItemPerSecond(3, 2), clock=clock)
    assert (spent(pace, "ada"), spent(pace, "bo")) == (3, 3)
    clock.now += 0.9
    assert (spent(pace, "ada"), wait(pace, "ada")) == (0, 2)
    clock.now += 1.05
    assert wait(pace, "ada") == 1  # never less
    clock.now += 0.1
    pace.check("ada")
    assert (spent(pace, "ada"), spent(pace, "bo")) == (3, 3)


def test_all_budgets_hold_and_the_wait_is_that_of_the_one_used_up(clock: Clock) -> None:
    pace = Pace(RateLimitItemPerMinute(3), RateLimitItemPerHour(5), clock=clock)
    assert (spent(pace, "ada"), wait(pace, "ada")) == (3, 60)
    clock.now += 60
    assert (spent(pace, "ada"), wait(pace, "ada")) == (2, 3540)
    pace.forget("ada")
    assert spent(pace, "ada") == 3


def test_some_things_cost_more(clock: Clock) -> None:
    pace = Pace(RateLimitItemPerSecond(10), clock=clock)
    pace.spend("ada", 6)
    with pytest.raises(errors.TooMany):
        pace.spend("ada", 6)


def test_only_the_last_window_is_kept(clock: Clock) -> None:
    pace = Pace(RateLimitItemPerSecond(1, 10), clock=clock)
    for number in range(1000):
        clock.now += 0.1
        pace.spend(f"person {number}")
    ((_, limiter),) = pace._limiters
    assert limiter.storage.reset() in (100, 101)


def test_the_clock_on_the_wall_is_not_looked_at(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace(RateLimitItemPerSecond(2), clock=clock)
    monkeypatch.setattr(time, "time", None)
    assert (spent(pace, "ada"), wait(pace, "ada")) == (2, 1)
    clock.now += 1
    assert spent(pace, "ada") == 2
    assert Pace()._clock is time.monotonic


# -- the log --------------------------------------------------------------------------------------------


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[logging.Logger]:
    said = sparing.Sparing()
    caplog.handler.addFilter(said)
    yield logging.getLogger("tests.pace")
    caplog.handler.removeFilter(said)


def test_nobody_fills_the_log(log: logging.Logger, caplog: pytest.LogCaptureFixture, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = caplog.handler.filters
    monkeypatch.setattr(said, "_pace", Pace(sparing.LINES, clock=clock))
    for number in [*range(1000), "late"]:
        if number == "late":
            clock.now += 60
            log.warning("something else")
        log.warning("a phone tried %s", number)
    assert len(caplog.messages) == 32
    assert caplog.messages[29:] == ["a phone tried 29", "something else", "a phone tried late (and 970 times before, left out here)"]


def test_a_line_is_as_long_as_one_reads(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.warning("a bad request: %s", "x" * 8000)
    log.warning("100 %% of %d", 5)
    assert caplog.messages == ["a bad request: " + "x" * 485 + "…", "100 % of 5"]


# -- the threshold ---------------------------------------------------------------------------------------


class Door:
    """An engine.io server, and whoever comes to it."""

    def __init__(self, clock: Clock) -> None:
        self.server = socketio.Server(async_mode="gevent").eio
        install(self.server)
        self.threshold = manners.Threshold(self.server, clock)

    def comes(self, name: str) -> Any:
        """A connection that has shaken hands."""
        self.server.sockets[name] = client = engineio.socket.Socket(self.server, name)
        self.server.handlers["connect"](name, {})
        return client


def test_who_does_not_ask_to_be_let_in_is_sent_away(clock: Clock) -> None:
    door = Door(clock)
    idle, asking, refused = (door.comes(name) for name in ("idle", "asking", "refused"))
    clock.now += 9
    door.threshold.clear()
    door.threshold.leave("asking")
    door.threshold.leave("refused")
    door.threshold.stay("refused")
    clock.now += 2
    door.threshold.clear()
    assert [client.closed for client in (idle, asking, refused)] == [True, False, False]
    clock.now += 9
    door.threshold.clear()
    assert [client.closed for client in (asking, refused)] == [False, True]
    assert manners.Threshold(door.server)._clock is time.monotonic


def test_of_too_many_outside_the_first_goes(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "MOST_OUTSIDE", 3)
    door = Door(clock)
    came = [door.comes(str(number)) for number in range(5)]
    assert [client.closed for client in came] == [True, True, False, False, False]


def test_nobody_is_pinged_before_being_let_in(clock: Clock) -> None:
    door = Door(clock)
    pinged: list[Any] = []
    door.server.start_background_task = lambda work, *_: pinged.append(work)
    client = door.comes("ada")
    client.schedule_ping()  # as the library does after the handshake
    assert pinged == []
    door.threshold.let_in(client)
    assert pinged == [client._send_ping]
    door.threshold.let_in(client)  # once more, after leaving the session: one heart is enough
    assert len(pinged) == 1
