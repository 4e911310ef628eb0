"""The SQLite store: one file, one writer with group commit, readers with their own connections."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from gevent.threadpool import ThreadPool
from sqlite_utils.utils import sqlite3

from workshop import errors
from workshop.store.schema import migrate
from workshop.store.tx import Tx
from workshop.store.writer import Writer

T = TypeVar("T")
READERS = 2  # native threads that read
BUSY_MS = 5000  # how long to wait for another process's lock
CHECKPOINT = 4000  # pages (16 MB) in the log until they are taken over into the database, which makes everybody wait
CACHE = -16_000  # kB of pages that a connection may keep; SQLite's own 2 MB are less than a room's ballots and their indexes
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"wal_autocheckpoint = {CHECKPOINT}", f"cache_size = {CACHE}")
SAFE_VERSIONS = ((3, 44, 6), (3, 50, 7), (3, 51, 3))  # branches with the WAL-reset fix
log = logging.getLogger(__name__)


def version() -> tuple[str, bool]:
    """SQLite's version, and whether it has the fix of the WAL-reset bug (3.44.6, 3.50.7, 3.51.3)."""
    found = sqlite3.sqlite_version_info
    fixed = found >= SAFE_VERSIONS[-1] or any(found[:2] == safe[:2] and found >= safe for safe in SAFE_VERSIONS)
    return sqlite3.sqlite_version, fixed


class Store:
    """The database of one workshop server.

    Args:
        path: the file; made where it does not exist.

    Raises:
        errors.StoreTooNew, errors.StoreUnavailable: with what to do.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._listeners: list[Callable[[set[str]], None]] = []
        self._patient: deque[Any] = deque()  # connections that nobody reads by now, for native threads
        self._hasty: deque[Any] = deque()  # … and for lookups, which do not wait
        self._readers = ThreadPool(READERS)
        self._writer = Writer(self._prepared(), self._tell)

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run *work* in a write transaction; returns after the commit. See `Writer.run`."""
        return self._writer.run(work)

    def lookup(self, work: Callable[[Tx], T]) -> T:
        """Run *work*, which reads a few rows by key, here and now: the way over a native thread takes longer than that.

        Where the database would make it wait, it goes that way after all.
        """
        try:
            return self._reading(self._hasty, 0, work)
        except sqlite3.OperationalError:
            return self.read(work)

    def read(self, work: Callable[[Tx], T]) -> T:
        """Run *work* on one consistent state of the database, in a native thread."""
        value, error = self._readers.apply(self._read, (work,))
        if error:
            raise error
        return value

    def on_commit(self, listener: Callable[[set[str], set[str]], None]) -> None:
        """Call *listener* after every commit with the ids of the sessions that it changed, and of those it took rows from."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Commit what waits and close every connection."""
        self._writer.close()
        self._readers.join()
        self._readers.kill()
        for idle in (self._patient, self._hasty):
            while idle:
                idle.pop().close()

    def _tell(self, touched: set[str], lessened: set[str]) -> None:
        for listener in self._listeners:
            listener(touched, lessened)

    def _prepared(self) -> Any:
        try:
            connection = connect(self.path)
            migrate(connection, str(self.path))
            return connection
        except (sqlite3.Error, OSError) as problem:
            raise errors.StoreUnavailable(path=self.path, problem=problem) from problem

    def _read(self, work: Callable[[Tx], T]) -> tuple[Any, Exception | None]:
        """The value of *work*, or its error: raised in the thread, gevent would print it as a failure."""
        try:
            return self._reading(self._patient, BUSY_MS / 1000, work), None
        except Exception as error:
            return None, error

    def _reading(self, idle: deque[Any], patience: float, work: Callable[[Tx], T]) -> T:
        """The value of *work* on one state of the database, by one of the *idle* connections."""
        try:
            connection = idle.pop()  # atomic: two threads never get the same one
        except IndexError:
            connection = connect(self.path, patience)
        try:
            connection.execute("BEGIN")
            return work(Tx(connection))
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            idle.append(connection)


def connect(path: Path, patience: float = BUSY_MS / 1000) -> Any:
    """Open *path* as the product wants it: WAL, synced at every commit, foreign keys on.

    Args:
        patience: seconds to wait for another process's lock.
    """
    connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False, timeout=patience, cached_statements=256)
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
