"""A power cut leaves what was synced: the disk of `bench power`, and the product on it."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import power
from bench._power.disk import LEFT, SECTOR, Disk, contents, restore
from bench._power.layer import CREATE, DELETE, SYNC, TRUNCATE, WRITE, Layer, Note, notes
from tests.apart import apart
from tests.support import World
from workshop.config import Settings
from workshop.store.sqlite import connect


def test_the_writer_syncs_every_commit(world: World) -> None:
    def asked(tx: object) -> list[object]:
        return [tx.one(f"PRAGMA {name}")[name] for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert world.store.write(asked) == ["wal", 2, 1]  # 2 is FULL


def test_the_secret_has_its_name_only_once_it_is_safe(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, list[str]]] = []

    def sync(handle: int) -> None:
        synced.append((os.fstat(handle).st_size, sorted(path.name for path in settings.data.glob("secret"))))

    monkeypatch.setattr(os, "fsync", sync)
    assert len(settings.secret_key) == 32
    assert synced == [(32, [])]
    assert [path.name for path in settings.data.iterdir()] == ["secret"]


@pytest.mark.parametrize("problem", [FileExistsError, PermissionError])
def test_the_secret_is_made_beside_another_process_and_without_links(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, problem: type[OSError]
) -> None:
    def link(_draft: Path, path: Path) -> None:
        if problem is FileExistsError:
            path.write_bytes(b"x" * 32)
        raise problem

    monkeypatch.setattr(os, "link", link)
    assert (settings.secret_key == b"x" * 32) is (problem is FileExistsError)
    assert [path.name for path in settings.data.iterdir()] == ["secret"]


# -- the product -------------------------------------------------------------------------------------


def test_power_cuts_in_a_storm_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    plan = power.Plan(cuts=1, moments=4, phones=12, pace=0.2, seed=random.randrange(10**6))
    tally = apart(lambda: power.run(plan, "FULL", tmp_path))
    assert (tally.cuts, tally.shown) == (2 * 4 * len(LEFT) + 1, [])


def test_without_a_sync_at_every_commit_they_would(tmp_path: Path) -> None:
    plan = power.Plan(cuts=0, moments=6, phones=6, pace=0.2, seed=1)
    assert apart(lambda: power.run(plan, "NORMAL", tmp_path)).faults["lost"]


# -- the layer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("synchronous", "rows"), [("FULL", 1), ("NORMAL", 0), ("OFF", 0)])
def test_what_a_connection_commits_is_safe_by_its_promise_alone(tmp_path: Path, synchronous: str, rows: int) -> None:
    data, log = tmp_path / "data", tmp_path / "notes"
    data.mkdir()
    with closing(connect(data / "a.db")) as connection:
        connection.execute("CREATE TABLE words (word)")
    disk = Disk(contents(data))
    layer = Layer(data, log)
    layer.install()
    try:
        connection = connect(data / "a.db")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("INSERT INTO words VALUES ('repair')")
        told = list(notes(log))
        connection.close()
    finally:
        layer.remove()
    for note in told:
        disk.note(note)
    for left, expected in (("nothing", rows), ("everything", 1)):
        restore(disk.after_cut(left, random.Random(1)), tmp_path)
        with closing(sqlite3.connect(tmp_path / "a.db")) as reopened:
            assert reopened.execute("SELECT COUNT(*) FROM words").fetchone() == (expected,)


def test_another_folder_is_not_noted(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    layer = Layer(tmp_path / "data", tmp_path / "notes")
    layer.install()
    with closing(connect(tmp_path / "b.db")) as connection:
        connection.execute("CREATE TABLE words (word)")
    layer.remove()
    assert list(notes(tmp_path / "notes")) == []


def test_a_note_cut_by_a_kill_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    layer = Layer(tmp_path / "data", tmp_path / "notes")
    layer.install()
    with closing(connect(tmp_path / "data" / "a.db")) as connection:
        connection.execute("CREATE TABLE words (word)")
    layer.remove()
    whole = list(notes(tmp_path / "notes"))
    (tmp_path / "notes").write_bytes((tmp_path / "notes").read_bytes()[:-3])
    assert list(notes(tmp_path / "notes")) == whole[:-1]


# -- the disk ------------------------------------------------------------------------------------------


def after(left: str, *calls: tuple[int, int, bytes], chance: int = 1) -> bytes | None:
    """What a file of six bytes holds when the power is cut after *calls*; None for no file."""
    disk = Disk({"a.db": b"before"})
    for operation, place, data in calls:
        disk.note(Note(0.0, operation, "a.db", place, data))
    return disk.after_cut(left, random.Random(chance)).get("a.db")


def test_a_write_is_safe_once_it_is_synced() -> None:
    write, sync = (WRITE, 0, b"BE"), (SYNC, 0, b"")
    assert after("nothing", write) == b"before"
    assert after("everything", write) == b"BEfore"
    assert after("nothing", write, sync) == b"BEfore"
    assert after("nothing", write, sync, (TRUNCATE, 1, b"")) == b"BEfore"
    assert after("nothing", write, sync, (TRUNCATE, 1, b""), sync) == b"B"
    assert after("everything", (WRITE, 8, b"!")) == b"before\0\0!"


def test_of_an_unsynced_write_some_sectors_may_be_left() -> None:
    write = (WRITE, 100, b"x" * 3 * SECTOR)
    found = {after("sectors", write, chance=number) for number in range(40)}
    assert {after("nothing", write), after("everything", write)} < found
    first, second = slice(100, SECTOR), slice(SECTOR, 2 * SECTOR)
    assert any(not content[first].strip(b"x") and not content[second].strip(b"\0") for content in found if len(content) > 2 * SECTOR)


def test_a_new_name_is_safe_with_its_first_sync_and_a_deleted_one_may_come_back() -> None:
    create, write, sync, delete = (CREATE, 0, b""), (WRITE, 0, b"new"), (SYNC, 0, b""), (DELETE, 0, b"")
    assert after("nothing", delete) is None
    assert {after("sectors", delete, chance=number) for number in range(20)} == {None, b"before"}
    assert after("nothing", delete, create, write) is None
    assert after("everything", delete, create, write) == b"new"
    assert {after("sectors", delete, create, write, sync, delete, chance=number) for number in range(20)} == {None, b"new"}
