"""A session's ballots counted twice, by the rules and by SQL alone, and laid side by side."""

from __future__ import annotations

from dataclasses import dataclass

from workshop import errors
from workshop.model import Method, Record
from workshop.rules import tally, text
from workshop.rules.tally import Result, Standing
from workshop.store import Store, Tx
from workshop.store.queries import record as records
from workshop.store.queries import sessions
from workshop.store.recount import Row, compare, recount

Poll = tuple[str, int]  # a theme's id and a round


@dataclass(frozen=True, slots=True)
class Recount:
    """Both counts of one session; ``differences`` are sentences, and there should be none."""

    record: Record
    results: dict[Poll, Result]
    rows: list[Row]
    differences: list[str]


def count_twice(store: Store, code: str) -> Recount:
    """Count the session of a join *code*, as a person types it, both ways from the same state of the store.

    Raises:
        errors.UnknownCode: no session has the code.
    """
    return store.read(lambda tx: _count_twice(tx, code))


def lines(found: Recount) -> list[str]:
    """Both counts as text: per theme and round one line an idea, the rules' figures on the left, SQL's on the right."""
    titles = {idea.id: idea.title for idea in found.record.ideas}
    themes = {theme.id: theme for theme in found.record.themes}
    rows = {(row.theme, row.round, row.idea): row for row in found.rows}
    told = []
    for (theme, number), result in found.results.items():
        told += ["", f"{themes[theme].title}, round {number}: {result.voters} voters of {result.organisations} organisations"]
        if not themes[theme].revealed:
            told += ["  counted twice; the figures stay hidden until the reveal"]
            continue
        told += [HEAD] if result.standings else ["  no ideas"]
        for standing in result.standings:
            row = rows.get((theme, number, standing.idea))
            again = _figures(result.method, row) if row else MISSING
            told.append(f"  {_figures(result.method, standing)}  |  {again}  {titles[standing.idea]}")
    return [*told[1:], "", *(found.differences or ["Both counts are equal."])]


HEAD = "  " + "  |  ".join(f"{'rank':>4} {'score':>7} {'reach':>5} {'votes':>5}" for _ in ("rules", "stored")) + "  idea"
MISSING = f"{'–':>4} {'–':>7} {'–':>5} {'–':>5}"


def _figures(method: Method, one: Standing | Row) -> str:
    return f"{one.rank:>4} {_score(method, one):>7} {one.reach:>5} {one.approvals:>5}"


def _score(method: Method, one: Standing | Row) -> str:
    """A share, a grade with its sign (as in 3+), or impact less effort."""
    if method == "adoption":
        return f"{one.score:.0f}{'+' if one.figures['above'] > one.figures['below'] else '−'}" if one.score else "–"
    return f"{one.score:+.3f}" if method == "impact" else f"{one.score:.2%}"


def _count_twice(tx: Tx, code: str) -> Recount:
    session = sessions.by_code(tx, text.normalise_code(code))
    found = session and records.load(tx, session.id)
    if not found:
        raise errors.UnknownCode("code", code=code[:20])
    rows, results = recount(tx, found.session.id), _results(found)
    return Recount(found, results, rows, _differences(found, rows, results))


def _differences(found: Record, rows: list[Row], results: dict[Poll, Result]) -> list[str]:
    """What differs; of themes that are not revealed only that it does, since the sentences hold figures."""
    public = {theme.id for theme in found.themes if theme.revealed}
    told = compare([row for row in rows if row.theme in public], {poll: r for poll, r in results.items() if poll[0] in public})
    hidden = compare([row for row in rows if row.theme not in public], {p: r for p, r in results.items() if p[0] not in public})
    return told + ["The two counts of a theme that is not revealed yet differ."] * bool(hidden)


def _results(found: Record) -> dict[Poll, Result]:
    polls = {(theme.id, theme.round) for theme in found.themes} | {(ballot.theme_id, ballot.round) for ballot in found.ballots}
    order = {theme.id: theme.position for theme in found.themes}
    return {
        poll: tally.theme_result(found.session, *poll, found.ideas, found.participants, found.ballots, found.organisations)
        for poll in sorted(polls, key=lambda poll: (order[poll[0]], poll[1]))
    }
