"""One practice of the library as a report of its own, which every writer takes."""

from __future__ import annotations

from dataclasses import replace

from workshop import __version__
from workshop.documents import json, practice_file
from workshop.documents.shape import Draft, Report, Room, ThemePart
from workshop.documents.words import iso, line
from workshop.service.library import Entry

THEME = "theme"


def report(entry: Entry) -> Report:
    """The report that holds this practice and nothing else of its session."""
    event = entry.event
    made = Report(
        generated_at=iso(entry.kept.published_at or entry.frozen_at), product_version=__version__, content_hash="",
        event_name=line(event.name), date=line(event.date), place=line(event.place), host=line(event.host), language=event.language,
        sample=event.sample, session="", title=entry.practice.title, question="", method="approval", take=1,
        themes=(ThemePart(THEME, 1, line(entry.kept.theme), "", False, (), None, ()),),
        practices=(Draft("1.1", THEME, None, entry.practice),), disagreements=(), room=Room(0, (), (), None), changes=(),
    )
    return replace(made, content_hash=json.content_hash(made))


def files(entry: Entry) -> dict[str, tuple[str, bytes]]:
    """By the ending of its name, the type and the content of each document of the practice."""
    made = report(entry)
    return {
        "md": ("text/markdown; charset=utf-8", practice_file.one(made, made.practices[0])),
        "json": ("application/json", json.write(made)),
    }
