"""Dots: by hand, and beside approval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms import cast
from tests.test_tally import of, ranks
from workshop.rules.tally import approval, dot_budget, dots


def test_dots_by_hand():
    # three dots a ballot; the city has 4 ballots (12 dots), the bank 1 (3 dots)
    room = cast(city=[{"a": 3}, {"a": 2, "b": 1}, {"b": 1}, {}], bank=[{"b": 2, "c": 1}])
    result = dots("abc", room, 1, 3)
    a, b, c = (of(result, i) for i in "abc")
    assert (a.score, b.score, c.score) == pytest.approx(((5 / 12 + 0) / 2, (2 / 12 + 2 / 3) / 2, (0 + 1 / 3) / 2))
    assert (b.reach, b.approvals, b.raw, b.figures) == (2, 3, pytest.approx(4 / 15), {"dots": 4})
    assert (a.reach, a.approvals, a.raw, a.figures) == (1, 2, pytest.approx(5 / 15), {"dots": 5})
    assert (ranks(result), result.raw_order, result.raw_differs) == ({"b": 1, "a": 2, "c": 3}, ("a", "b", "c"), True)


def test_one_dot_each_is_approval_with_one_tick():
    room = cast(city=[{"a": 1}, {"b": 1}, {}], bank=[{"b": 1}])
    ticked, dotted = approval("abc", room, 1), dots("abc", room, 1, 1)
    assert [replace(s, figures={}) for s in dotted.standings] == list(ticked.standings)
    assert dotted.stability == ticked.stability


def test_no_share_exceeds_one_where_merging_made_the_budget_smaller():
    assert of(dots("a", cast(city=[{"a": 5}], bank=[{"a": 1}]), 1, each=1), "a").score == pytest.approx((1 + 1 / 5) / 2)


@pytest.mark.parametrize(("n", "chosen", "cap", "k"), [
    (0, None, None, 0), (1, None, None, 1), (2, None, None, 2), (20, None, None, 5), (2, 7, None, 7), (2, 7, 3, 6), (0, 7, 3, 0),
    (12, None, 1, 3),
])  # fmt: skip
def test_the_dots_of_a_ballot(n, chosen, cap, k):
    assert dot_budget(n, chosen, cap) == k
