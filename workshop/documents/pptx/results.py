"""The slides of a theme: a chart of the ranking, the ranking itself, and how firm it is."""

from __future__ import annotations

from workshop.documents import figures, office
from workshop.documents.firmness import firmness, place
from workshop.documents.fit import Piece, piece
from workshop.documents.pptx.slides import Slides
from workshop.documents.shape import Count, Line, Report, ThemePart
from workshop.documents.words import Words

BARS = 10  # ideas in a chart
LISTED = 24  # ideas in a ranking, those chosen in any case; the report has them all
GRADE_COLOURS = (office.GREEN, "3E8E77", office.AMBER, office.RED, office.EDGE)
Series = tuple[str, list[float | None], str]


def write(slides: Slides, part: ThemePart, tint: str, report: Report, w: Words) -> None:
    """All of a theme."""
    title = f"{part.number}. {part.title}"
    if part.count is None or not part.ideas or not part.count.voters:
        _unranked(slides, part, title, w)
        return
    _chart(slides, part, part.count, title, tint, report, w)
    _ranking(slides, part.count, title, report, w)
    firm = [piece(text, size=18, before=8, bullet=True) for text in firmness(part, part.count, report, w)]
    slides.text(f"{title} – {w._('How firm this result is')}", firm)


def _unranked(slides: Slides, part: ThemePart, title: str, w: Words) -> None:
    said = w._("Not revealed yet.") if part.count is None else w._("Nobody voted here, so nothing is chosen.")
    said = said if part.ideas or part.count is None else w._("Nobody wrote an idea here.")
    ideas = [piece(f"{idea.title} — {office.credit(idea.by, w)}", bullet=True) for idea in part.ideas[:LISTED]]
    slides.text(title, [*_prompt(part), piece(said, size=18), *ideas, *_more(len(part.ideas), w)])


def _prompt(part: ThemePart) -> list[Piece]:
    return [piece(part.prompt, size=20, colour=office.INK_2)] if part.prompt else []


def _more(ideas: int, w: Words) -> list[Piece]:
    left = max(0, ideas - LISTED)
    return [piece(w.ngettext("%(n)d more idea stands in the report.", "%(n)d more ideas stand in the report.", left))] if left else []


# -- the chart -------------------------------------------------------------------------------------------


def _chart(slides: Slides, part: ThemePart, count: Count, title: str, tint: str, report: Report, w: Words) -> None:
    lines = count.ranking[:BARS]
    labels = [f"{place(row, count)}  {row.title}" for row in lines]
    notes = [part.prompt, *firmness(part, count, report, w), report.content_hash]
    slides.chart(title, labels, _series(lines, tint, report, w), percent=report.method not in ("adoption", "impact"),
                 stacked=report.method == "adoption", about=told(count, report, w), notes=notes)


def _series(lines: tuple[Line, ...], tint: str, report: Report, w: Words) -> list[Series]:
    if report.method == "adoption":
        return [(w._(label), [row.figures["grades"][grade] or None for row in lines], colour)
                for (grade, label), colour in zip(figures.GRADES.items(), GRADE_COLOURS, strict=True)]
    if report.method == "impact":
        return [(w._("Impact"), [row.figures.get("impact") for row in lines], tint),
                (w._("Effort"), [row.figures.get("effort") for row in lines], office.EDGE)]
    return [(figures.head(report.method, w), [row.score for row in lines], tint),
            (w._("Counting heads"), [row.raw for row in lines], office.EDGE)]


# -- the ranking -----------------------------------------------------------------------------------------


def _ranking(slides: Slides, count: Count, title: str, report: Report, w: Words) -> None:
    method = report.method
    more = figures.columns(method, w)
    head = (w._("Rank"), w._("Idea"), figures.head(method, w), w._("Organisations"), *more)
    lines = count.ranking[: max(LISTED, len(count.chosen))]
    rows = [
        (place(row, count), row.title, figures.figure(row, method, w),
         w._("%(n)d of %(all)d", n=row.reach, all=count.organisations), *figures.cells(row, count, method, w))
        for row in lines
    ]
    notes = [w._("Chosen") + ": " + "; ".join(row.title for row in count.chosen), *(each.text for each in _more(len(count.ranking), w))]
    chosen = [n for n, row in enumerate(lines) if row.chosen]
    shares = (7, max(28, 58 - 10 * len(more)), 14, 13, *(10 for _ in more))
    slides.table(f"{title} – {w._('Ranking')}", head, rows, shares, (0, *range(2, len(head))), notes, chosen)


def told(count: Count, report: Report, w: Words) -> str:
    """The ranking's chart in words, for people who do not see it."""
    return "; ".join(f"{place(row, count)} {row.title}: {figures.in_short(row, count, report.method, w)}"
                     for row in count.ranking[:10])
