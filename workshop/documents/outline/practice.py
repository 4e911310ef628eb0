"""The practices: what the room and the editor said of each, then what is still to complete."""

from __future__ import annotations

from babel.numbers import format_decimal

from workshop.documents import markdown_figures as figures
from workshop.documents.office import chapter
from workshop.documents.outline.blocks import (
    Blank,
    Block,
    Heading,
    Paragraph,
    Table,
    ToComplete,
    Voice,
    Voices,
    light_blocks,
    plain,
    say,
    strong,
    table,
)  # fmt: skip
from workshop.documents.sections import ADOPTIONS, HINTS, KPIS, MATURITY, RATIFICATIONS, STANCES, TAG_KINDS, TAGS, TITLES, UNITS
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules import light
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer, Field, Practice, Source, Stance


def credit(by: str | None, w: Words) -> str:
    """The credit line as consented."""
    return by or w._("anonymous")


def overview(report: Report, w: Words) -> Table:
    """The practices of the report, one a row."""
    titles = {theme.id: theme.title for theme in report.themes}
    rows = [
        (titles.get(draft.theme, ""), (*strong(f"{draft.number} "), *plain(draft.practice.title)),
         figures.figure(draft.line, report.method, w) if draft.line else "–",
         w._("%(filled)d of %(all)d", filled=draft.practice.filled, all=len(draft.practice.fields)))
        for draft in report.practices
    ]
    head = (w._("Theme"), w._("Chosen practice"), figures.head(report.method, w), w._("Sections filled"))
    return table(w._("The practices, by theme"), head, rows, right=(2, 3), row_head=1)


def practices(report: Report, w: Words) -> list[Block]:
    """The chapter of the practices; nothing while there is none."""
    if not report.practices:
        return []
    blocks: list[Block] = [Heading(2, chapter(report, w), "practices")]
    for draft in report.practices:
        blocks += _practice(draft, report, w)
    return blocks


def _practice(draft: Draft, report: Report, w: Words) -> list[Block]:
    practice, at = draft.practice, f"practice-{draft.number}"
    blocks: list[Block] = [Heading(3, report.titled(draft), at), Paragraph(plain(_standing(practice, w)), "facts")]
    blocks += [*_state(practice, w), *_figures(draft, report, w), *_sentence(practice, w), *_merged(practice, w)]
    for field in practice.fields:
        if field.complete and field.key != "sentence":
            blocks += [Heading(4, w._(TITLES[field.key]), f"{at}-{field.key}"), *_filled(field, practice, w)]
    if practice.comments:
        blocks += [Heading(4, w._("Also said"), f"{at}-comments"), _voices(practice.comments, w)]
    return [*blocks, *_reviewed(practice, at, w), *_open(practice, at, w)]


def _standing(practice: Practice, w: Words) -> str:
    filled = w._("%(filled)d of %(all)d sections filled", filled=practice.filled, all=len(practice.fields))
    by = w._("proposed by %(by)s", by=practice.by) if practice.by else w._("proposed anonymously")
    return " · ".join((w._(MATURITY[practice.maturity]), filled, by))


def _state(practice: Practice, w: Words) -> list[Block]:
    """The version, the editor's reason and the day of the next review, as far as there are any."""
    version = say(w, N_("Version %(number)s, frozen. Content hash: `%(hash)s`."), number=practice.version, hash=practice.content_hash)
    confirmed = say(w, N_("Confirmed as good practice: %(reason)s"), reason=practice.confirmed)
    review = say(w, N_("To be reviewed on %(day)s."), day=w.day(practice.review_on))
    told = ((practice.version, version), (practice.confirmed, confirmed), (practice.review_on, review))
    return [Paragraph(text) for there, text in told if there]


def _figures(draft: Draft, report: Report, w: Words) -> list[Block]:
    count = next((theme.count for theme in report.themes if theme.id == draft.theme), None)
    return [Paragraph(plain(figures.in_short(draft.line, count, report.method, w)), "facts")] if draft.line and count else []


def _sentence(practice: Practice, w: Words) -> list[Block]:
    """The practice in one sentence: the editor's, a contributor's own, or an open place; never made up."""
    field = practice.field("sentence")
    head = strong(f"{w._(TITLES['sentence'])}: ")
    if field.text.strip():
        said = [_voices(field.sources, w)] if field.sources else []
        return [Paragraph((*head, *light.runs(" ".join(field.text.split()))), "lead"), *said]
    if field.sources:
        return [Paragraph((*head, *plain(f"{w.quoted(field.sources[0].text)} — {credit(field.sources[0].by, w)}")), "lead")]
    blank = say(w, N_("*to complete*. “Buyers should …” — from the idea %(idea)s"), idea=w.quoted(practice.title))
    return [Paragraph((*head, *blank), "lead")]


def _merged(practice: Practice, w: Words) -> list[Block]:
    if not practice.merged:
        return []
    ideas = [f"{w.quoted(source.text)} ({credit(source.by, w)})" for source in practice.merged]
    return [Paragraph(say(w, N_("Merged into it: %(ideas)s."), ideas=w.listed(ideas)))]


# -- a section -------------------------------------------------------------------------------------


def _filled(field: Field, practice: Practice, w: Words) -> list[Block]:
    blocks: list[Block] = [*_tags(field, w), *light_blocks(field.text), *_measures(field.measures, w)]
    sources = field.sources
    if field.key == "adoption":
        blocks += [_stances(practice.stances, w)] if field.sources else []
        sources = tuple(s for s in sources if s.text and s not in practice.field("experience").sources)
    if sources:
        blocks.append(_voices(sources, w))
    if field.owner:
        blocks.append(Paragraph(say(w, N_("Owner: %(owner)s"), owner=field.owner), "small"))
    return blocks


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
    rows = [(m.name or w._(KPIS[m.kpi]), w._(UNITS[m.unit]) if m.unit in UNITS else m.unit, _number(m.baseline, w), _number(m.target, w),
             m.source or "–", m.owner or "–") for m in measures]
    return [table(w._("Indicators"), head, rows, right=(2, 3))]


def _number(figure: float | None, w: Words) -> str:
    return "–" if figure is None else format_decimal(figure, locale=w.language)


def _stances(stances: tuple[Stance, ...], w: Words) -> Table:
    rows = [(w._(STANCES[stance.kind]), str(stance.organisations), _named(stance, w)) for stance in stances]
    return table(w._("Stances of the organisations"), (w._("Stance"), w._("Organisations"), w._("Of them")), rows, right=(1,))


def _named(stance: Stance, w: Words) -> str:
    more = w._("%(n)d not named", n=stance.unnamed) if stance.unnamed else ""
    return w.listed([*stance.named, *([more] if more else [])]) or "–"


def _voices(sources: tuple[Source, ...], w: Words) -> Voices:
    return Voices(tuple(Voice(s.text, s.result, credit(s.by, w) + (f", {s.year}" if s.year else "")) for s in sources))


# -- review, and what is open ------------------------------------------------------------------------


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
