"""Approval and dots, recounted: an organisation's share, and the average of the shares."""

from __future__ import annotations

from workshop.store.recount.rows import ROOMS, Row, all_of, row
from workshop.store.tx import Tx

# What one person gives to one idea: a tick once, however many ideas it stands for; dots together, up to the cap.
GIVEN = """
, given AS (
  SELECT d.theme_id, d.round, d.participant_id, d.organisation, d.root,
         CASE WHEN s.method = 'approval' THEN 1 WHEN SUM(d.value) > s.idea_cap THEN s.idea_cap ELSE SUM(d.value) END AS value
  FROM said d JOIN sessions s ON s.id = :session
  GROUP BY d.theme_id, d.round, d.participant_id, d.organisation, d.root, s.method, s.idea_cap
),
tallied AS (
  SELECT theme_id, round, root, organisation, COUNT(*) AS people, SUM(value) AS value FROM given
  GROUP BY theme_id, round, root, organisation
)
"""
FIGURES = """
SELECT r.theme_id, r.round, r.idea, r.voters, r.organisations,
       COALESCE(SUM(t.value * 1.0 / s.n), 0.0) AS shares, COUNT(t.organisation) AS reach,
       CAST(COALESCE(SUM(t.people), 0) AS BIGINT) AS approvals, CAST(COALESCE(SUM(t.value), 0) AS BIGINT) AS given
FROM rooms r
LEFT JOIN tallied t ON t.theme_id = r.theme_id AND t.round = r.round AND t.root = r.idea
LEFT JOIN sizes s ON s.theme_id = t.theme_id AND s.round = t.round AND s.organisation = t.organisation
GROUP BY r.theme_id, r.round, r.idea, r.voters, r.organisations
"""


def approval(tx: Tx, session: str) -> list[Row]:
    """S, reach and raw by approval."""
    return [
        row(found, score=score, raw=found["given"] / max(1, found["voters"]), order=(score, found["reach"], found["given"]))
        for found in all_of(tx, session, ROOMS, GIVEN, FIGURES)
        for score in (found["shares"] / max(1, found["organisations"]),)
    ]
