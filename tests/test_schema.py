"""Upgrades: every released schema comes to the newest with every row, and a kill on the way leaves the old one or the new one."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from tests import released
from workshop import errors, lock
from workshop.bootstrap import ROOT
from workshop.model import Record, StoredPractice
from workshop.service.practices import Choice, Practices
from workshop.store import Store, schema
from workshop.store.queries import record, sessions
from workshop.store.schema import SCHEMAS

RELEASED = ("schema_001.sql",)  # one file in tests/data for each; later schemas may still change
NEWEST, MORE = len(SCHEMAS), len(SCHEMAS) + 1
NEXT = ROOT / "tests" / "data" / "upgrade" / "schema_next.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder as the first release left it."""
    data = tmp_path / "start"
    data.mkdir()
    released.make(data / "workshop.db", released.text(RELEASED[0]))
    return data


@pytest.fixture
def _next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the product that knows one schema more."""
    monkeypatch.setattr(schema, "SCHEMAS", (*SCHEMAS, str(NEXT)))


def start(path: Path) -> None:
    """What a start does to the database."""
    Store(path).close()


def kept(before: released.Rows, after: released.Rows) -> bool:
    """Whether every row of *before* is in *after*, with the same values in the columns that both have."""
    def common(table: str) -> list[str]:
        return [name for name in before[table][0] if name in after[table][0]]

    return all(
        Counter(tuple(row[name] for name in common(table)) for row in before[table])
        == Counter(tuple(row[name] for name in common(table)) for row in after[table])
        for table in before
    )


def test_every_schema_has_a_database_in_the_tests() -> None:
    assert sorted(path.name for path in released.FOLDER.glob("*.sql")) == sorted(RELEASED)
    assert SCHEMAS[:len(RELEASED)] == RELEASED


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_schema_never_changes(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    then = released.make(tmp_path / "then.db", released.text(name))
    monkeypatch.setattr(schema, "SCHEMAS", SCHEMAS[:SCHEMAS.index(name) + 1])
    start(tmp_path / "now.db")
    assert released.objects(tmp_path / "now.db") == released.objects(then)
    assert all(released.rows(then).values()), "a table without rows proves nothing"


@pytest.mark.parametrize("name", RELEASED)
def test_a_database_of_every_release_opens_with_every_row(tmp_path: Path, name: str) -> None:
    path = released.make(tmp_path / "workshop.db", released.text(name))
    before = released.rows(path)
    with closing(Store(path)) as store:
        found = store.read(lambda tx: record.load(tx, before["sessions"][0]["id"]))
        store.write(lambda tx: sessions.bump(tx, found.session.id))
    assert {idea.title for idea in found.ideas} == {row["title"] for row in before["ideas"]}
    assert released.number(path) == NEWEST
    assert released.damage(path) == []
    before["sessions"][0]["rev"] += 1
    assert kept(before, released.rows(path))


@pytest.mark.parametrize("name", RELEASED)
def test_an_upgraded_database_is_as_a_new_one(tmp_path: Path, name: str) -> None:
    path = released.make(tmp_path / "old.db", released.text(name))
    start(path)
    start(tmp_path / "new.db")
    assert released.objects(path) == released.objects(tmp_path / "new.db")
    tables = {name for kind, name, _ in released.objects(path) if kind == "table"}
    referred = {table: {key[2] for key in released.foreign_keys(path, table)} for table in tables}
    assert {other for others in referred.values() for other in others} <= tables
    assert "ideas" in referred["ideas"]  # what is merged is merged into an idea
    assert "sessions" in referred["themes"]


@pytest.mark.usefixtures("_next")
def test_an_upgrade_keeps_every_row_and_a_copy_of_what_was(old: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, before = old / "workshop.db", released.rows(old / "workshop.db")
    with caplog.at_level(logging.INFO):
        start(path)
    after = released.rows(path)
    assert kept(before, after)
    assert {row["stage"] for row in after["ideas"]} == {row["stage"] for row in after["stages"]} == {"contract; review"}
    assert (released.number(path), released.damage(path)) == (MORE, [])
    [copy] = (old / "backups").iterdir()
    assert released.rows(copy) == before
    assert f"is upgraded from schema 1 to {MORE}; as it was it is kept as {copy}" in caplog.text
    assert copy.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("_next")
def test_only_an_upgrade_makes_a_copy(tmp_path: Path, old: Path) -> None:
    start(tmp_path / "new.db")
    assert not (tmp_path / "backups").exists()
    start(old / "workshop.db")
    start(old / "workshop.db")
    assert len(list((old / "backups").iterdir())) == 1


@pytest.mark.usefixtures("_next")
def test_without_a_copy_there_is_no_upgrade(old: Path) -> None:
    (old / "backups").write_text("a file where the folder should be")
    with pytest.raises(errors.CannotBackUp, match="backups cannot be made"):
        start(old / "workshop.db")
    assert released.number(old / "workshop.db") == 1


@pytest.mark.usefixtures("_next")
def test_a_database_that_is_served_is_not_upgraded_under_the_server(old: Path) -> None:
    holder = "import sys; from pathlib import Path; from workshop import lock\n" \
             "with lock.alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", holder, str(old)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(errors.DataInUse, match=f"in use by process {other.pid}"):
            start(old / "workshop.db")
        assert released.number(old / "workshop.db") == 1
        other.kill()
        other.wait()
        start(old / "workshop.db")
    assert released.number(old / "workshop.db") == MORE


@pytest.mark.usefixtures("_next")
def test_whoever_holds_the_folder_may_upgrade_it(old: Path) -> None:
    with lock.alone(old):
        start(old / "workshop.db")
    assert released.number(old / "workshop.db") == MORE


def test_an_upgrade_that_would_leave_orphans_is_undone(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = tmp_path / "step.sql"
    step.write_text("CREATE TABLE one (id TEXT); DELETE FROM participants;")
    monkeypatch.setattr(schema, "SCHEMAS", (*RELEASED, str(step)))
    before = released.rows(old / "workshop.db")
    with pytest.raises(errors.StoreUnavailable, match=r"step\.sql would leave a row of"):
        start(old / "workshop.db")
    assert (released.number(old / "workshop.db"), released.rows(old / "workshop.db")) == (1, before)


def test_a_schema_that_was_applied_meanwhile_is_not_applied_again(old: Path) -> None:
    with closing(sqlite3.connect(str(old / "workshop.db"), isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        schema.upgrade(connection)
        schema.upgrade(connection)  # as a second process that had found the schema before
    assert (released.number(old / "workshop.db"), released.damage(old / "workshop.db")) == (NEWEST, [])


def test_a_kill_during_an_upgrade_leaves_the_old_schema_or_the_new_one(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, made = released.rows(old / "workshop.db"), released.objects(old / "workshop.db")
    died = subprocess.run([sys.executable, "-m", "tests.dying", "upgrade", str(tmp_path), str(NEXT)], cwd=ROOT, capture_output=True)
    assert died.returncode == 0, died.stderr.decode()
    monkeypatch.setattr(schema, "SCHEMAS", (*SCHEMAS, str(NEXT)))
    found = Counter()
    for data in tmp_path.glob("*-*"):
        path = data / "workshop.db"
        number = released.number(path)
        found[data.name.partition("-")[0], number] += 1
        assert released.damage(path) == [], data.name
        assert kept(before, released.rows(path)), data.name
        assert (released.objects(path) == made) == (number == 1), data.name
        assert "stage" in released.rows(path)["ideas"][0] or number < MORE, data.name
        start(path)  # the next start finishes it
        assert (released.number(path), kept(before, released.rows(path))) == (MORE, True), data.name
        copies = (data / "backups").glob("[!.]*.db")
        assert all(kept(before, released.rows(copy)) for copy in copies), data.name
    assert all(found[kind, 1] >= 4 and found[kind, MORE] for kind in ("line", "statement", "byte")), found
    assert found["statement", NEWEST] >= 4, found


def test_a_day_that_was_voted_on_before_practices_were_kept_keeps_every_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "workshop.db"
    with monkeypatch.context() as before_practices:
        before_practices.setattr(schema, "SCHEMAS", SCHEMAS[:2])
        released.an_afternoon(path)
    before = released.rows(path)
    assert (released.number(path), "practices" in before) == (2, False)
    start(path)
    after = released.rows(path)
    assert kept(before, after)
    assert (released.number(path), released.damage(path), after["practices"]) == (NEWEST, [], [])
    with closing(Store(path)) as store:
        found = store.read(lambda tx: record.load(tx, before["sessions"][0]["id"]))
        made = drafting_of(store, found)
    assert [one.title for one in made] == ["Repair before replacing"]
    start(tmp_path / "new.db")
    assert released.objects(path) == released.objects(tmp_path / "new.db")


def drafting_of(store: Store, found: Record) -> list[StoredPractice]:
    """The practices of a session that was upgraded."""
    return Practices(store).draft(found.event.id, found.session.id, Choice(top=1), "editor")
