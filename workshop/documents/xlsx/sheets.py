"""What stands on the sheets, from the report model alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.documents import figures, office
from workshop.documents.firmness import firmness
from workshop.documents.sections import ADOPTIONS, KPIS, MATURITY, RATIFICATIONS, STANCES, TAGS, UNITS
from workshop.documents.shape import Count, Draft, Entry, Line, Report, ThemePart
from workshop.documents.words import Words
from workshop.documents.xlsx.grid import Cell, Column, Sheet
from workshop.model import Method
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer, Field, Practice

Row = Sequence[Cell]
SIGNS = {"do": "+", "would": "+", "will": "+", "not": "-"}


def of(report: Report, w: Words) -> tuple[Sheet, ...]:
    """Every sheet but the first; of a practice alone its words, and those sheets that it has rows on."""
    if report.alone:
        return (_sections(report, w), _practices(report, w), _heat(report, w), _measures(report, w))
    return (
        _themes(report, w), _ideas(report, w), _experiences(report, w), _ranking(report, w), _practices(report, w), _heat(report, w),
        _measures(report, w), _turnout(report, w),
    )


def _columns(*heads: str | Column) -> tuple[Column, ...]:
    return tuple(head if isinstance(head, Column) else Column(head) for head in heads)


# -- themes: how much weight each result bears ---------------------------------------------------------


def _themes(report: Report, w: Words) -> Sheet:
    columns = _columns(
        Column(w._("No."), "count"), w._("Theme"), w._("Prompt"), Column(w._("Ideas"), "count"), Column(w._("Round"), "count"),
        Column(w._("Voters"), "count"), Column(w._("Participants"), "count"), Column(w._("Turnout"), "share"),
        Column(w._("Organisations"), "count"), w._("How firm this result is"),
    )
    rows = (row for theme in report.themes for row in _theme(theme, report, w))
    return Sheet("themes", w._("Themes"), columns, tuple(rows), 2)


def _theme(theme: ThemePart, report: Report, w: Words) -> Iterator[Row]:
    start = (theme.number, theme.title, theme.prompt, len(theme.ideas))
    if theme.count is None:
        yield *start, None, None, None, None, None, w._("Not revealed yet.")
    for count in (*theme.earlier, theme.count) if theme.count else ():
        turnout = count.voters / count.eligible if count.eligible else None
        firm = "\n".join(firmness(theme, count, report, w)) if count.voters else w._("Nobody voted here, so nothing is chosen.")
        yield *start, count.round, count.voters, count.eligible, turnout, count.organisations, firm


# -- ideas and experiences -----------------------------------------------------------------------------


def _ideas(report: Report, w: Words) -> Sheet:
    columns = _columns(
        w._("Theme"), w._("Idea"), w._("Detail"), w._("From"), w._("Merged into"),
        *(Column(w._(STANCES[kind]), "count") for kind in STANCES), w._("Chosen"), w._("Idea id"),
    )
    rows = (row for theme in report.themes for idea in theme.ideas for row in _idea(theme, idea, w))
    return Sheet("ideas", w._("Ideas"), columns, tuple(rows), 2)


def _idea(theme: ThemePart, idea: Entry, w: Words) -> Iterator[Row]:
    chosen = _yes(idea.id in {line.idea for line in theme.count.chosen}, w) if theme.count else None
    yield theme.title, idea.title, idea.detail, office.credit(idea.by, w), None, idea.do, idea.would, idea.against, chosen, idea.id
    for merged in idea.merged:
        by = office.credit(merged.by, w)
        yield theme.title, merged.title, merged.detail, by, idea.title, None, None, None, None, merged.id


def _experiences(report: Report, w: Words) -> Sheet:
    columns = _columns(w._("Theme"), w._("Idea"), w._("Kind"), w._("What was said"), w._("Result"), Column(w._("Year"), "count"),
                       w._("From"), w._("Idea id"))
    rows = (
        (theme.title, idea.title, w._(office.KINDS[said.kind]), said.text, said.result, said.year, office.credit(said.by, w), idea.id)
        for theme in report.themes for idea in theme.ideas for said in idea.said
    )
    return Sheet("experiences", w._("Experiences"), columns, tuple(rows), 2)


# -- the ranking ---------------------------------------------------------------------------------------


def _ranking(report: Report, w: Words) -> Sheet:
    method = report.method
    kind = {"adoption": "text", "impact": "figure"}.get(method, "share")
    columns = _columns(
        w._("Theme"), Column(w._("Round"), "count"), Column(w._("Rank"), "count"), w._("Idea"), w._("Chosen"),
        Column(figures.head(method, w), kind), Column(w._("Organisations for it"), "count"), Column(w._("Organisations"), "count"),
        Column(w._("Voters for it"), "count"), Column(w._("Voters"), "count"), Column(w._("Share of voters"), "share"),
        w._("Too close to call with"), *_more_columns(method, w), w._("Idea id"),
    )
    rows = (
        _line(theme, count, line, method, w)
        for theme in report.themes for count in (*theme.earlier, theme.count) if count and count.voters for line in count.ranking
    )
    return Sheet("ranking", w._("Ranking"), columns, tuple(rows), 4)


def _line(theme: ThemePart, count: Count, line: Line, method: Method, w: Words) -> Row:
    titles = {other.idea: other.title for other in count.ranking}
    return (
        theme.title, count.round, line.rank, line.title, _yes(line.chosen, w), _figure(line, method, w), line.reach, count.organisations,
        line.approvals, count.voters, line.raw, "\n".join(titles[i] for i in line.close_to), *_more(line, method, w), line.idea,
    )


def _figure(line: Line, method: Method, w: Words) -> Cell:
    """What the idea is ranked by; nothing where nobody answered."""
    if method == "adoption":
        return figures.figure(line, method, w)
    return None if method == "impact" and "impact" not in line.figures else line.score


def _more_columns(method: Method, w: Words) -> list[Column]:
    """The columns that only this method has."""
    if method == "dots":
        return [Column(w._("Dots"), "count")]
    if method == "impact":
        return [Column(w._("Impact"), "figure"), Column(w._("Effort"), "figure"), Column(w._("Field"))]
    return [Column(head, "count") for head in figures.columns(method, w)] if method in ("agree", "adoption") else []


def _more(line: Line, method: Method, w: Words) -> Row:
    told = line.figures
    if method == "dots":
        return (told["dots"],)
    if method == "impact":
        field = told.get("quadrant")
        return (told.get("impact"), told.get("effort"), w._(figures.FIELDS[field]) if field else None)
    if method == "agree":
        return line.agree or 0, line.passes or 0, line.disagree or 0
    return tuple(told["grades"][grade] for grade in figures.GRADES) if method == "adoption" else ()


# -- practices -------------------------------------------------------------------------------------------


def _practices(report: Report, w: Words) -> Sheet:
    titles = {theme.id: theme.title for theme in report.themes}
    columns = _columns(
        w._("No."), w._("Theme"), w._("Practice"), w._("Maturity"), Column(w._("Sections filled"), "count"),
        Column(w._("Sections"), "count"), w._("Owner"), w._("Version"), w._("Review date"), w._("Content hash"),
    )
    rows = (
        (d.number, titles.get(d.theme, ""), d.practice.title, w._(MATURITY[d.practice.maturity]), d.practice.filled,
         len(d.practice.fields), d.practice.field("owner").owner, d.practice.version, d.practice.review_on,
         d.practice.content_hash)
        for d in report.practices
    )
    return Sheet("practices", w._("Practices"), columns, tuple(rows), 3)


def _sections(report: Report, w: Words) -> Sheet:
    """What the editor wrote, and what the room said."""
    columns = _columns(w._("Section"), w._("Text"), w._("What was said"), w._("Result"), Column(w._("Year"), "count"), w._("From"))
    rows = (row for draft in report.practices for field in draft.practice.fields for row in _of_section(field, draft.practice, w))
    return Sheet("sections", w._("Sections"), columns, tuple(rows), 1)


def _of_section(field: Field, practice: Practice, w: Words) -> Iterator[Row]:
    """The editor's words, then the room's; those of who does it stand under the experience."""
    title, written = office.section(field.key, w), "\n".join(filter(None, (field.text, ", ".join(w._(TAGS[tag]) for tag in field.tags))))
    if written:
        yield title, written, None, None, None, None
    told = practice.field("experience").sources if field.key == "adoption" else ()
    for source in (one for one in field.sources if one not in told):
        yield title, None, source.text, source.result, source.year, office.credit(source.by, w)


def _heat(report: Report, w: Words) -> Sheet:
    """Organisations × practices: what each answered in review, or else the stance that it may be named with."""
    drafts = report.practices
    names = {present.name for present in report.room.organisations} | {name for d in drafts for name in _known(d)}
    columns = _columns(w._("Organisation"), *(Column(f"{d.number} {d.practice.title}", "stance") for d in drafts))
    rows = [(name, *(_stand(d, name, w) for d in drafts)) for name in sorted(names, key=str.casefold)]
    unnamed = (w._("Counted, not named"), *(_unnamed(d, w) for d in drafts))
    return Sheet("heat_map", w._("Heat map"), columns, (*rows, unnamed) if drafts else tuple(rows), 1)


def _known(draft: Draft) -> set[str]:
    practice = draft.practice
    return {name for stance in practice.stances for name in stance.named} | {answer.organisation for answer in practice.answers}


def _stand(draft: Draft, name: str, w: Words) -> str | None:
    for answer in draft.practice.answers:
        if answer.organisation == name:
            return _answer(answer, w)
    kinds = [stance.kind for stance in draft.practice.stances if name in stance.named]
    if not kinds:
        return None
    sign = SIGNS[kinds[0]] if len(kinds) == 1 else "~"
    return sign + "\n".join(w._(STANCES[kind]) for kind in kinds)


def _answer(answer: Answer, w: Words) -> str:
    said = [w._(RATIFICATIONS[answer.ratification])] if answer.ratification else []
    if answer.adoption:
        said.append(" ".join(filter(None, (w._(ADOPTIONS[answer.adoption]), answer.by_when))))
    sign = "-" if answer.ratification == "against" else "~" if answer.ratification in ("reservation", "aside") else ""
    return (sign or SIGNS.get(answer.adoption, "+")) + "\n".join([*said, *filter(None, [answer.sentence])])


def _unnamed(draft: Draft, w: Words) -> str | None:
    counted = [f"{w._(STANCES[s.kind])}: {s.unnamed}" for s in draft.practice.stances if s.unnamed]
    return "~" + "\n".join(counted) if counted else None


def _measures(report: Report, w: Words) -> Sheet:
    columns = _columns(
        w._("No."), w._("Practice"), w._("Indicator"), w._("Unit"), Column(w._("Baseline"), "figure"), Column(w._("Target"), "figure"),
        w._("Source"), w._("Owner"), w._("What was said"), w._("From"),
    )
    rows = (row for draft in report.practices for row in _measures_of(draft, w))
    return Sheet("measures", w._("Measures"), columns, tuple(rows), 2)


def _measures_of(draft: Draft, w: Words) -> Iterator[Row]:
    """The indicators, then the measures that the room spoke of, word for word."""
    field, start = draft.practice.field("measures"), (draft.number, draft.practice.title)
    for m in field.measures:
        yield *start, indicator(m, w), unit(m, w), m.baseline, m.target, m.source, m.owner, None, None
    for source in field.sources:
        yield *start, None, None, None, None, None, None, source.text, office.credit(source.by, w)


def indicator(measure: Measure, w: Words) -> str:
    """What a measure is called: by the editor, or as its seed."""
    return measure.name or w._(KPIS.get(measure.kpi, "–"))


def unit(measure: Measure, w: Words) -> str:
    """What its figures are in: a unit of ours as the reader calls it, the editor's own as it is."""
    return w._(UNITS[measure.unit]) if measure.unit in UNITS else measure.unit


# -- the room --------------------------------------------------------------------------------------------


def _turnout(report: Report, w: Words) -> Sheet:
    counted = any(theme.revealed for theme in report.themes)
    columns = _columns(w._("Organisation"), w._("Invited"), Column(w._("Joined"), "count"), Column(w._("Voted"), "count"))
    room = report.room
    rows: list[Row] = [(p.name, _yes(p.invited, w), p.joined, p.voted) for p in room.organisations]
    if room.independent:
        rows.append((w._("Without an organisation"), None, room.independent.joined, room.independent.voted))
    rows += [(label, None, None, int(voted)) for label, _joined, voted in office.together(room, w)]  # who joined stands above
    rows += [(name, _yes(True, w), 0, 0 if counted else None) for name in room.absent]
    return Sheet("turnout", w._("Turnout"), columns, tuple(rows), 1)


def _yes(value: bool, w: Words) -> str:
    return w._("Yes") if value else w._("No")
