"""Kill the server fifty times in a storm of 200 phones: nothing acknowledged is lost or doubled, and everybody is back soon.

The server is the real one, killed with SIGKILL at chance moments and started on the same data and port. The phones note
what they send and are told in a journal, which `bench check` compares with the database.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench import check
from bench._storm import Storm, Venue, prepare
from workshop.rehearse.client import Journal, Phone, Refused
from workshop.rehearse.desk import DATABASE
from workshop.rehearse.report import Progress, milliseconds, percentile
from workshop.rehearse.server import PrivateServer

ENOUGH, SOON = 0.95, 10.0  # this share of the phones must be back so many seconds after the server is
GIVEN_UP = 60.0  # seconds after which a phone counts as not come back
RUSH, RUSH_SOON = 0.5, 0.25  # how many kills, of one, come so many seconds at most after everybody has tapped at once
AGAIN, AGAIN_SOON = 0.2, 1.0  # how many kills, of one, come so soon after the start that the phones are still returning
HEAD = "  kill   server up after   phones back p50      p95      max   since the kill p95   within 10 s"


@dataclass(frozen=True)
class Plan:
    """What the command line asks for.

    ``pace`` is the seconds between two commands of a phone; ``calm`` those of storm at most between the last phone's return
    and the next kill.
    """

    kills: int
    phones: int
    seed: int
    pace: float
    calm: float


@dataclass
class Kill:
    """One kill that the phones came back from; times in seconds since the server was up again.

    ``down`` is how long it was away. A phone that did not come back is not in ``back``.
    """

    number: int
    down: float
    phones: int
    back: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of the phones, of one, were back soon."""
        return sum(seconds <= SOON for seconds in self.back) / self.phones

    @property
    def line(self) -> str:
        """The kill in the table."""
        p50, p95, last = (milliseconds(percentile(self.back, share)) for share in (0.5, 0.95, 1))
        from_kill = milliseconds(percentile([self.down + seconds for seconds in self.back], 0.95))
        return f"  {self.number:>4}{milliseconds(self.down):>18}{p50:>19}{p95:>9}{last:>9}{from_kill:>21}{self.share:>13.0%}"


class Killer:
    """Kills the server under the storm.

    Args:
        chance: where all chance comes from.

    ``kills`` are those that were followed by a time to come back; ``count`` is all of them.
    """

    def __init__(self, server: PrivateServer, storm: Storm, chance: random.Random) -> None:
        self._server, self._storm, self._chance = server, storm, chance
        self.kills: list[Kill] = []
        self.count = 0

    async def strike(self, times: int, calm: float) -> None:
        """Kill so often, at chance moments, some of them while the phones are still coming back; see `Plan`."""
        with Progress("kills", times) as progress:
            while self.count < times:
                await asyncio.sleep(self._chance.uniform(0, calm))
                if self._chance.random() < RUSH:
                    self._storm.rush()
                    await asyncio.sleep(self._chance.uniform(0, RUSH_SOON))
                await self._once(may_repeat=self.count + 1 < times)
                progress.step()

    async def _once(self, may_repeat: bool) -> None:
        phones = self._storm.phones
        before = [phone.connects for phone in phones]
        start = time.monotonic()
        await self._restart()
        if may_repeat and self._chance.random() < AGAIN:
            return await asyncio.sleep(self._chance.uniform(0, AGAIN_SOON))
        up = time.monotonic()
        kill = Kill(self.count, up - start, len(before))
        await asyncio.gather(*(self._returned(kill, up, *pair) for pair in zip(phones, before, strict=True)))
        self.kills.append(kill)
        print(kill.line, flush=True)

    async def _restart(self) -> None:
        self.count += 1
        await asyncio.to_thread(self._server.kill)
        await asyncio.to_thread(self._server.start)

    @staticmethod
    async def _returned(kill: Kill, up: float, phone: Phone, before: int) -> None:
        """Note when the phone has the state again; one may be sooner than whoever waits for the server."""
        try:
            await phone.until(lambda: phone.connects > before and phone.mirror.up_to_date, GIVEN_UP)
        except TimeoutError:
            return
        kill.back.append(max(0.0, time.monotonic() - up))


async def play(server: PrivateServer, venue: Venue, journal: Journal, plan: Plan) -> list[str]:
    """The storm with its kills; afterwards every command is answered.

    Returns:
        what is wrong with how the phones came back.
    """
    chance = random.Random(plan.seed)
    storm = Storm(server.url, venue, journal, chance, plan.pace)
    killer = Killer(server, storm, chance)
    try:
        async with storm.blowing(plan.phones):
            await killer.strike(plan.kills, plan.calm)
    except (Refused, TimeoutError) as problem:
        return [f"A phone was forgotten, refused or not answered: {problem}"]
    print("\n".join(["", *_summary(killer, journal)]))
    return [f"After kill {kill.number} only {kill.share:.0%} of the phones were back within {SOON:.0f} s."
            for kill in killer.kills if kill.share < ENOUGH]


def run(plan: Plan, folder: Path) -> int:
    """Do it in *folder* and print what came of it.

    Returns:
        0, or 1 where a promise is broken.
    """
    notes = folder / "journal.jsonl"
    venue = prepare(folder / "data")
    server = PrivateServer(folder / "data")
    print(f"{plan.phones} phones, {plan.kills} kills, seed {plan.seed}\n\n{HEAD}")
    try:
        with notes.open("a", encoding="utf-8", buffering=1) as file:
            server.start()
            wrong = asyncio.run(play(server, venue, Journal(file=file), plan))
    finally:
        server.kill()  # what the checker reads is what a kill leaves
    report = check.check(check.history_of(check.read(notes)), folder / "data" / DATABASE)
    print("\n".join(["", *check.lines(report), *(f"  {problem}" for problem in wrong)]))
    return 1 if report.findings or wrong else 0


def _summary(killer: Killer, journal: Journal) -> list[str]:
    back = [seconds for kill in killer.kills for seconds in kill.back]
    downs = [kill.down for kill in killer.kills]
    acks = journal.seconds()
    again = sum(entry.what == "unknown" for entry in journal.entries)
    return [
        f"  kills {killer.count}, of them while phones were coming back {killer.count - len(killer.kills)}; commands sent again {again:,}",
        f"  server away p50 / max {milliseconds(percentile(downs, 0.5))} / {milliseconds(percentile(downs, 1))}",
        f"  phones back after it p50 / p95 / max {' / '.join(milliseconds(percentile(back, share)) for share in (0.5, 0.95, 1))}",
        f"  acknowledgement p50 / p95 / p99 {' / '.join(milliseconds(percentile(acks, share)) for share in (0.5, 0.95, 0.99))}",
    ]


def main(arguments: list[str]) -> int:
    """Run it as the command line says; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python3 -m bench faults", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="how often the server is killed (%(default)s)")
    parser.add_argument("--phones", type=int, default=200, metavar="N", help="how many are there (%(default)s)")
    parser.add_argument("--pace", type=float, default=0.6, metavar="S", help="seconds between two commands of a phone (%(default)s)")
    parser.add_argument("--calm", type=float, default=3.0, metavar="S", help="seconds of storm between two kills at most (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of all chance (a new one each time)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a new folder in which journal and database stay")
    given = parser.parse_args(arguments)
    plan = Plan(given.kills, given.phones, given.seed, given.pace, given.calm)
    if given.keep:
        given.keep.mkdir(parents=True)
        return run(plan, given.keep)
    with tempfile.TemporaryDirectory(prefix="workshop-faults-") as folder:
        result = run(plan, Path(folder))
    if result:
        print(f"  To look closer: --seed {plan.seed} --keep DIR", file=sys.stderr)
    return result
