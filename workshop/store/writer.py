"""Group commit: whatever waits is committed together, and nobody is answered before.

A greenlet gathers the waiting commands for a few milliseconds before every commit and hands them to one native
thread, which runs each in a savepoint of one ``BEGIN IMMEDIATE`` transaction. The thread keeps
the gevent loop free while the disk syncs, and no greenlet switch can happen mid-transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import gevent
from gevent.event import AsyncResult, Event
from gevent.threadpool import ThreadPool
from sqlite_utils.utils import sqlite3

from workshop import errors
from workshop.store.tx import Tx

T = TypeVar("T")
GATHER, GATHER_MORE = 0.002, 0.003  # seconds to wait for company before a commit: alone, and where company came before
BATCH = 500  # commands in one commit at most
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    work: Callable[[Tx], Any]
    done: AsyncResult = field(default_factory=AsyncResult)
    value: Any = None
    error: Exception | None = None
    touched: set[str] = field(default_factory=set)
    lessened: set[str] = field(default_factory=set)


class Writer:
    """The only writer of the database.

    Args:
        connection: a connection of its own, in autocommit mode.
        after_commit: called with the ids of the sessions that each commit changed, and of those among them of which rows are gone.
    """

    def __init__(self, connection: Any, after_commit: Callable[[set[str], set[str]], None]) -> None:
        self._connection = connection
        self._after_commit = after_commit
        self._waiting: list[_Job] = []
        self._wake = Event()
        self._thread = ThreadPool(1)
        self._loop = gevent.spawn(self._run)

    def run(self, work: Callable[[Tx], T]) -> T:
        """Run *work* in a transaction; return its value after the commit is on disk.

        Raises:
            errors.NotSaved: the database refused; nothing of *work* is stored.
            Exception: whatever *work* raised; nothing of it is stored.
        """
        job = _Job(work)
        self._waiting.append(job)
        self._wake.set()
        return job.done.get()

    def close(self) -> None:
        """Commit what waits, then stop."""
        self._wake.set()
        while self._waiting:
            gevent.sleep(GATHER_MORE)
        self._loop.kill()
        self._thread.join()
        self._thread.kill()
        self._connection.close()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            gather = GATHER
            while self._waiting:
                gevent.sleep(gather)
                gather = GATHER_MORE if self._flush() > 1 else GATHER

    def _flush(self) -> int:
        """Commit what waits, answer it, and return how many commands it was."""
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        self._thread.apply(commit, (self._connection, batch))
        touched = set().union(*(job.touched for job in batch))
        for job in batch:
            job.done.set_exception(job.error) if job.error else job.done.set(job.value)
        if touched:
            self._tell(touched, set().union(*(job.lessened for job in batch)))
        return len(batch)

    def _tell(self, touched: set[str], lessened: set[str]) -> None:
        try:
            self._after_commit(touched, lessened)
        except Exception:  # the only writer must outlive a listener's mistake
            log.exception("a listener failed after a commit")


def commit(connection: Any, batch: list[_Job]) -> None:
    """Run and commit *batch* in one transaction; fill in each job's value or error."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in batch:
            _attempt(connection, job)
        connection.execute("COMMIT")
    except sqlite3.Error as problem:
        log.error("nothing of %d commands was saved: %s", len(batch), problem)
        _roll_back(connection)
        for job in batch:
            job.error, job.touched, job.lessened = errors.NotSaved(), set(), set()


def _attempt(connection: Any, job: _Job) -> None:
    """Run one job in a savepoint, so that its failure takes nothing of its neighbours along."""
    tx = Tx(connection)
    connection.execute("SAVEPOINT job")
    try:
        job.value = job.work(tx)
        job.touched, job.lessened = tx.touched, tx.lessened
    except sqlite3.IntegrityError as problem:
        log.warning("a command broke a rule of the schema: %s", problem)
        job.error = errors.Conflict()
    except sqlite3.Error:
        raise  # the disk or the lock: the whole batch is in doubt
    except Exception as error:
        job.error = error
    if job.error:
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _roll_back(connection: Any) -> None:
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except sqlite3.Error as problem:
        log.error("rolling back failed too: %s", problem)
