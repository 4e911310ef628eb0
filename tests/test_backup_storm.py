"""Backups while a room writes: each is the history up to one revision, nothing less and nothing more."""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import released
from tests.apart import played
from tests.server import Hall, House, Wire, join, prepare
from tests.test_cli import environment, run
from workshop.bootstrap import ROOT
from workshop.model import new_id
from workshop.rehearse.browser import Cookies
from workshop.rehearse.client import Client, Console, Journal, Phone, Screen
from workshop.rehearse.desk import Desk
from workshop.rehearse.server import PrivateServer
from workshop.service.participate import own_entries
from workshop.store import Store

PHONES, BACKUPS = 24, 4
BETWEEN = 150  # acknowledgements from one backup to the next
IDEAS = 12  # of one phone; then it rewrites those it has
KINDS = ("do", "would", "not", "obstacle", "measure", "comment")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Taken:
    """One backup: when its command was started (monotonic seconds), and how much was acknowledged then and at its end."""

    path: Path
    started: float
    before: int
    after: int


# -- the storm ------------------------------------------------------------------------------------------


class Storm:
    """A room of which half writes and half comments and votes, every phone as fast as it is answered."""

    def __init__(self, house: House, hall: Hall, cookies: list[Cookies]) -> None:
        self.house, self.hall, self.cookies = house, hall, cookies
        self.journal, self.over = Journal(), asyncio.Event()
        self.chance = random.Random(11)

    async def rage(self, facilitator: Cookies, folder: Path) -> list[Taken]:
        """Take backups into *folder* while everybody goes on, and one more in the calm after it."""
        async with AsyncExitStack() as stack:
            console = await stack.enter_async_context(Console(self.house.url, self.hall.code, facilitator, journal=self.journal))
            phones = [await stack.enter_async_context(self._phone(cookies)) for cookies in self.cookies]
            topics = await self._prepared(console, phones[0])
            writers = [asyncio.create_task(self._go_on(phone, topics)) for phone in phones]
            taken = [await self._backup(console, folder / f"{number}.db") for number in range(BACKUPS)]
            self.over.set()
            await asyncio.gather(*writers)
            return [*taken, await self._copied(folder / "calm.db")]

    def _phone(self, cookies: Cookies) -> Phone:
        return Phone(self.house.url, self.hall.code, cookies, journal=self.journal)

    async def _prepared(self, console: Console, first: Phone) -> list[str]:
        """One theme is written in, the other has ideas and is voted on; these."""
        voted = self.hall.themes[1]
        await console.do("phase.set", {"phase": "write", "theme": None, "seconds": None})
        topics = [new_id() for _ in range(6)]
        for number, topic in enumerate(topics):
            await first.do("idea.put", {"idea": topic, "theme": voted, "title": f"Topic {number}", "detail": ""})
        await console.do("phase.set", {"phase": "vote", "theme": voted, "seconds": None})
        return topics

    async def _go_on(self, phone: Phone, topics: list[str]) -> None:
        written, voted = self.hall.themes
        own: list[str] = []
        while not self.over.is_set():
            own += [new_id()] if len(own) < IDEAS else []
            words = {"title": f"Idea {self.chance.random()}", "detail": "å, “quoted”\nand more"}
            await phone.do("idea.put", {"idea": self.chance.choice(own), "theme": written, **words})
            ticks = dict.fromkeys(self.chance.sample(topics, self.chance.randint(0, 3)), 1)
            await phone.do("ballot.put", {"theme": voted, "round": 1, "choices": ticks})
            about = {"idea": self.chance.choice(topics), "kind": self.chance.choice(KINDS), "text": "As we do."}
            await phone.do("experience.put", {"experience": new_id(), **about})

    async def _backup(self, client: Client, target: Path) -> Taken:
        aim = len(self.journal.acknowledged()) + BETWEEN
        await client.until(lambda: len(self.journal.acknowledged()) >= aim)
        return await self._copied(target)

    async def _copied(self, target: Path) -> Taken:
        started, before = time.monotonic(), len(self.journal.acknowledged())
        command = [sys.executable, "-m", "workshop", "backup", str(target)]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment(self.house.data), stdout=subprocess.DEVNULL)
        assert await process.wait() == 0
        return Taken(target, started, before, len(self.journal.acknowledged()))


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Storm, list[Taken]]]:
    """A storm that is over, and the backups that were taken of it."""
    folder = tmp_path_factory.mktemp("storm")
    with House(folder / "data") as house:
        hall = house.hall()
        people = [house.guest(hall, f"Buyer {number}", ("City", "Bank", "")[number % 3]) for number in range(PHONES)]
        facilitator = house.facilitator()

        async def play() -> tuple[Storm, list[Taken]]:
            made = Storm(house, hall, people)
            return made, await made.rage(facilitator, folder)

        yield played(play())


# -- what a backup must hold ----------------------------------------------------------------------------


def promised(journal: Journal, rev: int) -> dict[str, dict[str, Any]]:
    """Everybody's own entries as they were last acknowledged up to the revision."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for entry in sorted(journal.acknowledged(), key=lambda entry: entry.answer["rev"]):
        if entry.answer["rev"] <= rev:
            found[entry.who] |= entry.answer.get("set", {})
    return {who: entries for who, entries in found.items() if who != Console.role}


def differences(data: Path, journal: Journal, rev: int) -> list[str]:
    """What the database in the folder *data* holds otherwise than the acknowledged history up to the revision *rev*."""
    told = promised(journal, rev)
    with closing(Store(data / "workshop.db")) as store:
        people = [row["id"] for row in store.read(lambda tx: tx.all("SELECT id FROM participants"))]
        stored = {who: store.read(lambda tx, who=who: own_entries(tx, who)) for who in people}
        answered = {row["command_id"] for row in store.read(lambda tx: tx.all("SELECT command_id FROM answers"))}
    wanted = {entry.id for entry in journal.acknowledged() if entry.answer["rev"] <= rev}
    wrong = [f"answer {one}" for one in wanted ^ answered]
    for who in people:
        mine = {key: value for key, value in stored[who].items() if key != "mine/me"}
        wrong += [f"{who} {key}" for key in mine.keys() | told.get(who, {}).keys() if mine.get(key) != told.get(who, {}).get(key)]
    return wrong


def newest(path: Path, session: str) -> tuple[int, int]:
    """The session's revision, and the newest of any of its rows."""
    rows = released.rows(path)
    rev = next(row["rev"] for row in rows["sessions"] if row["id"] == session)
    return rev, max(row["rev"] for found in rows.values() for row in found if row.get("session_id") == session and "rev" in row)


def test_every_backup_under_storm_restores_to_a_prefix_of_the_acknowledged_history(
    storm: tuple[Storm, list[Taken]], tmp_path: Path
) -> None:
    journal, taken = storm[0].journal, storm[1]
    everything = journal.acknowledged()
    revs = []
    for number, one in enumerate(taken):
        rev, row = newest(one.path, storm[0].hall.session)
        revs.append(rev)
        assert row == rev
        told = run(tmp_path / str(number), "restore", str(one.path))
        assert told.returncode == 0, told.stderr
        assert differences(tmp_path / str(number), journal, rev) == []
        missing = [entry for entry in everything if entry.at < one.started and entry.answer["rev"] > rev]
        assert missing == [], "acknowledged before the command was given"
    acked = [entry.answer["rev"] for entry in everything]
    assert len(acked) == len(set(acked))
    assert revs == sorted(set(revs))
    assert all(one.after > one.before for one in taken[:-1]), "nobody wrote meanwhile"
    assert revs[-1] == max(acked), "what was acknowledged last is missing"
    assert set(acked) == set(range(min(acked), max(acked) + 1)), "a revision that nobody was told of"


def test_the_comparison_sees_what_is_missing_and_what_is_too_much(storm: tuple[Storm, list[Taken]], tmp_path: Path) -> None:
    journal, one = storm[0].journal, storm[1][0]
    rev = newest(one.path, storm[0].hall.session)[0]
    assert run(tmp_path, "restore", str(one.path)).returncode == 0
    assert differences(tmp_path, journal, rev) == []
    assert differences(tmp_path, journal, rev + 1) != []
    assert differences(tmp_path, journal, rev - 1) != []


# -- after a restore ------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PrivateServer]:
    """A server of the test's own, which it may stop."""
    with PrivateServer(tmp_path / "data") as server:
        yield server


@pytest.fixture
def hall(server: PrivateServer) -> Hall:
    """A session on it."""
    with Desk(server.data) as desk:
        return prepare(desk, hide_ideas=False)


def come(server: PrivateServer, hall: Hall) -> tuple[Cookies, Cookies, Cookies]:
    """Two who have joined, and a facilitator."""
    with Desk(server.data) as desk:
        return join(desk, hall, "Ada", "City"), join(desk, hall, "Bo", "Bank"), desk.facilitator()


@contextmanager
def stopped(server: PrivateServer) -> Iterator[None]:
    """The server stands still meanwhile."""
    server.stop()
    yield
    server.start()


async def writing(server: PrivateServer, hall: Hall, frida: Cookies) -> None:
    """The session is in its first phase of work."""
    async with Console(server.url, hall.code, frida) as console:
        await console.do("phase.set", {"phase": "write", "theme": None, "seconds": None})


def put(hall: Hall, number: int) -> dict[str, Any]:
    """The body that makes an idea."""
    return {"idea": f"{hall.code}-{number:04}", "theme": hall.themes[0], "title": f"Idea {number}", "detail": ""}


def test_who_has_seen_more_than_was_restored_gets_everything_anew(server: PrivateServer, hall: Hall, tmp_path: Path) -> None:
    ada, bo, frida = come(server, hall)

    async def before() -> int:
        await writing(server, hall, frida)
        async with Phone(server.url, hall.code, ada) as phone:
            await phone.do("idea.put", put(hall, 1))
            assert (await asyncio.to_thread(run, server.data, "backup", str(tmp_path / "copy.db"))).returncode == 0
            last = [await phone.do("idea.put", put(hall, number)) for number in range(2, 5)][-1]
            await phone.until(lambda: phone.mirror.rev == last["rev"])
            return last["rev"]

    async def after(seen: int) -> None:
        async with Phone(server.url, hall.code, bo) as phone, Screen(server.url, hall.code, frida):
            for number in range(10, 20):  # the restored session has had more changes than the lost part of the other one
                last = await phone.do("idea.put", put(hall, number))
            await phone.until(lambda: phone.mirror.rev >= last["rev"])
            async with Wire(server.url, ada) as wire:
                await wire.come(hall, "phone", since=seen)
                name, body = await wire.first()
                assert name == "snapshot"
                assert [key for key in body["mine"] if "/idea/" in key] == [f"mine/idea/{hall.code}-0001"]

    seen = played(before())
    with stopped(server):
        assert run(server.data, "restore", str(tmp_path / "copy.db")).returncode == 0
    played(after(seen))


def test_another_secret_signs_nobody_out(server: PrivateServer, hall: Hall) -> None:
    ada, _, frida = come(server, hall)
    with stopped(server):
        (server.data / "secret").write_bytes(os.urandom(32))

    async def back() -> None:
        await writing(server, hall, frida)
        async with Phone(server.url, hall.code, ada) as phone:
            await phone.do("idea.put", put(hall, 1))

    played(back())


# -- the page that tells how ----------------------------------------------------------------------------


def commands() -> list[str]:
    """The indented lines of docs/running.md under “Backup”."""
    part = re.search(r"^## Backup\n(.*?)(?=^## |\Z)", RUNNING, re.MULTILINE | re.DOTALL)
    assert part
    return re.findall(r"^    (.+)$", part[1], re.MULTILINE)


def test_the_commands_of_the_page_do_what_it_says(server: PrivateServer, hall: Hall) -> None:
    now, at_night, restore = commands()
    minute, hour, *days, line = at_night.split(maxsplit=5)
    assert minute.isdigit() and hour.isdigit() and days == ["*"] * 3
    python = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def shell(text: str) -> str:
        done = subprocess.run(["sh", "-c", text], cwd=ROOT, env=environment(server.data, PATH=python), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = [shell(now), shell(line.replace("/srv/workshop", str(ROOT)))]
    copies = sorted((server.data / "backups").iterdir())
    assert sorted(one.splitlines()[0] for one in said) == [f"Backup: {copy}" for copy in copies]
    with stopped(server):
        with Desk(server.data) as desk:
            desk.organize.remove_event(hall.event)
        assert hall.code in shell(restore.replace("FILE", str(copies[0])))
    with Desk(server.data) as desk:
        assert desk.record(hall.code).session.id == hall.session
