"""What a recount comes to: one row for each idea, and the text of SQL that every method begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop.store.tx import Row as Found
from workshop.store.tx import Tx

ROUNDING = 1e-12

# What counts: ideas that stand in their theme, and through them every active idea whose chain of merges
# ends there (starting from the end, a circle is never entered); the ballots of everybody who is not a host
# (unless hosts vote) and was not sent out; values that the method knows.
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
  FROM ballots b
  JOIN participants p ON p.id = b.participant_id AND p.session_id = b.session_id
  JOIN sessions s ON s.id = b.session_id
  WHERE b.session_id = :session AND p.removed_at IS NULL AND (p.host = 0 OR s.hosts_vote = 1)
),
sizes AS (
  SELECT theme_id, round, organisation, COUNT(*) AS n FROM voters GROUP BY theme_id, round, organisation
),
said AS (
  SELECT c.theme_id, c.round, c.participant_id, v.organisation, k.root, c.value, CASE WHEN c.idea_id = k.root THEN 1 ELSE 0 END AS own
  FROM choices c
  JOIN voters v ON v.theme_id = c.theme_id AND v.round = c.round AND v.participant_id = c.participant_id
  JOIN chain k ON k.idea_id = c.idea_id AND k.theme_id = c.theme_id
  JOIN ideas i ON i.id = c.idea_id AND i.state = 'active'
  JOIN sessions s ON s.id = i.session_id
  WHERE (s.method = 'approval' AND c.value = 1)
     OR (s.method = 'dots' AND c.value BETWEEN 1 AND 20)
     OR (s.method = 'agree' AND c.value BETWEEN -1 AND 1)
     OR (s.method = 'adoption' AND c.value BETWEEN 0 AND 4)
     OR (s.method = 'impact' AND c.value / 10 BETWEEN 1 AND 5 AND c.value % 10 BETWEEN 1 AND 5)
)
"""

# Every idea of every poll, with the room that voted; a method joins its figures.
ROOMS = """
, rooms AS (
  SELECT p.theme_id, p.round, k.root AS idea,
         (SELECT COUNT(*) FROM sizes s WHERE s.theme_id = p.theme_id AND s.round = p.round) AS organisations,
         (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM sizes s WHERE s.theme_id = p.theme_id AND s.round = p.round) AS voters
  FROM polls p JOIN chain k ON k.theme_id = p.theme_id AND k.idea_id = k.root
)
"""


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
    figures: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[float, ...] = field(default=(), compare=False)  # the higher, the better, position by position


def row(found: Found, *, score: float, raw: float, order: tuple[float, ...], **figures: Any) -> Row:
    """The row of what SQL *found* of an idea; its rank is still to come."""
    return Row(
        found["theme_id"], found["round"], found["idea"], found["voters"], found["organisations"], 0, score, found["reach"],
        found["approvals"], raw, figures, order,
    )  # fmt: skip


def all_of(tx: Tx, session: str, *parts: str) -> list[Found]:
    """The rows of the statement made of `COUNTED` and *parts*."""
    return tx.all("".join((COUNTED, *parts)), session=session)


def better(one: Row, other: Row) -> bool:
    """Whether *one* ranks above *other*; what differs by rounding alone is the same."""
    for mine, theirs in zip(one.order, other.order, strict=True):
        if abs(mine - theirs) > ROUNDING:
            return mine > theirs
    return False
