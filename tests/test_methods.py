"""What holds for every method: merged ideas, ballots that are none, a second round, and the edges."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.rooms import cast
from tests.test_tally import ranks, session
from workshop import errors
from workshop.model import METHODS
from workshop.rules.tally import (
    HOW,
    NAMES,
    Vote,
    adoption,
    agree,
    approval,
    budget_of,
    check,
    dots,
    fold,
    impact,
    moved,
)


def test_only_ticks_and_dots_have_a_budget():
    assert {m: budget_of(replace(session(m), ballot_size=4), 3) for m in METHODS} == {
        "approval": 3, "dots": 4, "agree": None, "adoption": None, "impact": None,
    }  # fmt: skip


def test_every_method_has_a_name_and_a_paragraph():
    assert list(NAMES) == list(HOW) == list(METHODS)


# -- merged ideas ---------------------------------------------------------------------------------------------


INTO = {"b": "a", "c": "b", "d": "a"}


@pytest.mark.parametrize(("method", "said", "counted"), [
    ("approval", {"b": 1, "c": 1}, 1), ("approval", {"a": 1, "d": 1}, 1),
    ("dots", {"a": 1, "b": 1}, 2), ("dots", {"a": 2, "b": 2, "c": 1}, 3), ("dots", {"a": 5}, 3),
    ("agree", {"a": 0, "b": 1}, 0), ("agree", {"b": 1, "c": -1}, 0), ("agree", {"b": 1, "c": 0}, 1),
    ("adoption", {"a": 1, "b": 4}, 1), ("adoption", {"b": 4, "c": 2}, 2), ("adoption", {"b": 4, "c": 2, "d": 3}, 3),
    ("adoption", {"a": 0, "b": 3}, 3), ("adoption", {"b": 0, "c": 2}, 2), ("adoption", {"b": 0, "c": 0}, 0),
    ("impact", {"a": 15, "b": 51}, 15), ("impact", {"b": 51, "c": 24}, 21), ("impact", {"b": 51, "c": 24, "d": 33}, 33),
])  # fmt: skip
def test_a_voter_counts_once_for_a_merged_idea(method, said, counted):
    [vote] = fold(method, [Vote("v", None, said | {"e": 1})], INTO, cap=3)
    assert dict(vote.choices) == {"a": counted, "e": 1}


# -- a ballot before it is stored -----------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "choices", "error"), [
    ("approval", {"a": 1, "b": 1, "c": 1, "d": 1}, errors.OverBudget), ("approval", {"a": 2}, errors.OffScale),
    ("dots", {"a": 3, "b": 2}, errors.OverDots), ("dots", {"a": 4}, errors.OverCap), ("dots", {"a": 0}, errors.NoDot),
    ("dots", {"a": -1}, errors.NoDot), ("agree", {"a": 2}, errors.OffScale), ("adoption", {"a": 5}, errors.OffScale),
    ("adoption", {"a": -1}, errors.OffScale), ("impact", {"a": 60}, errors.OffScales), ("impact", {"a": 16}, errors.OffScales),
    ("impact", {"a": 50}, errors.OffScales), ("impact", {"a": 5}, errors.OffScales), ("impact", {"a": -1}, errors.OffScales),
])  # fmt: skip
def test_what_is_no_ballot_is_refused_by_name(method, choices, error):
    with pytest.raises(error) as refused:
        check(method, choices, 10, 4 if method == "dots" else 3, 3)
    assert type(refused.value) is error
    assert refused.value.field == "choices"


@pytest.mark.parametrize(("method", "choices"), [
    ("approval", {"a": 1, "b": 1, "c": 1}), ("dots", {"a": 3, "b": 1}), ("agree", {"a": 1, "b": 0, "c": -1}),
    ("adoption", dict(zip("abcde", range(5), strict=True))), ("impact", {"a": 11, "b": 55, "c": 15}), *((m, {}) for m in METHODS),
])  # fmt: skip
def test_what_is_a_ballot_passes(method, choices):
    check(method, choices, 10, 4 if method == "dots" else 3, 3)


# -- two rounds -----------------------------------------------------------------------------------------------


def test_a_second_round_beside_the_first():
    first = approval("abc", cast(city=[{"a": 1}, {"a": 1, "b": 1}]), 1)
    second = approval("abd", cast(city=[{"b": 1}, {"b": 1, "d": 1}]), 1)
    told = [(m.idea, m.rank_before, m.rank, m.score_before, m.score, m.new, m.gone, m.places) for m in moved(first, second)]
    assert told == [
        ("b", 2, 1, 0.5, 1, False, False, 1), ("d", None, 2, None, 0.5, True, False, 0), ("a", 1, 3, 1, 0, False, False, -2),
        ("c", 3, None, 0, None, False, True, 0),
    ]  # fmt: skip
    assert not any(move.places for move in moved(first, first))


# -- edges ----------------------------------------------------------------------------------------------------


GOOD = {"approval": 1, "dots": 1, "agree": 1, "adoption": 4, "impact": 51}


def count(method, ideas, room, take=3):
    return {"approval": approval, "dots": lambda *of: dots(*of, each=3), "agree": agree, "adoption": adoption, "impact": impact}[method](
        ideas, room, take)


@pytest.mark.parametrize("method", METHODS)
def test_nobody_one_voter_and_no_idea(method):
    nobody = count(method, "ab", [])
    assert (ranks(nobody), nobody.stability.stable) == ({"a": 1, "b": 1}, True)
    assert not any(s.chosen for s in nobody.standings)
    one = count(method, "ab", cast(city=[{"a": GOOD[method]}]))
    assert (ranks(one), one.voters) == ({"a": 1, "b": 2}, 1)
    assert [s.chosen for s in one.standings] == [True, False]
    assert count(method, "", cast(city=[{"a": GOOD[method]}])).standings == ()


@pytest.mark.parametrize("method", METHODS)
def test_all_organisations_tied(method):
    room = [Vote(f"{o}{n}", o, dict.fromkeys("abcd", GOOD[method])) for o in ("city", "bank", "rail") for n in range(3)]
    result = count(method, "abcd", room, take=2)
    assert set(ranks(result).values()) == {1}
    assert all(s.chosen and len(s.close_to) == 3 for s in result.standings)
    assert (result.stability.stable, result.raw_differs) == (True, False)


@pytest.mark.parametrize("method", METHODS)
def test_five_hundred_ideas_are_counted_at_once(method):
    ideas = [f"idea{n}" for n in range(500)]
    values = {"adoption": (1, 2, 3, 4), "impact": (11, 25, 42, 53), "dots": (1, 2), "agree": (1, 0, -1)}.get(method, (1,))
    room = [Vote(str(n), f"o{n % 20}", {i: values[(n * k) % len(values)] for k, i in enumerate(ideas) if (n + k) % 3}) for n in range(150)]
    began = time.process_time()
    assert len(count(method, ideas, room).standings) == 500
    assert time.process_time() - began < 5
