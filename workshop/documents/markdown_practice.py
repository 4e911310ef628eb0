"""The Markdown of the practices: what the editor wrote and the room said, then what is still to complete."""

from __future__ import annotations

from workshop.documents import markdown_figures
from workshop.documents.marks import bullet, cell, escape, heading, joined, light, sentence, table
from workshop.documents.sections import ADOPTIONS, HINTS, KPIS, MATURITY, RATIFICATIONS, STANCES, TAG_KINDS, TAGS, TITLES, UNITS
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer, Field, Practice, Source, Stance


def practices(report: Report, w: Words) -> list[str]:
    """The chapter of the practices; nothing while none is chosen."""
    if not report.practices:
        return []
    blocks = [heading(2, w._("Draft practices"))]
    for draft in report.practices:
        blocks += _practice(draft, report, w)
    return blocks


def _practice(draft: Draft, report: Report, w: Words) -> list[str]:
    practice = draft.practice
    blocks = [heading(3, f"{draft.number} {escape(practice.title)}"), standing(practice, w), *state(practice, w)]
    blocks += [*_counted(draft, report, w), _sentence(practice, w), _merged(practice, w)]
    for field in practice.fields:
        if field.complete and field.key != "sentence":
            blocks += [heading(4, w._(TITLES[field.key])), *_filled(field, practice, w)]
    if practice.comments:
        blocks += [heading(4, w._("Also said")), _quotes(practice.comments, w)]
    return [*blocks, *_answers(practice, w), *_open(practice, w)]


def _counted(draft: Draft, report: Report, w: Words) -> list[str]:
    """The figures of the vote, where its leading idea was counted."""
    count = next((theme.count for theme in report.themes if theme.id == draft.theme), None)
    return [sentence(markdown_figures.in_short(draft.line, count, report.method, w))] if draft.line and count else []


def standing(practice: Practice, w: Words) -> str:
    """How well tried it is, how complete, and whose proposal."""
    filled = w._("%(filled)d of %(all)d sections filled", filled=practice.filled, all=len(practice.fields))
    by = w._("proposed by %(by)s", by=escape(practice.by)) if practice.by else w._("proposed anonymously")
    return f"*{w._(MATURITY[practice.maturity])} · {filled} · {by}*"


def state(practice: Practice, w: Words) -> list[str]:
    """The version, the editor's reason and the day of the next review, as far as there are any."""
    version = w._("Version %(number)s, frozen. Content hash: `%(hash)s`.", number=practice.version, hash=practice.content_hash)
    confirmed = w._("Confirmed as good practice: %(reason)s", reason=escape(practice.confirmed))
    review = w._("To be reviewed on %(day)s.", day=w.day(practice.review_on))
    told = ((practice.version, version), (practice.confirmed, confirmed), (practice.review_on, review))
    return [text for there, text in told if there]


def _sentence(practice: Practice, w: Words) -> str:
    """The practice in one sentence: the editor's or a contributor's own, or an open place with the title beside it; never made up."""
    field = practice.field("sentence")
    title, sources = w._(TITLES[field.key]), field.sources
    said = f"{w.quoted(escape(sources[0].text))} — {_credit(sources[0].by, w)}" if sources else ""
    if field.text:
        return joined((f"**{title}:** {light(field.text)}", _item(said))).rstrip()
    if sources:
        return f"**{title}:** {said}"
    return f"**{title}:** " + w._("*to complete*. “Buyers should …” — from the idea %(idea)s", idea=w.quoted(escape(practice.title)))


def _item(marked: str) -> str:
    """A list item of what is Markdown already; nothing for nothing."""
    return f"- {marked}" if marked else ""


def _merged(practice: Practice, w: Words) -> str:
    if not practice.merged:
        return ""
    ideas = [f"{w.quoted(escape(source.text))} ({_credit(source.by, w)})" for source in practice.merged]
    return w._("Merged into it: %(ideas)s.", ideas=w.listed(ideas))


def _filled(field: Field, practice: Practice, w: Words) -> list[str]:
    """What the editor wrote and chose, then what the room said."""
    return [light(field.text), *evidence(field, practice, w)]


def evidence(field: Field, practice: Practice, w: Words) -> list[str]:
    """What stands in a section beside the editor's words: tags, measures, and what the room said."""
    blocks = [_tags(field, w), _measures(field, w), _owner(field, w)]
    if field.key != "adoption":
        return [*blocks, _quotes(field.sources, w)]
    would = [source for source in field.sources if source.text and source not in practice.field("experience").sources]
    return [*blocks, _stances(practice.stances, w) if field.sources else "", _quotes(would, w)]


def _tags(field: Field, w: Words) -> str:
    """The chosen tags, a line for each kind."""
    kinds = dict.fromkeys(tag.partition(".")[0] for tag in field.tags)
    lines = [(w._(TAG_KINDS[kind]), [_tag(tag, w) for tag in field.tags if tag.startswith(f"{kind}.")]) for kind in kinds]
    return "\n".join(f"- {title}: {w.listed(names)}" for title, names in lines)


def _tag(tag: str, w: Words) -> str:
    kind, _, value = tag.partition(".")
    return f"{value} {w._(TAGS[tag])}" if kind == "sdg" else w._(TAGS[tag])


def _measures(field: Field, w: Words) -> str:
    if not field.measures:
        return ""
    head = (w._("Measure"), w._("Unit"), w._("Baseline"), w._("Target"), w._("Source"), w._("Owner"))
    return table(head, [_measure(measure, w) for measure in field.measures], right=(2, 3))


def _measure(measure: Measure, w: Words) -> tuple[str, ...]:
    name = measure.name or w._(KPIS[measure.kpi])
    unit = w._(UNITS[measure.unit]) if measure.unit in UNITS else measure.unit
    figures = ("–" if figure is None else w.figure(figure) for figure in (measure.baseline, measure.target))
    return cell(name), cell(unit), *figures, cell(measure.source) or "–", cell(measure.owner) or "–"


def _owner(field: Field, w: Words) -> str:
    return w._("Owner: %(owner)s", owner=escape(field.owner)) if field.owner else ""


def _answers(practice: Practice, w: Words) -> list[str]:
    """What organisations said in review."""
    if not practice.answers:
        return []
    head = (w._("Organisation"), w._("Agreement"), w._("Use"), w._("Why"))
    return [heading(4, w._("What organisations say")), table(head, [_answer(answer, w) for answer in practice.answers])]


def _answer(answer: Answer, w: Words) -> tuple[str, ...]:
    agreement = w._(RATIFICATIONS[answer.ratification]) if answer.ratification else "–"
    use = w._(ADOPTIONS[answer.adoption]) if answer.adoption else "–"
    return cell(answer.organisation), agreement, f"{use} ({answer.by_when})" if answer.by_when else use, cell(answer.sentence) or "–"


def _quotes(sources: list[Source] | tuple[Source, ...], w: Words) -> str:
    return "\n".join(bullet(_words(source, w), f" — {_credit(source.by, w)}{_year(source)}") for source in sources)


def _words(source: Source, w: Words) -> str:
    """What was said, and what came of it."""
    result = w._("Result: %(result)s", result=w.quoted(source.result)) if source.result else ""
    return "\n".join(part for part in (w.quoted(source.text) if source.text else "", result) if part)


def _year(source: Source) -> str:
    return f", {source.year}" if source.year else ""


def _stances(stances: tuple[Stance, ...], w: Words) -> str:
    rows = [(w._(STANCES[stance.kind]), str(stance.organisations), _named(stance, w)) for stance in stances]
    return table((w._("Stance"), w._("Organisations"), w._("Of them")), rows, right=(1,))


def _named(stance: Stance, w: Words) -> str:
    """The organisations that may be named, then how many more there are."""
    more = w._("%(n)d not named", n=stance.unnamed) if stance.unnamed else ""
    return escape(w.listed([*stance.named, *([more] if more else [])])) or "–"


def _open(practice: Practice, w: Words) -> list[str]:
    rows = [
        (w._(TITLES[field.key]), w._("*to complete* — %(hint)s", hint=w._(HINTS[field.key])), cell(field.owner))
        for field in practice.fields if not field.complete
    ]
    return [heading(4, w._("To complete")), table((w._("Section"), w._("What belongs here"), w._("Owner")), rows)] if rows else []


def _credit(by: str | None, w: Words) -> str:
    return escape(by) if by else w._("anonymous")
