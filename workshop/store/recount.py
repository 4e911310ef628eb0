"""An independent recount from the stored ballots, in SQL: it shares no line with `rules.tally`, and must agree with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose, prod
from typing import Any

from workshop.rules.ranking import Result, Standing
from workshop.store.tx import Tx

TOLERANCE = 1e-9
ROUNDING = 1e-12
EXACT = ("rank", "reach", "approvals", "agree", "disagree", "passes")
SHARES = ("score", "raw", "consensus")

# What counts: ideas that stand in their theme, and through them every active idea whose chain of merges
# ends there (starting from the end, a circle is never entered); each participant once per standing idea.
COUNTED = """
WITH RECURSIVE chain (idea_id, root, theme_id) AS (
  SELECT id, id, theme_id FROM ideas WHERE session_id = :session AND state = 'active' AND merged_into IS NULL
  UNION
  SELECT i.id, c.root, c.theme_id FROM ideas i JOIN chain c ON i.merged_into = c.idea_id
),
polls AS (
  SELECT id AS theme_id, round FROM themes WHERE session_id = :session
  UNION
  SELECT theme_id, round FROM ballots WHERE session_id = :session
),
voters AS (
  SELECT b.theme_id, b.round, b.participant_id, COALESCE(p.organisation_id, '') AS organisation
  FROM ballots b JOIN participants p ON p.id = b.participant_id AND p.session_id = b.session_id
  WHERE b.session_id = :session
),
sizes AS (
  SELECT theme_id, round, organisation, COUNT(*) AS n FROM voters GROUP BY theme_id, round, organisation
),
said AS (
  SELECT c.theme_id, c.round, c.participant_id, k.root,
         MAX(CASE WHEN c.idea_id = k.root THEN c.value END) AS own,
         SUM(c.value) AS total
  FROM choices c
  JOIN chain k ON k.idea_id = c.idea_id AND k.theme_id = c.theme_id
  JOIN ideas i ON i.id = c.idea_id AND i.state = 'active'
  GROUP BY c.theme_id, c.round, c.participant_id, k.root
),
votes AS (
  SELECT theme_id, round, participant_id, root,
         COALESCE(own, CASE WHEN total > 0 THEN 1 WHEN total < 0 THEN -1 ELSE 0 END) AS value
  FROM said
),
tallied AS (
  SELECT v.theme_id, v.round, s.root, v.organisation, COUNT(*) AS votes,
         SUM(CASE WHEN s.value = 1 THEN 1 ELSE 0 END) AS agree,
         SUM(CASE WHEN s.value = -1 THEN 1 ELSE 0 END) AS disagree
  FROM votes s
  JOIN voters v ON v.theme_id = s.theme_id AND v.round = s.round AND v.participant_id = s.participant_id
  GROUP BY v.theme_id, v.round, s.root, v.organisation
)
"""

ROOMS = (
    COUNTED
    + """
SELECT theme_id, round, COUNT(*) AS organisations, CAST(SUM(n) AS BIGINT) AS voters FROM sizes GROUP BY theme_id, round
"""
)

FIGURES = (
    COUNTED
    + """
SELECT p.theme_id, p.round, k.root AS idea,
       COALESCE(SUM(t.agree * 1.0 / s.n), 0.0) AS shares,
       COUNT(CASE WHEN t.agree > 0 THEN 1 END) AS reach,
       CAST(COALESCE(SUM(t.agree), 0) AS BIGINT) AS agree,
       CAST(COALESCE(SUM(t.disagree), 0) AS BIGINT) AS disagree,
       CAST(COALESCE(SUM(t.votes), 0) AS BIGINT) AS votes
FROM polls p
JOIN chain k ON k.theme_id = p.theme_id AND k.idea_id = k.root
LEFT JOIN tallied t ON t.theme_id = p.theme_id AND t.round = p.round AND t.root = k.root
LEFT JOIN sizes s ON s.theme_id = t.theme_id AND s.round = t.round AND s.organisation = t.organisation
GROUP BY p.theme_id, p.round, k.root
ORDER BY p.theme_id, p.round, k.root
"""
)

# The groups of the consensus: organisations of five voters or more, the rest pooled where it is as many,
# the whole room where there is neither.
GROUPS = (
    COUNTED
    + """
, measured AS (
  SELECT theme_id, round, organisation, n,
         SUM(CASE WHEN n < 5 THEN n ELSE 0 END) OVER (PARTITION BY theme_id, round) AS rest,
         MAX(n) OVER (PARTITION BY theme_id, round) AS largest
  FROM sizes
),
grouped AS (
  SELECT theme_id, round, organisation, CASE WHEN n >= 5 THEN organisation ELSE 'pool' END AS kind, n >= 5 AS alone
  FROM measured WHERE n >= 5 OR rest >= 5 OR largest < 5
)
SELECT g.theme_id, g.round, k.root AS idea,
       CAST(COALESCE(SUM(t.agree), 0) AS BIGINT) AS agree, CAST(COALESCE(SUM(t.votes), 0) AS BIGINT) AS votes
FROM grouped g
JOIN chain k ON k.theme_id = g.theme_id AND k.idea_id = k.root
LEFT JOIN tallied t
  ON t.theme_id = g.theme_id AND t.round = g.round AND t.root = k.root AND t.organisation = g.organisation
GROUP BY g.theme_id, g.round, k.root, g.kind, g.alone
"""
)


@dataclass(frozen=True, slots=True)
class Row:
    """One standing idea in one theme and round; the figures are those of `rules.tally.Standing`."""

    theme: str
    round: int
    idea: str
    voters: int
    organisations: int
    rank: int
    score: float
    reach: int
    approvals: int
    raw: float
    agree: int | None = None
    disagree: int | None = None
    passes: int | None = None
    consensus: float | None = None


def recount(tx: Tx, session_id: str) -> list[Row]:
    """Count the session again, for every theme its round and every round with ballots, as the ideas stand now."""
    session = tx.one("SELECT method FROM sessions WHERE id = :session", session=session_id)
    if session is None:
        return []
    rooms = {(room["theme_id"], room["round"]): room for room in tx.all(ROOMS, session=session_id)}
    consensus = _consensus(tx.all(GROUPS, session=session_id)) if session["method"] == "agree" else None
    figures = tx.all(FIGURES, session=session_id)
    return _ranked([_row(found, rooms.get((found["theme_id"], found["round"])), consensus) for found in figures])


def compare(rows: list[Row], results: Mapping[tuple[str, int], Result]) -> list[str]:
    """Every difference between the recount and the *results* by (theme, round), as a sentence; none is as it should be.

    Counts and ranks must be equal, shares within 1e-9.
    """
    counted = {(row.theme, row.round, row.idea): row for row in rows}
    told = {(*poll, s.idea): (result, s) for poll, result in results.items() for s in result.standings}
    differences = [f"{_place(key)}: in the results only" for key in told.keys() - counted.keys()]
    for key, row in counted.items():
        if key in told:
            differences += [f"{_place(key)}: {what}" for what in _differing(row, *told[key])]
        else:
            differences.append(f"{_place(key)}: in the stored ballots only")
    return sorted(differences)


def _row(found: dict[str, Any], room: dict[str, Any] | None, consensus: dict[Any, float] | None) -> Row:
    voters, organisations = (room["voters"], room["organisations"]) if room else (0, 0)
    row = Row(
        theme=found["theme_id"], round=found["round"], idea=found["idea"], voters=voters, organisations=organisations, rank=0,
        score=found["shares"] / max(1, organisations), reach=found["reach"], approvals=found["agree"],
        raw=found["agree"] / max(1, voters),
    )  # fmt: skip
    if consensus is None:
        return row
    figure = consensus.get((row.theme, row.round, row.idea), 0.5)
    passes = found["votes"] - found["agree"] - found["disagree"]
    return replace(row, score=figure, agree=row.approvals, disagree=found["disagree"], passes=passes, consensus=figure)


def _consensus(groups: list[dict[str, Any]]) -> dict[Any, float]:
    """(Π_g (agree_g + 1) / (votes_g + 2)) ^ (1 / G) of the groups' counts; SQLite may come without EXP and LN."""
    factors = defaultdict(list)
    for group in groups:
        factors[group["theme_id"], group["round"], group["idea"]].append((group["agree"] + 1) / (group["votes"] + 2))
    return {key: prod(f ** (1 / len(found)) for f in found) for key, found in factors.items()}


def _ranked(rows: list[Row]) -> list[Row]:
    """With shared ranks by score, reach and approvals."""
    polls = defaultdict(list)
    for row in rows:
        polls[row.theme, row.round].append(row)
    return [replace(row, rank=1 + sum(_better(other, row) for other in polls[row.theme, row.round])) for row in rows]


def _better(one: Row, other: Row) -> bool:
    """Whether *one* ranks above *other*; scores that differ by rounding alone are the same."""
    if abs(one.score - other.score) > ROUNDING:
        return one.score > other.score
    return (one.reach, one.approvals) > (other.reach, other.approvals)


def _differing(row: Row, result: Result, standing: Standing) -> Iterator[str]:
    pairs = [("voters", row.voters, result.voters), ("organisations", row.organisations, result.organisations)]
    pairs += [(name, getattr(row, name), getattr(standing, name)) for name in (*EXACT, *SHARES)]
    for name, stored, told in pairs:
        if not _same(stored, told):
            yield f"{name} is {told} in the results and {stored} in the stored ballots"


def _same(stored: Any, told: Any) -> bool:
    if isinstance(stored, float) and isinstance(told, float):
        return isclose(stored, told, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return stored == told


def _place(key: tuple[str, int, str]) -> str:
    theme, round_, idea = key
    return f"theme {theme}, round {round_}, idea {idea}"
