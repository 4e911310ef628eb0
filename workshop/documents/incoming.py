"""Reading practices back: which kind a file is, and how large and how deep it may be. Nothing is parsed before that is known."""

from __future__ import annotations

import re
from pathlib import Path

from workshop import errors
from workshop.documents import formats, incoming_json, incoming_markdown, incoming_zip
from workshop.documents.incoming_file import IncomingFile
from workshop.service.practices.importing import Batch

LIMIT_MB = 16  # five hundred ideas and sixty practices make 2
DEPTH = 40  # ours nests 7 deep
# A text without an end goes to the end of the file, so that none of its signs is looked at twice.
BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
FENCE = b"---"
FOR_PEOPLE = ((b"%pdf", "pdf"), (b"<!doctype html", "html"))  # how the documents begin that nobody reads back, in small letters


def read(path: Path) -> Batch:
    """What the file holds.

    Raises:
        errors.CannotImport: it cannot be read, or something in it cannot be, named by line and field.
        errors.TooLargeToImport, errors.TooDeepToImport, errors.NewerFile, errors.OtherFile, errors.DocumentNotRead
    """
    file = _incoming(path.name, _bytes(path))
    reader = incoming_json if file.text.lstrip()[:1] == "{" else incoming_markdown
    _refuse_depth(file, file.data if reader is incoming_json else file.data.partition(FENCE)[2].partition(b"\n" + FENCE)[0])
    return reader.read(file)


def _incoming(name: str, data: bytes) -> IncomingFile:
    """The text to read: the file's own, or that of the report.json in a zip."""
    if data.startswith(incoming_zip.SIGN):
        return IncomingFile(f"{name}/{incoming_zip.REPORT}", incoming_zip.report(name, data, LIMIT_MB))
    known = "csv" if name.lower().endswith(".csv") else next((one for sign, one in FOR_PEOPLE if data[: len(sign)].lower() == sign), "")
    if known:
        raise errors.DocumentNotRead(file=name, format=formats.one(known).label)
    return IncomingFile(name, data)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT_MB * 2**20 + 1)
    except OSError as problem:
        raise errors.CannotImport(file=path.name, line=1, where="the file", problem=problem.strerror or problem) from None
    if len(data) > LIMIT_MB * 2**20:
        raise errors.TooLargeToImport(file=path.name, limit=LIMIT_MB)
    return data


def _refuse_depth(file: IncomingFile, data: bytes) -> None:
    depth = 0
    for found in BRACKET.finditer(data):
        depth += (found[0] in b"[{") - (found[0] in b"]}")
        if depth > DEPTH:
            raise errors.TooDeepToImport(file=file.name, line=data.count(b"\n", 0, found.start()) + 1, limit=DEPTH)
