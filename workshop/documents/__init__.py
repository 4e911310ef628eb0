"""The outcome in hand: one report model, one writer per format, a folder per session."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Sequence
from pathlib import Path

import gevent

from workshop import errors
from workshop.documents import formats
from workshop.documents.formats import ALL, FORMATS
from workshop.documents.packing import packed
from workshop.documents.places import folder_for, forget, write_all
from workshop.documents.report import build
from workshop.documents.shape import Report
from workshop.model import Record
from workshop.rules import text
from workshop.store import Store, Tx
from workshop.store.queries import record as records
from workshop.store.queries import sessions

__all__ = ["ALL", "FORMATS", "archive", "build", "export", "of_session", "read", "render", "save", "save_report"]
Tell = Callable[[str], None]
A_MOMENT = 0.001  # seconds in which what waits for the typesetter can go on
AGAIN = 3  # times at most that documents are made because somebody changed how they are named meanwhile


def export(
    store: Store, code: str, folder: Path, now: int | None = None, names: Iterable[str] = (), tell: Tell | None = None,
    ready: Callable[[], None] = lambda: None,
) -> list[Path]:
    """Write the documents of a session into ``folder/<event>/<session>/``; their paths, ``report.json`` first.

    They name people as those agree when the files land: where somebody changed their mind while they were made, they are made again.
    It keeps the processor of this process; a server leaves it to `documents.apart`.

    Args:
        code: the join code, as a person types it.
        now: epoch milliseconds printed as the time of making.
        names: of `formats.FORMATS`; none are all. ``report.json`` is written beside them in any case.
        tell: called with the name of each format before it is written.
        ready: called once the session is read, before anything is made.

    Raises:
        errors.UnknownCode: no session has the code.
        errors.UnknownFormat: no format has one of the names.
        errors.CannotExport: the folder cannot be written.
    """
    wanted, found = [one.name for one in formats.chosen(names)], read(store, code)
    ready()
    for _ in range(AGAIN):
        report, before = build(found, now), found
        files, found = render(report, wanted, tell), read(store, code)
        if _consents(before) <= _consents(found):
            break
    return _landed(report, files, folder, wanted)


def of_session(store: Store, session_id: str | None) -> Report | None:
    """The report of a session by its id; None where there is none."""
    return store.read(lambda tx: _report(tx, session_id or ""))


def read(store: Store, code: str) -> Record:
    """What the store holds of the session.

    Raises:
        errors.UnknownCode: no session has the code.
    """
    return store.read(lambda tx: _record(tx, code))


def save(
    record: Record, folder: Path, now: int | None = None, names: Iterable[str] = (), tell: Tell | None = None
) -> list[Path]:
    """As `export`, from a record in hand."""
    return save_report(build(record, now), folder, names, tell)


def save_report(report: Report, folder: Path, names: Iterable[str] = (), tell: Tell | None = None) -> list[Path]:
    """As `export`, from a report in hand."""
    return _landed(report, render(report, names, tell), folder, names)


def render(report: Report, names: Iterable[str] = (), tell: Tell | None = None) -> dict[str, bytes]:
    """The documents of the formats by file name; of all formats where none is named."""
    files: dict[str, bytes] = {}
    # The last first: so the typesetter draws the pictures of Word, then sets the PDF, while the others are written.
    for one, written in [(one, one.begin(report)) for one in reversed(formats.chosen(names))]:
        gevent.sleep(A_MOMENT)
        if tell:
            tell(one.name)
        files |= written()
    return files


def archive(paths: Sequence[Path]) -> bytes:
    """The files as one zip in their session's folder; the same files always give the same bytes."""
    files = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths}
    return packed(dict(sorted(files.items())))


def _landed(report: Report, files: dict[str, bytes], folder: Path, names: Iterable[str]) -> list[Path]:
    landed = folder_for(Path(folder), report.event_name, report.title, report.session)
    paths = write_all(landed, files if formats.IDENTITY.file in files else formats.IDENTITY.write(report) | files)
    forget(landed, (one.family for one in formats.chosen(names) if one.family), files)
    return [path for path in paths if path.name in files]


def _consents(record: Record) -> ItemsView[str, tuple[str, str]]:
    """How each participant is named and may be quoted."""
    return {who.id: (who.name, who.quote) for who in record.participants}.items()


def _report(tx: Tx, session_id: str) -> Report | None:
    found = records.load(tx, session_id)
    return build(found) if found else None


def _record(tx: Tx, code: str) -> Record:
    session = sessions.by_code(tx, text.normalise_code(code))
    found = session and records.load(tx, session.id)
    if not found:
        raise errors.UnknownCode("code", code=code[:20])
    return found
