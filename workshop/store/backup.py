"""Backup and restore of the whole database: one file that is whole, or none.

A restore writes the backup over the present database inside SQLite, as one transaction: whoever is killed on the way
leaves the old one, to be rolled back at the next opening. Only a database that is missing or damaged is replaced as a file.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

from workshop import errors
from workshop.model import now_ms
from workshop.store import schema
from workshop.store.copying import FOLDER, copy, copy_into, damage, free, opened, sync

# A phone that has seen revision 80 must not take the 80 of another history for its own. So a restored session goes on from
# the milliseconds of now, which no earlier restore can have reached, or at least from further than a phone can have come.
LEAP = 1_000_000
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
TEMPORARY = ".restoring-"
BACKUPS_ONLY = "Name a file that “workshop backup” has written."


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: ``sessions`` are code and revision, the highest first; ``size`` is in bytes."""

    schema: int
    sessions: tuple[tuple[str, int], ...]
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done: ``kept`` is where the database from before is, if there was one."""

    contents: Contents  # of the backup
    schema: int  # after any upgrade
    kept: Path | None
    was_damaged: bool


def contents(path: Path) -> Contents:
    """What the database file *path* of this product holds.

    Raises:
        errors.StoreUnavailable, errors.StoreTooNew
    """
    try:
        with closing(opened(path)) as connection:
            rows = connection.execute("SELECT code, rev FROM sessions ORDER BY rev DESC, code").fetchall()
            return Contents(schema.version(connection, path), tuple((row["code"], row["rev"]) for row in rows), path.stat().st_size)
    except (sqlite3.Error, OSError) as problem:
        raise errors.StoreUnavailable(path=path, problem=problem) from problem


def back_up(database: Path, target: Path | None) -> Path:
    """Copy *database*, which may be served meanwhile, to the new file *target*; where the copy is.

    Args:
        target: None for a name by the time, in the folder ``backups`` beside the database.

    Raises:
        errors.CannotBackUp, errors.StoreTooNew, errors.StoreUnavailable
    """
    if not database.is_file():
        raise errors.CannotBackUp(problem=f"there is no database {database}", remedy="Name its folder: --data FOLDER.")
    try:
        with closing(opened(database)) as connection:
            _refuse_to_copy(connection, database)
            if target is None:
                return copy_into(connection, database.parent / FOLDER, "workshop")
            copy(connection, target)
            return target
    except sqlite3.Error as problem:
        raise errors.StoreUnavailable(path=database, problem=problem) from problem


def restore(database: Path, source: Path) -> Restored:
    """Put the backup *source* in the place of *database*, which nobody serves: the caller holds the folder's lock.

    What was there is kept in the folder ``backups``. The schema is upgraded where it is older. Every session's revision leaps
    ahead, so that whoever has seen what came after the backup gets everything anew.

    Raises:
        errors.CannotRestore, errors.StoreTooNew: *database* is as it was.
        errors.DataInUse: another process has *database* open.
    """
    try:
        with _prepared(source, database) as (path, found):
            kept, was_damaged = _take_the_place(path, database)
        return Restored(found, len(schema.SCHEMAS), kept, was_damaged)
    except errors.CannotBackUp as problem:
        raise errors.CannotRestore(**problem.params) from problem
    except (sqlite3.Error, OSError) as problem:
        raise errors.CannotRestore(problem=f"{database} cannot be written ({problem})", remedy="Check the disk.") from problem


def _refuse_to_copy(connection: Any, database: Path) -> None:
    wrong = damage(connection)
    if wrong:
        remedy = "Stop the server, keep a copy of the whole data folder, and restore the last good backup."
        raise errors.CannotBackUp(problem=f"{database} is damaged ({wrong})", remedy=remedy)
    if not schema.is_ours(connection, schema.version(connection, database)):
        raise errors.CannotBackUp(problem=f"{database} is no database of the workshop tool", remedy="Name another: --data FOLDER.")


# -- the backup, made ready in a file of its own ------------------------------------------------------


@contextmanager
def _prepared(source: Path, database: Path) -> Iterator[tuple[Path, Contents]]:
    """A checked copy of *source* in the folder of *database*, with this code's schema, and what the backup holds."""
    _refuse_as_source(source, database)
    for left in database.parent.glob(f"{TEMPORARY}*"):  # of a restore that was killed
        left.unlink()
    path = database.with_name(f"{TEMPORARY}{secrets.token_hex(4)}.db")
    try:
        _copy_checked(source, path)
        found = contents(path)
        with closing(opened(path)) as connection:
            schema.upgrade(connection)
            connection.execute("UPDATE sessions SET rev = MAX(rev + :leap, :now)", {"leap": LEAP, "now": now_ms()})
        yield path, found
    finally:
        path.unlink(missing_ok=True)


def _refuse_as_source(source: Path, database: Path) -> None:
    if source.is_dir() or not source.exists():
        what = "is a folder" if source.is_dir() else "does not exist"
        raise errors.CannotRestore(problem=f"{source} {what}", remedy=BACKUPS_ONLY)
    if database.exists() and source.samefile(database):
        raise errors.CannotRestore(problem=f"{source} is the database itself", remedy=BACKUPS_ONLY)
    if not source.is_file():
        raise errors.CannotRestore(problem=f"{source} is no file", remedy=BACKUPS_ONLY)


def _copy_checked(source: Path, target: Path) -> None:
    try:
        with closing(opened(source)) as connection:
            number = schema.version(connection, source)
            wrong = damage(connection)
            if wrong:
                raise errors.CannotRestore(problem=f"{source} is damaged ({wrong})", remedy="Restore an older backup.")
            if not schema.is_ours(connection, number):
                raise errors.CannotRestore(problem=f"{source} is no database of the workshop tool", remedy=BACKUPS_ONLY)
            copy(connection, target)
    except sqlite3.Error as problem:
        raise errors.CannotRestore(problem=f"{source} cannot be read ({problem})", remedy=BACKUPS_ONLY) from problem


# -- into the place of the present database -----------------------------------------------------------


def _take_the_place(prepared: Path, database: Path) -> tuple[Path | None, bool]:
    """Where the database from before is kept, if there was one, and whether it was damaged."""
    if not database.exists():
        _replace(prepared, database)
        return None, False
    with closing(opened(database, "ro")) as present:  # who closes a damaged database last must not tidy it up
        was_damaged = bool(damage(present))
    if was_damaged:
        kept = _keep_files(database)
        _replace(prepared, database)
        return kept, True
    with closing(opened(database)) as present:
        _refuse_company(present, database)
        kept = copy_into(present, database.parent / FOLDER, "workshop-before-restore")
        _overwrite(present, prepared, database)
    return kept, False


def _refuse_company(present: Any, database: Path) -> None:
    """Leave the WAL mode, which only the last connection can; the next start enters it again."""
    try:
        mode = present.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError as problem:
        raise _in_use(database) from problem
    if mode != "delete":
        raise _in_use(database)


def _overwrite(present: Any, prepared: Path, database: Path) -> None:
    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # else it would be tried for ever
            raise _in_use(database)

    with closing(opened(prepared)) as connection:
        connection.backup(present, progress=look)


def _keep_files(database: Path) -> Path:
    """Copy the damaged files byte by byte: somebody may get something out of them."""
    folder = database.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = free(folder, "workshop-before-restore")
    for ending in ("", "-wal", "-journal"):
        source, target = Path(f"{database}{ending}"), Path(f"{kept}{ending}")
        if source.exists() and source.stat().st_size:
            shutil.copyfile(source, target)
            target.chmod(0o600)
            sync(target)
    sync(folder)
    return kept


def _replace(prepared: Path, database: Path) -> None:
    """Put the file in its place; what stands beside the old one would be played back into it."""
    for ending in BESIDE:
        Path(f"{database}{ending}").unlink(missing_ok=True)
    sync(prepared)
    os.replace(prepared, database)
    sync(database.parent)


def _in_use(database: Path) -> errors.DataInUse:
    return errors.DataInUse(folder=database.parent, process="another process, which has the database open")
