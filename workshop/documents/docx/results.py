"""The themes in the Word document: the picture, the ranking, how firm it is, what was not selected, earlier rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.documents import figures, office
from workshop.documents.charts.drawing import Drawing
from workshop.documents.docx.page import Page
from workshop.documents.firmness import firmness, place, turnout
from workshop.documents.shape import Count, Line, Report, ThemePart
from workshop.documents.words import Words
from workshop.rules.light import Run

Charts = Mapping[str, Sequence[tuple[Drawing, bytes]]]  # by the theme's id: what is drawn, and its picture as PNG


def write(page: Page, report: Report, w: Words, drawn: Charts) -> None:
    """The chapter of the themes; nothing while there is none."""
    if report.themes:
        page.heading(1, w._("Results by theme"), new_page=True)
    for part in report.themes:
        _theme(page, part, report, w, drawn)


def _theme(page: Page, part: ThemePart, report: Report, w: Words, drawn: Charts) -> None:
    page.heading(2, f"{part.number}. {part.title}", new_page=part is not report.themes[0])
    page.text((Run(part.prompt, "stressed"),) if part.prompt else "", "Lead")
    if part.count is None:
        page.text(w._("Not revealed yet."))
    elif part.ideas and not part.count.voters:
        page.text(w._("Nobody voted here, so nothing is chosen."))
    elif part.ideas:
        return _result(page, part, part.count, report, w, drawn)
    return _unranked(page, part, w)


def _unranked(page: Page, part: ThemePart, w: Words) -> None:
    if not part.ideas:
        page.text(w._("Nobody wrote an idea here."))
        return
    rows = [(idea.title, office.credit(idea.by, w)) for idea in part.ideas]
    page.table((w._("Idea"), w._("From")), rows, (65, 35), about=part.title)


def _result(page: Page, part: ThemePart, count: Count, report: Report, w: Words, drawn: Charts) -> None:
    for drawing, png in drawn[part.id]:
        page.picture(png, drawing.title, drawing.text)
    page.heading(3, w._("Chosen"))
    if count.chosen:
        _lines(page, count.chosen, part, count, report, w)
    else:
        page.text(w._("No idea has been chosen."))
    page.heading(3, w._("How firm this result is"))
    page.bullets(firmness(part, count, report, w))
    if count.rest:
        page.heading(3, w._("Not selected"))
        _lines(page, count.rest, part, count, report, w)
        page.text(office.runs(w._("Their full texts, and what was said about them, stand in `ideas.csv` and `experiences.csv`.")))
    for earlier in part.earlier:
        page.heading(3, w._("Round %(n)d, before the last discussion", n=earlier.round))
        page.text(turnout(earlier, report, w))
        _lines(page, earlier.chosen or earlier.ranking[:3], part, earlier, report, w)


def _lines(page: Page, lines: tuple[Line, ...], part: ThemePart, count: Count, report: Report, w: Words) -> None:
    method = report.method
    more = figures.columns(method, w)
    head = (w._("Rank"), w._("Idea"), figures.head(method, w), w._("Organisations"), *more)
    rows = [
        (place(row, count), row.title, figures.figure(row, method, w),
         w._("%(n)d of %(all)d", n=row.reach, all=count.organisations), *figures.cells(row, count, method, w))
        for row in lines
    ]
    shares = (8, max(30, 64 - 12 * len(more)), 16, 15, *(12 for _ in more))
    page.table(head, rows, shares, right=(0, *range(2, len(head))), about=part.title)
