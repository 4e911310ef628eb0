"""One practice of the library as a report of its own, which every writer takes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count
from pathlib import PurePath

from workshop import __version__
from workshop.documents import apart, formats, json, practice_file
from workshop.documents.formats import Format
from workshop.documents.packing import packed
from workshop.documents.shape import Draft, Report, Room, ThemePart
from workshop.documents.words import Words, iso, line
from workshop.service.library import Entry

THEME = "theme"
SECONDS = 60.0  # after which a child is ended; a practice takes one
ENDINGS = {PurePath(one.file).suffix[1:] or f"{one.name}.zip": one for one in formats.FORMATS}  # of the names of its files
QUICK = ("markdown", "json")  # which `workshop import` reads back; written here, in less time than a page takes


def report(entry: Entry) -> Report:
    """The report that holds this practice and nothing else of its session."""
    event = entry.event
    made = Report(
        generated_at=iso(entry.kept.published_at or entry.frozen_at), product_version=__version__, content_hash="",
        event_name=line(event.name), date=line(event.date), place=line(event.place), host=line(event.host), language=event.language,
        sample=event.sample, session="", title=entry.practice.title, question="", method="approval", take=1,
        themes=(ThemePart(THEME, 1, line(entry.kept.theme), "", False, (), None, ()),),
        practices=(Draft("1.1", THEME, None, entry.practice),), disagreements=(), room=Room(0, (), (), None), changes=(), alone=True,
    )
    return replace(made, content_hash=json.content_hash(made))


def printed(report: Report) -> str:
    """A fingerprint of all that a document of it shows, names and day included: unlike the content hash, which stays when one goes."""
    return hashlib.sha256(json.write(report)).hexdigest()


def write(report: Report, wanted: Format) -> bytes:
    """The document in that format, one file; what takes the processor for long is written in a process of its own.

    Raises:
        errors.ExportStopped: it took too long or could not be made.
    """
    if wanted.name == "markdown":
        return practice_file.one(report, report.practices[0])
    files = wanted.write(report) if wanted.name in QUICK else apart.written(_to_read(report), wanted.name, SECONDS)
    return files[wanted.file] if wanted.file else packed(files)


def _to_read(report: Report) -> Report:
    """The report for what people read: theme and version on the cover, and the organisations that are not named kept apart."""
    w, [draft], [theme] = Words(report.language), report.practices, report.themes
    version = w._("Version %(number)s", number=draft.practice.version)
    unnamed = (w._("Organisation %(n)d, not named", n=n) for n in count(1))
    answers = tuple(one if one.organisation else replace(one, organisation=next(unnamed)) for one in draft.practice.answers)
    practice = replace(draft.practice, answers=answers)
    return replace(report, question=f"{theme.title} · {version}", practices=(replace(draft, practice=practice),))
