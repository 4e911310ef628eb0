"""What the revealed themes come to: the only place of the hub that reads choices."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model import Ballot, Idea, Theme
from workshop.room import Counts, Earlier
from workshop.rules import tally
from workshop.store import Tx
from workshop.store.queries import ballots, ideas, participants, sessions
from workshop.store.queries.record import Changes


def counted(tx: Tx, changes: Changes) -> Counts:
    """The results of the themes whose totals are public, each with the round before: no other choices are ever read here."""
    session = changes.session
    public = [theme for theme in sessions.themes(tx, session.id) if theme.revealed]
    if not public:
        return {}
    everybody, everything = participants.of_session(tx, session.id), ideas.of_session(tx, session.id)

    def count(theme: Theme, round: int, known: Iterable[Idea], cast: list[Ballot]) -> tally.Result:
        return tally.theme_result(session, theme.id, round, known, everybody, cast, changes.organisations)

    found: Counts = {}
    for theme in public:
        cast = ballots.with_choices(tx, session.id, theme.id)
        then = before(theme, cast)
        earlier = Earlier(then, count(theme, then, known_in(then, everything, cast), cast)) if then else None
        found[theme.id] = count(theme, theme.round, everything, cast), earlier
    return found


def before(theme: Theme, cast: Iterable[Ballot]) -> int:
    """The latest round before the theme's own in which somebody voted; 0 where there is none."""
    return max((b.round for b in cast if b.theme_id == theme.id and b.round < theme.round), default=0)


def known_in(round: int, everything: Iterable[Idea], cast: Iterable[Ballot]) -> list[Idea]:
    """The ideas that ballots of *round* could hold: written before its last one, or standing for one that was.

    What came later is not an idea that nobody wanted then: it is new.
    """
    ideas = {idea.id: idea for idea in everything}
    last = max((b.updated_at for b in cast if b.round == round), default=0)
    known: set[str] = set()
    for idea in ideas.values():
        at: Idea | None = idea if idea.created_at <= last else None
        while at and at.id not in known:
            known.add(at.id)
            at = ideas.get(at.merged_into or "")
    return [idea for idea in ideas.values() if idea.id in known]
