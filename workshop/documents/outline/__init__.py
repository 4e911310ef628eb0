"""The report as a sequence of blocks, that every document to read is written from: content and order are the same in all of them."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.documents.charts import heat, turnout
from workshop.documents.method import FORMULAS, SYMBOLS, name, weighing
from workshop.documents.office import credit, status, together
from workshop.documents.outline import practice, result
from workshop.documents.outline.blocks import (
    Block,
    Figure,
    Formula,
    Heading,
    Items,
    Paragraph,
    Table,
    Voice,
    Voices,
    plain,
    say,
    strong,
    table,
)  # fmt: skip
from workshop.documents.sections import ADOPTIONS, RATIFICATIONS, STANCES
from workshop.documents.sentences import attendance, by_proxy, next_step, sides
from workshop.documents.shape import Draft, Present, Report
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules import light
from workshop.rules.tally import HOW

NOT_PRINTED = N_("How a single organisation voted is not printed: with few ballots it would show how a person voted.")
SUPPORTED = N_("Ideas that some organisations do or would do and others would not. A reservation is worth reading before a decision.")
DIVIDED = N_("Ideas that divided the vote, or that some organisations do or would do and others would not.")

THE_SET = N_("In the same set: `ideas.csv`, `experiences.csv`, `results.csv`, `practices.csv`, `sections.csv`, `measures.csv` and "
             "`answers.csv` for a spreadsheet, a Markdown file for each practice, and `report.json` with everything, described by "
             "`report-2.schema.json`.")


@dataclass(frozen=True, slots=True)
class Outline:
    """A document: what stands on its cover, and its blocks from the summary on."""

    title: str
    event: str
    facts: tuple[str, ...]
    question: str
    notices: tuple[str, ...]
    blocks: tuple[Block, ...]


def outline(report: Report) -> Outline:
    """The whole document, in the event's language."""
    w = Words(report.language)
    before, after = ((), ()) if report.alone else ((_summary, result.themes), (_answers, _disagreements, _method, _room, _changes))
    blocks = tuple(block for part in (*before, practice.practices, *after, _about) for block in part(report, w))
    host = w._("hosted by %(host)s", host=report.host) if report.host else ""
    facts = tuple(part for part in (w.day(report.date), report.place, host) if part)
    return Outline(report.title, report.event_name, facts, report.question, notices(report, w), blocks)


def notices(report: Report, w: Words) -> tuple[str, ...]:
    """What a reader has to know before all else."""
    sample = w._("This is a sample. The people, organisations and statements in it are invented.") if report.sample else ""
    return tuple(part for part in (sample, status(report, w) if report.interim else "") if part)


# -- summary ---------------------------------------------------------------------------------------


def _summary(report: Report, w: Words) -> list[Block]:
    return [Heading(2, w._("Summary"), "summary"), Paragraph(plain(attendance(report, w))), *_outcome(report, w)]


def _outcome(report: Report, w: Words) -> list[Block]:
    hidden = not any(theme.revealed for theme in report.themes)
    interim = say(w, N_("No result is revealed yet. This document shows the work so far, not an outcome."))
    blocks: list[Block] = [Paragraph(interim, "notice")] if hidden else []
    if report.practices:
        return [*blocks, practice.overview(report, w), Paragraph(light.runs(next_step(w)))]
    return blocks or [Paragraph(say(w, N_("No idea has been chosen.")))]


# -- review, disagreements, method, room -------------------------------------------------------------


def _answers(report: Report, w: Words) -> list[Block]:
    """Organisations × practices, once somebody has answered."""
    pictures = heat.answers(report.practices, w)
    if not pictures:
        return []
    return [Heading(2, w._("What the organisations say"), "answers"), *map(Figure, pictures), _answered(report, w)]


def _answered(report: Report, w: Words) -> Table:
    """How many organisations gave each answer, a practice a row."""
    head = (w._("Practice"), *map(w._, RATIFICATIONS.values()), *map(w._, ADOPTIONS.values()))
    rows = [(practice.numbered(draft), *map(str, _tallied(draft))) for draft in report.practices]
    return table(w._("Answers of the organisations, by practice"), head, rows, right=range(1, len(head)))


def _tallied(draft: Draft) -> list[int]:
    said = [(answer.ratification, answer.adoption) for answer in draft.practice.answers]
    agreed = [sum(ratification == key for ratification, _ in said) for key in RATIFICATIONS]
    return [*agreed, *(sum(adoption == key for _, adoption in said) for key in ADOPTIONS)]


def _disagreements(report: Report, w: Words) -> list[Block]:
    if not any(theme.revealed for theme in report.themes):
        return []
    title = Heading(2, w._("Where the room disagreed"), "disagreements")
    if not report.disagreements:
        return [title, Paragraph(say(w, N_("No idea was both supported and refused.")))]
    return [title, Paragraph(say(w, DIVIDED if report.method == "agree" else SUPPORTED)), _divided(report, w), *_reservations(report, w)]


def _divided(report: Report, w: Words) -> Table:
    agree = report.method == "agree"
    head = [w._("Idea"), *(w._(STANCES[kind]) for kind in STANCES), *((w._("Agree"), w._("Disagree")) if agree else ())]
    rows = [[d.title, *(str(n) for n in sides(d, agree))] for d in report.disagreements]
    return table(w._("Ideas that divided the room"), head, rows, right=range(1, len(head)))


def _reservations(report: Report, w: Words) -> list[Block]:
    voices = tuple(Voice(said.text, "", w._("%(by)s, on “%(idea)s”", by=credit(said.by, w), idea=found.title))
                   for found in report.disagreements for said in found.said)
    return [Voices(voices)] if voices else []


def _method(report: Report, w: Words) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, w._("How the vote was counted"), "method"), Paragraph(strong(f"{name(report.method, w)}.")),
        Paragraph(say(w, HOW[report.method])), Formula(FORMULAS[report.method]), Paragraph(say(w, SYMBOLS[report.method])),
    ]
    blocks += [Paragraph(light.runs(text)) for text in weighing(report.take, w)]
    return [*blocks, *(Paragraph(plain(told)) for told in by_proxy(report, w))]


def _room(report: Report, w: Words) -> list[Block]:
    room, counted = report.room, any(theme.revealed for theme in report.themes)
    blocks: list[Block] = [Heading(2, w._("Who was in the room"), "room"), *_present(report, counted, w)]
    if room.absent:
        blocks.append(Paragraph(say(w, N_("Invited, but not in the room: %(names)s."), names=w.listed(room.absent))))
    if counted:
        blocks.append(Paragraph(say(w, NOT_PRINTED)))
    return blocks


def _present(report: Report, counted: bool, w: Words) -> list[Block]:
    room = report.room
    rows: list[tuple[object, ...]] = [(_name_of(one, w), *room.figures(one)) for one in room.present]
    if not rows:
        return [Paragraph(say(w, N_("Nobody has joined the session yet.")))]
    head = (w._("Organisation"), w._("Joined"), w._("Voted"))[: 3 if counted else 2]
    drawing = turnout.by_organisation(room, w) if counted else None
    rows += together(room, w)
    return [*([Figure(drawing)] if drawing else []), table(w._("People by organisation"), head, rows, right=range(1, len(head)))]


def _name_of(present: Present, w: Words) -> object:
    if not present.name:
        return say(w, N_("*Without an organisation* (counted together as one)"))
    name = present.name
    return plain(name) if present.invited else say(w, N_("%(organisation)s (not on the list of invited)"), organisation=name)


# -- change log and the small print --------------------------------------------------------------------


def _changes(report: Report, w: Words) -> list[Block]:
    title = Heading(2, w._("Change log"), "changes")
    if not report.changes:
        return [title, Paragraph(say(w, N_("Nothing has been done yet.")))]
    rows = [(change.at[:10], change.at[11:16], change.text) for change in report.changes]
    return [title, table(w._("What was done, oldest first"), (w._("Day"), w._("Time (UTC)"), w._("What happened")), rows, row_head=2)]


def _about(report: Report, w: Words) -> list[Block]:
    made = say(w, N_("Made on %(day)s at %(time)s UTC with `workshop %(version)s`."), day=w.day(report.generated_at[:10]),
               time=report.generated_at[11:16], version=report.product_version)
    fingerprint = say(w, N_("Content hash: `%(hash)s`. It stays the same for as long as the content does."), hash=report.content_hash)
    names = say(w, N_("Names and organisations appear only as each contributor agreed. Texts are printed as they were written."))
    return [Heading(2, w._("About this document"), "about"), Paragraph(names), Paragraph(say(w, THE_SET)), Items((made, fingerprint))]
