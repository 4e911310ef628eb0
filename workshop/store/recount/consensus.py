"""Agree / pass / disagree, recounted: the consensus over groups."""

from __future__ import annotations

from collections import defaultdict
from math import prod
from typing import Any

from workshop.store.recount.rows import ROOMS, Row, all_of, row
from workshop.store.tx import Row as Found
from workshop.store.tx import Tx

TALLIED = """
, votes AS (
  SELECT theme_id, round, participant_id, organisation, root,
         COALESCE(MAX(CASE WHEN own = 1 THEN value END),
                  CASE WHEN SUM(value) > 0 THEN 1 WHEN SUM(value) < 0 THEN -1 ELSE 0 END) AS value
  FROM said GROUP BY theme_id, round, participant_id, organisation, root
),
tallied AS (
  SELECT theme_id, round, root, organisation, COUNT(*) AS votes,
         SUM(CASE WHEN value = 1 THEN 1 ELSE 0 END) AS agree, SUM(CASE WHEN value = -1 THEN 1 ELSE 0 END) AS disagree
  FROM votes GROUP BY theme_id, round, root, organisation
)
"""
FIGURES = """
SELECT r.theme_id, r.round, r.idea, r.voters, r.organisations,
       COUNT(CASE WHEN t.agree > 0 THEN 1 END) AS reach,
       CAST(COALESCE(SUM(t.agree), 0) AS BIGINT) AS approvals, CAST(COALESCE(SUM(t.disagree), 0) AS BIGINT) AS disagree,
       CAST(COALESCE(SUM(t.votes), 0) AS BIGINT) AS votes
FROM rooms r LEFT JOIN tallied t ON t.theme_id = r.theme_id AND t.round = r.round AND t.root = r.idea
GROUP BY r.theme_id, r.round, r.idea, r.voters, r.organisations
"""
# The groups: organisations (or sectors) of five voters or more, the rest and those without a sector pooled where it is as
# many, the whole room where there is neither.
GROUPS = """
, kinds AS (
  SELECT z.theme_id, z.round, z.organisation, z.n,
         CASE WHEN s.group_by = 'organisation' THEN 'o' || z.organisation ELSE COALESCE('s' || NULLIF(o.sector, ''), '') END AS kind
  FROM sizes z JOIN sessions s ON s.id = :session LEFT JOIN organisations o ON o.id = z.organisation
),
peopled AS (
  SELECT theme_id, round, organisation, n, kind,
         CASE WHEN kind <> '' AND SUM(n) OVER (PARTITION BY theme_id, round, kind) >= 5 THEN 1 ELSE 0 END AS alone
  FROM kinds
),
measured AS (
  SELECT theme_id, round, organisation, kind, alone,
         SUM(CASE WHEN alone = 0 THEN n ELSE 0 END) OVER (PARTITION BY theme_id, round) AS rest,
         MAX(alone) OVER (PARTITION BY theme_id, round) AS any_alone
  FROM peopled
),
grouped AS (
  SELECT theme_id, round, organisation, CASE WHEN alone = 1 THEN kind ELSE '' END AS kind
  FROM measured WHERE alone = 1 OR rest >= 5 OR any_alone = 0
)
SELECT g.theme_id, g.round, k.root AS idea,
       CAST(COALESCE(SUM(t.agree), 0) AS BIGINT) AS agree, CAST(COALESCE(SUM(t.votes), 0) AS BIGINT) AS votes
FROM grouped g
JOIN chain k ON k.theme_id = g.theme_id AND k.idea_id = k.root
LEFT JOIN tallied t
  ON t.theme_id = g.theme_id AND t.round = g.round AND t.root = k.root AND t.organisation = g.organisation
GROUP BY g.theme_id, g.round, k.root, g.kind
"""


def agree(tx: Tx, session: str) -> list[Row]:
    """The consensus, and how many agree, pass and disagree."""
    consensus = _consensus(all_of(tx, session, TALLIED, GROUPS))
    return [_row(found, consensus) for found in all_of(tx, session, ROOMS, TALLIED, FIGURES)]


def _row(found: Found, consensus: dict[Any, float]) -> Row:
    figure, yes, no = consensus.get((found["theme_id"], found["round"], found["idea"]), 0.5), found["approvals"], found["disagree"]
    return row(
        found, score=figure, raw=yes / max(1, found["voters"]), order=(figure, found["reach"], yes),
        agree=yes, disagree=no, passes=found["votes"] - yes - no, consensus=figure,
    )  # fmt: skip


def _consensus(groups: list[Found]) -> dict[Any, float]:
    """(Π_g (agree_g + 1) / (votes_g + 2)) ^ (1 / G) of the groups' counts; SQLite may come without EXP and LN."""
    factors = defaultdict(list)
    for group in groups:
        factors[group["theme_id"], group["round"], group["idea"]].append((group["agree"] + 1) / (group["votes"] + 2))
    return {key: prod(f ** (1 / len(found)) for f in found) for key, found in factors.items()}
