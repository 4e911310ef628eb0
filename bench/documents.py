"""Documents of a large session: seconds per format, what an export costs the room, and every page as a picture to look at."""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import aiohttp

from bench.pages import pages
from tests.records import AT, Day
from tests.server import Hall, House
from tests.support import ORGANISATIONS as HOUSES
from tests.support import World
from workshop import documents
from workshop.documents import formats
from workshop.documents.shape import Report
from workshop.model import KINDS, Record
from workshop.rehearse.browser import Cookies, cookie_header
from workshop.rehearse.client import Console, Phone
from workshop.rehearse.report import milliseconds, percentile

LIMIT_SECONDS = 5.0  # all formats together, once the libraries are there
SLOWER = 1.2  # times the p95 of acks without an export
NOISE_MS = 3.0  # a p95 that moves by less on a shared machine says nothing
THEMES, IDEAS, CHOSEN, ORGANISATIONS, VOTERS = 20, 25, 3, 20, 180


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for.

    Returns:
        0, or 1 where a promise is not kept.
    """
    parser = argparse.ArgumentParser(prog="python3 -m bench documents", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="with and without an export, by turns (%(default)s)")
    parser.add_argument("--seconds", type=float, default=12.0, help="of each (%(default)s)")
    parser.add_argument("--phones", type=int, default=60, help="that vote meanwhile (%(default)s)")
    parser.add_argument("--pages", metavar="DIR", type=Path, help="only turn the pages of two sets into pictures in DIR")
    args = parser.parse_args(arguments)
    if args.pages:
        return pages(args.pages)
    kept = times(documents.build(large(), AT))
    with tempfile.TemporaryDirectory() as folder:
        return 0 if Room(Path(folder) / "data", args).measured() and kept else 1


# -- seconds per format ------------------------------------------------------------------------------------


def large() -> Record:
    """500 ideas of twenty organisations in twenty themes, 60 of them chosen."""
    day = Day(take=CHOSEN)
    for n in range(ORGANISATIONS):
        day.organisation(f"Organisation {n}")
    consents = ("name", "organisation", "anonymous")
    people = [day.person(f"p{n}", f"Organisation {n % ORGANISATIONS}", consents[n % 3]) for n in range(VOTERS)]
    for t in range(THEMES):
        _theme(day, day.theme(f"Theme {t}: what can a buyer ask for?"), people, t)
    return day.record()


def _theme(day: Day, theme: str, people: list[str], number: int) -> None:
    detail = "In detail: " + "who, what, when. " * 8
    ideas = [day.idea(f"Ask for thing {n} of theme {number} in every contract", people[n], detail, theme=theme) for n in range(IDEAS)]
    for n, idea in enumerate(ideas):
        for k, kind in enumerate(KINDS):
            who, result = people[(7 * n + k) % VOTERS], "It works." * (kind == "do")
            day.say(idea, who, kind, f"What {kind} means here, in some words of our own.", result=result)
    for n, who in enumerate(people):
        day.vote(who, *(ideas[(n * k) % IDEAS if k else n % 5] for k in range(4)), theme=theme)


def times(report: Report) -> bool:
    """Print what each format takes by itself and all at once take, the second time; whether all at once keep the limit."""
    print(f"{report.ideas} ideas, {len(report.practices)} practices           seconds  of processors")
    alone = [_told(one.name, partial(one.write, report)) for one in formats.FORMATS]
    print(f"  {'one by one':12} {sum(took for took, _ in alone):28.2f} {sum(spent for _, spent in alone):10.2f}")
    took, _ = _told("all at once", partial(documents.render, report))
    print(f"  at most {LIMIT_SECONDS:.0f} s")
    return took <= LIMIT_SECONDS


def _told(name: str, write: Callable[[], dict[str, bytes]]) -> tuple[float, float]:
    """Seconds on the clock and of all processors."""
    write()
    start, spent = time.perf_counter(), _spent()
    size = sum(map(len, write().values()))
    took, spent = time.perf_counter() - start, _spent() - spent
    print(f"  {name:12} {size / 1000:14.0f} kB {took:10.2f} {spent:10.2f}")
    return took, spent


def _spent() -> float:
    """Seconds of the processors that this process and those it has waited for have used."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


# -- what it costs the room --------------------------------------------------------------------------------


class Room:
    """Phones that vote in one session while another, with 500 ideas, is exported again and again."""

    def __init__(self, data: Path, args: argparse.Namespace) -> None:
        self._data, self._args = data, args
        self._acks: dict[bool, list[float]] = {False: [], True: []}
        self._exports: list[float] = []

    def measured(self) -> bool:
        """Print the acks without an export and during one, by turns; whether the promise is kept."""
        self._data.mkdir(mode=0o700)
        code = _filled(self._data / "workshop.db")
        with House(self._data) as house:
            hall, key = house.hall(), house.facilitator()
            guests = [house.guest(hall, f"Person {n}") for n in range(self._args.phones)]
            asyncio.run(self._run(house, hall, key, guests, code))
        return self._told()

    def _told(self) -> bool:
        if not self._exports:
            print("no export was ready in its round: the computer is too busy for this, or --seconds too few")
            return False
        quiet, busy = (percentile(self._acks[with_it], 0.95) or 0.0 for with_it in (False, True))
        print(f"  {'all':12} {milliseconds(quiet):>10} {milliseconds(busy):>10} {busy / quiet:8.2f} ×")
        print(f"  at most {SLOWER} ×, or {NOISE_MS:.0f} ms more")
        print(f"{len(self._exports)} exports of 500 ideas, {sum(self._exports) / len(self._exports):.1f} s each with the download")
        return busy <= SLOWER * quiet + NOISE_MS / 1000

    async def _run(self, house: House, hall: Hall, key: Cookies, guests: list[Cookies], code: str) -> None:
        async with AsyncExitStack() as until_exit:
            console = await until_exit.enter_async_context(Console(house.url, hall.code, key))
            await console.do("hold.set", {"hold": False})
            await console.do("phase.set", {"phase": "share"})
            phones = [await until_exit.enter_async_context(Phone(house.url, hall.code, who)) for who in guests]
            await phones[0].do("idea.put", {"idea": "bench-idea-0001", "theme": hall.themes[0], "title": "Share spare parts"})
            await console.do("phase.set", {"phase": "vote"})
            await self._vote(phones, hall, [])  # warms up
            print("acks p95            alone   exporting")
            for number in range(self._args.rounds):
                pair = [await self._round(phones, hall, house, key, exported) for exported in ("", code)]
                quiet, busy = (percentile(acks, 0.95) or 0.0 for acks in pair)
                print(f"  round {number + 1:<6} {milliseconds(quiet):>10} {milliseconds(busy):>10} {busy / quiet:8.2f} ×")
                self._acks[False] += pair[0]
                self._acks[True] += pair[1]

    async def _round(self, phones: list[Phone], hall: Hall, house: House, key: Cookies, code: str) -> list[float]:
        acks: list[float] = []
        exporting = asyncio.create_task(self._export(house, key, code)) if code else None
        await self._vote(phones, hall, acks)
        if exporting:
            exporting.cancel()
            await asyncio.gather(exporting, return_exceptions=True)
        return acks

    async def _export(self, house: House, key: Cookies, code: str) -> None:
        async with aiohttp.ClientSession(headers={"Cookie": cookie_header(key)}) as http:
            while True:
                start = time.perf_counter()
                async with http.get(f"{house.url}/export/{code}") as answer:
                    assert answer.status == 200, await answer.text()
                    await answer.read()
                self._exports.append(time.perf_counter() - start)

    async def _vote(self, phones: list[Phone], hall: Hall, acks: list[float]) -> None:
        """Every phone changes its ballot each second, evenly spread."""
        async def keep_on(number: int) -> None:
            await asyncio.sleep(number / len(phones))
            for _ in range(int(self._args.seconds)):
                start = time.perf_counter()
                await phones[number].do("ballot.put", {"theme": hall.themes[0], "round": 1, "choices": {"bench-idea-0001": 1}})
                acks.append(took := time.perf_counter() - start)
                await asyncio.sleep(max(0.0, 1 - took))

        await asyncio.gather(*map(keep_on, range(len(phones))))


def _filled(path: Path) -> str:
    """The code of a session with 500 ideas, revealed."""
    world = World(path)
    people = [world.come(f"Person {n}", HOUSES[n % len(HOUSES)]) for n in range(40)]
    world.phase("share")
    detail = "Who, what, when. " * 8
    ideas = [world.writes(people[n % len(people)], f"Ask for thing {n} in every contract", detail=detail) for n in range(500)]
    world.phase("vote")
    for n, who in enumerate(people):
        world.votes(who, ideas[n % 7])
    world.phase("reveal")
    world.close()
    return world.session.code
