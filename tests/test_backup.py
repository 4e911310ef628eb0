"""Backup and restore: whole or not at all, whatever is typed, whoever is killed, and while everybody writes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from tests import released
from tests.support import World
from tests.test_cli import Here, environment, run, serving
from workshop import errors
from workshop.bootstrap import ROOT
from workshop.store import Store, schema
from workshop.store.copying import copy as copy_database
from workshop.store.sqlite import connect

NEXT = ROOT / "tests" / "data" / "upgrade" / "schema_next.sql"
NEWEST = len(schema.SCHEMAS)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The command line in this process, on the data folder of `path`."""
    (tmp_path / "data").mkdir()
    for name, value in environment(tmp_path / "data").items():
        monkeypatch.setenv(name, value)
    return Here(tmp_path / "data", capsys)


@pytest.fixture
def path(here: Here) -> Path:
    """The database of an afternoon, which nobody serves."""
    released.an_afternoon(here.data / "workshop.db")
    return here.data / "workshop.db"


@pytest.fixture
def world(here: Here) -> Iterator[World]:
    """What a running server has open, in the same data folder."""
    with closing(World(here.data / "workshop.db")) as made:
        yield made


def write(path: Path, name: str) -> None:
    """One more account: a database that is a little further."""
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO accounts (id, name, role, created_at) VALUES (:n, :n, 'organizer', 0)", {"n": name})


def names(path: Path) -> set[str]:
    return {row["name"] for row in released.rows(path)["accounts"]}


def content(path: Path) -> released.Rows:
    """Every row, but for how far the sessions have come, which a restore changes."""
    found = released.rows(path)
    return found | {"sessions": [{**row, "rev": None} for row in found["sessions"]]}


def copies(folder: Path) -> list[Path]:
    """What is in the folder of the backups, unfinished ones too."""
    return sorted((folder / "backups").iterdir()) if (folder / "backups").exists() else []


def break_in_two(path: Path) -> bytes:
    """Damage the database as a bad disk does: pages in its middle; the bytes as they are then."""
    whole = bytearray(path.read_bytes())
    whole[5 * 4096:40 * 4096] = os.urandom(35 * 4096)
    path.write_bytes(whole)
    return bytes(whole)


class Noon(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        return cls(2026, 11, 24, 12)


# -- backup ---------------------------------------------------------------------------------------------


def test_a_backup_of_an_open_database_holds_what_was_written_till_then(here: Here, world: World) -> None:
    world.phase("write")
    world.writes(world.come("Ada"), "Repair before replacing")
    assert here("backup") == 0
    [copy] = copies(here.data)
    assert here.out.splitlines()[0] == f"Backup: {copy}"
    assert f"checked; 1 session: {world.session.code} at revision {world.record.session.rev}" in here.out
    assert released.rows(copy) == released.rows(world.path)
    assert released.damage(copy) == []
    assert [one.stat().st_mode & 0o777 for one in (copy, copy.parent)] == [0o600, 0o700]


def test_a_backup_holds_what_a_killed_server_had_acknowledged(here: Here, world: World, tmp_path: Path) -> None:
    world.come("Ada")
    shutil.copytree(here.data, tmp_path / "killed")  # with the -wal file, which holds it all
    assert (tmp_path / "killed" / "workshop.db-wal").stat().st_size > 0
    assert here("backup", str(tmp_path / "copy.db"), "--data", str(tmp_path / "killed")) == 0
    assert released.rows(tmp_path / "copy.db") == released.rows(world.path)


def test_two_backups_of_one_second_are_two_files(here: Here, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.store.copying.datetime", Noon)
    assert [here("backup"), here("backup")] == [0, 0]
    assert [copy.name for copy in copies(here.data)] == ["workshop-20261124-120000-2.db", "workshop-20261124-120000.db"]


@pytest.mark.parametrize("file", ["plain.db", "né 'w' ?mode=memory&x#50%41;.db", "file:odd", "-odd.db"])
def test_any_name_is_a_name(here: Here, path: Path, tmp_path: Path, file: str) -> None:
    assert here("backup", str(tmp_path / file)) == 0
    before = content(path)
    write(path, "Zoe")
    assert here("restore", str(tmp_path / file)) == 0
    assert content(path) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["data", file])


@pytest.mark.parametrize(("file", "told"), [
    ("-", "“-” is not the name of a file. Name a file, such as ./backup.db."), ("", "“” is not the name of a file."),
    ("absent/copy.db", "there is no folder {}/absent. Make it first, or name another."), (".", "{} is a folder. Name a file in it."),
    ("there.db", "{}/there.db exists already. Choose another name."), ("dangling.db", "{}/dangling.db exists already."),
    ("there.db/copy.db", "there is no folder {}/there.db."), ("x" * 250 + ".db", "cannot be written"),
])  # fmt: skip
def test_a_file_that_cannot_be_made_is_told(
    here: Here, path: Path, tmp_path: Path, file: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.db").write_text("somebody's")
    (tmp_path / "dangling.db").symlink_to(tmp_path / "nowhere")
    assert here("backup", file) == 2
    assert here.err.startswith("workshop: No backup was made: ")
    assert told.format(tmp_path) in here.err
    assert (tmp_path / "there.db").read_text() == "somebody's"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["dangling.db", "data", "there.db"]


def test_a_full_disk_is_told_and_leaves_nothing(here: Here, path: Path, tmp_path: Path) -> None:
    limited = ["sh", "-c", 'ulimit -f 100 && exec "$@"', "sh", sys.executable, "-m", "workshop", "backup", str(tmp_path / "copy.db")]
    told = subprocess.run(limited, cwd=ROOT, env=environment(here.data), capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith(f"workshop: No backup was made: {tmp_path}/copy.db cannot be written (")
    assert told.stderr.endswith("Check the folder's rights and the free space.\n")
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_what_sqlite_leaves_on_a_full_disk_is_removed(tmp_path: Path) -> None:
    class Full:
        """A connection whose copy stops half-way."""

        def execute(self, _sql: str, values: tuple[str]) -> None:
            Path(f"{values[0]}-journal").write_bytes(bytes(1024))
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(errors.CannotBackUp, match="database or disk is full"):
        copy_database(Full(), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_comes_to_be_meanwhile_is_not_overwritten(here: Here, path: Path, tmp_path: Path, monkeypatch) -> None:
    def link(_part: Path, target: Path) -> None:
        target.write_text("somebody's")
        raise FileExistsError(target)

    monkeypatch.setattr("os.link", link)
    assert here("backup", str(tmp_path / "copy.db")) == 2
    assert "copy.db exists already" in here.err
    assert (tmp_path / "copy.db").read_text() == "somebody's"


def test_a_disk_without_hard_links_takes_a_backup_too(here: Here, path: Path, tmp_path: Path, monkeypatch) -> None:
    def link(_part: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", link)
    assert here("backup", str(tmp_path / "copy.db")) == 0
    assert released.rows(tmp_path / "copy.db") == released.rows(path)


def test_a_copy_that_is_not_whole_is_no_backup(here: Here, path: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("workshop.store.copying.damage", lambda connection: "Page 7 is never used")
    assert here("backup", str(tmp_path / "copy.db")) == 2
    assert "the copy is damaged (Page 7 is never used)" in here.err
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_copy_has_its_name_only_once_it_is_on_the_disk(here: Here, path: Path, tmp_path: Path, monkeypatch) -> None:
    target, synced = tmp_path / "copy.db", []

    def sync(handle: int) -> None:
        found = os.fstat(handle)
        synced.append(("folder" if stat.S_ISDIR(found.st_mode) else found.st_size, target.exists()))

    monkeypatch.setattr("os.fsync", sync)
    assert here("backup", str(target)) == 0
    assert synced == [(target.stat().st_size, False), ("folder", True)]


def test_without_a_database_there_is_no_backup(here: Here) -> None:
    assert here("backup") == 2
    assert f"there is no database {here.data}/workshop.db. Name its folder: --data FOLDER." in here.err
    assert list(here.data.iterdir()) == []


@pytest.mark.parametrize(("sql", "told"), [
    ("PRAGMA user_version = 9999", "has schema 9999"), ("PRAGMA user_version = 0", "is no database of the workshop tool"),
    ("ALTER TABLE ideas RENAME TO thoughts", "is no database of the workshop tool"),
    ("PRAGMA foreign_keys = OFF; DELETE FROM participants", "is damaged (a row of"),
    ("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE INDEX ideas_by_participant ON ideas (title)'"
     " WHERE name = 'ideas_by_participant'", "is damaged (row 1 missing from index"),
])  # fmt: skip
def test_a_database_that_is_not_as_it_should_be_is_told(here: Here, path: Path, tmp_path: Path, sql: str, told: str) -> None:
    shutil.copy(path, tmp_path / "other.db")
    with closing(sqlite3.connect(str(tmp_path / "other.db"), isolation_level=None)) as connection:
        connection.executescript(sql)
    before = content(path)
    assert here("restore", str(tmp_path / "other.db")) == 2
    assert told in here.err
    assert (content(path), copies(here.data)) == (before, [])
    shutil.copy(tmp_path / "other.db", path)
    assert here("backup") == 2
    assert told in here.err
    assert copies(here.data) == []


def test_a_damaged_database_makes_no_backup(here: Here, path: Path) -> None:
    break_in_two(path)
    assert here("backup") == 2
    assert "workshop.db is damaged (" in here.err
    assert "restore the last good backup" in here.err
    assert copies(here.data) == []


# -- restore --------------------------------------------------------------------------------------------


@pytest.fixture
def copy(here: Here, path: Path, tmp_path: Path) -> Path:
    """A backup; the database has gone on since."""
    assert here("backup", str(tmp_path / "copy.db")) == 0
    write(path, "Zoe")
    return tmp_path / "copy.db"


def test_a_restore_brings_back_what_was_and_can_be_undone(here: Here, path: Path, copy: Path) -> None:
    then, now = content(copy), content(path)
    assert here("restore", str(copy)) == 0
    assert content(path) == then
    [kept] = copies(here.data)
    assert kept.name.startswith("workshop-before-restore-")
    assert content(kept) == now
    assert here.out.startswith(f"Restored: 1 session: {then['sessions'][0]['code']} at revision ")
    assert f"To undo: workshop restore {kept}\n" in here.out
    assert here("restore", str(kept)) == 0
    assert content(path) == now
    assert sorted(one.name for one in here.data.iterdir()) == ["backups", "serving.lock", "workshop.db"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_restored_session_goes_on_from_further_than_anybody_has_seen(here: Here, path: Path, copy: Path) -> None:
    revs = [released.rows(copy)["sessions"][0]["rev"]]
    for _ in range(3):
        assert here("restore", str(copy)) == 0
        revs.append(released.rows(path)["sessions"][0]["rev"])
    assert revs == sorted(set(revs))
    assert revs[1] > revs[0] + 1_000_000


def test_a_restore_into_a_new_folder_makes_it(here: Here, copy: Path, tmp_path: Path) -> None:
    assert here("restore", str(copy), "--data", str(tmp_path / "new" / "data")) == 0
    assert content(tmp_path / "new" / "data" / "workshop.db") == content(copy)
    assert "To undo" not in here.out
    assert [(tmp_path / "new" / "data").stat().st_mode & 0o777, copy.stat().st_mode & 0o777] == [0o700, 0o600]
    with closing(Store(tmp_path / "new" / "data" / "workshop.db")):
        pass


def test_an_older_backup_is_upgraded_on_the_way(here: Here, path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then, now = released.rows(copy), content(path)
    monkeypatch.setattr(schema, "SCHEMAS", (*schema.SCHEMAS, str(NEXT)))
    assert here("restore", str(copy)) == 0
    assert f"upgraded from schema {NEWEST} to {NEWEST + 1}" in here.out
    assert released.number(path) == NEWEST + 1
    assert [row["id"] for row in released.rows(path)["ideas"]] == [row["id"] for row in then["ideas"]]
    [kept] = copies(here.data)  # the backup itself needs no other copy
    assert content(kept) == now
    assert released.rows(copy) == then


def test_a_newer_database_gives_way_to_an_older_backup(here: Here, path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    assert here("restore", str(copy)) == 0
    assert (released.number(path), content(path)) == (NEWEST, content(copy))


def test_a_copied_data_folder_is_a_backup_with_its_wal(here: Here, path: Path, tmp_path: Path) -> None:
    with closing(Store(path)) as store:
        store.write(lambda tx: tx.run("UPDATE accounts SET name = 'Zoe'"))
        shutil.copytree(here.data, tmp_path / "copied")
    write(path, "Mallory")
    assert here("restore", str(tmp_path / "copied" / "workshop.db")) == 0
    assert names(path) == {"Zoe"}


def test_a_damaged_database_is_replaced_and_kept_byte_by_byte(here: Here, path: Path, copy: Path) -> None:
    broken = break_in_two(path)
    Path(f"{path}-wal").write_bytes(b"a log that would be played back into the backup")
    assert here("restore", str(copy)) == 0
    assert content(path) == content(copy)
    assert not Path(f"{path}-wal").exists()
    kept, log = copies(here.data)
    assert f"The database from before is damaged; it is kept as {kept}\n" in here.out
    assert (kept.read_bytes(), log.name) == (broken, f"{kept.name}-wal")
    assert [one.stat().st_mode & 0o777 for one in (path, kept, log)] == [0o600] * 3


def test_a_log_without_its_database_is_not_played_back(here: Here, path: Path, copy: Path, tmp_path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("UPDATE accounts SET name = 'Mallory' WHERE name = 'Zoe'")
        shutil.copy(f"{path}-wal", tmp_path / "log")
    path.unlink()
    shutil.copy(tmp_path / "log", f"{path}-wal")
    assert here("restore", str(copy)) == 0
    assert content(path) == content(copy)


@pytest.mark.parametrize(("file", "told"), [
    ("-", "“-” is not the name of a file"), ("", "“” is not the name of a file"), ("absent.db", "{}/absent.db does not exist"),
    (".", "{} is a folder"), ("/dev/zero", "/dev/zero is no file"), ("notes.txt", "{}/notes.txt cannot be read (file is not a database)"),
    ("empty.db", "{}/empty.db is no database of the workshop tool"), ("broken.db", "{}/broken.db is damaged ("),
    ("data/workshop.db", "{}/data/workshop.db is the database itself"),
])  # fmt: skip
def test_a_file_that_cannot_be_restored_changes_nothing(
    here: Here, path: Path, copy: Path, tmp_path: Path, file: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("what somebody may need\n" * 500)
    (tmp_path / "empty.db").touch()
    shutil.copy(copy, tmp_path / "broken.db")
    break_in_two(tmp_path / "broken.db")
    before = path.read_bytes()
    assert here("restore", file) == 2
    assert here.err.startswith("workshop: Nothing was restored: ")
    assert told.format(tmp_path) in here.err
    assert (path.read_bytes(), copies(here.data)) == (before, [])


def test_a_database_that_somebody_else_has_open_is_left_alone(here: Here, path: Path, copy: Path) -> None:
    with closing(Store(path)) as store:  # as an older version would, which knows no lock
        assert here("restore", str(copy)) == 2
        assert "is in use by another process, which has the database open" in here.err
        assert "Zoe" in {row["name"] for row in store.read(lambda tx: tx.all("SELECT name FROM accounts"))}
    assert (names(path), copies(here.data)) == ({"organizer", "Zoe"}, [])


def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(here: Here, path: Path, copy: Path, tmp_path: Path) -> None:
    with closing(Store(copy)) as store:  # the backup is the larger one: its last pages have no place in the old database
        store.write(lambda tx: tx.run("UPDATE ideas SET detail = :long", long="A very long story. " * 1000))
    then, now = content(copy), content(path)
    (tmp_path / "tries").mkdir()
    shutil.copytree(here.data, tmp_path / "tries" / "start")
    died = subprocess.run([sys.executable, "-m", "tests.dying", "restore", str(tmp_path / "tries"), str(copy)], cwd=ROOT,
                          capture_output=True)  # fmt: skip
    assert died.returncode == 0, died.stderr.decode()
    found = Counter()
    for data in (tmp_path / "tries").glob("*-*"):
        assert released.damage(data / "workshop.db") == [], data.name
        held = content(data / "workshop.db")
        assert held in (then, now), data.name
        found[data.name.partition("-")[0], held == then] += 1
        kept = [one for one in copies(data) if one.name.startswith("workshop-before-restore-")]
        assert [content(one) for one in kept] == [now] * len(kept), data.name
        assert kept or held == now, data.name
    assert all(found[kind, False] >= 4 for kind in ("line", "statement", "byte")), found
    assert all(found[kind, True] for kind in ("line", "statement", "byte")), found
    again = next((tmp_path / "tries").glob("statement-0010"))
    assert here("restore", str(copy), "--data", str(again)) == 0
    assert content(again / "workshop.db") == then
    assert not list(again.glob(".restoring-*"))


# -- beside a server ------------------------------------------------------------------------------------


def test_one_folder_has_one_server(here: Here, path: Path, copy: Path) -> None:
    with serving(here.data, "--port", "0") as (server, _):
        command = [sys.executable, "-m", "workshop", "serve", "--port", "0"]
        told = subprocess.run(command, cwd=ROOT, env=environment(here.data), capture_output=True, text=True, timeout=30)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr == (
            f"workshop: The data folder {here.data} is in use by process {server.pid}."
            " Stop that first, or choose another folder: --data FOLDER.\n"
        )
        assert here("restore", str(copy)) == 2
        assert f"is in use by process {server.pid}" in here.err
        assert here("backup") == 0
        server.kill()  # the lock goes with the process, however that ends
        server.wait()
        assert here("restore", str(copy)) == 0
    with serving(here.data, "--port", "0") as (_, said):
        assert "account/link" not in said  # it is not taken for the very first start


def test_a_name_that_is_no_text_is_told(here: Here, path: Path, tmp_path: Path) -> None:
    for command in ("backup", "restore"):
        told = run(here.data, command, f"{tmp_path}/\udcff.db")
        assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1), told.stderr
        assert "\\udcff.db" in told.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data"]
