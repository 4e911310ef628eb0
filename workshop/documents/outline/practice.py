"""The practices: what the editor and the room said of each, then what organisations answered and what is still to complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workshop.documents import figures
from workshop.documents.office import chapter, credit, state
from workshop.documents.outline.blocks import (
    Blank,
    Block,
    Heading,
    Items,
    Mark,
    Paragraph,
    Table,
    Text,
    ToComplete,
    Voice,
    Voices,
    light_blocks,
    marked,
    plain,
    say,
    strong,
    table,
)  # fmt: skip
from workshop.documents.outline.sources import Lineage, Sources
from workshop.documents.sections import ADOPTIONS, HINTS, KPIS, RATIFICATIONS, STANCES, TAG_KINDS, TAGS, TITLES, UNITS
from workshop.documents.sentences import standing
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules import light
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer, Field, Practice, Source, Stance


def overview(report: Report, w: Words) -> Table:
    """The practices of the report, one a row."""
    titles = {theme.id: theme.title for theme in report.themes}
    rows = [
        (titles.get(draft.theme, ""), numbered(draft), figures.figure(draft.line, report.method, w) if draft.line else "–",
         w._("%(filled)d of %(all)d", filled=draft.practice.filled, all=len(draft.practice.fields)))
        for draft in report.practices
    ]
    head = (w._("Theme"), w._("Chosen practice"), figures.head(report.method, w), w._("Sections filled"))
    return table(w._("The practices, by theme"), head, rows, right=(2, 3), row_head=1)


def numbered(draft: Draft) -> Text:
    """The number and the title of a practice."""
    return (*strong(f"{draft.number} "), *plain(draft.practice.title))


def practices(report: Report, w: Words) -> list[Block]:
    """The chapter of the practices; nothing while there is none."""
    if not report.practices:
        return []
    blocks: list[Block] = [Heading(2, chapter(report, w), "practices")]
    lineage = Lineage(report)
    for draft in report.practices:
        blocks += _practice(draft, report, Sources(draft, lineage, w), w)
    return blocks


def _practice(draft: Draft, report: Report, sources: Sources, w: Words) -> list[Block]:
    practice = draft.practice
    blocks: list[Block] = [Heading(3, report.titled(draft), sources.at), *facts(draft, report, sources, w)]
    blocks += [*merged(practice, sources, w), *_sentence(practice, sources, w)]
    for field in practice.fields:
        if field.complete and field.key != "sentence":
            own = cited(written(field, w), sources, w)
            blocks += [Heading(4, w._(TITLES[field.key]), f"{sources.at}-{field.key}"), *own, *said(field, practice, sources, w)]
    return [*blocks, *after(practice, sources, w)]


def facts(draft: Draft, report: Report, sources: Sources, w: Words) -> list[Block]:
    """How well tried it is and whose proposal; the version, the editor's reason and the next review; the figures of the vote."""
    practice = draft.practice
    stands = marked(plain(standing(practice, w)), sources.proposal())
    return [Paragraph(stands, "facts"), *(Paragraph(line) for line in state(practice, w)), *_figures(draft, report, w)]


def _figures(draft: Draft, report: Report, w: Words) -> list[Block]:
    count = next((theme.count for theme in report.themes if theme.id == draft.theme), None)
    return [Paragraph(plain(figures.in_short(draft.line, count, report.method, w)), "facts")] if draft.line and count else []


def merged(practice: Practice, sources: Sources, w: Words) -> list[Block]:
    """The ideas that were merged into it."""
    if not practice.merged:
        return []
    ideas = [f"{w.quoted(source.text)} ({credit(source.by, w)})" for source in practice.merged]
    return [Paragraph(marked(say(w, N_("Merged into it: %(ideas)s."), ideas=w.listed(ideas)), sources.of(practice.merged)))]


def _sentence(practice: Practice, sources: Sources, w: Words) -> list[Block]:
    """The practice in one sentence: the editor's, a contributor's own, or an open place; never made up."""
    field = practice.field("sentence")
    head = strong(f"{w._(TITLES['sentence'])}: ")
    if field.text.strip():
        own = Paragraph((*head, *light.runs(" ".join(field.text.split()))), "lead")
        return [*cited([own], sources, w), *said(field, practice, sources, w)]
    if field.sources:
        quote = plain(f"{w.quoted(field.sources[0].text)} — {credit(field.sources[0].by, w)}")
        return [Paragraph(marked((*head, *quote), sources.of(field.sources)), "lead"), *_owner(field, w)]
    blank = say(w, N_("*to complete*. “Buyers should …” — from the idea %(idea)s"), idea=w.quoted(practice.title))
    return [Paragraph((*head, *blank), "lead")]


# -- a section -------------------------------------------------------------------------------------


def written(field: Field, w: Words) -> list[Block]:
    """What the editor put into a section: words, tags, measures."""
    return [*light_blocks(field.text), *chosen(field, w)]


def chosen(field: Field, w: Words) -> list[Block]:
    """Tags and measures."""
    return [*_tags(field, w), *_measures(field.measures, w)]


def cited(own: list[Block], sources: Sources, w: Words) -> list[Block]:
    """What the editor put in, with the reference to them at the end of its last words, or below where it ends with a table."""
    if not own:
        return []
    *before, last = own
    mark = sources.editor()
    if isinstance(last, Paragraph):
        return [*before, replace(last, text=marked(last.text, [mark]))]
    if isinstance(last, Items):
        return [*before, replace(last, texts=(*last.texts[:-1], marked(last.texts[-1], [mark])))]
    return [*own, by_editor(mark, w)]


def by_editor(mark: Mark, w: Words) -> Paragraph:
    """A line below what the editor put in."""
    return Paragraph(marked(plain(w._("By the editor")), [mark]), "small")


def said(field: Field, practice: Practice, sources: Sources, w: Words) -> list[Block]:
    """What the room and the review said in a section, and who owns it."""
    if field.key != "adoption":
        return [*_voices(field.sources, sources, w), *_owner(field, w)]
    words = [s for s in field.sources if s.text and s not in practice.field("experience").sources]
    counted = _stances(practice, field, sources, w) if field.sources else []
    return [*counted, *_voices(words, sources, w), *_owner(field, w)]


def _voices(found: Sequence[Source], sources: Sources, w: Words) -> list[Block]:
    voices = [Voice(s.text, s.result, credit(s.by, w) + (f", {s.year}" if s.year else ""), *sources.of([s])) for s in found]
    return [Voices(tuple(voices))] if voices else []


def _owner(field: Field, w: Words) -> list[Block]:
    return [Paragraph(say(w, N_("Owner: %(owner)s"), owner=field.owner), "small")] if field.owner else []


def _tags(field: Field, w: Words) -> list[Block]:
    """The tags by kind: "Procurement stage: Planning, Contract"."""
    lines: dict[str, list[str]] = {}
    for tag in field.tags:
        kind = tag.partition(".")[0]
        number = f"{tag.partition('.')[2]} " if kind == "sdg" else ""
        lines.setdefault(kind, []).append(number + w._(TAGS[tag]))
    return [Paragraph((*strong(f"{w._(TAG_KINDS[kind])}: "), *plain(", ".join(names))), "tags") for kind, names in lines.items()]


def _measures(measures: tuple[Measure, ...], w: Words) -> list[Block]:
    if not measures:
        return []
    head = (w._("Measure"), w._("Unit"), w._("Baseline"), w._("Target"), w._("Source"), w._("Owner"))
    rows = [(m.name or w._(KPIS[m.kpi]), w._(UNITS[m.unit]) if m.unit in UNITS else m.unit, _figure(m.baseline, w), _figure(m.target, w),
             m.source or "–", m.owner or "–") for m in measures]
    return [table(w._("Indicators"), head, rows, right=(2, 3))]


def _figure(value: float | None, w: Words) -> str:
    return "–" if value is None else w.figure(value)


def _stances(practice: Practice, field: Field, sources: Sources, w: Words) -> list[Block]:
    """How many organisations take which stance, and from what that is counted."""
    rows = [(w._(STANCES[stance.kind]), str(stance.organisations), _named(stance, w)) for stance in practice.stances]
    made = table(w._("Stances of the organisations"), (w._("Stance"), w._("Organisations"), w._("Of them")), rows, right=(1,))
    answered = any(answer.adoption for answer in practice.answers)
    below = w._("Counted from the answers in review and from what was said:") if answered else w._("Counted from what was said:")
    marks = sorted(sources.of(field.sources), key=lambda mark: mark.number)
    return [made, Paragraph(marked(plain(below), marks), "small")]


def _named(stance: Stance, w: Words) -> str:
    more = w._("%(n)d not named", n=stance.unnamed) if stance.unnamed else ""
    return w.listed([*stance.named, *([more] if more else [])]) or "–"


# -- what follows the sections -------------------------------------------------------------------------


def after(practice: Practice, sources: Sources, w: Words) -> list[Block]:
    """What else was said, what organisations answered, what is open, and all that it stands on."""
    at, comments = sources.at, _voices(practice.comments, sources, w)
    also: list[Block] = [Heading(4, w._("Also said"), f"{at}-comments"), *comments] if comments else []
    return [*also, *_reviewed(practice, at, w), *_open(practice, at, w), *sources.listed()]


def _reviewed(practice: Practice, at: str, w: Words) -> list[Block]:
    if not practice.answers:
        return []
    head = (w._("Organisation"), w._("Agreement"), w._("Use"), w._("Why"))
    rows = [(a.organisation, _label(RATIFICATIONS, a.ratification, w), _adoption(a, w), a.sentence or "–") for a in practice.answers]
    return [Heading(4, w._("What organisations say"), f"{at}-answers"), table(w._("Answers of the organisations"), head, rows)]


def _adoption(answer: Answer, w: Words) -> str:
    label = _label(ADOPTIONS, answer.adoption, w)
    return f"{label} ({answer.by_when})" if answer.by_when else label


def _label(labels: dict[str, str], key: str, w: Words) -> str:
    return w._(labels[key]) if key else "–"


def _open(practice: Practice, at: str, w: Words) -> list[Block]:
    blanks = tuple(Blank(w._(TITLES[f.key]), w._(HINTS[f.key]), f.owner) for f in practice.fields if not f.complete)
    return [Heading(4, w._("To complete"), f"{at}-open"), ToComplete(blanks)] if blanks else []
