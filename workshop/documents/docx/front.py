"""The beginning of the Word document: what it is of, the contents, and the summary."""

from __future__ import annotations

from workshop.documents import markdown_figures, office
from workshop.documents.docx.page import Page
from workshop.documents.docx.xml import Text
from workshop.documents.markdown import attendance, next_step
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.rules.light import Run


def write(page: Page, report: Report, w: Words) -> None:
    """Title, contents and summary."""
    page.text(report.title, "Title")
    host = w._("hosted by %(host)s", host=report.host) if report.host else ""
    page.text(" · ".join(filter(None, (report.event_name, w.day(report.date), report.place, host))), "Subtitle")
    page.text(report.question, "Lead")
    if report.interim:
        page.text(office.status(report, w) + ".", "Mark")
    if report.sample:
        page.text(office.runs(w._("**This is a sample.** The people, organisations and statements in it are invented.")), "Mark")
    page.contents()
    if not report.alone:
        _summary(page, report, w)


def _summary(page: Page, report: Report, w: Words) -> None:
    page.heading(1, w._("Summary"), new_page=True)
    page.text(office.runs(attendance(report, w)))
    if not any(theme.revealed for theme in report.themes):
        page.text(w._("No result is revealed yet. This document shows the work so far, not an outcome."))
    if not report.practices:
        page.text(w._("No idea has been chosen.") if any(theme.revealed for theme in report.themes) else "")
        return
    head = (w._("Theme"), w._("Chosen practice"), markdown_figures.head(report.method, w), w._("Sections filled"))
    page.table(head, [_row(draft, report, w) for draft in report.practices], (26, 44, 16, 14), right=(2, 3), about=w._("Summary"))
    page.text(office.runs(next_step(w)))


def _row(draft: Draft, report: Report, w: Words) -> tuple[Text, ...]:
    theme = next((theme.title for theme in report.themes if theme.id == draft.theme), "")
    figure = markdown_figures.figure(draft.line, report.method, w) if draft.line else "–"
    filled = w._("%(filled)d of %(all)d", filled=draft.practice.filled, all=len(draft.practice.fields))
    return theme, (Run(f"{draft.number} ", "strong"), Run(draft.practice.title)), figure, filled
