"""The recount in SQL agrees with the rules in every room, and says so where it does not."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import World
from workshop.model import METHODS
from workshop.recounting import count_twice, lines
from workshop.rules.tally import theme_result
from workshop.service import commands as c
from workshop.store import sqlite
from workshop.store.queries import record
from workshop.store.recount import compare, recount
from workshop.store.schema import migrate
from workshop.store.tx import Tx

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

IDEAS = "abcdef"
PEOPLE = {"p0": None, "p1": None, **{f"p{n}": ("bank", "city", "retail")[n % 3] for n in range(2, 16)}}

IDEA = st.tuples(
    st.sampled_from(["t", "t", "t", "u"]),
    st.sampled_from(["active", "active", "active", "hidden", "withdrawn"]),
    st.none() | st.none() | st.sampled_from(IDEAS),
)
CHOICES = st.dictionaries(st.sampled_from(IDEAS), st.sampled_from([1, 1, 0, -1]))
BALLOTS = st.dictionaries(st.tuples(st.sampled_from("tu"), st.sampled_from(sorted(PEOPLE)), st.integers(1, 2)), CHOICES, max_size=40)


@contextmanager
def database():
    connection = sqlite.connect(Path(":memory:"))
    migrate(connection, ":memory:")
    try:
        yield Tx(connection)
    finally:
        connection.close()


def a_session(tx, method, ideas, ballots):
    """A session with two themes, a neighbour session with the same ballots, sixteen people of three organisations."""
    tx.run("INSERT INTO events (id, name, created_at) VALUES ('e', 'Day', 0)")
    for name in ("bank", "city", "retail"):
        tx.run("INSERT INTO organisations (id, event_id, name, name_key, position) VALUES (:n, 'e', :n, :n, 0)", n=name)
    tx.run("INSERT INTO sessions (id, event_id, code, title, method, created_at) VALUES ('s', 'e', 'GHJPQR', 'T', :m, 0)", m=method)
    for theme in "tu":
        tx.run("INSERT INTO themes (id, session_id, position, title, rev) VALUES (:t, 's', 0, :t, 1)", t=theme)
    for who, organisation in PEOPLE.items():
        tx.run(
            """INSERT INTO participants (id, session_id, organisation_id, quote, return_code, rev, joined_at)
               VALUES (:p, 's', :o, 'name', :p, 1, 0)""",
            p=who, o=organisation,
        )  # fmt: skip
    _fill(tx, ideas, ballots)


def _fill(tx, ideas, ballots):
    for idea, (theme, state, _) in ideas.items():
        tx.run(
            """INSERT INTO ideas (id, session_id, theme_id, participant_id, title, state, rev, created_at, updated_at)
               VALUES (:i, 's', :t, 'p0', :i, :state, 1, 0, 0)""",
            i=idea, t=theme, state=state,
        )  # fmt: skip
    for idea, (_, _, into) in ideas.items():
        if into in ideas and into != idea:
            tx.run("UPDATE ideas SET merged_into = :into WHERE id = :i", into=into, i=idea)
    for (theme, who, round_), choices in ballots.items():
        key = {"t": theme, "p": who, "r": round_}
        tx.run("INSERT INTO ballots VALUES (:t, :p, :r, 's', 1, 0, 0)", **key)
        for idea in choices.keys() & ideas.keys():
            tx.run("INSERT INTO choices VALUES (:t, :p, :r, :i, :v)", **key, i=idea, v=choices[idea])


def by_the_rules(tx, rows):
    found = record.load(tx, "s")
    return {
        (theme, round_): theme_result(found.session, theme, round_, found.ideas, found.participants, found.ballots, found.organisations)
        for theme, round_ in {(row.theme, row.round) for row in rows}
    }


@given(st.sampled_from(METHODS), st.dictionaries(st.sampled_from(IDEAS), IDEA, min_size=1), BALLOTS)
def test_the_recount_agrees_with_the_rules(method, ideas, ballots):
    with database() as tx:
        a_session(tx, method, ideas, ballots)
        rows = recount(tx, "s")
        results = by_the_rules(tx, rows)
        assert compare(rows, results) == []
        assert sum(len(result.standings) for result in results.values()) == len(rows)


@pytest.fixture
def tx():
    with database() as tx:
        ideas = {"a": ("t", "active", None), "b": ("t", "active", None), "c": ("t", "active", "b")}
        ballots = {("t", "p2", 1): {"a": 1}, ("t", "p5", 1): {"b": 1, "c": 1}, ("t", "p3", 1): {"c": 1}, ("t", "p4", 1): {}}
        a_session(tx, "approval", ideas, ballots)
        yield tx


def test_by_hand(tx):
    # p2 and p5 are of retail, p3 of the bank, p4 of the city
    a, b = recount(tx, "s")
    assert (a.idea, a.voters, a.organisations, a.rank, a.reach, a.approvals, a.raw) == ("a", 4, 3, 2, 1, 1, 0.25)
    assert (b.idea, b.voters, b.organisations, b.rank, b.reach, b.approvals, b.raw) == ("b", 4, 3, 1, 2, 2, 0.5)
    assert (a.score, b.score) == pytest.approx((1 / 6, 1 / 2))


def test_a_changed_row_is_told(tx):
    results = by_the_rules(tx, recount(tx, "s"))
    tx.run("INSERT INTO choices VALUES ('t', 'p4', 1, 'a', 1)")
    told = compare(recount(tx, "s"), results)
    assert "theme t, round 1, idea a: approvals is 1 in the results and 2 in the stored ballots" in told
    assert all("idea a" in line or "rank" in line for line in told)


def test_an_idea_missing_on_either_side_is_told(tx):
    rows = recount(tx, "s")
    results = by_the_rules(tx, rows)
    assert compare(rows[1:], results) == ["theme t, round 1, idea a: in the results only"]
    poll = ("t", 1)
    fewer = {poll: replace(results[poll], standings=results[poll].standings[:1])}
    assert compare(rows, fewer) == ["theme t, round 1, idea a: in the stored ballots only"]


def test_a_wrong_share_is_told_and_rounding_is_not(tx):
    row = recount(tx, "s")[0]
    results = by_the_rules(tx, [row])
    assert compare([replace(row, score=row.score + 1e-12)], results)[1:] == []
    assert "score" in compare([replace(row, score=row.score + 1e-6)], results)[0]


def test_a_session_that_is_not_there_has_no_rows(tx):
    assert recount(tx, "nowhere") == []


@pytest.mark.parametrize("pooled", [0, 3, 4, 5, 6])
def test_the_groups_of_the_consensus_are_those_of_the_rules(pooled):
    retail, others = ["p2", "p5", "p8", "p11", "p14"], ["p0", "p3", "p4", "p6", "p7", "p1"]
    with database() as tx:
        ballots = {("t", who, 1): {"a": 1} for who in retail} | {("t", who, 1): {"a": -1} for who in others[:pooled]}
        a_session(tx, "agree", {"a": ("t", "active", None)}, ballots)
        rows = recount(tx, "s")
        assert rows[0].figures["consensus"] == pytest.approx((6 / 7 / (pooled + 2)) ** 0.5 if pooled >= 5 else 6 / 7)
        assert compare(rows, by_the_rules(tx, rows)) == []


VALUES = {"approval": (1, "100.00%"), "dots": (1, "33.33%"), "agree": (1, "66.67%"), "adoption": (3, "3−"), "impact": (42, "+2.000")}


@pytest.mark.parametrize("method", METHODS)
def test_both_counts_are_printed_side_by_side(tmp_path, method):
    value, shown = VALUES[method]
    world = World(tmp_path / "world.db", {"method": method})
    ada = world.come("Ada")
    world.phase("write")
    idea, *_ = (world.writes(ada, title) for title in ("One", "Two", "Three"))
    world.phase("vote")
    world.does(ada, c.BallotPut, theme=world.waste, round=1, choices={idea: value})
    world.phase("reveal")
    told = lines(count_twice(world.store, world.session.code))
    figures = f"1 {shown:>7}     1     1"
    assert f"     {figures}  |     {figures}  One" in told
    assert told[-1] == "Both counts are equal."
    world.close()
