"""Phones that come, and phones that are there."""

from __future__ import annotations

import gzip
import json
from collections import deque

from bench._compare.crowd import AT_ONCE, Crowd, Staff, cookie
from bench._compare.lines import Line, Loop, Stuck
from bench._compare.scale import Figures, Scale
from bench._compare.servers import Meter, Server
from bench._compare.speech import Client, fetch
from bench._compare.venue import Room, Venue


def joins(server: Server, venue: Venue, scale: Scale) -> Figures:
    """Browsers that have joined open the page and, by a second connection, the socket, many at once: ``rate`` a second, ``cpu`` of each."""
    loop, room = Loop(), venue.rooms[scale.joins]
    console = Staff(loop, server.place, venue, room, "console")
    console.edit(1)  # the room has a past
    loop.until(lambda: console.answered(1), "no answer to the console")
    since, size = _look(loop, server, room)
    _come(loop, server, room, since, max(1, scale.joins // 3))
    with Meter(server) as meter:
        _come(loop, server, room, since, scale.joins)
    console.close()
    return {"rate": scale.joins / meter.wall, "cpu": meter.cpu / scale.joins, "page": size, "generator": meter.busy}


def _look(loop: Loop, server: Server, room: Room) -> tuple[int, int]:
    """The revision of the page, and its size as sent."""
    pages: list[bytes] = []

    def done(line: Line, body: bytes) -> None:
        line.close()
        pages.append(body)

    fetch(loop, server.place, f"/{room.code}", cookie(room, 0), done)
    loop.until(lambda: bool(pages), "no page")
    page = gzip.decompress(pages[0])
    if b'"idea/' not in page:
        raise Stuck("the page shows no ideas")
    own = json.loads(page.partition(b'id="own">')[2].partition(b"</script>")[0])
    return int(own["rev"]), len(pages[0])


def _come(loop: Loop, server: Server, room: Room, since: int, count: int) -> None:
    """Let *count* browsers in, then away again."""
    crowd, coming, arrived = Crowd(loop, server.place, room), deque(range(count)), 0

    def come() -> None:
        if not coming:
            return
        number = coming.popleft()

        def page(line: Line, _body: bytes) -> None:
            def in_state(_client: Client) -> None:
                nonlocal arrived
                arrived += 1
                line.close()
                come()

            crowd.phones.append(crowd.phone(number, since, in_state))

        fetch(loop, server.place, f"/{room.code}", cookie(room, number), page)

    for _ in range(AT_ONCE):
        come()
    loop.until(lambda: arrived == count, "not everybody could join", 120)
    crowd.leave()


def memory(server: Server, venue: Venue, scale: Scale) -> Figures:
    """Phones that are in, and do nothing: ``each N`` in bytes, and ``idle`` processor seconds of each in a second."""
    loop, room = Loop(), venue.rooms[max(scale.memory)]
    crowd, found = Crowd(loop, server.place, room), {"generator": 0.0}
    crowd.enter(1)
    base = _settled(loop, server, scale)
    for size in scale.memory:
        crowd.enter(size)
        found[f"each {size}"] = (_settled(loop, server, scale) - base) / (size - 1)
    with Meter(server) as meter:
        loop.wait(scale.idle)
    found["idle"] = meter.cpu / meter.wall / max(scale.memory)
    crowd.leave()
    return found


def _settled(loop: Loop, server: Server, scale: Scale) -> int:
    loop.wait(scale.settling)
    return server.memory()
