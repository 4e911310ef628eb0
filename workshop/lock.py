"""One process at a time serves a data folder, restores its database, or upgrades it.

The lock belongs to an open file, and so ends with the process, however that ends; the file itself stays and means nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop import errors

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

NAME = "serving.lock"
AWAY = 4096  # where Windows locks one byte; there a locked byte cannot be read, and the process's number should be
log = logging.getLogger(__name__)
_held: set[Path] = set()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder*; inside itself it is held already.

    Raises:
        errors.DataInUse: another process holds it, with which one.
        errors.SettingError: there is no such folder, or its lock file cannot be written to.
    """
    folder = folder.resolve()
    if folder in _held:
        yield
        return
    handle = _opened(folder / NAME)
    try:
        _take(handle, folder)
        _held.add(folder)
        yield
    finally:
        _held.discard(folder)
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        what, remedy = f"{path} cannot be used ({problem.strerror})", "Set a folder that this user can write to."
        raise errors.SettingError(variable="WORKSHOP_DATA", problem=what, remedy=remedy) from problem


def _take(handle: int, folder: Path) -> None:
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):  # as fcntl and msvcrt say that it is taken
        process = os.pread(handle, 20, 0).decode("ascii", "replace").strip() if fcntl else ""
        raise errors.DataInUse(folder=folder, process=f"process {process}" if process else "another process") from None
    except OSError as problem:  # some network drives know no locks: better served than refused
        log.warning("%s cannot be locked (%s): see that no second server uses this folder", folder / NAME, problem.strerror)
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())


def _lock(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(handle, AWAY, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
