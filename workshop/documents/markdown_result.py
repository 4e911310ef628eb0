"""The Markdown of one theme: the ranking with its honesty figures, what was not selected, earlier rounds."""

from __future__ import annotations

from workshop.documents import markdown_figures
from workshop.documents.marks import cell, escape, heading, sentence, table
from workshop.documents.shape import Count, Line, Report, ThemePart
from workshop.documents.words import Words


def theme(part: ThemePart, report: Report, w: Words) -> list[str]:
    """The blocks of one theme."""
    title = heading(2, f"{part.number}. {escape(part.title)}")
    prompt = f"*{escape(part.prompt)}*" if part.prompt else ""
    if part.count is None:
        return [title, prompt, w._("Not revealed yet."), _unranked(part, w)]
    if not part.ideas:
        return [title, prompt, w._("Nobody wrote an idea here.")]
    if not part.count.voters:
        return [title, prompt, w._("Nobody voted here, so nothing is chosen."), _unranked(part, w)]
    return [title, prompt, *_ranking(part, part.count, report, w), *_earlier(part, report, w)]


def _unranked(part: ThemePart, w: Words) -> str:
    if not part.ideas:
        return w._("Nobody wrote an idea here.")
    rows = [(cell(idea.title), escape(idea.by) if idea.by else w._("anonymous")) for idea in part.ideas]
    return table((w._("Idea"), w._("From")), rows)


def _ranking(part: ThemePart, count: Count, report: Report, w: Words) -> list[str]:
    blocks = [heading(3, w._("Chosen")), _lines(count.chosen, count, report, w) if count.chosen else w._("No idea has been chosen.")]
    blocks += [heading(3, w._("How firm this result is")), "\n".join(f"- {sentence(text)}" for text in firmness(part, count, report, w))]
    if count.rest:
        more = w._("Their full texts, and what was said about them, stand in `ideas.csv` and `experiences.csv`.")
        blocks += [heading(3, w._("Not selected")), _lines(count.rest, count, report, w), more]
    return blocks


def _lines(lines: tuple[Line, ...], count: Count, report: Report, w: Words) -> str:
    method = report.method
    head = (w._("Rank"), w._("Idea"), markdown_figures.head(method, w), w._("Organisations"), *markdown_figures.columns(method, w))
    rows = [
        (place(line, count), cell(line.title), markdown_figures.figure(line, method, w),
         w._("%(n)d of %(all)d", n=line.reach, all=count.organisations), *markdown_figures.cells(line, count, method, w))
        for line in lines
    ]
    return table(head, rows, right=(0, *range(2, len(head))))


def place(line: Line, count: Count) -> str:
    """The rank; "2=" where it is shared."""
    shared = sum(other.rank == line.rank for other in count.ranking) > 1
    return f"{line.rank}=" if shared else str(line.rank)


# -- honesty figures ---------------------------------------------------------------------------------


def firmness(part: ThemePart, count: Count, report: Report, w: Words) -> list[str]:
    """The sentences that say how much weight the result bears, as plain text."""
    return [turnout(count, report, w), _stability(count, w), *_close(count, w), *_by_heads(part, count, w), *_moved(part, count, w)]


def turnout(count: Count, report: Report, w: Words) -> str:
    """Who voted and what each could give, as plain text."""
    who = w.ngettext("%(voters)d of %(n)d participant voted,", "%(voters)d of %(n)d participants voted,", count.eligible,
                     voters=count.voters)
    return " ".join((who, _where_from(count, w), _limit(count, report, w))).strip()


def _where_from(count: Count, w: Words) -> str:
    if count.independents == 0:
        return w.ngettext("from %(n)d organisation.", "from %(n)d organisations.", count.organisations)
    return w.ngettext("from %(n)d organisation; those without one count together as one more.",
                      "from %(n)d organisations; those without one count together as one more.", count.organisations - 1)


def _limit(count: Count, report: Report, w: Words) -> str:
    if count.budget is None:
        return ""
    if report.method == "dots":
        return w.ngettext("Each had %(n)d dot.", "Each had %(n)d dots.", count.budget)
    return w.ngettext("Each could tick %(n)d idea.", "Each could tick up to %(n)d ideas.", count.budget)


def _stability(count: Count, w: Words) -> str:
    if count.organisations < 2:
        return w._("Only one organisation voted: the whole result hangs on it.")
    if count.stable:
        return w.ngettext("The first place stays the same whichever organisation is left out.",
                          "The first %(n)d stay the same whichever organisation is left out.", count.top)
    names = w.listed([*(name or w._("those without an organisation") for name in count.changed_by), *_small(count, w)])
    return w.ngettext("The first place would change without any one of these: %(names)s.",
                      "The first %(n)d would change without any one of these: %(names)s.", count.top, names=names)


def _small(count: Count, w: Words) -> list[str]:
    if not count.small:
        return []
    return [w.ngettext("an organisation with fewer than three ballots", "one of %(n)d organisations with fewer than three ballots",
                       count.small)]


def _close(count: Count, w: Words) -> list[str]:
    """The places too close to call, from the chosen ones down, and whether the cut itself is among them."""
    lines = {line.idea: line for line in count.ranking}
    places = sorted({tuple(sorted((line.rank, lines[other].rank))) for line in count.chosen for other in line.close_to})
    if not places:
        return [w._("No chosen idea is too close to its neighbours to call.")] if len(count.ranking) > 1 else []
    pairs = "; ".join(_pair(first, second, w) for first, second in places)
    return [w._("Too close to call, by place: %(pairs)s.", pairs=pairs), *_narrowly_missed(count, w)]


def _pair(first: int, second: int, w: Words) -> str:
    if first == second:
        return w._("%(n)d= among themselves", n=first)
    return w._("%(first)d and %(second)d", first=first, second=second)


def _narrowly_missed(count: Count, w: Words) -> list[str]:
    close = {other for line in count.chosen for other in line.close_to}
    missed = [w.quoted(line.title) for line in count.rest if line.idea in close]
    return [w._("Narrowly missed, too close to the last chosen to call: %(ideas)s.", ideas=w.listed(missed))] if missed else []


def _by_heads(part: ThemePart, count: Count, w: Words) -> list[str]:
    if not count.raw_differs:
        return [w._("Counting heads instead of organisations gives the same order.")]
    shown = max(3, len(count.chosen))
    if count.raw_order[:shown] == tuple(line.idea for line in count.ranking[:shown]):
        return [w._("Counting heads instead of organisations changes the order only further down.")]
    titles = {idea.id: idea.title for idea in part.ideas}
    first = [w.quoted(titles[i]) for i in count.raw_order[:shown]]
    return [w._("Counting heads instead of organisations, the order would begin: %(ideas)s.", ideas=w.listed(first))]


def _moved(part: ThemePart, count: Count, w: Words) -> list[str]:
    """What came into the first places since the round before, moved within them, or left them."""
    if not count.moved:
        return []
    shown, titles = max(3, len(count.chosen)), {idea.id: w.quoted(idea.title) for idea in part.ideas}
    places = [
        w._("%(idea)s from place %(before)d to %(now)d", idea=titles[move.idea], before=move.rank_before, now=move.rank)
        for move in count.moved if move.places and min(move.rank_before or shown, move.rank or shown) <= shown
    ]
    if not places:
        return [w._("The first places are those of the round before.")]
    return [w._("Moved since the round before, in the first places: %(ideas)s.", ideas="; ".join(places))]


def _earlier(part: ThemePart, report: Report, w: Words) -> list[str]:
    blocks = []
    for count in part.earlier:
        title = heading(3, w._("Round %(n)d, before the last discussion", n=count.round))
        blocks += [title, sentence(turnout(count, report, w)), _lines(count.chosen or count.ranking[:3], count, report, w)]
    return blocks
