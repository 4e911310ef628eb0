"""Adoption grades, recounted: medians by row numbers, and the majority-gauge."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from workshop.store.recount.rows import ROOMS, Row, all_of, row
from workshop.store.tx import Row as Found
from workshop.store.tx import Tx

WORDS = (None, "not", "changes", "would", "do")
FEW = 3  # ballots: organisations with fewer stand together

# A person's grade of an idea: of itself, else the middle of those of its parts (the lower of two), else none (0).
# Then the middle of each organisation's grades, and the middle of these.
MEDIANS = """
, parts AS (
  SELECT theme_id, round, participant_id, root, value,
         ROW_NUMBER() OVER (PARTITION BY theme_id, round, participant_id, root ORDER BY value) AS place,
         COUNT(*) OVER (PARTITION BY theme_id, round, participant_id, root) AS n
  FROM said WHERE own = 0 AND value > 0
),
votes AS (
  SELECT d.theme_id, d.round, d.participant_id, d.organisation, d.root,
         COALESCE(MAX(CASE WHEN d.own = 1 AND d.value > 0 THEN d.value END), MAX(p.value), 0) AS grade
  FROM said d
  LEFT JOIN parts p ON p.theme_id = d.theme_id AND p.round = d.round AND p.participant_id = d.participant_id AND p.root = d.root
                   AND p.place = (p.n + 1) / 2
  GROUP BY d.theme_id, d.round, d.participant_id, d.organisation, d.root
),
lined AS (
  SELECT theme_id, round, root, organisation, grade,
         ROW_NUMBER() OVER (PARTITION BY theme_id, round, root, organisation ORDER BY grade) AS place,
         COUNT(*) OVER (PARTITION BY theme_id, round, root, organisation) AS n
  FROM votes WHERE grade > 0
),
organised AS (SELECT theme_id, round, root, organisation, grade FROM lined WHERE place = (n + 1) / 2),
ordered AS (
  SELECT theme_id, round, root, organisation, grade,
         ROW_NUMBER() OVER (PARTITION BY theme_id, round, root ORDER BY grade) AS place,
         COUNT(*) OVER (PARTITION BY theme_id, round, root) AS n
  FROM organised
),
middles AS (SELECT theme_id, round, root, grade FROM ordered WHERE place = (n + 1) / 2),
gauges AS (
  SELECT m.theme_id, m.round, m.root, m.grade, COUNT(*) AS n, COUNT(CASE WHEN o.grade >= 3 THEN 1 END) AS reach,
         COUNT(CASE WHEN o.grade > m.grade THEN 1 END) AS above, COUNT(CASE WHEN o.grade < m.grade THEN 1 END) AS below
  FROM middles m JOIN organised o ON o.theme_id = m.theme_id AND o.round = m.round AND o.root = m.root
  GROUP BY m.theme_id, m.round, m.root, m.grade
),
counts AS (
  SELECT theme_id, round, root, COUNT(CASE WHEN grade = 4 THEN 1 END) AS do_it, COUNT(CASE WHEN grade = 3 THEN 1 END) AS would,
         COUNT(CASE WHEN grade = 2 THEN 1 END) AS changes, COUNT(CASE WHEN grade = 1 THEN 1 END) AS not_us,
         COUNT(CASE WHEN grade = 0 THEN 1 END) AS unknown
  FROM votes GROUP BY theme_id, round, root
)
"""
FIGURES = """
SELECT r.theme_id, r.round, r.idea, r.voters, r.organisations, COALESCE(g.reach, 0) AS reach,
       COALESCE(c.do_it + c.would, 0) AS approvals, COALESCE(g.grade, 0) AS grade, COALESCE(g.n, 0) AS n,
       COALESCE(g.above, 0) AS above, COALESCE(g.below, 0) AS below, COALESCE(c.do_it, 0) AS do_it, COALESCE(c.would, 0) AS would,
       COALESCE(c.changes, 0) AS changes, COALESCE(c.not_us, 0) AS not_us, COALESCE(c.unknown, 0) AS unknown
FROM rooms r
LEFT JOIN gauges g ON g.theme_id = r.theme_id AND g.round = r.round AND g.root = r.idea
LEFT JOIN counts c ON c.theme_id = r.theme_id AND c.round = r.round AND c.root = r.idea
"""
DOING = """
SELECT v.theme_id, v.round, v.root AS idea, v.organisation, s.n
FROM votes v JOIN sizes s ON s.theme_id = v.theme_id AND s.round = v.round AND s.organisation = v.organisation
WHERE v.grade = 4 GROUP BY v.theme_id, v.round, v.root, v.organisation, s.n
"""
POOLS = """
SELECT theme_id, round, SUM(n) AS n FROM sizes WHERE n < 3 GROUP BY theme_id, round
"""


def adoption(tx: Tx, session: str) -> list[Row]:
    """The grade with its gauge, how many gave which grade, and who already does it."""
    doing = defaultdict(list)
    for found in all_of(tx, session, MEDIANS, DOING):
        doing[found["theme_id"], found["round"], found["idea"]].append(found)
    pools = {(found["theme_id"], found["round"]): found["n"] for found in all_of(tx, session, POOLS)}
    return [
        _row(found, doing[found["theme_id"], found["round"], found["idea"]], pools.get((found["theme_id"], found["round"]), 0))
        for found in all_of(tx, session, ROOMS, MEDIANS, FIGURES)
    ]


def _row(found: Found, doing: list[Found], pool: int) -> Row:
    above, below = (found[name] / max(1, found["n"]) for name in ("above", "below"))
    order = (found["grade"], 1.0, above) if above > below else (found["grade"], 0.0, -below)
    return row(
        found, score=float(found["grade"]), raw=found["approvals"] / max(1, found["voters"]), order=order,
        grade=WORDS[found["grade"]], above=above, below=below, graded=found["n"], grades=_grades(found),
        doing={one["organisation"] or None for one in doing if one["n"] >= FEW},
        doing_small=sum(one["n"] < FEW for one in doing) if pool >= FEW else None,
    )  # fmt: skip


def _grades(found: Found) -> dict[str, Any]:
    return {
        "do": found["do_it"], "would": found["would"], "changes": found["changes"], "not": found["not_us"], "unknown": found["unknown"],
    }  # fmt: skip
