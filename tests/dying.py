"""Work that is killed at every one of its lines, and at every few kilobytes of what it writes.

    python3 -m tests.dying upgrade FOLDER STEP.sql          FOLDER/start is the data folder of each try
    python3 -m tests.dying restore FOLDER BACKUP.db

Each try is a process of its own in a copy of ``FOLDER/start`` beside it, and dies by SIGKILL before a line of workshop/store,
before a statement of SQL, or, as at a power cut, in the middle of a write. The last ones of each kind come to their end.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from workshop.store import backup, copying, schema, sqlite

STORE = str(Path(sqlite.__file__).parent)
MOST = 2000  # tries of one kind
ABREAST = 4  # tries at a time: they mostly wait for the disk
STRIDE = 7000  # bytes between two deaths in writing: most tear a page
Work = Callable[[Path], object]


def main(what: str, folder: Path, other: Path) -> int:
    """Let *what* die in every way; 0 where each kind came to its end at last."""
    work: Work = partial({"upgrade": _upgrade, "restore": _restore}[what], other=other)
    last = {"upgrade": (schema, "upgrade"), "restore": (backup, "_overwrite")}[what]  # what writes into the database
    deaths: dict[str, Callable[[int], None]] = {"line": _at_line, "statement": _at_statement, "byte": partial(_at_byte, *last)}
    return 0 if all(_until_it_lives(folder, kind, work, arm) for kind, arm in deaths.items()) else 1


def _until_it_lives(folder: Path, kind: str, work: Work, arm: Callable[[int], None]) -> bool:
    for first in range(1, MOST, ABREAST):
        children = [_begin(folder / f"{kind}-{number:04d}", work, partial(arm, number)) for number in range(first, first + ABREAST)]
        ends = [os.waitpid(child, 0)[1] for child in children]
        if any(os.WIFEXITED(end) for end in ends):
            return all(os.WIFSIGNALED(end) or os.WEXITSTATUS(end) == 0 for end in ends)
    return False


def _begin(data: Path, work: Work, arm: Callable[[], None]) -> int:
    shutil.copytree(data.parent / "start", data)
    child = os.fork()
    if not child:
        _live(work, data, arm)
    return child


def _live(work: Work, data: Path, arm: Callable[[], None]) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        arm()
        work(data)
        sys.settrace(None)
        os._exit(0)
    except BaseException as problem:
        print(repr(problem), file=sys.stderr, flush=True)
        os._exit(1)


def _upgrade(data: Path, other: Path) -> None:
    schema.SCHEMAS = (*schema.SCHEMAS, str(other))
    connection = sqlite.connect(data / "workshop.db")
    schema.migrate(connection, data / "workshop.db")
    connection.close()


def _restore(data: Path, other: Path) -> None:
    backup.restore(data / "workshop.db", other)


# -- the deaths ---------------------------------------------------------------------------------------


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _countdown(number: int) -> Callable[[], None]:
    left = number

    def count() -> None:
        nonlocal left
        left -= 1
        if not left:
            _die()

    return count


def _at_line(number: int) -> None:
    """Die before the line that is the *number*th to be reached for the first time."""
    count, reached = _countdown(number), set()

    def trace(frame: Any, event: str, _argument: object) -> Any:
        place = frame.f_code.co_filename, frame.f_lineno
        if not place[0].startswith(STORE):
            return None
        if event == "line" and place not in reached:
            reached.add(place)
            count()
        return trace

    sys.settrace(trace)


def _at_statement(number: int) -> None:
    count = _countdown(number)
    for module, name in ((sqlite, "connect"), (copying, "opened"), (backup, "opened")):
        setattr(module, name, _watched(getattr(module, name), count))


def _watched(connect: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def watched(*arguments: Any) -> Any:
        connection = connect(*arguments)
        connection.set_trace_callback(lambda _statement: count())
        return connection

    return watched


def _at_byte(module: Any, name: str, number: int) -> None:
    """Once that function has been called, die where a file grows past a size or is written beyond it."""
    setattr(module, name, _short(getattr(module, name), number * STRIDE))


def _short(write: Callable[..., None], size: int) -> Callable[..., None]:
    def short(*arguments: Any) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python turns it into an error otherwise
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        write(*arguments)

    return short


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
