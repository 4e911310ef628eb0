"""One idea's title changes, and every phone hears of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from bench._compare.crowd import Crowd, Staff
from bench._compare.lines import Loop, Stuck
from bench._compare.scale import Figures, Scale
from bench._compare.servers import Meter, Server
from bench._compare.venue import Venue
from workshop.rehearse.report import percentile

REST = 0.13  # seconds between two changes: longer than any of the servers gathers
GRACE = 0.01  # … of it until the server's processor time is read: it has other things to do than to write to phones
WARM = 3  # changes before the measured ones


def fanout(server: Server, venue: Venue, scale: Scale) -> Figures:
    """``cpu N`` for each message to each of N phones, ``last N`` from the facilitator's command to the last phone.

    The processor time is all that the server uses from the facilitator's command, whose commit is a part of it, until shortly
    after the last phone has the message. ``growth`` is the most phones' ``cpu`` to the fewest', ``further`` what each phone
    costs that the most are more.
    """
    found: Figures = {"generator": 0.0}
    with _room(server, venue, scale.warm_room) as (loop, crowd, console):  # compilers that watch what is often done have seen it then
        _emit(server, loop, crowd, console, range(scale.warming))
    for size in scale.fanout:
        with _room(server, venue, size) as (loop, crowd, console):
            _emit(server, loop, crowd, console, range(scale.warming, scale.warming + WARM))
            with Meter(server) as meter:
                sent = _emit(server, loop, crowd, console, range(scale.emissions))
            if len({phone.heard for phone in crowd.phones}) != 1:
                raise Stuck("some phones heard more than others")
        found[f"cpu {size}"] = sum(cpu for _, cpu in sent) / (scale.emissions * size)
        found[f"last {size}"] = percentile([took for took, _ in sent], 0.5) or 0.0
        found["generator"] = max(found["generator"], meter.busy)
    return found | _growth(found, scale.fanout[0], scale.fanout[-1])


@contextlib.contextmanager
def _room(server: Server, venue: Venue, size: int) -> Iterator[tuple[Loop, Crowd, Staff]]:
    """A room with all its phones and a console."""
    loop, room = Loop(), venue.rooms[size]
    crowd, console = Crowd(loop, server.place, room), Staff(loop, server.place, venue, room, "console")
    crowd.enter(size)
    yield loop, crowd, console
    crowd.leave()
    console.close()


def _emit(server: Server, loop: Loop, crowd: Crowd, console: Staff, numbers: range) -> list[tuple[float, float]]:
    """Change the idea once for each number; for each, the seconds until the last receipt, and those that the server worked."""
    found = []
    for number in numbers:
        due, cpu = crowd.changes + len(crowd.phones), server.cpu()
        at = console.edit(number)
        loop.until(lambda due=due: crowd.changes >= due, "a change did not come to every phone")  # type: ignore[misc]
        loop.wait(GRACE)
        found.append((crowd.last - at, server.cpu() - cpu))
        loop.wait(REST)
    return found


def _growth(found: Figures, few: int, many: int) -> Figures:
    all_few, all_many = found[f"cpu {few}"] * few, found[f"cpu {many}"] * many
    return {"growth": found[f"cpu {many}"] / found[f"cpu {few}"], "further": (all_many - all_few) / (many - few)}
