"""A slide for each practice: the sentence, how it is done and by whom, maturity and measures, what is to complete; sources in the notes."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.documents import office
from workshop.documents.fit import Piece, piece
from workshop.documents.pptx.slides import Slides
from workshop.documents.sections import ADOPTIONS, RATIFICATIONS, STANCES, TAGS
from workshop.documents.sentences import standing
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.documents.xlsx.sheets import indicator, unit
from workshop.rules import light
from workshop.rules.kpi import Measure
from workshop.rules.light import Run
from workshop.rules.practice import Field, Practice, Source

LEFT, RIGHT = 500, 330  # points: what is known, and what stands beside it
SHOWN = 3  # quotes of a section on the slide; all of them are in the notes
BESIDE = ("sentence", "adoption", "measures")


def write(slides: Slides, report: Report, w: Words) -> None:
    """The practices in their order."""
    for draft in report.practices:
        practice = draft.practice
        columns = [(LEFT, [*_sentence(practice, w), *_said(practice, w)]), (RIGHT, [*_standing(practice, w), *_open(practice, w)])]
        slides.columns(report.titled(draft), columns, list(_notes(draft, w)))


def _heading(text: str) -> Piece:
    return Piece((Run(text, "strong"),), size=14, colour=office.GREEN, before=10, keep=True)


# -- the left: what was said -------------------------------------------------------------------------------


def _sentence(practice: Practice, w: Words) -> Iterator[Piece]:
    field = practice.field("sentence")
    if field.text.strip():
        yield Piece(tuple(run for block in light.blocks(field.text) for run in block.runs), size=18)
    elif field.sources:
        yield piece(f"{w.quoted(field.sources[0].text)} — {office.credit(field.sources[0].by, w)}", size=18)
    else:
        yield Piece((Run(w._("In one sentence") + ": "), Run(w._("to complete"), "stressed")), size=18, colour=office.AMBER)


def _said(practice: Practice, w: Words) -> Iterator[Piece]:
    for field in practice.fields:
        if field.complete and field.key not in BESIDE:
            yield _heading(office.section(field.key, w))
            yield from _of_field(field, w)


def _of_field(field: Field, w: Words) -> Iterator[Piece]:
    for block in light.blocks(field.text):
        start = (Run(f"{block.number}. "),) if block.kind == "step" else ()
        yield Piece((*start, *block.runs), size=14, before=3, bullet=block.kind == "bullet")
    if field.tags:
        yield piece(", ".join(w._(TAGS[tag]) for tag in field.tags), size=14, before=3)
    if field.owner:
        yield piece(w._("Owner: %(owner)s", owner=field.owner), size=13, before=3)
    for source in field.sources[:SHOWN]:
        yield piece(quoted(source, w), size=13, before=3)
    if len(field.sources) > SHOWN:
        more = w.ngettext("… and %(n)d more, in the notes", "… and %(n)d more, in the notes", len(field.sources) - SHOWN)
        yield piece(more, size=12, colour=office.INK_2, before=2)


def quoted(source: Source, w: Words) -> str:
    """Somebody's words, what came of it, and who said it."""
    result = w._("Result: %(result)s", result=w.quoted(source.result)) if source.result else ""
    words = " ".join(filter(None, (w.quoted(source.text) if source.text else "", result)))
    year = f", {source.year}" if source.year else ""
    return f"{words} — {office.credit(source.by, w)}{year}".removeprefix(" — ")


# -- the right: how well tried, who, measures, what is missing ------------------------------------------------


def _standing(practice: Practice, w: Words) -> Iterator[Piece]:
    version = [w._("Version %(number)s", number=practice.version)] if practice.version else []
    yield piece(" · ".join((standing(practice, w), *version)), size=13, colour=office.INK_2)
    yield _heading(office.section("adoption", w))
    for stance in practice.stances:
        names = w.listed([*stance.named, *([w._("%(n)d not named", n=stance.unnamed)] if stance.unnamed else [])])
        counted = Run(f"{w._(STANCES[stance.kind])}: {stance.organisations}", "strong")
        yield Piece((counted, Run(f" ({names})" if names else "")), size=13, before=3)
    field = practice.field("measures")
    if field.complete:
        yield _heading(office.section("measures", w))
        yield from (piece(measured(measure, w), size=13, before=3) for measure in field.measures)
        yield from _of_field(Field("measures", field.sources, field.text), w)


def measured(measure: Measure, w: Words) -> str:
    """An indicator in one line: "Service life: 3 → 5 years"."""
    figures = " → ".join("–" if value is None else w.figure(value) for value in (measure.baseline, measure.target))
    return f"{indicator(measure, w)}: {figures} {unit(measure, w)}"


def _open(practice: Practice, w: Words) -> Iterator[Piece]:
    missing = [field for field in practice.fields if not field.complete]
    if missing:
        yield _heading(w._("To complete"))
    for owner in sorted({field.owner for field in missing}):
        titles = " · ".join(office.section(field.key, w) for field in missing if field.owner == owner)
        yield Piece((Run(f"{owner}: " if owner else "", "strong"), Run(titles)), size=13, colour=office.AMBER, before=3)


# -- the notes -------------------------------------------------------------------------------------------


def _notes(draft: Draft, w: Words) -> Iterator[str]:
    """Everything that was said, word for word, and what organisations answered."""
    practice = draft.practice
    yield from ("".join(run.text for run in line) for line in office.state(practice, w))
    if practice.merged:
        ideas = [f"{w.quoted(source.text)} ({office.credit(source.by, w)})" for source in practice.merged]
        yield w._("Merged into it: %(ideas)s.", ideas=w.listed(ideas))
    for field in practice.fields:
        if field.sources:
            yield office.section(field.key, w) + ":"
            yield from (f"- {quoted(source, w)}" for source in field.sources)
    if practice.comments:
        yield w._("Also said") + ":"
        yield from (f"- {quoted(source, w)}" for source in practice.comments)
    for a in practice.answers:
        ratified, adopted = a.ratification and w._(RATIFICATIONS[a.ratification]), a.adoption and w._(ADOPTIONS[a.adoption])
        yield f"{a.organisation}: {' · '.join(filter(None, (ratified, adopted, a.by_when, a.sentence)))}"
