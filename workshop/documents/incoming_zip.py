"""The zip that an outcome comes in: its report.json is read, of all else in it no more than the names."""

from __future__ import annotations

import io
import zipfile
import zlib

from workshop import errors
from workshop.documents import formats

SIGN = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"  # one for each file in a zip's list
MOST = 5000  # files in a zip; ours have some dozens, and as many again in each document
REPORT = formats.IDENTITY.file
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
INSIDE = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}  # what is a zip, and a document


def report(name: str, data: bytes, limit_mb: int) -> bytes:
    """The bytes of the one report.json in the zip *data*.

    Raises:
        errors.CannotImport: it cannot be unpacked, or holds several.
        errors.TooLargeToImport: it holds too many files, or its report.json has more than *limit_mb*.
        errors.DocumentNotRead: it is a document of Word, PowerPoint or Excel.
        errors.OtherFile: there is none in it.
    """
    if data.count(ENTRY) > MOST:
        raise errors.TooLargeToImport(file=name, limit=limit_mb)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _unpacked(archive, _only(name, archive), limit_mb * 2**20)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        raise _wrong(name, "it is damaged, locked by a password, or packed in another way than ours") from None
    if len(found) > limit_mb * 2**20:
        raise errors.TooLargeToImport(file=name, limit=limit_mb)
    return found


def _only(name: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The report.json, in whatever folder. Nothing is ever written where a name in a zip says."""
    known = [INSIDE[inner] for inner in archive.namelist() if inner in INSIDE]
    if known:
        raise errors.DocumentNotRead(file=name, format=formats.one(known[0]).label)
    found = [one for one in archive.infolist() if one.filename.rpartition("/")[2] == REPORT]
    if not found:
        raise errors.OtherFile(file=name, line=1)
    if len(found) > 1:
        raise _wrong(name, f"it holds {len(found)} files of the name {REPORT}; unpack it, and import those that you want")
    return found[0]


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, limit: int) -> bytes:
    """A byte more than *limit* at most, whatever the zip says of itself."""
    if one.compress_type not in PACKED:
        raise zipfile.BadZipFile
    with archive.open(one) as file:
        return file.read(limit + 1)


def _wrong(name: str, problem: str) -> errors.CannotImport:
    return errors.CannotImport(file=name, line=1, where="the zip", problem=problem)
