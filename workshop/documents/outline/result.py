"""The themes: their charts, the ranking with its honesty figures, what was not selected, earlier rounds."""

from __future__ import annotations

from workshop.documents import charts, figures
from workshop.documents.firmness import firmness, place, turnout
from workshop.documents.office import credit
from workshop.documents.outline.blocks import Block, Figure, Heading, Items, Paragraph, Table, plain, say, table
from workshop.documents.shape import Count, Line, Report, ThemePart
from workshop.documents.words import Words
from workshop.errors import N_


def themes(report: Report, w: Words) -> list[Block]:
    """The chapter of the results; nothing while there is no theme."""
    found = [block for part in report.themes for block in _theme(part, report, w)]
    return [Heading(2, w._("Results by theme"), "results"), *found] if found else []


def _theme(part: ThemePart, report: Report, w: Words) -> list[Block]:
    head: list[Block] = [Heading(3, f"{part.number}. {part.title}", f"theme-{part.number}")]
    if part.prompt:
        head.append(Paragraph(plain(part.prompt), "lead"))
    if part.count is None:
        return [*head, Paragraph(say(w, N_("Not revealed yet.")), "notice"), _unranked(part, w)]
    if not part.ideas:
        return [*head, Paragraph(say(w, N_("Nobody wrote an idea here.")))]
    if not part.count.voters:
        return [*head, Paragraph(say(w, N_("Nobody voted here, so nothing is chosen."))), _unranked(part, w)]
    return [*head, *_ranking(part, part.count, report, w), *_earlier(part, report, w)]


def _unranked(part: ThemePart, w: Words) -> Block:
    if not part.ideas:
        return Paragraph(say(w, N_("Nobody wrote an idea here.")))
    rows = [(idea.title, credit(idea.by, w)) for idea in part.ideas]
    return table(w._("Ideas of this theme"), (w._("Idea"), w._("From")), rows)


def _ranking(part: ThemePart, count: Count, report: Report, w: Words) -> list[Block]:
    at = f"theme-{part.number}"
    blocks: list[Block] = [Heading(4, w._("Chosen"), f"{at}-chosen")]
    blocks.append(_lines(w._("Chosen ideas"), count.chosen, count, report, w) if count.chosen
                  else Paragraph(say(w, N_("No idea has been chosen."))))
    blocks += [Figure(drawing) for drawing in charts.of_theme(part, report.method, w)]
    blocks += [Heading(4, w._("How firm this result is"), f"{at}-firm"),
               Items(tuple(plain(sentence) for sentence in firmness(part, count, report, w)))]
    if count.rest:
        more = say(w, N_("Their full texts, and what was said about them, stand in `ideas.csv` and `experiences.csv`."))
        rest = _lines(w._("Ideas that were not selected"), count.rest, count, report, w)
        blocks += [Heading(4, w._("Not selected"), f"{at}-rest"), rest, Paragraph(more, "small")]
    return blocks


def _lines(caption: str, lines: tuple[Line, ...], count: Count, report: Report, w: Words) -> Table:
    method = report.method
    head = (w._("Rank"), w._("Idea"), figures.head(method, w), w._("Organisations"), *figures.columns(method, w))
    rows = [
        (place(line, count), line.title, figures.figure(line, method, w), w._("%(n)d of %(all)d", n=line.reach, all=count.organisations),
         *figures.cells(line, count, method, w))
        for line in lines
    ]
    return table(caption, head, rows, right=(0, *range(2, len(head))), row_head=1)


def _earlier(part: ThemePart, report: Report, w: Words) -> list[Block]:
    blocks: list[Block] = []
    for count in part.earlier:
        title = w._("Round %(n)d, before the last discussion", n=count.round)
        blocks += [Heading(4, title, f"theme-{part.number}-round-{count.round}"), Paragraph(plain(turnout(count, report, w))),
                   _lines(title, count.chosen or count.ranking[:3], count, report, w)]
    return blocks
