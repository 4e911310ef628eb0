"""The servers under test: started on a core of their own and a copy of the venue's data, and looked at from outside."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from bench._compare.speech import SOCKETIO, Place
from bench._compare.venue import Venue
from workshop.rehearse.server import PrivateServer

CPU_OF_PROCESS = 2  # Linux: CPUCLOCK_SCHED of a whole process


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    pid: int
    place: Place
    data: Path

    def cpu(self) -> float:
        """Seconds of processor time that it has used: all threads, user and system, exact to the microsecond."""
        return time.clock_gettime((~self.pid << 3) | CPU_OF_PROCESS)

    def memory(self) -> int:
        """Its resident bytes."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss:"))


@dataclass(frozen=True)
class Kind:
    """One of the servers that are compared; ``start`` runs it on a copy of the venue in a new folder, as long as its context is open."""

    name: str
    title: str
    start: Callable[[Venue, Path], contextlib.AbstractContextManager[Server]]


class _Ours(PrivateServer):
    """The product, with its process id."""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@contextlib.contextmanager
def _ours(venue: Venue, folder: Path) -> Iterator[Server]:
    private = _Ours(venue.copy(folder))
    with on_core(SERVER_CORE):
        private.start()
    try:
        yield Server(private.pid, Place(("127.0.0.1", private.port), SOCKETIO), folder)
    finally:
        private.stop()


OURS = Kind("ours", "ours", _ours)


# -- cores -----------------------------------------------------------------------------------------


_CORES = sorted(os.sched_getaffinity(0))
GENERATOR_CORE, SERVER_CORE = _CORES[0], _CORES[-1]


@contextlib.contextmanager
def on_core(core: int) -> Iterator[None]:
    """Inside, this process, and what it starts, runs on *core* alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Meter:
    """What a stretch of time cost; a context manager.

    ``wall`` seconds passed, the server used ``cpu`` seconds, and the generator was ``busy`` for this share of its core.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.wall = self.cpu = self.busy = 0.0

    def __enter__(self) -> Meter:
        self._begin = time.perf_counter(), self._server.cpu(), time.process_time()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        wall, cpu, own = self._begin
        self.wall, self.cpu = time.perf_counter() - wall, self._server.cpu() - cpu
        self.busy = (time.process_time() - own) / self.wall
