"""The outcome in hand: one report model, one writer per format, a folder per session."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop import errors
from workshop.documents import csv_set, json, markdown
from workshop.documents.places import folder_for, write_all
from workshop.documents.report import build
from workshop.documents.shape import Report
from workshop.model import Record
from workshop.native import natively
from workshop.rules import text
from workshop.store import Store, Tx
from workshop.store.queries import record as records
from workshop.store.queries import sessions

__all__ = ["archive", "build", "export", "of_session", "render", "save"]
STAMP = (1980, 1, 1, 0, 0, 0)  # a zip's earliest day: the same files give the same archive


def export(store: Store, code: str, folder: Path, now: int | None = None) -> list[Path]:
    """Write the documents of a session into ``folder/<event>/<session>/``; the paths, ``report.json`` first.

    Args:
        code: the join code, as a person types it.
        now: epoch milliseconds printed as the time of making.

    Raises:
        errors.UnknownCode: no session has the code.
        errors.CannotExport: the folder cannot be written.
    """
    report = store.read(lambda tx: build(_record(tx, code), now))
    return natively(lambda: _write(report, folder))


def of_session(store: Store, session_id: str | None) -> Report | None:
    """The report of a session by its id; None where there is none."""
    return store.read(lambda tx: _report(tx, session_id or ""))


def save(record: Record, folder: Path, now: int | None = None) -> list[Path]:
    """As `export`, from a record in hand."""
    return _write(build(record, now), folder)


def render(report: Report) -> dict[str, bytes]:
    """Every document of the set by file name. A further format adds its writer here."""
    return {
        "report.md": markdown.write(report),
        "report.json": json.write(report),
        json.SCHEMA_NAME: json.schema(),
        **csv_set.write(report),
    }


def archive(paths: Sequence[Path]) -> bytes:
    """The files as one zip in their session's folder; the same files always give the same bytes."""
    return _zip({f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths})


def _write(report: Report, folder: Path) -> list[Path]:
    return write_all(folder_for(Path(folder), report.event_name, report.title, report.session), render(report))


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, files[name])
    return out.getvalue()


def _report(tx: Tx, session_id: str) -> Report | None:
    found = records.load(tx, session_id)
    return build(found) if found else None


def _record(tx: Tx, code: str) -> Record:
    session = sessions.by_code(tx, text.normalise_code(code))
    found = session and records.load(tx, session.id)
    if not found:
        raise errors.UnknownCode("code", code=code[:20])
    return found
