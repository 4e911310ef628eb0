"""Which votes count, and how many ticks or dots a ballot has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from workshop.model import Ballot, Idea, Method, Participant, Session
from workshop.rules.ranking import Organisation
from workshop.rules.tally.merging import fold

MOST_DOTS = 20  # the largest budget that a session may set
SCALES: dict[Method, frozenset[int]] = {
    "approval": frozenset({1}),
    "dots": frozenset(range(1, MOST_DOTS + 1)),
    "agree": frozenset({-1, 0, 1}),  # disagree, pass, agree
    "adoption": frozenset(range(5)),  # don't know, not for us, with changes, would adopt, already do
    "impact": frozenset(10 * impact + effort for impact in range(1, 6) for effort in range(1, 6)),
}


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's whole vote in a theme. An empty one counts as a ballot; None is no organisation."""

    voter: str
    organisation: Organisation
    choices: Mapping[str, int]  # idea → a value of the method's scale


def budget(n: int, chosen: int | None = None) -> int:
    """How many of *n* ideas a ballot may tick: ``k = min(5, max(3, ceil(n / 4)))``, or *chosen* where it is set.

    Never more than there are ideas: one of one, two of two, none of none.
    """
    return min(n, chosen or min(5, max(3, ceil(n / 4))))


def dot_budget(n: int, chosen: int | None = None, cap: int | None = None) -> int:
    """How many dots a ballot has for *n* ideas: as many as `budget` gives ticks, or *chosen* where it is set.

    Never more than find a place: *cap* on each idea, or without a cap all on one.
    """
    return min(chosen or budget(n), n * (cap or MOST_DOTS))


def may_count(session: Session, who: Participant) -> bool:
    """Whether the ballots of *who* count: not of those sent out, of hosts only where the session says so.

    A table that the facilitator enters for counts like a person: one ballot.
    """
    return who.removed_at is None and (session.hosts_vote or not who.host)


def votes_of(
    session: Session, theme_id: str, round: int, ideas: Iterable[Idea], participants: Iterable[Participant], ballots: Iterable[Ballot]
) -> list[Vote]:
    """The votes that count: the one rule of selection in Python (`store.recount` states it again in SQL).

    The ballots in the theme and round of those who `may_count` count, each as one ballot, even when nothing in it
    counts any more. A choice counts for the idea at the end of its idea's chain of merges; choices of ideas that are
    hidden or withdrawn themselves do not, whatever they are merged into, nor do values that the method's scale lacks.
    """
    ideas = list(ideas)
    active, scale = {i.id for i in ideas if i.state == "active"}, SCALES[session.method]
    home = {p.id: p.organisation_id for p in participants if may_count(session, p)}
    votes = [
        Vote(b.participant_id, home[b.participant_id], {i: v for i, v in b.choices.items() if i in active and v in scale})
        for b in ballots
        if b.theme_id == theme_id and b.round == round and b.participant_id in home
    ]
    return fold(session.method, votes, {i.id: i.merged_into for i in ideas if i.merged_into}, session.idea_cap)
