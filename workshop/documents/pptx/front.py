"""The first slides: what it is of, the agenda, the summary."""

from __future__ import annotations

from workshop.documents import figures, office
from workshop.documents.fit import Piece, piece
from workshop.documents.pptx.slides import Slides
from workshop.documents.sentences import attendance
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.rules.light import Run


def write(slides: Slides, report: Report, w: Words) -> None:
    """Title, agenda and summary; of a practice alone the title."""
    slides.title(report.title, _below(report, w), _sources(report, w))
    if report.alone:
        return
    slides.text(w._("Agenda"), [piece(text, size=20, before=8, bullet=True) for text in _agenda(report, w)])
    _summary(slides, report, w)


def _below(report: Report, w: Words) -> list[Piece]:
    where = " · ".join(filter(None, (report.event_name, w.day(report.date), report.place)))
    marks = [office.status(report, w)] if report.interim else []
    if report.sample:
        marks.append(office.unmarked(w._("**This is a sample.** The people, organisations and statements in it are invented.")))
    lines = [piece(where[:300], size=18, colour=office.INK_2)] if where else []
    lines += [piece(report.question[:300], size=20)] if report.question else []
    return lines + [piece(mark, size=16, colour=office.AMBER) for mark in marks]


def _sources(report: Report, w: Words) -> str:
    names = w._("Names and organisations appear only as each contributor agreed. Texts are printed as they were written.")
    where = " · ".join(filter(None, (report.event_name, report.place, report.host, report.question)))
    return f"{where}\n{names}\n{report.content_hash}"


def _agenda(report: Report, w: Words) -> list[str]:
    themes = [f"{theme.number}. {theme.title}" for theme in report.themes]
    practices = [w._("Draft practices")] if report.practices else []
    disagreed = [w._("Where the room disagreed")] if any(theme.revealed for theme in report.themes) else []
    return [w._("Summary"), *themes, *practices, *disagreed, w._("How the vote was counted"), w._("Who was in the room")]


def _summary(slides: Slides, report: Report, w: Words) -> None:
    said = office.unmarked(attendance(report, w))
    if report.practices:
        head = (w._("Theme"), w._("Chosen practice"), figures.head(report.method, w), w._("Sections filled"))
        slides.table(w._("Summary"), head, [_row(draft, report, w) for draft in report.practices], (26, 46, 15, 13), (2, 3), [said])
        return
    revealed = any(theme.revealed for theme in report.themes)
    more = w._("No idea has been chosen.") if revealed else w._(
        "No result is revealed yet. This document shows the work so far, not an outcome.")
    slides.text(w._("Summary"), [piece(said, size=20), Piece((Run(more, "strong"),), size=20)])


def _row(draft: Draft, report: Report, w: Words) -> tuple[str, ...]:
    theme = next((theme.title for theme in report.themes if theme.id == draft.theme), "")
    figure = figures.figure(draft.line, report.method, w) if draft.line else "–"
    filled = w._("%(filled)d of %(all)d", filled=draft.practice.filled, all=len(draft.practice.fields))
    return theme, f"{draft.number} {draft.practice.title}", figure, filled
