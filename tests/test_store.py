"""The store on real SQLite: nothing is answered before it is on disk, and nothing is half-written."""

from __future__ import annotations

import gevent
import pytest
from sqlite_utils.utils import sqlite3

from workshop import errors
from workshop.store import Store, sqlite
from workshop.store.schema import SCHEMAS


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "workshop.db")
    yield store
    store.close()


def add(name):
    def work(tx):
        tx.run("INSERT INTO accounts (id, name, role, created_at) VALUES (:n, :n, 'organizer', 0)", n=name)
        return name

    return work


def names(store):
    return {row["name"] for row in store.read(lambda tx: tx.all("SELECT name FROM accounts"))}


def outside(store):
    """The names as another process sees them."""
    connection = sqlite3.connect(str(store.path))
    try:
        return {row[0] for row in connection.execute("SELECT name FROM accounts")}
    finally:
        connection.close()


def test_an_answered_write_is_seen_by_another_process(store):
    assert store.write(add("Ada")) == "Ada"
    assert outside(store) == {"Ada"}


def test_every_commit_is_synced_to_disk_in_wal_mode(store):
    pragmas = store.read(lambda tx: [tuple(tx.one(f"PRAGMA {name}")) for name in ("synchronous", "journal_mode", "foreign_keys")])
    assert pragmas == [(2,), ("wal",), (1,)]


def test_writes_that_wait_together_share_one_commit(store):
    commits = []
    store._writer._connection.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    workers = [gevent.spawn(store.write, add(f"buyer {n}")) for n in range(50)]
    gevent.joinall(workers, raise_error=True)
    assert len(names(store)) == 50
    assert len(commits) < 10


def test_a_failing_command_takes_nothing_of_its_neighbours_along(store):
    def half(tx):
        add("half")(tx)
        raise errors.WrongPhase("theme")

    good, bad = gevent.spawn(store.write, add("whole")), gevent.spawn(store.write, half)
    gevent.wait([good, bad])
    assert isinstance(bad.exception, errors.WrongPhase)
    assert names(store) == {"whole"}


def test_a_rule_of_the_schema_answers_with_a_typed_error(store):
    store.write(add("Ada"))
    with pytest.raises(errors.Conflict):
        store.write(add("Ada"))


def test_listeners_hear_of_a_session_after_the_commit_and_not_of_a_failure(store):
    heard = []
    store.on_commit(lambda touched, _lessened: heard.append((touched, outside(store))))

    def touch(tx):
        tx.touched.add("session")
        add("Ada")(tx)

    def fail(tx):
        tx.touched.add("other")
        raise errors.NotFound()

    store.write(touch)
    with pytest.raises(errors.NotFound):
        store.write(fail)
    assert heard == [({"session"}, {"Ada"})]


def test_a_listener_that_fails_stops_neither_the_writer_nor_the_next_write(store, caplog):
    def broken(touched, _lessened):
        raise RuntimeError("a listener's mistake")

    def touch(tx):
        tx.touched.add("session")
        return add("Ada")(tx)

    store.on_commit(broken)
    with gevent.Timeout(30):
        assert (store.write(touch), store.write(add("Bo"))) == ("Ada", "Bo")
    assert names(store) == {"Ada", "Bo"}
    assert "a listener failed after a commit" in caplog.text


def test_a_read_that_sqlite_rolled_back_tells_its_own_error_and_keeps_its_connection(store):
    def failing(tx):
        tx.run("ROLLBACK")  # as SQLite does by itself after some errors
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        store.read(failing)
    assert len(store._patient) == 1
    assert names(store) == set()


def test_a_database_locked_by_another_process_is_refused_and_works_again(store):
    store._writer._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(str(store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.NotSaved):
        store.write(add("Ada"))
    other.execute("ROLLBACK")
    other.close()
    assert store.write(add("Ada")) == "Ada"


def test_a_statement_that_cannot_be_carried_out_is_refused_and_leaves_no_transaction_open(store):
    def half(tx):
        add("half")(tx)
        tx.run("UPDATE nothing SET name = 'Bo'")  # after other errors, as of the disk, SQLite rolls back by itself

    with pytest.raises(errors.NotSaved):
        store.write(half)
    assert store.write(add("Ada")) == "Ada"
    assert names(store) == {"Ada"}


def test_nobody_writes_between_what_a_command_reads_and_what_it_writes(store):
    other = sqlite3.connect(str(store.path), isolation_level=None, timeout=0, check_same_thread=False)

    def meddle():
        try:
            return other.execute("UPDATE accounts SET name = 'Bo'").rowcount
        except sqlite3.OperationalError:  # it is locked
            return None

    def read_then_write(tx):
        return tx.one("SELECT COUNT(*) AS n FROM accounts")["n"], meddle(), tx.run("UPDATE accounts SET name = 'Cy'")

    store.write(add("Ada"))
    assert store.write(read_then_write) == (1, None, 1)
    other.close()


def test_a_full_disk_is_refused_without_a_false_answer_and_works_again(store):
    pages = store._writer._connection.execute("PRAGMA page_count").fetchone()["page_count"]
    store._writer._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.NotSaved):
        store.write(add("x" * 100_000))
    assert names(store) == set()
    store._writer._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.write(add("Ada")) == "Ada"


def test_a_database_newer_than_the_code_is_left_alone(tmp_path):
    path = tmp_path / "workshop.db"
    connection = sqlite3.connect(str(path))
    connection.execute(f"PRAGMA user_version = {len(SCHEMAS) + 1}")
    connection.close()
    with pytest.raises(errors.StoreTooNew, match="Update the workshop tool"):
        Store(path)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "workshop.db"
    path.write_text("not a database, but something somebody may need " * 50)
    with pytest.raises(errors.StoreUnavailable, match="workshop.db"):
        Store(path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(errors.StoreUnavailable, match="absent"):
        Store(tmp_path / "absent" / "workshop.db")


def test_a_half_applied_schema_leaves_nothing_behind(tmp_path, monkeypatch):
    broken = "CREATE TABLE one (id TEXT); CREATE TABLE one (id TEXT);"
    monkeypatch.setattr("workshop.store.schema.resources.files", lambda _: Broken(broken))
    with pytest.raises(errors.StoreUnavailable):
        Store(tmp_path / "workshop.db")
    connection = sqlite3.connect(str(tmp_path / "workshop.db"))
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


class Broken:
    def __init__(self, text):
        self.text = text

    def joinpath(self, name):
        return self

    def read_text(self, encoding):
        return self.text


@pytest.mark.parametrize(("found", "safe"), [
    ((3, 40, 1), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 53, 4), True),
])
def test_the_versions_with_the_wal_bug_are_told(monkeypatch, found, safe):
    monkeypatch.setattr(sqlite.sqlite3, "sqlite_version_info", found)
    assert sqlite.version()[1] is safe
