"""The Markdown of the draft practices: what the room said first, then what is still to complete."""

from __future__ import annotations

from workshop.documents import markdown_figures
from workshop.documents.marks import bullet, escape, heading, sentence, table
from workshop.documents.sections import HINTS, MATURITY, STANCES, TITLES
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.rules.practice import Field, Practice, Source, Stance


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
    count = next(theme.count for theme in report.themes if theme.id == draft.theme)
    assert count is not None, "a practice comes from a revealed theme"
    blocks = [heading(3, f"{draft.number} {escape(practice.title)}"), _standing(practice, w)]
    blocks += [sentence(markdown_figures.in_short(draft.line, count, report.method, w)), _sentence(practice, w), _merged(practice, w)]
    for field in practice.fields:
        if field.complete and field.key != "sentence":
            blocks += [heading(4, w._(TITLES[field.key])), *_filled(field, practice, w)]
    if practice.comments:
        blocks += [heading(4, w._("Also said")), _quotes(practice.comments, w)]
    return [*blocks, heading(4, w._("To complete")), _open(practice, w)]


def _standing(practice: Practice, w: Words) -> str:
    filled = w._("%(filled)d of %(all)d sections filled", filled=practice.filled, all=len(practice.fields))
    by = w._("proposed by %(by)s", by=escape(practice.by)) if practice.by else w._("proposed anonymously")
    return f"*{w._(MATURITY[practice.maturity])} · {filled} · {by}*"


def _sentence(practice: Practice, w: Words) -> str:
    """The practice in one sentence: a contributor's own, or an open place with the title beside it; never made up."""
    key = "sentence"
    title, sources = w._(TITLES[key]), practice.field(key).sources
    if sources:
        return f"**{title}:** {w.quoted(escape(sources[0].text))} — {_credit(sources[0].by, w)}"
    return f"**{title}:** " + w._("*to complete*. “Buyers should …” — from the idea %(idea)s", idea=w.quoted(escape(practice.title)))


def _merged(practice: Practice, w: Words) -> str:
    if not practice.merged:
        return ""
    ideas = [f"{w.quoted(escape(source.text))} ({_credit(source.by, w)})" for source in practice.merged]
    return w._("Merged into it: %(ideas)s.", ideas=w.listed(ideas))


def _filled(field: Field, practice: Practice, w: Words) -> list[str]:
    if field.key != "adoption":
        return [_quotes(field.sources, w)]
    would = [source for source in field.sources if source.text and source not in practice.field("experience").sources]
    return [_stances(practice.stances, w), _quotes(would, w)]


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


def _open(practice: Practice, w: Words) -> str:
    rows = [
        (w._(TITLES[field.key]), w._("*to complete* — %(hint)s", hint=w._(HINTS[field.key])), "")
        for field in practice.fields if not field.complete
    ]
    return table((w._("Section"), w._("What belongs here"), w._("Owner")), rows)


def _credit(by: str | None, w: Words) -> str:
    return escape(by) if by else w._("anonymous")
