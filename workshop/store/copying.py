"""A copy of a database that may be in use: consistent, checked, and on the disk before it has its name."""

from __future__ import annotations

import contextlib
import os
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

from workshop import errors

FOLDER = "backups"  # in the data folder
BUSY = 5.0  # seconds to wait for another process's lock
ROOM = "Check the folder's rights and the free space."


def opened(path: Path, mode: str = "rw") -> Any:
    """A connection to the database file *path*, which must exist; with the *mode* ``ro`` its log is left alone too."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY)
    connection.row_factory = sqlite3.Row
    return connection


def damage(connection: Any) -> str:
    """What is wrong with the database, in SQLite's words; empty where nothing is."""
    try:
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.OperationalError:  # the disk or a lock: that is not the database's fault
        raise
    except sqlite3.DatabaseError as problem:
        return str(problem)
    if told != "ok":
        return " ".join(told.split())
    return f"a row of {broken['table']} refers to one of {broken['parent']} that is missing" if broken else ""


def copy(connection: Any, target: Path) -> None:
    """Copy the database of *connection*, as it is at one moment, to *target*, for this user alone.

    Writers go on meanwhile. A copy that is interrupted never has the name *target*.

    Raises:
        errors.CannotBackUp: *target* exists, cannot be written, or the copy is not whole.
    """
    refuse(target)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection.execute("VACUUM INTO ?", (str(part),))
        _verify(part)
        sync(part)
        _name(part, target)
        sync(target.parent)
    except FileExistsError:
        raise _taken(target) from None
    except (sqlite3.Error, OSError, UnicodeError) as problem:
        raise errors.CannotBackUp(problem=f"{target} cannot be written ({_reason(problem)})", remedy=ROOM) from problem
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):  # SQLite leaves the second on a full disk
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def copy_into(connection: Any, folder: Path, name: str) -> Path:
    """Copy as `copy` does to ``folder/NAME-YYYYMMDD-HHMMSS.db``, the folder made where it is missing; where it is.

    Raises:
        errors.CannotBackUp
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise errors.CannotBackUp(problem=f"{folder} cannot be made ({problem.strerror})", remedy=ROOM) from problem
    target = free(folder, name)
    copy(connection, target)
    return target


def free(folder: Path, name: str) -> Path:
    """A path in *folder* of the *name* and the time now that nothing has yet."""
    stem = f"{name}-{datetime.now():%Y%m%d-%H%M%S}"
    number, target = 1, folder / f"{stem}.db"
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.db"
    return target


def refuse(target: Path) -> None:
    """Say before any work why there can be no new file *target*.

    Raises:
        errors.CannotBackUp
    """
    if target.is_dir():
        raise errors.CannotBackUp(problem=f"{target} is a folder", remedy="Name a file in it.")
    if os.path.lexists(target):
        raise _taken(target)
    if not target.parent.is_dir():
        raise errors.CannotBackUp(problem=f"there is no folder {target.parent}", remedy="Make it first, or name another.")


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _verify(part: Path) -> None:
    with closing(opened(part)) as connection:
        wrong = damage(connection)
    if wrong:
        raise errors.CannotBackUp(problem=f"the copy is damaged ({wrong})", remedy="Check the disk and the memory of this computer.")


def _name(part: Path, target: Path) -> None:
    """Give *part* its name, unless something has it by now."""
    try:
        os.link(part, target)  # unlike a rename it never takes the place of a file
    except FileExistsError:
        raise
    except OSError:  # a memory stick or a network drive without hard links
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.rename(part, target)


def _taken(target: Path) -> errors.CannotBackUp:
    return errors.CannotBackUp(problem=f"{target} exists already", remedy="Choose another name.")


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
