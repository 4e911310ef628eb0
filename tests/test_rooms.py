"""A thousand random rooms by each method: the rules, the recount in SQL and the definition come to the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import counted
from workshop.model import METHODS, Ballot, Idea, Organisation, Participant, Session
from workshop.rules.ranking import SMALL
from workshop.rules.tally import theme_result
from workshop.store import sqlite
from workshop.store.recount import compare, recount
from workshop.store.schema import migrate
from workshop.store.tx import Tx

ROOMS = 1000  # of each method
HOMES = (None, "bank", "city", "energy", "retail", "rail")
SECTORS = {"city": "public", "rail": "public", "energy": "", "bank": "finance", "retail": ""}
VALUES = {
    "approval": (1, 1, 1, 0), "dots": (1, 1, 2, 3, 0), "agree": (1, 1, 0, -1), "adoption": (4, 3, 3, 2, 2, 1, 1, 0, 5),
    "impact": (11, 15, 33, 42, 42, 51, 24, 35, 55, 50, 16),
}  # fmt: skip
ORGANISATIONS = [Organisation(o, "e", o, o, 0, True, sector) for o, sector in SECTORS.items()]


def a_room(method: str, random: Random) -> counted.Room:
    """Few ideas and organisations, so that ties, merges, pools and groups come about."""
    states, number = ("active",) * 7 + ("hidden", "withdrawn"), random.choice((0, 1, 3, 4, 5, 6, 6, 6))
    ideas = {name: (random.choice(states), None) for name in "abcdef"[:number]}
    for later in list(ideas)[1:]:  # into an earlier one, so that there is no circle
        if random.random() < 0.35:
            ideas[later] = ideas[later][0], random.choice([i for i in ideas if i < later])
    homes = random.choice((HOMES, HOMES, ("city",) * 6 + ("bank",), (None,)))
    people = {f"p{n}": (random.choice(homes), random.random() < 0.1, random.random() < 0.1) for n in range(random.randint(0, 28))}
    values = random.choice((VALUES[method], VALUES[method], VALUES[method][:1]))  # all alike: ties everywhere
    ballots = {p: {i: random.choice(values) for i in ideas if random.random() < 0.6} for p in people if random.random() < 0.9}
    return counted.Room(method, ideas, people, ballots, random.choice((None, 2, 7)), random.choice((None, None, 1, 3)),
                        random.random() < 0.5, random.random() < 0.3, SECTORS)


def rows_of(room: counted.Room) -> tuple[Session, list[Idea], list[Participant], list[Ballot]]:
    """The room as the store's rows."""
    session = Session("s", "e", "GHJPQR", "T", "", "reveal", room.method, room.size, 3, "name", False, False, None, None, "{}", 1, 0, 0,
                      idea_cap=room.cap, group_by="sector" if room.by_sector else "organisation", hosts_vote=room.hosts_vote)
    ideas = [Idea(i, "s", "t", "author", i, "", state, into, 1, 0, 0) for i, (state, into) in room.ideas.items()]
    people = [Participant(p, "s", o, "", "name", p, "", 1, 0, host=host, removed_at=1 if removed else None)
              for p, (o, host, removed) in room.people.items()]
    return session, ideas, people, [Ballot("t", p, 1, "s", 1, 0, 0, choices) for p, choices in room.ballots.items()]


@pytest.fixture(scope="module")
def tx() -> Iterator[Tx]:
    """A database with one session; what a room adds is rolled back."""
    connection = sqlite.connect(Path(":memory:"))
    migrate(connection, ":memory:")
    tx = Tx(connection)
    tx.run("INSERT INTO events (id, name, created_at) VALUES ('e', 'Day', 0)")
    tx.run_many("INSERT INTO organisations (id, event_id, name, name_key, position, sector) VALUES (:o, 'e', :o, :o, 0, :s)",
                [{"o": o, "s": s} for o, s in SECTORS.items()])
    tx.run("INSERT INTO sessions (id, event_id, code, title, created_at) VALUES ('s', 'e', 'GHJPQR', 'T', 0)")
    tx.run("INSERT INTO themes (id, session_id, position, title, rev) VALUES ('t', 's', 0, 'T', 1)")
    tx.run("""INSERT INTO participants (id, session_id, quote, return_code, rev, joined_at)
              VALUES ('author', 's', 'name', 'author', 1, 0)""")
    yield tx
    connection.close()


def stored(tx: Tx, room: counted.Room) -> None:
    """Write the room."""
    tx.run("""UPDATE sessions SET method = :m, ballot_size = :size, idea_cap = :cap, group_by = :g, hosts_vote = :h""",
           m=room.method, size=room.size, cap=room.cap, g="sector" if room.by_sector else "organisation", h=int(room.hosts_vote))
    tx.run_many("""INSERT INTO ideas (id, session_id, theme_id, participant_id, title, state, merged_into, rev, created_at, updated_at)
                   VALUES (:i, 's', 't', 'author', :i, :state, :into, 1, 0, 0)""",
                [{"i": i, "state": state, "into": into} for i, (state, into) in room.ideas.items()])
    tx.run_many("""INSERT INTO participants (id, session_id, organisation_id, quote, return_code, rev, joined_at, host, removed_at)
                   VALUES (:p, 's', :o, 'name', :p, 1, 0, :host, :gone)""",
                [{"p": p, "o": o, "host": int(host), "gone": 1 if gone else None} for p, (o, host, gone) in room.people.items()])
    tx.run_many("INSERT INTO ballots VALUES ('t', :p, 1, 's', 1, 0, 0)", [{"p": p} for p in room.ballots])
    tx.run_many("INSERT INTO choices VALUES ('t', :p, 1, :i, :v)",
                [{"p": p, "i": i, "v": v} for p, choices in room.ballots.items() for i, v in choices.items()])


def recounted(tx: Tx, room: counted.Room) -> list[Any]:
    """The recount of the room alone."""
    tx.run("SAVEPOINT room")
    try:
        stored(tx, room)
        return recount(tx, "s")
    finally:
        tx.run("ROLLBACK TO room")
        tx.run("RELEASE room")


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=ROOMS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_rules_recount_and_definition_agree(tx: Tx, method: str, seed: int) -> None:
    room = a_room(method, Random(seed))
    result = theme_result(*_arguments(room))
    assert compare(recounted(tx, room), {("t", 1): result}) == []
    by_definition = counted.keys(room)
    assert {s.idea: s.rank for s in result.standings} == counted.ranks(room)
    assert (result.voters, result.organisations) == (len(room.voters()), len(room.organisations()))
    for standing in result.standings:
        idea = standing.idea
        assert (standing.reach, standing.approvals) == (counted.reach(room, idea), counted.approvals(room, idea))
        assert standing.score == pytest.approx(counted.score(room, idea))
        assert standing.chosen == (standing.rank <= 3 and counted.wanted(room, by_definition[idea]))


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=ROOMS // 4, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_close_and_what_heads_would_say(method: str, seed: int) -> None:
    room = a_room(method, Random(seed))
    result, ranks = theme_result(*_arguments(room)), counted.ranks(room)
    heads = {idea: counted.by_heads(room, idea) for idea in ranks}
    assert {(s.idea, other) for s in result.standings for other in s.close_to} == counted.close(room)
    assert all(heads[one] >= heads[other] for one, other in pairwise(result.raw_order))
    assert result.raw_differs == any(ranks[a] < ranks[b] and heads[a] < heads[b] for a in ranks for b in ranks)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=ROOMS // 10, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whoever_is_left_out_is_told_unless_too_small(method: str, seed: int) -> None:
    room = a_room(method, Random(seed))
    stability = theme_result(*_arguments(room)).stability
    decisive = {o for o in room.organisations() if counted.top(counted.without(room, o)) != counted.top(room)}
    assert set(stability.changed_by) == {o for o in decisive if len(room.of(o)) >= SMALL}
    assert stability.small == sum(len(room.of(o)) < SMALL for o in decisive)


def _arguments(room: counted.Room) -> tuple[Any, ...]:
    session, ideas, people, ballots = rows_of(room)
    return session, "t", 1, ideas, people, ballots, ORGANISATIONS
