"""A computer in trouble: the disk full or failing, the database locked, the clock set wrong. Told plainly, and over when it is over."""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import troubled
from tests.apart import played
from tests.server import PATIENCE, Hall, House, Wire
from workshop.model import new_id
from workshop.rehearse.browser import Browser, enter, join
from workshop.rehearse.client import Console, Phone, Screen
from workshop.rehearse.desk import DATABASE

HOUR_S = 3600
SMALL = "8m"  # a disk that is soon full


def idea(hall: Hall, title: str) -> dict[str, Any]:
    return {"id": new_id(), "idea": new_id(), "theme": hall.themes[0], "title": title}


# -- a disk that takes nothing ---------------------------------------------------------------------------


@contextmanager
def failing(house: House) -> Iterator[None]:
    """Every write fails, as on a disk that has become read-only; what was written before can be read."""
    soft, hard = resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full(house: House) -> Iterator[None]:
    """Somebody else has filled the disk."""
    filler = house.data / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            yield
        finally:
            filler.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own at *folder*.

    Raises:
        subprocess.CalledProcessError: this may not be done here.
    """
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def may_mount() -> bool:
    """Whether a disk can be made here: as root, and where the machine lets root do it."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


DISKS: dict[str, Callable[[House], AbstractContextManager[None]]] = {"failing": failing} | ({"full": full} if may_mount() else {})


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[House, Callable[[House], AbstractContextManager[None]]]]:
    """A server, and what makes its disk take nothing for a while."""
    data = tmp_path / "data"
    if request.param != "full":
        with House(data) as house:
            yield house, DISKS[request.param]
        return
    with small_disk(data), House(data) as house:
        yield house, full


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(disk: Any) -> None:
    house, trouble = disk
    hall, frida = house.hall(), house.facilitator()
    ada, bo, pid = house.guest(hall, "Ada"), house.guest(hall, "Bo"), house.server.pid
    first, second, third = (idea(hall, title) for title in ("Before", "During", "Tried again by itself"))

    async def refused(wire: Wire, command: str, body: dict[str, Any]) -> None:
        answer = await wire.ask(command, body)
        assert (answer["ok"], answer["error"]["code"]) == (False, "not_saved")
        assert answer["error"]["message"].startswith("The server cannot save at the moment.")

    async def play() -> None:
        async with Phone(house.url, hall.code, bo) as patient, Wire(house.url, ada) as wire, Wire(house.url, frida) as console:
            await wire.come(hall, "phone")
            await console.come(hall, "console")
            assert (await console.ask("phase.set", {"id": new_id(), "phase": "write"}))["ok"]
            assert (await wire.ask("idea.put", first))["ok"]
            with trouble(house):
                await refused(wire, "idea.put", second)
                await refused(console, "phase.set", {"id": new_id(), "phase": "reveal"})
                waiting = asyncio.create_task(patient.call("idea.put", third))
                await still_to_be_read(house, hall, ada)
                await turned_away(house, hall)
            assert (await wire.ask("idea.put", second))["ok"]
            assert (await asyncio.wait_for(waiting, PATIENCE))["ok"]
            assert patient.connects == 1
        await join(house.url, hall.code, "Bank", "Cy")

    played(play())
    record = house.desk.record(hall.code)
    assert (record.session.phase, sorted(one.title for one in record.ideas)) == ("write", ["Before", "During", "Tried again by itself"])
    assert house.server.pid == pid
    assert "Traceback" not in house.server.log
    with closing(sqlite3.connect(house.data / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def still_to_be_read(house: House, hall: Hall, who: dict[str, str]) -> None:
    """Who comes back finds everything that was saved, and nothing else."""
    async with Phone(house.url, hall.code, who) as phone:
        assert [value["title"] for key, value in phone.mine.items() if key.startswith("idea/")] == ["Before"]


async def turned_away(house: House, hall: Hall) -> None:
    """Who wants to join is told that it cannot be done now, on a page for people."""
    async with Browser(house.url) as browser:
        entry = await enter(browser, hall.code)
        status, _, page = await browser.submit(entry.base, entry.form, {"organisation": "none"})
        assert status == 503
        assert "The server cannot save at the moment." in page
        assert not browser.cookies.get(f"p-{hall.code}")


# -- a database that somebody else holds -----------------------------------------------------------------


def test_a_database_locked_by_another_process_is_told_and_works_again(house: House, hall: Hall, ada: Any, frida: Any) -> None:
    sent = idea(hall, "While it was locked")

    async def play() -> None:
        async with Console(house.url, hall.code, frida) as console, Wire(house.url, ada) as wire:
            await wire.come(hall, "phone")
            await console.do("phase.set", {"phase": "write"})
            with closing(sqlite3.connect(house.data / DATABASE, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                asking = asyncio.create_task(wire.ask("idea.put", sent))
                async with Screen(house.url, hall.code, frida) as screen:  # others read meanwhile
                    await screen.until(lambda: screen.state["session"]["phase"] == "write", PATIENCE)
                answer = await asking
                assert (answer["ok"], answer["error"]["code"]) == (False, "not_saved")
                other.execute("ROLLBACK")
            assert (await wire.ask("idea.put", sent))["ok"]
            assert console.connects == 1

    played(play())
    assert [one.title for one in house.desk.record(hall.code).ideas] == ["While it was locked"]
    assert "Traceback" not in house.server.log


# -- a database that cannot be read, a clock that jumps --------------------------------------------------


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that can be brought into trouble."""
    house = House(tmp_path_factory.mktemp("wrong") / "data")
    house.server.module = "tests.troubled"
    with house:
        yield house


def test_who_cannot_be_told_what_there_is_comes_back_and_is_told(wrong: House) -> None:
    hall, unreadable = wrong.hall(), wrong.data / troubled.UNREADABLE
    ada = wrong.guest(hall, "Ada")

    async def play() -> None:
        unreadable.write_text("organisations")
        phone = Phone(wrong.url, hall.code, ada)
        coming = asyncio.create_task(phone.open())
        async with asyncio.timeout(PATIENCE):
            while phone.connects < 2:
                await asyncio.sleep(0.05)
        assert not coming.done()
        unreadable.unlink()
        await asyncio.wait_for(coming, PATIENCE)
        assert phone.state["session"]["code"] == hall.code
        await phone.close()

    played(play())


def test_a_clock_that_jumps_by_an_hour_stops_nobody(wrong: House) -> None:
    hall, frida = wrong.hall(), wrong.facilitator()
    ada = wrong.guest(hall, "Ada")

    def set_clock(seconds: int) -> None:
        (wrong.data / troubled.CLOCK).write_text(str(seconds))

    async def now() -> int:
        async with Wire(wrong.url, ada) as wire:
            return (await (await wire.come(hall, "phone")).first())[1]["now"]

    async def play() -> None:
        async with Console(wrong.url, hall.code, frida) as console, Phone(wrong.url, hall.code, ada) as phone:
            await console.do("phase.set", {"phase": "write", "seconds": 600})
            start = await now()
            for number, seconds in enumerate((HOUR_S, -HOUR_S, 0)):
                set_clock(seconds)
                assert abs(await now() - start - seconds * 1000) < 60_000
                await phone.do("idea.put", idea(hall, f"Idea {number}"))
                timer = await console.do("timer.set", {"action": "add", "seconds": 60})
                await phone.until(lambda rev=timer["rev"]: phone.mirror.rev >= rev, PATIENCE)
                await join(wrong.url, hall.code, "Bank", f"Somebody {number}")
                await asyncio.sleep(3 * troubled.PING_S if seconds < 0 else 0)  # who hears no ping for so long goes
                async with Screen(wrong.url, hall.code, frida) as screen:
                    await screen.until(lambda screen=screen, joined=2 + number: screen.state["room"]["joined"] == joined, PATIENCE)
            assert (console.connects, phone.connects) == (1, 1)
            left = phone.state["session"]["timer"]["ends_at"] - await now()
            assert 0 < left <= (600 + 3 * 60 + HOUR_S) * 1000

    played(play())
    assert sorted(one.title for one in wrong.desk.record(hall.code).ideas) == ["Idea 0", "Idea 1", "Idea 2"]
    assert "Traceback" not in wrong.server.log
