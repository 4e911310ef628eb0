"""Impact and effort, recounted: the means of both scales, and the place on the picture."""

from __future__ import annotations

from workshop.store.recount.rows import ROOMS, ROUNDING, Row, all_of, row
from workshop.store.tx import Row as Found
from workshop.store.tx import Tx

# A person's answer on an idea: on itself, else the middle of those on its parts (the lower of two), for each scale.
MEANS = """
, parts AS (
  SELECT theme_id, round, participant_id, organisation, root, value / 10 AS impact, value % 10 AS effort,
         ROW_NUMBER() OVER (PARTITION BY theme_id, round, participant_id, root ORDER BY value / 10) AS impact_place,
         ROW_NUMBER() OVER (PARTITION BY theme_id, round, participant_id, root ORDER BY value % 10) AS effort_place,
         COUNT(*) OVER (PARTITION BY theme_id, round, participant_id, root) AS n
  FROM said WHERE own = 0
),
votes AS (
  SELECT theme_id, round, participant_id, organisation, root, value / 10 AS impact, value % 10 AS effort FROM said WHERE own = 1
  UNION ALL
  SELECT p.theme_id, p.round, p.participant_id, p.organisation, p.root, MAX(CASE WHEN p.impact_place = (p.n + 1) / 2 THEN p.impact END),
         MAX(CASE WHEN p.effort_place = (p.n + 1) / 2 THEN p.effort END)
  FROM parts p
  LEFT JOIN said o
    ON o.theme_id = p.theme_id AND o.round = p.round AND o.participant_id = p.participant_id AND o.root = p.root AND o.own = 1
  WHERE o.root IS NULL
  GROUP BY p.theme_id, p.round, p.participant_id, p.organisation, p.root
),
organised AS (
  SELECT theme_id, round, root, organisation, COUNT(*) AS n, AVG(impact * 1.0) AS impact, AVG(effort * 1.0) AS effort,
         SUM(CASE WHEN impact > effort THEN 1 ELSE 0 END) AS worth
  FROM votes GROUP BY theme_id, round, root, organisation
)
"""
FIGURES = """
SELECT r.theme_id, r.round, r.idea, r.voters, r.organisations, COUNT(CASE WHEN o.worth > 0 THEN 1 END) AS reach,
       CAST(COALESCE(SUM(o.worth), 0) AS BIGINT) AS approvals, CAST(COALESCE(SUM(o.n), 0) AS BIGINT) AS answers,
       AVG(o.impact) AS impact, AVG(o.effort) AS effort
FROM rooms r LEFT JOIN organised o ON o.theme_id = r.theme_id AND o.round = r.round AND o.root = r.idea
GROUP BY r.theme_id, r.round, r.idea, r.voters, r.organisations
"""


def impact(tx: Tx, session: str) -> list[Row]:
    """The means, the field of the picture and the place in it."""
    return [_row(found) for found in all_of(tx, session, ROOMS, MEANS, FIGURES)]


def _row(found: Found) -> Row:
    raw = found["approvals"] / max(1, found["voters"])
    if not found["answers"]:
        return row(found, score=0.0, raw=raw, order=(0.0, 0.0, 0.0, 0.0), answers=0)
    value, cost = found["impact"], found["effort"]
    return row(
        found, score=value - cost, raw=raw, order=(1.0, value - cost, found["reach"], found["approvals"]), answers=found["answers"],
        impact=value, effort=cost, quadrant=_field(value, cost), x=(cost - 1) / 4, y=(value - 1) / 4,
    )  # fmt: skip


def _field(value: float, cost: float) -> str:
    large, small = value - 3 > ROUNDING, 3 - cost > ROUNDING
    return {(True, True): "quick_win", (True, False): "big_bet", (False, True): "fill_in", (False, False): "hard_slog"}[large, small]
