"""The practices in the Word document, a page each: what the room and the editor said, then what is to complete, with a comment each."""

from __future__ import annotations

from docx.oxml.ns import qn

from workshop.documents import markdown_figures, office
from workshop.documents.docx.page import Page
from workshop.documents.sections import ADOPTIONS, HINTS, MATURITY, RATIFICATIONS, STANCES, TAGS, UNITS
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.documents.xlsx.sheets import indicator
from workshop.rules import light
from workshop.rules.kpi import Measure
from workshop.rules.light import Run
from workshop.rules.practice import Answer, Field, Practice, Source, Stance


def write(page: Page, report: Report, w: Words) -> None:
    """The chapter; nothing while there is no practice."""
    if report.practices:
        page.heading(1, office.chapter(report, w), new_page=True)
    for number, draft in enumerate(report.practices):
        _practice(page, draft, report, w, first=number == 0)


def _practice(page: Page, draft: Draft, report: Report, w: Words, first: bool) -> None:
    practice = draft.practice
    page.heading(2, report.titled(draft), new_page=not first)
    page.text((Run(standing(practice, w), "stressed"),), "Standing")
    page.text(_in_short(draft, report, w))
    _sentence(page, practice, w)
    if practice.merged:
        ideas = [f"{w.quoted(source.text)} ({office.credit(source.by, w)})" for source in practice.merged]
        page.text(w._("Merged into it: %(ideas)s.", ideas=w.listed(ideas)))
    for field in practice.fields:
        if field.complete and field.key != "sentence":
            page.heading(3, office.section(field.key, w))
            _filled(page, field, practice, w)
    if practice.comments:
        page.heading(3, w._("Also said"))
        _quotes(page, practice.comments, w)
    _open(page, practice, w)


def standing(practice: Practice, w: Words) -> str:
    """How well tried it is, how complete, and from whom."""
    filled = w._("%(filled)d of %(all)d sections filled", filled=practice.filled, all=len(practice.fields))
    by = w._("proposed by %(by)s", by=practice.by) if practice.by else w._("proposed anonymously")
    version = [w._("Version %(version)s", version=practice.version)] if practice.version else []
    return " · ".join((w._(MATURITY[practice.maturity]), filled, by, *version))


def _in_short(draft: Draft, report: Report, w: Words) -> str:
    """The vote's figures; nothing of a practice that no vote chose."""
    count = next((theme.count for theme in report.themes if theme.id == draft.theme), None)
    return markdown_figures.in_short(draft.line, count, report.method, w) if draft.line and count else ""


def _sentence(page: Page, practice: Practice, w: Words) -> None:
    """In one sentence: the editor's or a contributor's own, or an open place with a comment; never made up."""
    field, title = practice.field("sentence"), Run(office.section("sentence", w) + ": ", "strong")
    if field.text.strip():
        page.text((title, *runs_of(field.text)), "Lead")
    if field.sources:
        said = Run(f"{w.quoted(field.sources[0].text)} — {office.credit(field.sources[0].by, w)}")
        page.text((said,) if field.text.strip() else (title, said), "Lead")
    if not field.complete:
        open_ = w._("*to complete*. “Buyers should …” — from the idea %(idea)s", idea="")
        made = page.text((title, *office.runs(open_), Run(w.quoted(practice.title))), "Lead")
        page.comment(made, request(field, w))


def runs_of(text: str) -> tuple[Run, ...]:
    """An editor's text on one line."""
    return tuple(run for block in light.blocks(text) for run in (*block.runs, Run(" ")))[:-1]


# -- what is filled --------------------------------------------------------------------------------------


def _filled(page: Page, field: Field, practice: Practice, w: Words) -> None:
    page.light(field.text)
    if field.tags:
        page.text((Run(", ".join(w._(TAGS[tag]) for tag in field.tags), "strong"),))
    if field.measures:
        _measures(page, field.measures, w)
    if field.key != "adoption":
        _quotes(page, field.sources, w)
        return
    _stances(page, practice.stances, w)
    _quotes(page, [s for s in field.sources if s.text and s not in practice.field("experience").sources], w)
    _answers(page, practice.answers, w)


def _quotes(page: Page, sources: list[Source] | tuple[Source, ...], w: Words) -> None:
    for source in sources:
        result = w._("Result: %(result)s", result=w.quoted(source.result)) if source.result else ""
        words = "\n".join(part for part in (w.quoted(source.text) if source.text else "", result) if part)
        page.quote(words, office.credit(source.by, w) + (f", {source.year}" if source.year else ""))


def _stances(page: Page, stances: tuple[Stance, ...], w: Words) -> None:
    rows = [(w._(STANCES[stance.kind]), str(stance.organisations), _named(stance, w)) for stance in stances]
    page.table((w._("Stance"), w._("Organisations"), w._("Of them")), rows, (22, 16, 62), right=(1,), about=office.section("adoption", w))


def _named(stance: Stance, w: Words) -> str:
    more = [w._("%(n)d not named", n=stance.unnamed)] if stance.unnamed else []
    return w.listed([*stance.named, *more]) or "–"


def _measures(page: Page, measures: tuple[Measure, ...], w: Words) -> None:
    head = (w._("Indicator"), w._("Unit"), w._("Baseline"), w._("Target"), w._("Source"), w._("Owner"))
    rows = [
        (indicator(m, w), w._(UNITS.get(m.unit, m.unit)), _figure(m.baseline, w), _figure(m.target, w), m.source, m.owner) for m in measures
    ]
    page.table(head, rows, (28, 16, 11, 11, 20, 14), right=(2, 3), about=office.section("measures", w))


def _figure(value: float | None, w: Words) -> str:
    return "–" if value is None else str(int(value)) if value == int(value) else w.number(value)


def _answers(page: Page, answers: tuple[Answer, ...], w: Words) -> None:
    """What organisations said of the practice in review."""
    if answers:
        rows = [(a.organisation, _ratification(a, w), _adoption(a, w), a.sentence) for a in answers]
        head = (w._("Organisation"), w._("In review"), w._("Adoption"), w._("Why"))
        page.table(head, rows, (22, 24, 20, 34), about=w._("In review"))


def _ratification(answer: Answer, w: Words) -> str:
    return w._(RATIFICATIONS[answer.ratification]) if answer.ratification else "–"


def _adoption(answer: Answer, w: Words) -> str:
    return " ".join(filter(None, (w._(ADOPTIONS[answer.adoption]), answer.by_when))) if answer.adoption else "–"


# -- what is to complete -----------------------------------------------------------------------------------


def _open(page: Page, practice: Practice, w: Words) -> None:
    """The table of what is missing; each place has a comment for the one who owns it."""
    missing = [field for field in practice.fields if not field.complete]
    if not missing:
        return
    page.heading(3, w._("To complete"))
    rows = [(office.section(f.key, w), office.runs(w._("*to complete* — %(hint)s", hint=w._(HINTS[f.key]))), f.owner) for f in missing]
    made = page.table((w._("Section"), w._("What belongs here"), w._("Owner")), rows, (24, 62, 14), about=w._("To complete"))
    for field, row in zip(missing, made.findall(qn("w:tr"))[1:], strict=True):
        if field.key != "sentence":  # it has its comment above
            page.comment(row.findall(f".//{qn('w:p')}")[1], request(field, w))


def request(field: Field, w: Words) -> str:
    """What the owner of an open section is asked for."""
    asked = f"{office.section(field.key, w)} — {w._(HINTS[field.key])}"
    if field.owner:
        return w._("%(owner)s, please complete: %(what)s", owner=field.owner, what=asked)
    return w._("To complete; nobody is named for it yet: %(what)s", what=asked)
