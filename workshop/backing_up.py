"""``workshop backup`` and ``workshop restore``: from a FILE as somebody types it to what the terminal says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop import errors, lock
from workshop.config import Settings
from workshop.store import backup
from workshop.store.backup import Contents

DATABASE = "workshop.db"
HIGHEST = 5  # sessions that are told with their revisions
NOT_IN_IT = "It holds everything that the tool stores: sessions, ballots, accounts, sign-ins. It does not hold exported documents."


def back_up(settings: Settings, file: str | None) -> list[str]:
    """Make a backup, while the server runs or not; what to say of it.

    Args:
        file: as typed; None for a name by the time in the data folder.

    Raises:
        errors.CannotBackUp, errors.StoreTooNew, errors.StoreUnavailable
    """
    if file is not None and file in ("", "-"):
        raise errors.CannotBackUp(problem=_no_name(file), remedy="Name a file, such as ./backup.db.")
    made = backup.back_up(settings.data / DATABASE, None if file is None else Path(file).expanduser().absolute())
    found = backup.contents(made)
    return [f"Backup: {made}", f"{_size(found.size)}, checked; {_described(found)}", NOT_IN_IT]


def restore(settings: Settings, file: str) -> list[str]:
    """Put a backup in the place of the database of a stopped server; what to say of it.

    Args:
        file: as typed.

    Raises:
        errors.CannotRestore, errors.StoreTooNew, errors.SettingError: nothing has changed.
        errors.DataInUse: a server runs on the data folder.
    """
    if file in ("", "-"):
        raise errors.CannotRestore(problem=_no_name(file), remedy=backup.BACKUPS_ONLY)
    settings.ensure_data_folder()
    with lock.alone(settings.data):
        done = backup.restore(settings.data / DATABASE, Path(file).expanduser().absolute())
    return [f"Restored: {_described(done.contents)}", *_afterwards(done)]


def _afterwards(done: backup.Restored) -> Iterator[str]:
    if done.schema > done.contents.schema:
        yield f"It is upgraded from schema {done.contents.schema} to {done.schema}."
    if done.kept and done.was_damaged:
        yield f"The database from before is damaged; it is kept as {done.kept}"
    elif done.kept:
        yield f"The database from before is kept. To undo: workshop restore {done.kept}"
    yield "Start the server again: open pages take over what was restored. What was saved after the backup is not in it."


def _described(found: Contents) -> str:
    if not found.sessions:
        return "no sessions"
    told = ", ".join(f"{code} at revision {rev}" for code, rev in found.sessions[:HIGHEST])
    more = ", …" if len(found.sessions) > HIGHEST else ""
    return f"{len(found.sessions)} session{'s' * (len(found.sessions) != 1)}: {told}{more}"


def _size(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size < 10_000_000 else f"{size / 1_000_000:,.0f} MB"


def _no_name(file: str) -> str:
    return f"“{file}” is not the name of a file"
