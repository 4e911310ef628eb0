"""A method's figures in words: what an idea is ranked by, and what stands in the columns of a ranking."""

from __future__ import annotations

from workshop.documents.shape import Count, Line
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.model import Method

GRADES = {
    "do": N_("Already do"), "would": N_("Would adopt"), "changes": N_("With changes"), "not": N_("Not for us"), "unknown": N_("Don't know"),
}  # fmt: skip
FIELDS = {
    "quick_win": N_("Quick win"), "big_bet": N_("Big bet"), "fill_in": N_("Fill-in"), "hard_slog": N_("Hard slog"),
}  # fmt: skip
HEADS: dict[Method, str] = {
    "approval": N_("Across organisations"), "dots": N_("Across organisations"), "agree": N_("Consensus"), "adoption": N_("Grade"),
    "impact": N_("Impact less effort"),
}  # fmt: skip


def head(method: Method, w: Words) -> str:
    """What `figure` is called."""
    return w._(HEADS[method])


def figure(line: Line, method: Method, w: Words) -> str:
    """The figure that an idea is ranked by: a share, a grade (with + where more stand above it than below), or a difference."""
    if method == "adoption":
        return _grade(line, w)
    return w.difference(line.score) if method == "impact" else w.percent(line.score)


def columns(method: Method, w: Words) -> tuple[str, ...]:
    """The heads of `cells`."""
    if method == "agree":
        return w._("Agree"), w._("Pass"), w._("Disagree")
    if method == "adoption":
        return tuple(w._(grade) for grade in GRADES.values())
    if method == "impact":
        return w._("Impact"), w._("Effort"), w._("Field")
    return (w._("Voters"), w._("Dots"))[: 2 if method == "dots" else 1]


def cells(line: Line, count: Count, method: Method, w: Words) -> tuple[str, ...]:
    """How people voted on an idea, in the columns of a ranking."""
    told = line.figures
    if method == "agree":
        return str(line.agree or 0), str(line.passes or 0), str(line.disagree or 0)
    if method == "adoption":
        return tuple(str(told["grades"][grade]) for grade in GRADES)
    if method == "impact":
        field = told.get("quadrant")
        return (w.number(told["impact"]), w.number(told["effort"]), w._(FIELDS[field])) if field else ("–",) * 3
    voters = w._("%(n)d of %(all)d", n=line.approvals, all=count.voters)
    return (voters, str(told["dots"])) if method == "dots" else (voters,)


def in_short(line: Line, count: Count, method: Method, w: Words) -> str:
    """The line under a chosen idea, as plain text: "63 % across organisations · 16 of 20 organisations · 74 of 180 voters"."""
    organisations = w.ngettext("%(reach)d of %(n)d organisation", "%(reach)d of %(n)d organisations", count.organisations, reach=line.reach)
    voters = w.ngettext("%(approvals)d of %(n)d voter", "%(approvals)d of %(n)d voters", count.voters, approvals=line.approvals)
    if method == "adoption":
        more = w._("%(organisations)s and %(voters)s would adopt it or already do", organisations=organisations, voters=voters)
        return " · ".join((w._("Grade: %(grade)s", grade=_grade(line, w)), more, *_doing(line, w)))
    if method == "impact":
        more = w._("%(organisations)s and %(voters)s see more impact than effort", organisations=organisations, voters=voters)
        return " · ".join((_place(line, w), more))
    return " · ".join((_share(line, method, w), organisations, voters))


def _share(line: Line, method: Method, w: Words) -> str:
    share = w.percent(line.score)
    if method == "agree":
        return w._("%(share)s consensus", share=share)
    if method == "dots":
        return w._("%(share)s of the dots across organisations", share=share)
    return w._("%(share)s across organisations", share=share)


def _grade(line: Line, w: Words) -> str:
    grade = line.figures.get("grade")
    if not grade:
        return "–"
    sign = " +" if line.figures["above"] > line.figures["below"] else ""
    return w._(GRADES[grade]) + sign


def _place(line: Line, w: Words) -> str:
    told, field = line.figures, line.figures.get("quadrant")
    if not field:
        return "–"  # nobody answered
    return w._("%(field)s: impact %(impact)s, effort %(effort)s", field=w._(FIELDS[field]), impact=w.number(told["impact"]),
               effort=w.number(told["effort"]))


def _doing(line: Line, w: Words) -> list[str]:
    """Who already does it; small organisations are not told apart."""
    names = [name or w._("those without an organisation") for name in line.figures["doing"]]
    small = line.figures.get("doing_small") or 0
    if small:
        names.append(w.ngettext("%(n)d organisation with fewer than three ballots",
                                "%(n)d organisations with fewer than three ballots", small))
    return [w._("already done by %(names)s", names=w.listed(names))] if names else []
