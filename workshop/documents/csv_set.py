"""The report as a set of CSV files for a spreadsheet: UTF-8 with BOM, CRLF (RFC 4180), no cell ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from workshop.documents.shape import Count, Draft, Entry, Line, Report, ThemePart

# What makes a spreadsheet read a cell as a formula; full-width forms count in some locales.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
IDEAS = ("theme", "idea_id", "title", "detail", "by", "merged_into", "do", "would", "not", "chosen")
EXPERIENCES = ("theme", "idea_id", "idea", "experience_id", "kind", "text", "by", "result", "year")
RESULTS = (
    "theme", "round", "rank", "idea_id", "idea", "chosen", "share_across_organisations", "organisations_for", "organisations",
    "voters_for", "voters", "share_of_voters", "too_close_to", "agree", "pass", "disagree", "consensus",
    "dots", "grade", "grades_above", "grades_below", "already_do", "would_adopt", "with_changes", "not_for_us", "dont_know", "impact",
    "effort", "impact_less_effort", "field",
)
PRACTICES = (
    "number", "theme", "practice_id", "practice", "version", "maturity", "confirmed", "sections_filled", "sections", "review_on", "idea_id",
    "proposed_by", "do", "would", "not", "content_hash",
)
SECTIONS = ("number", "practice", "section", "state", "text", "tags", "sources", "owner")
MEASURES = ("number", "practice", "indicator", "name", "unit", "baseline", "target", "source", "owner")
ANSWERS = ("number", "practice", "organisation", "ratification", "sentence", "adoption", "by_when")
Cell = str | int | float | None


def write(report: Report) -> dict[str, bytes]:
    """The files by name; of a practice alone those that tell of it. Column names are fixed and English, so that a spreadsheet of last
    year still fits."""
    return ({} if report.alone else _of_session(report)) | {
        "practices.csv": _file(PRACTICES, (_practice(draft, report) for draft in report.practices)),
        "sections.csv": _file(SECTIONS, (row for draft in report.practices for row in _sections(draft))),
        "measures.csv": _file(MEASURES, (row for draft in report.practices for row in _measures(draft))),
        "answers.csv": _file(ANSWERS, (row for draft in report.practices for row in _answers(draft))),
    }


def _of_session(report: Report) -> dict[str, bytes]:
    return {
        "ideas.csv": _file(IDEAS, (row for theme in report.themes for row in _ideas(theme))),
        "experiences.csv": _file(EXPERIENCES, (row for theme in report.themes for row in _experiences(theme))),
        "results.csv": _file(RESULTS, (row for theme in report.themes for count in _counts(theme) for row in _results(theme, count))),
    }


def harmless(text: str) -> str:
    """*text* with a leading apostrophe where a spreadsheet would read a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 6)
    return harmless(value) if isinstance(value, str) else value


def _ideas(theme: ThemePart) -> Iterator[Sequence[Cell]]:
    chosen = {line.idea for line in theme.count.chosen} if theme.count else set()
    for idea in theme.ideas:
        mark = _yes(idea.id in chosen) if theme.count else None
        yield theme.title, idea.id, idea.title, idea.detail, idea.by, None, idea.do, idea.would, idea.against, mark
        yield from _merged(theme, idea)


def _merged(theme: ThemePart, idea: Entry) -> Iterator[Sequence[Cell]]:
    for merged in idea.merged:
        yield theme.title, merged.id, merged.title, merged.detail, merged.by, idea.id, None, None, None, None


def _experiences(theme: ThemePart) -> Iterator[Sequence[Cell]]:
    for idea in theme.ideas:
        for said in idea.said:
            yield theme.title, idea.id, idea.title, said.id, said.kind, said.text, said.by, said.result, said.year


def _counts(theme: ThemePart) -> list[Count]:
    return [*theme.earlier, theme.count] if theme.count else []


def _results(theme: ThemePart, count: Count) -> Iterator[Sequence[Cell]]:
    for line in count.ranking:
        yield (
            theme.title, count.round, line.rank, line.idea, line.title, _yes(line.chosen), _share(line), line.reach,
            count.organisations, line.approvals, count.voters, line.raw, " ".join(line.close_to), line.agree, line.passes,
            line.disagree, line.consensus, *_figures(line),
        )


def _share(line: Line) -> float | None:
    """What is ranked by, where that is a share."""
    return None if "grades" in line.figures or "answers" in line.figures else line.score


def _figures(line: Line) -> Sequence[Cell]:
    told, grades = line.figures, line.figures.get("grades", {})
    return (
        told.get("dots"), told.get("grade"), told.get("above"), told.get("below"),
        *(grades.get(grade) for grade in ("do", "would", "changes", "not", "unknown")),
        told.get("impact"), told.get("effort"), line.score if "impact" in told else None, told.get("quadrant"),
    )  # fmt: skip


def _practice(draft: Draft, report: Report) -> Sequence[Cell]:
    one = draft.practice
    theme = next((theme.title for theme in report.themes if theme.id == draft.theme), "")
    return (
        draft.number, theme, one.id, one.title, one.version, one.maturity, one.confirmed, one.filled, len(one.fields), one.review_on,
        one.idea_id, one.by, *(stance.organisations for stance in one.stances), one.content_hash,
    )


def _sections(draft: Draft) -> Iterator[Sequence[Cell]]:
    for field in draft.practice.fields:
        state, sources = "filled" if field.complete else "to complete", " ".join(source.id for source in field.sources)
        yield draft.number, draft.practice.title, field.key, state, field.text, " ".join(field.tags), sources, field.owner


def _measures(draft: Draft) -> Iterator[Sequence[Cell]]:
    for one in draft.practice.field("measures").measures:
        yield draft.number, draft.practice.title, one.kpi, one.name, one.unit, one.baseline, one.target, one.source, one.owner


def _answers(draft: Draft) -> Iterator[Sequence[Cell]]:
    for one in draft.practice.answers:
        yield draft.number, draft.practice.title, one.organisation, one.ratification, one.sentence, one.adoption, one.by_when


def _yes(value: bool) -> str:
    return "yes" if value else "no"
