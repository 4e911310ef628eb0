"""Impact and effort: by hand, and on the lines of the picture."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.rooms import cast
from tests.test_tally import of, ranks
from workshop.rules.tally import impact
from workshop.rules.tally.impact import quadrant


def test_impact_by_hand():
    room = cast(city=[{"a": 51, "b": 42}, {"a": 42}, {"a": 33}], bank=[{"a": 24, "b": 55}, {}])
    result = impact("abc", room, 1)
    a, b, c = (of(result, i) for i in "abc")
    assert (a.figures["impact"], a.figures["effort"], a.score) == pytest.approx(((4 + 2) / 2, (2 + 4) / 2, 0))
    assert (b.figures["impact"], b.figures["effort"], b.score) == pytest.approx((4.5, 3.5, 1))
    assert (a.figures["answers"], a.reach, a.approvals, a.raw) == (4, 1, 2, 2 / 5)
    assert (a.figures["quadrant"], b.figures["quadrant"]) == ("hard_slog", "big_bet")
    assert (b.figures["x"], b.figures["y"]) == pytest.approx((2.5 / 4, 3.5 / 4))
    assert (c.figures, c.score, c.chosen) == ({"answers": 0}, 0, False)
    assert (ranks(result), result.raw_order) == ({"b": 1, "a": 2, "c": 3}, ("b", "a", "c"))


@pytest.mark.parametrize(("high", "cost", "field"), [
    ("5", "1", "quick_win"), ("5", "5", "big_bet"), ("1", "1", "fill_in"), ("1", "5", "hard_slog"), ("3", "3", "hard_slog"),
    ("3", "1", "fill_in"), ("5", "3", "big_bet"), ("301/100", "299/100", "quick_win"),
])  # fmt: skip
def test_a_mean_on_the_line_falls_to_the_careful_side(high, cost, field):
    assert quadrant(Fraction(high), Fraction(cost)) == field


def test_what_nobody_answered_stands_below_the_worst():
    assert ranks(impact("ab", cast(city=[{"a": 15}]), 1)) == {"a": 1, "b": 2}
