"""The end of the Word document: where the room disagreed, the method, who was there, the change log, the small print."""

from __future__ import annotations

from workshop.documents import method, office
from workshop.documents.docx.page import Page
from workshop.documents.docx.xml import Text
from workshop.documents.markdown import by_proxy, sides
from workshop.documents.sections import STANCES
from workshop.documents.shape import Report
from workshop.documents.words import Words
from workshop.rules.light import Run


def write(page: Page, report: Report, w: Words) -> None:
    """Everything after the practices."""
    for part in (_about,) if report.alone else (_disagreements, _method, _room, _changes, _about):
        part(page, report, w)


def _disagreements(page: Page, report: Report, w: Words) -> None:
    if not any(theme.revealed for theme in report.themes):
        return
    page.heading(1, w._("Where the room disagreed"), new_page=True)
    if not report.disagreements:
        page.text(w._("No idea was both supported and refused."))
        return
    agree = report.method == "agree"
    intro = w._("Ideas that some organisations do or would do and others would not. A reservation is worth reading before a decision.")
    page.text(w._("Ideas that divided the vote, or that some organisations do or would do and others would not.") if agree else intro)
    head = (w._("Idea"), *(w._(STANCES[kind]) for kind in STANCES), *((w._("Agree"), w._("Disagree")) if agree else ()))
    rows = [(found.title, *map(str, sides(found, agree))) for found in report.disagreements]
    page.table(head, rows, (46, *(14 for _ in head[1:])), right=range(1, len(head)), about=w._("Where the room disagreed"))
    for found in report.disagreements:
        for said in found.said:
            page.quote(w.quoted(said.text), f"{office.credit(said.by, w)}, {w.quoted(found.title)}")


def _method(page: Page, report: Report, w: Words) -> None:
    page.heading(1, w._("How the vote was counted"))
    page.text((Run(method.name(report.method, w) + ".", "strong"),))
    for text in (*method.explanation(report.method, report.take, w), *by_proxy(report, w)):
        if text.startswith("```"):
            page.text("\n".join(text.splitlines()[1:-1]), "Formula")
        else:
            page.text(office.runs(text))


def _room(page: Page, report: Report, w: Words) -> None:
    page.heading(1, w._("Who was in the room"))
    room = report.room
    counted = any(theme.revealed for theme in report.themes)
    rows: list[tuple[Text, ...]] = [(office.name_of(one, w), *room.figures(one)) for one in room.present]
    rows += office.together(room, w)
    if rows:
        head = (w._("Organisation"), w._("Joined"), w._("Voted"))[: 3 if counted else 2]
        page.table(head, rows, (64, 18, 18)[: len(head)], right=(1, 2), about=w._("Who was in the room"))
    else:
        page.text(w._("Nobody has joined the session yet."))
    page.text(w._("Invited, but not in the room: %(names)s.", names=w.listed(room.absent)) if room.absent else "")
    note = w._("How a single organisation voted is not printed: with few ballots it would show how a person voted.")
    page.text(note if counted else "")


def _changes(page: Page, report: Report, w: Words) -> None:
    page.heading(1, w._("Change log"))
    if not report.changes:
        page.text(w._("Nothing has been done yet."))
        return
    rows = [(change.at[:10], change.at[11:16], change.text) for change in report.changes]
    page.table((w._("Day"), w._("Time (UTC)"), w._("What happened")), rows, (16, 14, 70), about=w._("Change log"))


def _about(page: Page, report: Report, w: Words) -> None:
    page.heading(1, w._("About this document"))
    page.text(w._("Names and organisations appear only as each contributor agreed. Texts are printed as they were written."))
    page.text(office.runs(w._("Made on %(day)s at %(time)s UTC with `workshop %(version)s`.", day=w.day(report.generated_at[:10]),
                       time=report.generated_at[11:16], version=report.product_version)))
    page.text(office.runs(w._("Content hash: `%(hash)s`. It stays the same for as long as the content does.", hash=report.content_hash)))
