"""Counting: which votes count, and what they come to by each method. Pure and exact.

votes (which count, budgets) → merging (once for merged ideas) → a method (shares, agree, adoption, impact) →
`rules.ranking`. Beside it: check (before a ballot is stored), moved (two rounds), verdict (keep, revise, drop), how (in plain words).
"""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model import Ballot, Idea, Organisation, Participant, Session
from workshop.rules.ranking import Result, Stability, Standing, too_close
from workshop.rules.tally.adoption import adoption
from workshop.rules.tally.agree import agree
from workshop.rules.tally.check import check
from workshop.rules.tally.how import HOW, NAMES
from workshop.rules.tally.impact import impact
from workshop.rules.tally.merging import fold
from workshop.rules.tally.moved import Move, moved
from workshop.rules.tally.shares import approval, dots
from workshop.rules.tally.verdict import Sides, Verdict, verdict
from workshop.rules.tally.votes import Vote, budget, dot_budget, may_count, votes_of

__all__ = [
    "HOW", "NAMES", "Move", "Result", "Sides", "Stability", "Standing", "Verdict", "Vote", "adoption", "agree", "approval",
    "budget", "budget_of", "check", "dot_budget", "dots", "fold", "impact", "may_count", "moved", "theme_result", "too_close", "verdict",
    "votes_of",
]  # fmt: skip


def theme_result(
    session: Session, theme_id: str, round: int, ideas: Iterable[Idea], participants: Iterable[Participant],
    ballots: Iterable[Ballot], organisations: Iterable[Organisation],
) -> Result:  # fmt: skip
    """The result of one theme and round from the rows of its session; what is not of the theme is passed over.

    Ideas that share a rank stand by their titles: so they stand alike on the wall and in documents, which have other ids, and
    nothing of who wrote first is told.

    Args:
        session: says by which method it counts, with which budget and groups, who votes, and how many are chosen.
        organisations: the event's, for their sectors.
    """
    ideas = list(ideas)
    of_theme = [i for i in ideas if i.theme_id == theme_id and i.stands]
    standing = [i.id for i in sorted(of_theme, key=lambda i: (i.title.casefold(), i.id))]
    votes = votes_of(session, theme_id, round, ideas, participants, ballots)
    if session.method == "dots":
        return dots(standing, votes, session.take, dot_budget(len(standing), session.ballot_size, session.idea_cap))
    if session.method == "agree":
        sectors = {o.id: o.sector for o in organisations} if session.group_by == "sector" else None
        return agree(standing, votes, session.take, sectors)
    return {"approval": approval, "adoption": adoption, "impact": impact}[session.method](standing, votes, session.take)


def budget_of(session: Session, n: int) -> int | None:
    """The ticks or dots that a ballot in a theme of *n* ideas has; None by the methods that grade every idea."""
    if session.method == "approval":
        return budget(n, session.ballot_size)
    return dot_budget(n, session.ballot_size, session.idea_cap) if session.method == "dots" else None
