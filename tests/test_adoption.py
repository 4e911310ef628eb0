"""Adoption grades: from the literature, and by hand."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import cast
from tests.test_tally import of, ranks
from workshop.rules.tally import Vote, adoption, verdict
from workshop.rules.tally.adoption import gauge, gauge_key

# M. Balinski and R. Laraki, "Election by Majority Judgment: Experimental Evidence" (École polytechnique, cahier 2007-28; in
# "In Situ and Laboratory Experiments on Electoral Law Reform", Springer 2011): three bureaux of Orsay, 22 April 2007. Grades
# in tenths of a per cent from Excellent down to To Reject; then the published majority-gauge: p, grade with sign, q.
ORSAY = {
    "Bayrou": ((136, 307, 251, 148, 84, 74), (44.3, "Good", "+", 30.6)),
    "Royal": ((167, 227, 191, 168, 122, 126), (39.4, "Good", "-", 41.5)),
    "Sarkozy": ((191, 198, 143, 115, 71, 282), (38.9, "Good", "-", 46.9)),
    "Voynet": ((29, 93, 175, 237, 261, 205), (29.8, "Acceptable", "-", 46.6)),
    "Besancenot": ((41, 99, 163, 160, 226, 311), (46.3, "Poor", "+", 31.2)),
    "Buffet": ((25, 76, 125, 206, 264, 304), (43.2, "Poor", "+", 30.5)),
    "Bové": ((15, 60, 114, 160, 257, 395), (34.9, "Poor", "-", 39.4)),
    "Laguiller": ((21, 53, 102, 166, 259, 401), (34.2, "Poor", "-", 40.0)),
    "Nihous": ((3, 18, 53, 110, 267, 550), (45.0, "To Reject", "+", 0)),
    "de Villiers": ((24, 64, 87, 113, 158, 555), (44.5, "To Reject", "+", 0)),
    "Schivardi": ((5, 10, 39, 95, 249, 604), (39.7, "To Reject", "+", 0)),
    "Le Pen": ((30, 46, 62, 65, 54, 744), (25.7, "To Reject", "+", 0)),
}
WORDS = {6: "Excellent", 5: "Very Good", 4: "Good", 3: "Acceptable", 2: "Poor", 1: "To Reject"}


def grades_of(tally):
    return [grade for grade, n in zip(range(6, 0, -1), tally, strict=True) for _ in range(n)]


def test_the_gauges_of_orsay_are_those_published():
    for name, (tally, (above, word, sign, below)) in ORSAY.items():
        grade, p, q = gauge(grades_of(tally))
        assert (WORDS[grade], "+" if p > q else "-") == (word, sign), name
        assert (float(p) * 100, float(q) * 100) == pytest.approx((above, below), abs=0.15), name


def test_the_order_of_orsay_is_that_published():
    assert sorted(ORSAY, key=lambda name: gauge_key(grades_of(ORSAY[name][0])), reverse=True) == list(ORSAY)


def majority_value(grades):
    """The majority-value: the lower median, then that of what is left without it, and so on (Balinski and Laraki 2007)."""
    left, value = sorted(grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return value


@pytest.mark.parametrize("n", range(1, 8))
def test_what_the_gauge_decides_the_majority_value_decides_alike(n):
    every = list(combinations_with_replacement((1, 2, 3, 4), n))
    keyed = [(gauge_key(grades), majority_value(grades)) for grades in every]
    assert all(value > other for key, value in keyed for key_, other in keyed if key > key_)


# -- organisations ---------------------------------------------------------------------------------------


def test_adoption_by_hand():
    room = cast(
        city=[{"a": 4, "b": 2}, {"a": 3, "b": 2}, {"a": 1}, {"a": 4}],  # a: 1 3 4 4, lower median 3; b: 2
        bank=[{"a": 2, "b": 3}, {"a": 2, "b": 3}, {"a": 0}],  # a: 2; b: 3
        rail=[{"a": 3, "b": 2}, {"a": 3}, {"a": 0}],  # a: 3; b: 2
        nobody=[{"a": 0}],  # knows nothing: no grade
    )
    result = adoption("ab", room, 1)
    a, b = of(result, "a"), of(result, "b")
    assert a.figures == {
        "grade": "would", "above": 0.0, "below": pytest.approx(1 / 3), "graded": 3, "doing": ("city",), "doing_small": None,
        "grades": {"do": 2, "would": 3, "changes": 2, "not": 1, "unknown": 3},
    }  # fmt: skip
    assert (a.score, a.reach, a.approvals, a.raw) == (3, 2, 5, 5 / 11)
    assert (b.figures["grade"], b.score, b.reach, b.figures["above"], b.figures["below"]) == ("changes", 2, 1, pytest.approx(1 / 3), 0)
    assert (ranks(result), result.voters, result.organisations) == ({"a": 1, "b": 2}, 11, 4)


def test_of_the_same_grade_more_above_is_ahead_and_equal_gauges_share_the_rank():
    def room(**of):
        return [Vote(f"{idea}{n}", f"o{n}", {idea: grade}) for idea, grades in of.items() for n, grade in enumerate(grades)]

    # a: 3 above of 5, b: 2 above, c: one above and one below (not more above: "−"), d as c
    result = adoption("abcd", room(a=[2, 2, 2, 3, 4], b=[2, 2, 2, 2, 3], c=[1, 2, 2, 2, 3], d=[1, 2, 2, 2, 4]), 3)
    assert ranks(result) == {"a": 1, "b": 2, "c": 3, "d": 3}


def test_what_is_not_for_the_room_is_never_chosen():
    result = adoption("ab", cast(city=[{"a": 1}], bank=[{"a": 1}], rail=[{"a": 4}]), 2)
    assert [(s.idea, s.rank, s.chosen) for s in result.standings] == [("a", 1, False), ("b", 2, False)]
    assert of(result, "b").figures["grade"] is None


def test_an_organisation_that_gave_no_grade_prefers_nothing():
    apart = adoption("ab", [Vote(f"{i}{n}", f"{i}{n}", {i: 3}) for i in "ab" for n in range(9)], 1)
    assert [s.close_to for s in apart.standings] == [("b",), ("a",)]
    clear = adoption("ab", [Vote(str(n), str(n), {"a": 3, "b": 2}) for n in range(6)], 1)
    assert [s.close_to for s in clear.standings] == [(), ()]


def test_who_already_does_is_named_from_three_ballots_on():
    large = cast(city=[{"a": 4}, {}, {}])
    names = {"city": "City of Lund", "bank": "Bank", "rail": "Rail"}

    def told(*more):
        shown = adoption("a", [*large, *more], 1).as_dict(names)["ranking"][0]
        return shown["doing"], shown.get("doing_small")

    assert told() == (["City of Lund"], None)
    assert told(*cast(bank=[{"a": 4}, {}])) == (["City of Lund"], None)  # two ballots in all: nothing is told
    assert told(*cast(bank=[{"a": 4}, {}], rail=[{}])) == (["City of Lund"], 1)
    assert told(*cast(nobody=[{"a": 4}, {}, {}])) == (["City of Lund", ""], None)


# -- keep, revise or drop -----------------------------------------------------------------------------------

ROOMS = st.dictionaries(st.sampled_from(("city", "bank", "mill", None)), st.lists(st.integers(0, 4), max_size=5), max_size=4)


def room_of(by_organisation):
    return [Vote(f"{o}{n}", o, {"a": grade}) for o, grades in by_organisation.items() for n, grade in enumerate(grades)]


@given(ROOMS)
def test_a_verdict_is_what_the_recounted_figures_say(by_organisation):
    votes = room_of(by_organisation)
    told, [standing] = verdict("a", votes), adoption(["a"], votes, 1).standings
    grades = standing.figures["grades"]
    if told:
        assert told.people == (grades["do"] + grades["would"], grades["changes"], grades["not"])
    if told and told.organisations:
        assert (told.organisations.keep, sum(told.organisations)) == (standing.reach, standing.figures["graded"])


@given(ROOMS)
def test_a_verdict_shows_no_small_group(by_organisation):
    given = [sum(grade > 0 for grade in grades) for grades in by_organisation.values()]
    told, small = verdict("a", room_of(by_organisation)), sum(n for n in given if n < 3)
    assert (told is None) == (sum(given) < 3)
    assert told is None or (told.organisations is None) == (small in (1, 2))


def test_a_verdict_by_hand():
    votes = room_of({"city": [4, 3, 1, 1], "bank": [2, 2, 3], "mill": [1, 0, 1, 4], None: [4, 4, 0, 3]})
    assert verdict("a", votes) == ((7, 2, 4), (1, 1, 2)), "the lower one of two in the middle holds"
