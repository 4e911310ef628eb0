"""Where documents land: folders named by the server, inside the given one, files written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import count
from pathlib import Path

from workshop import errors

SLUG_LIMIT = 60  # characters; with the file's name far below what any file system takes
FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "œ": "oe"})
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
IDENTITY = "report.json"  # says whose a folder is; written first


def slug(text: str, fallback: str) -> str:
    """A file name from *text*: lower-case ASCII letters, digits and hyphens; never empty, never a device's name.

    Args:
        fallback: a good slug, taken where nothing of *text* is left and put before a reserved name.
    """
    ascii_text = unicodedata.normalize("NFKD", text.lower().translate(FOLDED)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(name) > SLUG_LIMIT:
        name = name[: SLUG_LIMIT + 1].rpartition("-")[0] or name[:SLUG_LIMIT]
    if not name:
        return fallback
    return f"{fallback}-{name}" if name in RESERVED else name


def folder_for(root: Path, event: str, title: str, session_id: str) -> Path:
    """The session's own folder in *root*, made where it is missing.

    The same session always gets the same folder; another one of the same name gets "-2" and so on.

    Raises:
        errors.CannotExport: the folder cannot be made, or a link leads out of *root*.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        above = _inside(root, root / slug(event, "event"))
        name = slug(title, "session")
        for number in count(1):
            found = _inside(root, above / (name if number == 1 else f"{name}-{number}"))
            if _free_or_own(found, session_id):
                return found
    except OSError as problem:
        raise errors.CannotExport(folder=root, problem=problem.strerror or problem) from problem
    raise AssertionError("unreachable")


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write every file whole (a temporary one beside it, then a rename) and return the paths.

    Raises:
        errors.CannotExport: the disk refused; what was there before is still there.
    """
    names = sorted(files, key=lambda name: (name != IDENTITY, name))
    try:
        return [_replace(folder / name, files[name]) for name in names]
    except OSError as problem:
        raise errors.CannotExport(folder=folder, problem=problem.strerror or problem) from problem


def forget(folder: Path, families: Iterable[str], kept: Collection[str]) -> None:
    """Take away what an earlier export made and this one does not: the file of a practice that was set aside, with the names in it.

    Args:
        families: patterns of the names, as `formats.Format.family`.
        kept: the names that stay.

    Raises:
        errors.CannotExport: a file cannot be taken away.
    """
    gone = [path for family in families for path in folder.glob(family) if path.name not in kept]
    try:
        for path in gone:
            path.unlink()
    except OSError as problem:
        raise errors.CannotExport(folder=folder, problem=problem.strerror or problem) from problem


def _inside(root: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    if folder.resolve() != root.resolve() / folder.relative_to(root):
        raise errors.CannotExport(folder=folder, problem="it is a link to somewhere else")
    return folder


def _free_or_own(folder: Path, session_id: str) -> bool:
    """Whether the folder is empty, or holds an earlier export of the same session."""
    if not any(folder.iterdir()):
        return True
    try:
        report = json.loads((folder / IDENTITY).read_bytes())
        return report["session"]["id"] == session_id
    except (OSError, ValueError, KeyError, TypeError):
        return False  # somebody else's files: leave them alone


def _replace(path: Path, content: bytes) -> Path:
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(half, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
    return path
