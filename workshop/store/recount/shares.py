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
# The dots of a ballot: those the session sets, or by the formula for the ideas that stand; where more lie on one, those.
DOTS = """
, standing AS (SELECT theme_id, COUNT(*) AS n FROM chain WHERE idea_id = root GROUP BY theme_id),
formula AS (
  SELECT theme_id, n, CASE WHEN (n + 3) / 4 > 5 THEN 5 WHEN (n + 3) / 4 < 3 THEN 3 ELSE (n + 3) / 4 END AS k FROM standing
),
wished AS (
  SELECT f.theme_id, f.n * COALESCE(s.idea_cap, 20) AS places, COALESCE(s.ballot_size, CASE WHEN f.k > f.n THEN f.n ELSE f.k END) AS k
  FROM formula f JOIN sessions s ON s.id = :session
),
held AS (
  SELECT theme_id, round, MAX(total) AS most
  FROM (SELECT theme_id, round, participant_id, SUM(value) AS total FROM given GROUP BY theme_id, round, participant_id) totals
  GROUP BY theme_id, round
)
SELECT p.theme_id, p.round, CASE WHEN w.k > w.places THEN w.places ELSE w.k END AS k, COALESCE(h.most, 0) AS most
FROM polls p JOIN wished w ON w.theme_id = p.theme_id LEFT JOIN held h ON h.theme_id = p.theme_id AND h.round = p.round
"""


def approval(tx: Tx, session: str) -> list[Row]:
    """S, reach and raw by approval."""
    return [
        row(found, score=score, raw=found["given"] / max(1, found["voters"]), order=(score, found["reach"], found["given"]))
        for found in all_of(tx, session, ROOMS, GIVEN, FIGURES)
        for score in (found["shares"] / max(1, found["organisations"]),)
    ]


def dots(tx: Tx, session: str) -> list[Row]:
    """S, reach and raw by dots."""
    each = {(d["theme_id"], d["round"]): max(1, d["k"], d["most"]) for d in all_of(tx, session, GIVEN, DOTS)}
    return [
        row(found, score=score, raw=found["given"] / max(1, found["voters"] * k), order=(score, found["reach"], found["given"]),
            dots=found["given"])
        for found in all_of(tx, session, ROOMS, GIVEN, FIGURES)
        for k in (each[found["theme_id"], found["round"]],)
        for score in (found["shares"] / max(1, found["organisations"]) / k,)
    ]
