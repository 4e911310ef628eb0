"""A report.json read back: its practices, equal to those that were written."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from workshop import errors
from workshop.documents import json
from workshop.documents.incoming_file import IncomingFile
from workshop.rules.practice import Answer, Field, Maturity, Practice, Source, Stance
from workshop.service.plans import EventPlan
from workshop.service.practices.importing import Arrival, Batch, Misfit, cleaned

T = TypeVar("T")
MOST = 500  # practices in a file
AT = re.compile(r"(.*?)(?: - at `\$?\.?(.*)`)?", re.DOTALL)
BYTE = re.compile(r"\(byte (\d+)\)")


class _Head(msgspec.Struct):
    format: str = ""
    format_version: int = 0


class _Theme(msgspec.Struct):
    id: str
    title: str


class _Event(msgspec.Struct):
    name: str
    date: str = ""
    place: str = ""
    host: str = ""
    language: str = "en"
    sample: bool = False


class PracticePart(msgspec.Struct):
    """A practice as `documents.json` writes it; what is derived is passed over."""

    theme: str
    title: str
    fields: tuple[Field, ...]
    idea: str = ""
    by: str | None = None
    maturity: Maturity = "idea"
    stances: tuple[Stance, ...] = ()
    merged: tuple[Source, ...] = ()
    comments: tuple[Source, ...] = ()
    id: str = ""
    version: str = ""
    content_hash: str = ""
    confirmed: str = ""
    review_on: str = ""
    answers: tuple[Answer, ...] = ()

    def practice(self) -> Practice:
        """As the model has it."""
        return Practice(
            self.idea, self.title, self.by, self.maturity, self.fields, self.stances, self.merged, self.comments, self.confirmed,
            self.version, self.content_hash, self.review_on, self.answers, self.id,
        )


class _Report(msgspec.Struct):
    event: _Event
    themes: tuple[_Theme, ...]
    practices: tuple[PracticePart, ...]


def read(file: IncomingFile) -> Batch:
    """What the file holds.

    Raises:
        errors.CannotImport, errors.NewerFile, errors.OtherFile
    """
    head = _decoded(file, _Head)
    if head.format != json.FORMAT:
        raise errors.OtherFile("format", file=file.name, line=file.line_of("format"))
    if head.format_version != json.VERSION:
        raise errors.NewerFile("format_version", file=file.name, line=file.line_of("format_version"), where="format_version",
                               found=head.format_version, known=json.VERSION)
    found = _decoded(file, _Report)
    if len(found.practices) > MOST:
        raise file.wrong("practices", f"a file has {MOST} practices at most")
    themes = {theme.id: theme.title for theme in found.themes}
    event = EventPlan(found.event.name, found.event.date, found.event.place, found.event.host, found.event.language)
    arrivals = (_arrival(file, n, one, themes) for n, one in enumerate(found.practices))
    return Batch(file.name, event, found.event.sample, tuple(arrivals))


def _arrival(file: IncomingFile, number: int, one: PracticePart, themes: dict[str, str]) -> Arrival:
    if one.theme not in themes:
        raise file.wrong(f"practices[{number}].theme", "there is no such theme in “themes”")
    try:
        return cleaned(themes[one.theme], one.practice())
    except Misfit as misfit:
        raise file.wrong(f"practices[{number}].{misfit.path}", misfit.problem) from None


def _decoded(file: IncomingFile, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(file.text, type=kind)
    except msgspec.ValidationError as problem:
        said, path = AT.fullmatch(str(problem)).groups()  # type: ignore[union-attr]
        raise file.wrong(path or "the whole", said) from None
    except msgspec.DecodeError as problem:
        byte = BYTE.search(str(problem))
        line = file.text.encode().count(b"\n", 0, int(byte[1])) + 1 if byte else len(file.lines)
        raise file.wrong("the JSON", BYTE.sub("", str(problem)).strip(), line) from None
