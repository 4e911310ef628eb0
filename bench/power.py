"""Cut the power in a storm: what was acknowledged survives with nothing but what was synced.

The server runs on files whose every write and sync is noted (`bench._power`). At a cut it is killed, its database becomes what
a disk would hold then, and it starts on that while the phones come back. Afterwards many more moments of the same storm are
looked at: half of them those at which somebody was just told that something is saved, some in the middle of moving the log into
the database. Each is rebuilt three times: with nothing of what was not yet synced, with chance sectors of it, with all of it. The
product's store opens it, `bench check` compares.

The same with SQLite's weaker promises, NORMAL and OFF, must lose words: else this proves nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import check
from bench._power.disk import LEFT, Disk, contents, restore
from bench._power.layer import WRITE, notes
from bench._storm import Storm, Venue, prepare
from workshop import errors
from workshop.rehearse.client import Journal, Refused
from workshop.rehearse.desk import DATABASE, Desk
from workshop.rehearse.report import Progress
from workshop.rehearse.server import PrivateServer

FULL, WEAK = "FULL", ("NORMAL", "OFF")
CALM = (0.5, 2.5)  # seconds of storm before a cut: the least and the most
SPOILT = "Exception ignored"  # in the server's log: the layer itself failed


@dataclass(frozen=True)
class Plan:
    """What the command line asks for; ``moments`` are looked at for each time that the server ran."""

    cuts: int
    moments: int
    phones: int
    pace: float
    seed: int


@dataclass
class Life:
    """One time that the server ran: what the disk held at its start, and the notes of what became of it; monotonic seconds."""

    files: dict[str, bytes]
    log: Path
    begin: float = 0.0
    end: float = 0.0


@dataclass
class Tally:
    """What was found at how many cuts."""

    cuts: int = 0
    bad: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def add(self, findings: list[check.Finding], where: str) -> None:
        """One more cut."""
        self.cuts += 1
        self.bad += bool(findings)
        self.faults.update(fault for fault, _ in findings)
        self.shown.extend(f"  {where}: {fault}: {sentence}" for fault, sentence in findings[:3])


class Outage:
    """A storm on one server that loses its power again and again.

    Args:
        folder: of its own; journal, data and notes stay in it.
        synchronous: what SQLite is asked for at every commit; FULL is the product as it is.
        chance: where all chance comes from.
    """

    def __init__(self, folder: Path, synchronous: str, chance: random.Random) -> None:
        self._folder, self._chance = folder, chance
        self._data, self.journal = folder / "data", folder / "journal.jsonl"
        self.lives: list[Life] = []
        environment = {"POWER_FOLDER": str(self._data), "POWER_SYNCHRONOUS": "" if synchronous == FULL else synchronous}
        self._server = PrivateServer(self._data, "bench._power.server", environment)

    def run(self, plan: Plan) -> None:
        """Let the storm blow over the cuts; what comes after the last is ended by a kill.

        Raises:
            Refused, TimeoutError: somebody was forgotten, or not answered.
        """
        venue = prepare(self._data)
        try:
            with self.journal.open("a", encoding="utf-8", buffering=1) as file:
                self._start()
                asyncio.run(self._blow(plan, venue, Journal(file=file)))
        finally:
            self._end()
        if SPOILT in self._server.log:
            raise RuntimeError(f"the layer failed:\n{self._server.log[-2000:]}")

    @property
    def database(self) -> Path:
        """The file that the last server has left."""
        return self._data / DATABASE

    async def _blow(self, plan: Plan, venue: Venue, journal: Journal) -> None:
        storm = Storm(self._server.url, venue, journal, self._chance, plan.pace)
        async with storm.blowing(plan.phones):
            self.lives[-1].begin = time.monotonic()
            with Progress("cuts", plan.cuts) as progress:
                for _ in range(plan.cuts):
                    await self._calm(storm)
                    await asyncio.to_thread(self._cut)
                    progress.step()
            await self._calm(storm)
            self.lives[-1].end = time.monotonic()

    async def _calm(self, storm: Storm) -> None:
        await asyncio.sleep(self._chance.uniform(*CALM))
        storm.rush()  # a disk is at its busiest when everybody has just tapped
        await asyncio.sleep(self._chance.uniform(0, 0.2))

    def _cut(self) -> None:
        self._end()
        life = self.lives[-1]
        disk = Disk(life.files)
        for note in notes(life.log):
            disk.note(note)
        restore(disk.after_cut(self._chance.choice(LEFT), self._chance), self._data)
        self._start()

    def _start(self) -> None:
        log = self._folder / f"notes-{len(self.lives)}"
        self.lives.append(Life(contents(self._data), log, begin=time.monotonic()))
        self._server.environment["POWER_LOG"] = str(log)
        self._server.start()

    def _end(self) -> None:
        self._server.kill()
        self.lives[-1].end = self.lives[-1].end or time.monotonic()


def examine(outage: Outage, plan: Plan, chance: random.Random, folder: Path) -> Tally:
    """Look at chance moments of every life of the outage's server.

    Args:
        folder: of its own; databases are rebuilt in it.
    """
    tally, entries = Tally(), check.read(outage.journal)
    acks = [entry["at"] for entry in entries if entry["what"] == "ok"]
    with Progress("moments", len(outage.lives) * plan.moments) as progress:
        for number, life in enumerate(outage.lives):
            for moment, disk in _stops(life, _moments(life, acks, plan.moments, chance)):
                for left in LEFT:
                    restore(disk.after_cut(left, chance), folder)
                    tally.add(_findings(entries, moment, folder), f"life {number}, {moment - life.begin:.3f} s, {left} left")
                progress.step()
    return tally


def _moments(life: Life, acks: list[float], count: int, chance: random.Random) -> list[float]:
    """Half of them when somebody was just answered, a quarter between two writes into the database itself."""
    moved = [note.at for note in notes(life.log) if (note.name, note.operation) == (DATABASE, WRITE)]
    chosen = []
    for times, most in ((acks, count // 2), (moved, count // 4)):
        within = [at for at in times if life.begin < at < life.end]
        chosen += chance.sample(within, min(most, len(within)))
    return sorted(chosen + [chance.uniform(life.begin, life.end) for _ in range(count - len(chosen))])


def _stops(life: Life, moments: list[float]) -> Iterator[tuple[float, Disk]]:
    """The disk at each of the moments, in their order."""
    disk, waiting = Disk(life.files), notes(life.log)
    note = next(waiting, None)
    for moment in moments:
        while note and note.at <= moment:
            disk.note(note)
            note = next(waiting, None)
        yield moment, disk


def _findings(entries: list[check.Value], moment: float, folder: Path) -> list[check.Finding]:
    try:
        with Desk(folder):  # the product's own store brings the files in order
            pass
    except errors.StoreUnavailable as problem:
        return [("damaged", str(problem))]
    return check.check(check.history_of(entries, moment), folder / DATABASE).findings


def run(plan: Plan, synchronous: str, folder: Path) -> Tally:
    """One storm with SQLite asked for *synchronous*, in *folder*; what was found at all its cuts and at its end."""
    chance = random.Random(f"{plan.seed}/{synchronous}")
    outage, forgotten = Outage(folder, synchronous, chance), []
    try:
        outage.run(plan)
    except (Refused, TimeoutError) as problem:
        forgotten.append(("lost", f"a phone was forgotten, refused or not answered: {problem}"))
    rebuilt = folder / "rebuilt"
    rebuilt.mkdir()
    tally = examine(outage, plan, chance, rebuilt)
    tally.add(forgotten + check.check(check.history_of(check.read(outage.journal)), outage.database).findings, "at the end")
    return tally


def main(arguments: list[str]) -> int:
    """Run it as the command line says; 1 where something acknowledged was lost, or where the weaker promises lost nothing."""
    parser = argparse.ArgumentParser(prog="python3 -m bench power", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cuts", type=int, default=20, metavar="N", help="how often the server loses its power (%(default)s)")
    parser.add_argument("--moments", type=int, default=10, metavar="N", help="how many more are looked at between two cuts (%(default)s)")
    parser.add_argument("--phones", type=int, default=60, metavar="N", help="how many are there (%(default)s)")
    parser.add_argument("--pace", type=float, default=0.4, metavar="S", help="seconds between two commands of a phone (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of all chance (a new one each time)")
    given = parser.parse_args(arguments)
    plan = Plan(given.cuts, given.moments, given.phones, given.pace, given.seed)
    print(f"{plan.phones} phones, {plan.cuts} cuts, seed {plan.seed}\n")
    print("   ".join(["  synchronous", "cuts looked at", "with findings", *check.FAULTS]))
    wrong = [mode for mode in (FULL, *WEAK) if _is_wrong(plan, mode)]
    if wrong:
        print(f"  Not as it should be: {', '.join(wrong)}. FULL must lose nothing, the weaker ones must.")
    return 1 if wrong else 0


def _is_wrong(plan: Plan, mode: str) -> bool:
    # The weaker ones forget people, so no phone could come back after a cut: one storm, looked at afterwards.
    one = plan if mode == FULL else Plan(0, plan.moments, plan.phones, plan.pace, plan.seed)
    with tempfile.TemporaryDirectory(prefix="workshop-power-") as folder:
        tally = run(one, mode, Path(folder))
    counts = "".join(f"{tally.faults[fault]:>{len(fault) + 3},}" for fault in check.FAULTS)
    print(f"  {mode:<11}{tally.cuts:>17,}{tally.bad:>16,}{counts}", flush=True)
    if mode == FULL:
        print("\n".join(tally.shown[: check.SHOWN]), end="\n" if tally.shown else "")
    return bool(tally.bad) is (mode == FULL)
