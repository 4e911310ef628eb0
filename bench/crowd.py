"""A room behind one address: everybody joins and votes while somebody tries codes.

Every phone opens the page, sends its form, connects and votes, once in peace and once while a guesser with some hundred
connections tries codes of sessions and return codes as fast as the server answers; and so on, round after round.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.hostile import QUIET, Server
from tests.server import Hall, House
from workshop.rehearse.browser import Browser, Cookies
from workshop.rehearse.client import Console, Phone, Refused, join
from workshop.rehearse.report import percentile

TYPO_EVERY = 3.0  # seconds between two who mistype their code
SLOWER, NOISE_MS = {0.5: 1.5, 0.95: 3.0}, 100.0  # quantiles of joining that move by less on a shared machine say nothing


@dataclass
class Crowd:
    """What happened to one room."""

    joins: list[float] = field(default_factory=list)  # seconds from the page to the first state
    votes: list[float] = field(default_factory=list)
    typos: list[tuple[int, float]] = field(default_factory=list)  # status and seconds of those who mistyped
    refused: list[str] = field(default_factory=list)
    guesses: dict[str, float] = field(default_factory=dict)
    grown: float = 0.0  # MB

    @property
    def told(self) -> float:
        """Guesses a second that were answered with yes or no."""
        told = [count for name, count in self.guesses.items() if name.endswith("not known") or "status" in name]
        return sum(told) / self.guesses["seconds"]


class Room:
    """One session and those who come to it.

    Args:
        phones: how many.
        seconds: over how long they arrive, and again vote.
    """

    def __init__(self, house: House, hall: Hall, facilitator: Cookies, phones: int, seconds: float) -> None:
        self._house, self._hall, self._facilitator = house, hall, facilitator
        self._phones, self._seconds, self.seen = phones, seconds, Crowd()
        self._inside: list[Phone] = []

    async def fill(self) -> Crowd:
        """All join, an idea is written, all vote."""
        async with Console(self._house.url, self._hall.code, self._facilitator) as console:
            await console.do("hold.set", {"hold": False})
            await console.do("phase.set", {"phase": "share"})
            mistyping = asyncio.create_task(self._mistype())
            try:
                await asyncio.gather(*map(self._join, range(self._phones)))
                self._idea = f"{self._hall.code}-0001"
                await self._inside[0].do("idea.put", {"idea": self._idea, "theme": self._hall.themes[0], "title": "Share spare parts"})
                await console.do("phase.set", {"phase": "vote"})
                await asyncio.gather(*map(self._vote, range(len(self._inside))))
            finally:
                mistyping.cancel()
                await asyncio.gather(mistyping, *(phone.close() for phone in self._inside), return_exceptions=True)
        return self.seen

    async def _join(self, number: int) -> None:
        await asyncio.sleep(number / self._phones * self._seconds)
        start = time.monotonic()
        try:
            cookies = await join(self._house.url, self._hall.code, ("City", "Bank", "")[number % 3], f"Person {number}")
            self._inside.append(await Phone(self._house.url, self._hall.code, cookies).open())
        except (Refused, TimeoutError) as problem:
            self.seen.refused.append(repr(problem))
            return
        self.seen.joins.append(time.monotonic() - start)

    async def _vote(self, number: int) -> None:
        phone = self._inside[number]
        await asyncio.sleep(number / self._phones * self._seconds)
        start = time.monotonic()
        answer = await phone.call("ballot.put", {"theme": self._hall.themes[0], "round": 1, "choices": {self._idea: 1}})
        self.seen.votes.append(time.monotonic() - start)
        if not answer["ok"]:
            self.seen.refused.append(answer["error"]["code"])

    async def _mistype(self) -> None:
        while True:
            await asyncio.sleep(TYPO_EVERY)
            start = time.monotonic()
            async with Browser(self._house.url) as browser:
                status, _, page = await browser.get("/?code=222222")
            kind = 'name="code"' in page and 'aria-invalid="true"' in page  # the field, and what to do
            self.seen.typos.append((status if kind else 0, time.monotonic() - start))


class Bench:
    """Room after room on one server."""

    def __init__(self, house: House, phones: int, seconds: float, guessers: int) -> None:
        self._house, self._phones, self._seconds, self._guessers = house, phones, seconds, guessers
        self._server = Server(house)
        self.peace: list[Crowd] = []
        self.siege: list[Crowd] = []

    async def run(self, halls: list[Hall], facilitator: Cookies) -> None:
        """In peace, under siege, in peace …"""
        for number, hall in enumerate(halls):
            room = Room(self._house, hall, facilitator, self._phones, self._seconds)
            if number % 2:
                await self._besieged(room, hall)
            else:
                self.peace.append(await room.fill())
            print(f"  {'siege' if number % 2 else 'peace'}: {line(room.seen)}", file=sys.stderr)

    async def _besieged(self, room: Room, hall: Hall) -> None:
        before = self._server.memory()
        command = [sys.executable, "-m", "bench._guesser", self._house.url, hall.code, str(self._guessers)]
        guesser = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        assert guesser.stdout
        await guesser.stdout.readline()
        self.siege.append(await room.fill())
        room.seen.grown = self._server.memory() - before
        out, _ = await guesser.communicate(b"")
        room.seen.guesses = json.loads(out)


def line(seen: Crowd) -> str:
    """One room in a line."""
    def of(times: list[float]) -> str:
        return " / ".join(f"{(percentile(times, share) or 0) * 1000:,.0f}" for share in (0.5, 0.95, 1.0)) + " ms"

    parts = [f"{len(seen.joins)} joined {of(seen.joins)}", f"{len(seen.votes)} voted {of(seen.votes)}", f"{len(seen.refused)} refused"]
    if seen.typos:
        parts.append(f"{len(seen.typos)} mistyped {of([seconds for _, seconds in seen.typos])}")
    if seen.guesses:
        guesses = ", ".join(f"{name} {count:,.0f}" for name, count in seen.guesses.items())
        parts.append(f"memory {seen.grown:+.1f} MB; guesses: {guesses}; told {seen.told:.2f} a second")
    return ", ".join(parts)


def joining(rooms: list[Crowd], share: float) -> float:
    """A quantile of joining in milliseconds: the median of the rooms."""
    return statistics.median(percentile(seen.joins, share) or 0.0 for seen in rooms) * 1000


def faults(peace: list[Crowd], siege: list[Crowd]) -> list[str]:
    """What is not as promised, noise apart."""
    found = [f"refused: {problem}" for seen in (*peace, *siege) for problem in seen.refused]
    for share, slower in SLOWER.items():
        early, late = joining(peace, share), joining(siege, share)
        if late > early * slower and late - early > NOISE_MS:
            found.append(f"joining takes {late / early:.2f} times as long at p{share * 100:.0f}")
    found += [f"the guesser was told {seen.told:.2f} times a second" for seen in siege if seen.told >= 1]
    found += [f"mistyped and answered {status}" for seen in (*peace, *siege) for status, _ in seen.typos if status not in (404, 429)]
    found += [f"memory +{seen.grown:.0f} MB" for seen in siege if seen.grown > 50]
    return found


def main(arguments: list[str]) -> int:
    """Fill the rooms; 1 where something is not as promised, noise apart."""
    parser = argparse.ArgumentParser(prog="python3 -m bench crowd", description=__doc__)
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20.0, help="over how long they arrive, and again vote (default 20)")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--guessers", type=int, default=200, help="connections that guess (default 200)")
    parser.add_argument("--folder", default=QUIET, help="where the data lie; the disk of a shared machine is noisy (default %(default)s)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="workshop-crowd-", dir=chosen.folder) as data, House(Path(data)) as house:
        halls = [house.hall() for _ in range(2 * chosen.rounds)]
        Server(house).alone()
        bench = Bench(house, chosen.phones, chosen.seconds, chosen.guessers)
        asyncio.run(bench.run(halls, house.facilitator()))
    for share in SLOWER:
        early, late = joining(bench.peace, share), joining(bench.siege, share)
        print(f"joining p{share * 100:.0f}: {early:,.0f} ms in peace, {late:,.0f} ms under siege, ratio {late / early:.2f}")
    found = faults(bench.peace, bench.siege)
    print("\n".join(found) if found else "As promised.")
    return 1 if found else 0
