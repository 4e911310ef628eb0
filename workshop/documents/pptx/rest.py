"""The last slides: where the room disagreed, the method, who was there."""

from __future__ import annotations

from workshop.documents import method, office
from workshop.documents.fit import Piece, piece
from workshop.documents.pptx.slides import Slides
from workshop.documents.sections import STANCES
from workshop.documents.sentences import by_proxy, sides
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.rules.light import Run


def write(slides: Slides, report: Report, w: Words) -> None:
    """Everything after the practices."""
    _disagreements(slides, report, w)
    _method(slides, report, w)
    _room(slides, report, w)


def _disagreements(slides: Slides, report: Report, w: Words) -> None:
    if not any(theme.revealed for theme in report.themes):
        return
    title = w._("Where the room disagreed")
    if not report.disagreements:
        slides.text(title, [piece(w._("No idea was both supported and refused."), size=20)])
        return
    agree = report.method == "agree"
    head = (w._("Idea"), *(w._(STANCES[kind]) for kind in STANCES), *((w._("Agree"), w._("Disagree")) if agree else ()))
    rows = [(found.title, *map(str, sides(found, agree))) for found in report.disagreements]
    notes = [f"{w.quoted(said.text)} — {office.credit(said.by, w)}, {w.quoted(d.title)}" for d in report.disagreements for said in d.said]
    slides.table(title, head, rows, (48, *(13 for _ in head[1:])), range(1, len(head)), notes)


def _method(slides: Slides, report: Report, w: Words) -> None:
    paragraphs = [*method.words(report.method, report.take, w), *by_proxy(report, w)]
    name = Piece((Run(method.name(report.method, w), "strong"),), size=20)
    notes = [method.FORMULAS[report.method], w._(method.SYMBOLS[report.method])]
    slides.text(w._("How the vote was counted"), [name, *(Piece(office.runs(text), size=16, before=8) for text in paragraphs)], notes)


def _room(slides: Slides, report: Report, w: Words) -> None:
    room, title = report.room, w._("Who was in the room")
    counted = any(theme.revealed for theme in report.themes)
    rows = [(office.name_of(one, w), *room.figures(one)) for one in room.present] + office.together(room, w)
    absent = [w._("Invited, but not in the room: %(names)s.", names=w.listed(room.absent))] if room.absent else []
    if not rows:
        slides.text(title, [piece(text, size=20) for text in (w._("Nobody has joined the session yet."), *absent)])
        return
    head = (w._("Organisation"), w._("Joined"), w._("Voted"))[: 3 if counted else 2]
    slides.table(title, head, rows, (64, 18, 18)[: len(head)], (1, 2), absent)
