"""What hostile and slow clients do to a server, each as a function; ``python3 -m bench._attacks`` runs one in a process of its own.

Every attack goes on for the seconds given, at a pace that one device keeps up, and says how the server took it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import json
import os
import random
import re
import resource
import struct
import sys
import time
import zlib
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from typing import Any

from bench._lines import (
    BINARY,
    CONTINUATION,
    MIB,
    RAW,
    TEXT,
    Line,
    Polling,
    Target,
    event,
    how_it_ended,
    knock,
    line,
    opened_with,
    upgrade,
)
from tests.phones import HANDSHAKE, masked
from workshop.rehearse.browser import Cookies, cookie_header

Tally = Counter[str]


Attack = Callable[[Target], Awaitable[Tally]]
ATTACKS: dict[str, Attack] = {}


def attack(work: Attack) -> Attack:
    """Put an attack on the list, under its name."""
    ATTACKS[work.__name__.replace("_", " ")] = work
    return work


async def paced(target: Target, a_second: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do *work* over and over, *a_second* times a second and one after the other, until the time is up."""
    start = time.monotonic()
    for number in itertools.count():
        if time.monotonic() - start >= target.seconds:
            return
        await work()
        await asyncio.sleep(max(0.0, start + (number + 1) / a_second - time.monotonic()))


async def one_shot(target: Target, tally: Tally, first: bytes, more: bytes = b"", times: int = 1) -> None:
    """One connection that sends *first*, and *more* as often as *times*; how the server took it."""
    async with line(target, first) as opened:
        tally["tried"] += 1
        with contextlib.suppress(OSError):
            for _ in range(times):
                await opened.send(more)
        tally[how_it_ended(*await opened.rest())] += 1


# -- those who do not read -----------------------------------------------------------------------------


@attack
async def stalled_readers(target: Target) -> Tally:
    """Ten phones that never read, answer pings and ask for the whole state eight times a second."""
    tally: Tally = Counter(tried=10)
    lines = [await Line.open(target, small=True) for _ in range(10)]

    async def stall(opened: Line, cookies: Cookies) -> None:
        await opened.send(upgrade(cookies) + knock(target))
        await asyncio.sleep(1)
        for number in range(int(target.seconds * 8)):
            await opened.send(event("sync", {"since": None}) + (masked(TEXT, b"3") if number % 8 == 0 else b""))
            await asyncio.sleep(1 / 8)

    ends = await asyncio.gather(*map(stall, lines, target.offenders), return_exceptions=True)
    tally["dropped"] = sum(isinstance(end, OSError) for end in ends)
    tally["standing"] = 10 - tally["dropped"]
    for opened in lines:
        opened.close()
    return tally


@attack
async def stalled_downloads(target: Target) -> Tally:
    """A hundred connections that ask for a script sixty times over and never read."""
    tally: Tally = Counter(tried=100)
    me = cookie_header(target.offenders[0])
    get = f"GET /{target.code} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {me}\r\n\r\n"
    async with line(target, get.encode()) as page:
        script = re.search(rb'"(/static/[^"]+/socket\.io[^"]*\.js)"', (await page.rest())[0])
    assert script, "the page has no script"
    ask = b"GET " + script[1] + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    return await held(target, tally, [await opened_with(target, ask * 60, small=True) for _ in range(100)])


async def opened_steadily(target: Target, many: int, first: bytes) -> list[Line]:
    """As many connections that have sent *first*, two hundred a second."""
    opened, start = [], time.monotonic()
    for number in range(many):
        await asyncio.sleep(max(0.0, start + number / 200 - time.monotonic()))
        opened.append(await opened_with(target, first))
    return opened


async def held(target: Target, tally: Tally, lines: list[Line], drip: bytes = b"") -> Tally:
    """Hold the lines until the time is up, sending one byte of *drip* a second on each; how many the server has ended."""
    start, open_lines = time.monotonic(), list(lines)
    for second in itertools.count():
        if time.monotonic() - start >= target.seconds:
            break
        await asyncio.sleep(1)
        for opened in list(open_lines) if drip else ():
            try:
                await opened.send(drip[second % len(drip):][:1])
            except OSError:
                open_lines.remove(opened)
    tally["dropped"] += sum(opened.ended() for opened in lines)
    tally["standing"] += len(lines) - tally["dropped"]
    for opened in lines:
        opened.close()
    return tally


# -- too much at once ------------------------------------------------------------------------------------


@attack
async def sixty_megabytes_whole(target: Target) -> Tally:
    """Frames of 60 MB, ten a second."""
    tally: Tally = Counter()
    head = struct.pack("!BBQ", 0x80 | BINARY, 0xFF, 60 * MIB) + bytes(4)
    await paced(target, 10, lambda: one_shot(target, tally, HANDSHAKE + head, bytes(MIB), 60))
    return tally


@attack
async def sixty_megabytes_in_fragments(target: Target) -> Tally:
    """Messages of 60 MB in fragments of a kilobyte, ten a second."""
    tally: Tally = Counter()
    start, more = HANDSHAKE + masked(TEXT, b"4", fin=False), masked(CONTINUATION, bytes(1000), fin=False) * 100
    await paced(target, 10, lambda: one_shot(target, tally, start, more, 600))
    return tally


@attack
async def deflate_bombs(target: Target) -> Tally:
    """Compressed frames, forms and polling requests of 60 kB that would be 60 MB, twenty a second."""
    tally: Tally = Counter()
    packed = zlib.compress(bytes(60 * MIB), 9)[:60_000]
    frame = struct.pack("!BBH", 0xC0 | TEXT, 0xFE, len(packed)) + bytes(4) + packed
    zipped = gzip.compress(bytes(60 * MIB), 9)[:60_000]
    kind = "Connection: close\r\nContent-Encoding: gzip\r\nContent-Type: application/x-www-form-urlencoded"
    posts = [f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nContent-Length: {len(zipped)}\r\n\r\n".encode() + zipped
             for path in ("/" + target.code, RAW + "polling")]
    bombs = itertools.cycle([HANDSHAKE + frame, *posts])
    await paced(target, 20, lambda: one_shot(target, tally, next(bombs)))
    return tally


@attack
async def huge_headers(target: Target) -> Tally:
    """Heads of a megabyte, in one line and in many, twenty a second."""
    tally: Tally = Counter()
    start = b"GET / HTTP/1.1\r\n"
    heads = itertools.cycle([b"GET /" + b"x" * MIB, start + b"X: " + b"x" * MIB, start + b"X: y\r\n" * (MIB // 6)])
    await paced(target, 20, lambda: one_shot(target, tally, next(heads)))
    return tally


@attack
async def seventeen_packets(target: Target) -> Tally:
    """Polling requests with seventeen ballots each, two a second; each ballot must be answered."""
    tally: Tally = Counter()
    session = Polling(target, target.offenders[0])
    await session.begin()

    async def post() -> None:
        tally["tried"] += 17
        bodies = ({"id": f"packet-{time.monotonic_ns()}-{n}", "theme": target.theme, "round": 1, "choices": {}} for n in range(17))
        await session.post("\x1e".join(f"42{n}{json.dumps(['ballot.put', body])}" for n, body in enumerate(bodies)))
        answered = 0
        while answered < 17:
            answered += sum(packet.startswith("43") for packet in (await session.get()).split("\x1e"))
        tally["answered"] += answered

    await paced(target, 2, post)
    return tally


# -- those who never finish ------------------------------------------------------------------------------


@attack
async def half_open_connections(target: Target) -> Tally:
    """Ten thousand connections, two hundred a second, that send half a request line."""
    return await held(target, Counter(tried=10_000), await opened_steadily(target, 10_000, b"GET / HT"))


@attack
async def half_open_handshakes(target: Target) -> Tally:
    """Ten thousand WebSockets, two hundred a second, that shake hands and never ask to be let in."""
    return await held(target, Counter(tried=10_000), await opened_steadily(target, 10_000, HANDSHAKE))


@attack
async def handshake_storm(target: Target) -> Tally:
    """WebSockets that shake hands and hang up, as fast as can be; nobody but the server slows it down."""
    tally: Tally = Counter()
    until, lines = time.monotonic() + target.seconds, deque[Line]()
    while time.monotonic() < until:
        lines.append(await opened_with(target, HANDSHAKE))
        tally["tried"] += 1
        if len(lines) > 300:
            lines.popleft().close()
    for opened in lines:
        opened.close()
    return tally


@attack
async def abandoned_polling(target: Target) -> Tally:
    """Sessions over long-polling that are begun, two hundred a second, and never used."""
    tally: Tally = Counter()
    ask = f"GET {RAW}polling HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()

    async def begin() -> None:
        async with line(target, ask) as opened:
            tally["tried"] += 1
            tally["let in" if b"200 OK" in (await opened.rest())[0] else "told"] += 1

    await paced(target, 200, begin)
    return tally


@attack
async def slow_heads(target: Target) -> Tally:
    """Two hundred requests whose headers come a byte a second."""
    tally: Tally = Counter(tried=200)
    lines = [await opened_with(target, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ") for _ in range(200)]
    return await held(target, tally, lines, drip=b"slow")


@attack
async def slow_bodies(target: Target) -> Tally:
    """Two hundred forms whose bodies come a byte a second."""
    tally: Tally = Counter(tried=200)
    head = f"POST /{target.code} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode()
    return await held(target, tally, [await opened_with(target, head) for _ in range(200)], drip=b"slow")


@attack
async def unfinished_bodies(target: Target) -> Tally:
    """Two hundred forms of a megabyte, all of it but the last byte."""
    tally: Tally = Counter(tried=200)
    head = f"POST /{target.code} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MIB}\r\n\r\n".encode()
    return await held(target, tally, [await opened_with(target, head + bytes(MIB - 1)) for _ in range(200)])


# -- too often -------------------------------------------------------------------------------------------


@attack
async def a_thousand_commands_a_second(target: Target) -> Tally:
    """One phone sends a thousand ballots a second, and comes back whenever it is dropped."""
    return await flood(target, lambda number: event("ballot.put", ballot(target, number), number))


@attack
async def a_thousand_wrong_commands_a_second(target: Target) -> Tally:
    """One phone sends a thousand of the console's commands a second, and comes back whenever it is dropped."""
    return await flood(target, lambda number: event("phase.set", {"id": f"wrong-{number:06}", "phase": "reveal"}, number))


@attack
async def a_hundred_states_a_second(target: Target) -> Tally:
    """One phone asks for the whole state a hundred times a second and reads it."""
    return await flood(target, lambda number: event("sync", {"since": None}, number), a_second=100)


def ballot(target: Target, number: int) -> dict[str, Any]:
    """A ballot that is valid."""
    return {"id": f"flood-{time.monotonic_ns()}-{number}"[:40], "theme": target.theme, "round": 1, "choices": {}}


async def flood(target: Target, command: Callable[[int], bytes], a_second: int = 1000) -> Tally:
    """Commands at a steady pace, over one connection after the other."""
    tally: Tally = Counter()
    until = time.monotonic() + target.seconds
    while time.monotonic() < until:
        async with line(target, upgrade(target.offenders[0]) + knock(target)) as opened:
            tally["connections"] += 1
            listening = asyncio.create_task(listen(opened, tally))
            with contextlib.suppress(OSError):
                await send_steadily(opened, command, a_second, until, listening, tally)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        await asyncio.sleep(0.1)
    return tally


async def send_steadily(opened: Line, command: Callable[[int], bytes], a_second: int, until: float, listening: asyncio.Task[None],
                        tally: Tally) -> None:
    """Ten times a second a tenth of it, until the connection ends."""
    for number in itertools.count():
        if listening.done() or time.monotonic() >= until:
            tally["dropped"] += listening.done()
            return
        share = a_second // 10
        tally["tried"] += share
        await opened.send(b"".join(command(number * share + one) for one in range(share)))
        await asyncio.sleep(0.1)


async def listen(opened: Line, tally: Tally) -> None:
    """Count what is answered, until the connection ends."""
    while data := await opened.receive():
        tally["done"] += data.count(b'"ok":true')
        tally["told"] += data.count(b'"ok":false')
        tally["refused entry"] += data.count(b'44{"')


@attack
async def malformed_frames(target: Target) -> Tally:
    """Frames of random bytes, twenty connections a second."""
    tally: Tally = Counter()
    chance = random.Random(1)

    def noise() -> bytes:
        kind = chance.randrange(3)
        if kind == 0:
            return chance.randbytes(300)
        if kind == 1:
            return masked(chance.randrange(16), chance.randbytes(chance.randrange(100)))
        return masked(TEXT, b"4" + bytes(chance.choices(b'0123456789[]{}",-:e', k=60)))

    await paced(target, 20, lambda: one_shot(target, tally, HANDSHAKE + masked(TEXT, b"40{}") + b"".join(noise() for _ in range(20))))
    return tally


@attack
async def nothing(target: Target) -> Tally:
    """Nobody attacks: what the figures vary by."""
    await asyncio.sleep(target.seconds)
    return Counter()


def main(name: str) -> None:
    """Run the attack on the target that standard input describes; print ``on`` at its start and the tally at its end."""
    os.setpriority(os.PRIO_PROCESS, 0, 10)  # who measures goes first
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    target = Target(**json.load(sys.stdin))
    print("on", flush=True)
    print(json.dumps(asyncio.run(ATTACKS[name](target))))


if __name__ == "__main__":
    main(sys.argv[1])
