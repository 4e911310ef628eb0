"""How firm a result is, in sentences: turnout, stability, what is too close to call, what moved."""

from __future__ import annotations

from workshop.documents.shape import Count, Line, Report, ThemePart
from workshop.documents.words import Words


def place(line: Line, count: Count) -> str:
    """The rank; "2=" where it is shared."""
    shared = sum(other.rank == line.rank for other in count.ranking) > 1
    return f"{line.rank}=" if shared else str(line.rank)


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
    if count.organisations == 1:
        return w._("without organisations: all count together as one.")
    return w.ngettext("from %(n)d organisation; those without one count together as one more.",
                      "from %(n)d organisations; those without one count together as one more.", count.organisations - 1)


def _limit(count: Count, report: Report, w: Words) -> str:
    if count.budget is None:
        return ""
    if report.method == "dots":
        return w.ngettext("Each had %(n)d dot.", "Each had %(n)d dots.", count.budget)
    return w.ngettext("Each could tick %(n)d idea.", "Each could tick up to %(n)d ideas.", count.budget)


def _stability(count: Count, w: Words) -> str:
    if count.organisations < 2 and count.independents != 0:
        return w._("No organisation voted, so it cannot be tried whether the result hangs on a single one.")
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
