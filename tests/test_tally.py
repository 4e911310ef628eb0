"""Counting: by hand, by a slow and plain reference, and by properties that must hold for every room."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workshop.model import Ballot, Idea, Participant, Session
from workshop.rules.ranking import SMALL
from workshop.rules.tally import Vote, agree, approval, budget, fold, theme_result, too_close, votes_of
from workshop.rules.tally.agree import Agreement
from workshop.rules.tally.shares import Shares

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

IDEAS = "abcdef"
ORGANISATIONS = [None, "bank", "city", "energy", "retail"]
ONE_LARGE = ["city"] * 6 + ["bank"]
TICKS = st.dictionaries(st.sampled_from(IDEAS), st.just(1), max_size=4)
STANCES = st.dictionaries(st.sampled_from(IDEAS), st.sampled_from([1, 0, -1]), max_size=6)


def ballots(choices, size=24):
    """A room: up to *size* votes of people in few organisations, so that ties and groups come about."""
    mixed, one_large = (st.lists(st.tuples(st.sampled_from(of), choices), max_size=size) for of in (ORGANISATIONS, ONE_LARGE))
    return (mixed | one_large).map(lambda rows: [Vote(f"v{n}", o, c) for n, (o, c) in enumerate(rows)])


ROOMS = st.tuples(st.just(approval), ballots(TICKS)) | st.tuples(st.just(agree), ballots(STANCES))


def ranks(result):
    return {s.idea: s.rank for s in result.standings}


def of(result, idea):
    return next(s for s in result.standings if s.idea == idea)


def votes(**organisations):
    """``votes(city=["ab", ""])``: two ballots of the city, one ticking a and b, one empty."""
    return [
        Vote(f"{o}{n}", None if o == "nobody" else o, dict.fromkeys(ticked, 1))
        for o, ballots in organisations.items()
        for n, ticked in enumerate(ballots)
    ]


# -- by hand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "k"), [(0, 0), (1, 1), (2, 2), (3, 3), (12, 3), (13, 4), (16, 4), (17, 5), (20, 5), (500, 5)])
def test_budget_follows_the_formula_and_never_exceeds_the_ideas(n, k):
    assert budget(n) == k


def test_a_chosen_budget_holds():
    assert [budget(n, 7) for n in (0, 3, 7, 90)] == [0, 3, 7, 7]


def test_approval_by_hand():
    # city 4 ballots: a 3, b 1; bank 1 ballot: b; no organisation 2 ballots: a 1 (and one empty, which counts)
    result = approval("abc", votes(city=["a", "a", "a", "b"], bank=["b"], nobody=["a", ""]), take=1)
    a, b, c = (of(result, idea) for idea in "abc")
    assert (result.voters, result.organisations) == (7, 3)
    assert (a.score, b.score, c.score) == pytest.approx(((3 / 4 + 0 + 1 / 2) / 3, (1 / 4 + 1 + 0) / 3, 0))
    assert (a.reach, a.approvals, a.raw) == (2, 4, 4 / 7)
    assert (b.reach, b.approvals, b.raw) == (2, 2, 2 / 7)
    assert ranks(result) == {"a": 1, "b": 2, "c": 3}  # the same S and reach: more heads decide
    assert [s.chosen for s in result.standings] == [True, False, False]
    assert result.raw_order == ("a", "b", "c")
    assert not result.raw_differs
    assert result.stability.stable  # a and b stay, whoever is left out


def test_stability_names_who_makes_the_difference():
    room = votes(city=["abc"] * 3, bank=["abc"] * 3, energy=["abd"] * 3, retail=["abcd"] * 6)
    assert approval("abcd", room, 3).stability == approval("abcd", reversed(room), 3).stability
    assert approval("abcd", room, 3).stability.changed_by == ("bank", "city")  # c and d tie for the third place
    assert not approval("abcd", room, 3).stability.stable
    assert approval("abcd", room + votes(water=["abc"]), 3).stability.stable


def test_organisations_below_three_ballots_are_counted_and_not_named():
    small = votes(city=["abc"], bank=["abc"] * 2, energy=["abd"] * 3, retail=["abcd"] * 6)
    told = approval("abcd", small, 3).stability
    assert (told.changed_by, told.small, told.stable) == ((), 2, False)


def test_everything_hangs_on_the_only_organisation():
    assert approval("ab", votes(city=["a", "b", ""]), 3).stability.changed_by == ("city",)
    assert approval("ab", votes(city=["a", "b"]), 3).stability.small == 1
    assert approval("ab", [], 3).stability.stable


def test_ranks_are_shared_and_the_cut_takes_all_ties():
    result = approval("abcde", votes(city=["abc"], bank=["abd"]), take=3)
    assert ranks(result) == {"a": 1, "b": 1, "c": 3, "d": 3, "e": 5}
    assert [s.idea for s in result.standings if s.chosen] == ["a", "b", "c", "d"]


def test_what_nobody_wants_is_never_chosen():
    assert [s.chosen for s in approval("ab", votes(city=["a"]), take=2).standings] == [True, False]
    assert not any(s.chosen for s in approval("ab", [], take=2).standings + agree("ab", [], take=2).standings)


def test_only_a_tick_approves():
    other = [Vote("v", "city", {"a": 0, "b": -1}), Vote("w", "city", {"c": 1})]
    assert {s.idea: s.approvals for s in approval("abc", other, 3).standings} == {"a": 0, "b": 0, "c": 1}


def test_heads_may_say_otherwise_and_it_is_shown():
    result = approval("ab", votes(city=["a"] * 9, bank=["b"], energy=["b"]), take=1)
    assert ranks(result) == {"b": 1, "a": 2}
    assert (result.raw_order, result.raw_differs) == (("a", "b"), True)


def test_agree_by_hand():
    five = [Vote(f"c{n}", "city", {"a": v, "b": 1}) for n, v in enumerate((1, 1, 1, 0, -1))]
    pool = [Vote(f"p{n}", o, {"a": 1}) for n, o in enumerate(("bank", "bank", "retail", "retail", None))]
    result = agree("ab", five + pool, take=1)
    a, b = of(result, "a"), of(result, "b")
    assert a.figures["consensus"] == a.score == pytest.approx(((3 + 1) / (5 + 2) * (5 + 1) / (5 + 2)) ** 0.5)
    assert b.figures["consensus"] == pytest.approx(((5 + 1) / (5 + 2) * 1 / 2) ** 0.5)
    assert (a.figures["agree"], a.figures["disagree"], a.figures["passes"], a.approvals, a.reach, a.raw) == (8, 1, 1, 8, 4, 0.8)
    assert (a.rank, b.rank, a.chosen, b.chosen) == (1, 2, True, False)


def test_small_organisations_below_five_in_all_are_no_group():
    five = [Vote(f"c{n}", "city", {"a": 1}) for n in range(5)]
    four = [Vote(f"b{n}", "bank", {"a": -1}) for n in range(4)]
    assert of(agree("a", five + four, 1), "a").score == pytest.approx(6 / 7)


def test_a_room_without_any_group_is_one_group():
    few = [Vote(str(n), o, {"a": v}) for n, (o, v) in enumerate([("city", 1), ("bank", 1), (None, -1)])]
    assert of(agree("a", few, 1), "a").score == pytest.approx((2 + 1) / (3 + 2))


def test_the_result_as_the_protocol_has_it():
    names = {"city": "City of Lund", "bank": "a bank", "energy": "Energy"}
    shown = approval("ab", votes(nobody=["a"] * 3, city=["b"] * 3), 1).as_dict(names)
    assert shown["stability"] == {"top": 2, "stable": False, "changed_by": ["City of Lund", ""], "small": 0}
    assert shown["ranking"][0] == {
        "idea": "a", "rank": 1, "score": 0.5, "reach": 1, "approvals": 3, "raw": 0.5, "chosen": True, "close_to": ["b"],
    }  # fmt: skip
    full = agree("ab", votes(city=["a"]), 1).as_dict(names)
    assert {"agree", "disagree", "passes", "consensus"} < full["ranking"][0].keys()
    assert json.loads(json.dumps(full)) == full


# -- too close to call ------------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(13))
def test_the_sign_test_is_the_enumeration_of_all_outcomes(n):
    heads = Counter(sum(outcome) for outcome in product((0, 1), repeat=n))
    for one in range(n + 1):
        as_far = sum(ways for k, ways in heads.items() if abs(2 * k - n) >= abs(2 * one - n))
        assert too_close(one, n - one) == (Fraction(as_far, 2**n) > Fraction(1, 20))


def test_known_edges_of_the_sign_test():
    assert too_close(0, 5)  # p = 0.0625
    assert not too_close(0, 6)  # p = 0.03125
    assert too_close(5, 15) is False  # p = 0.041
    assert too_close(6, 15)  # p = 0.078
    assert too_close(0, 0)


def test_both_neighbours_say_that_they_are_close():
    clear = {f"o{n}": ["a"] for n in range(6)}
    assert [s.close_to for s in approval("ab", votes(**clear), 1).standings] == [(), ()]
    close = votes(**clear, p=["b"])
    assert [s.close_to for s in approval("ab", close, 1).standings] == [("b",), ("a",)]


def test_a_very_wide_shared_rank_lists_nobody():
    assert not any(s.close_to for s in approval([str(n) for n in range(200)], votes(city=[""]), 3).standings)


# -- the reference: plain, slow, and written otherwise -----------------------------------------------


def keys_by_definition(method, room):
    sizes = Counter(v.organisation for v in room)
    yes = {i: Counter(v.organisation for v in room if v.choices.get(i) == 1) for i in IDEAS}
    if method is approval:
        score = {i: sum(Fraction(yes[i][o], n) for o, n in sizes.items()) / (len(sizes) or 1) for i in IDEAS}
    else:
        score = {i: consensus_by_definition(i, room, sizes) for i in IDEAS}
    return {i: (score[i], sum(n > 0 for n in yes[i].values()), sum(yes[i].values())) for i in IDEAS}


def consensus_by_definition(idea, room, sizes):
    groups = [[v for v in room if v.organisation == o] for o, n in sizes.items() if n >= 5]
    rest = [v for v in room if sizes[v.organisation] < 5]
    groups = [*groups, rest] if len(rest) >= 5 else groups
    cast = [[v.choices[idea] for v in group if idea in v.choices] for group in groups or [room]]
    return prod(Fraction(values.count(1) + 1, len(values) + 2) for values in cast)


def top_by_definition(method, room):
    keys = keys_by_definition(method, room)
    return {i for i, key in keys.items() if sum(other > key for other in keys.values()) < 3 and key[2]}


@given(ROOMS)
def test_it_is_what_the_definition_says(case):
    method, room = case
    result, keys = method(IDEAS, room, 3), keys_by_definition(method, room)
    assert ranks(result) == {i: 1 + sum(other > key for other in keys.values()) for i, key in keys.items()}
    assert {s.idea: (s.reach, s.approvals) for s in result.standings} == {i: key[1:] for i, key in keys.items()}
    for s in result.standings:
        groups = 1 if method is approval else group_count(room)
        assert s.score == pytest.approx(float(keys[s.idea][0]) ** (1 / groups))
        assert s.chosen == (s.rank <= 3 and s.approvals > 0)
    sizes = Counter(v.organisation for v in room)
    decisive = {o for o in sizes if top_by_definition(method, [v for v in room if v.organisation != o]) != top_by_definition(method, room)}
    assert set(result.stability.changed_by) == {o for o in decisive if sizes[o] >= SMALL}
    assert result.stability.small == sum(sizes[o] < SMALL for o in decisive)
    assert result.raw_differs == any(x < y and keys[i][2] < keys[j][2] for i, x in ranks(result).items() for j, y in ranks(result).items())


@given(ROOMS)
@example((agree, [Vote(f"c{n}", "city", {"a": 1}) for n in range(5)] + [Vote("b0", "bank", {"a": 1, "b": 0, "c": -1})]))
def test_leaving_an_organisation_out_ranks_as_if_it_had_not_come(case):
    method, room = case
    count = Shares("approval", IDEAS, room, 1) if method is approval else Agreement(IDEAS, room)
    for organisation in count.sizes:
        without = {**count.keys, **count.without(organisation)}
        keys = keys_by_definition(method, [v for v in room if v.organisation != organisation])
        assert all((without[i] > without[j]) == (keys[i] > keys[j]) for i, j in product(IDEAS, repeat=2))


def group_count(room):
    sizes = Counter(v.organisation for v in room)
    return sum(n >= 5 for n in sizes.values()) + (sum(n for n in sizes.values() if n < 5) >= 5) or 1


# -- properties ----------------------------------------------------------------------------------------


def without_places(result):
    """The result without the places of those that share a rank, which are those in which the ideas were given."""
    standings = sorted(result.standings, key=lambda s: (s.rank, s.idea))
    return replace(result, standings=tuple(standings), raw_order=tuple(of(result, idea).raw for idea in result.raw_order))


def test_ideas_that_share_a_rank_stand_as_they_were_given():
    room = votes(city=["ba"], bank=["a", "b", "c"])
    assert [s.idea for s in approval("cba", room, 3).standings] == ["b", "a", "c"]
    assert [s.idea for s in approval("abc", room, 3).standings] == ["a", "b", "c"]


@given(ROOMS, st.randoms())
def test_the_order_of_voters_and_ideas_and_their_names_changes_nothing(case, random):
    method, room = case
    shuffled, ideas = random.sample(room, len(room)), random.sample(IDEAS, len(IDEAS))
    again = method(ideas, [replace(v, voter=str(n)) for n, v in enumerate(shuffled)], 3)
    assert without_places(again) == without_places(method(IDEAS, room, 3))
    new = dict(zip(IDEAS, ideas, strict=True))
    renamed = method(IDEAS, [replace(v, choices={new[i]: x for i, x in v.choices.items()}) for v in room], 3)
    assert {i: (of(renamed, new[i]).rank, {*of(renamed, new[i]).close_to}) for i in IDEAS} == {
        s.idea: (s.rank, {new[i] for i in s.close_to}) for s in method(IDEAS, room, 3).standings
    }


@given(ROOMS, st.data())
def test_one_more_approval_never_lowers_a_rank(case, data):
    method, room = case
    if not room:
        return
    at, idea = data.draw(st.integers(0, len(room) - 1)), data.draw(st.sampled_from(IDEAS))
    if method is agree and idea not in room[at].choices:
        return  # a vote more on an idea makes its group larger; agreeing instead of passing is what cannot hurt
    better = replace(room[at], choices={**room[at].choices, idea: 1})
    more = method(IDEAS, [*room[:at], better, *room[at + 1 :]], 3)
    assert ranks(more)[idea] <= ranks(method(IDEAS, room, 3))[idea]
    assert of(more, idea).score >= of(method(IDEAS, room, 3), idea).score


@given(st.integers(1, 500), st.integers(2, 8))
def test_one_big_organisation_cannot_outvote_many(crowd, others):
    room = votes(crowd=["a"] * crowd, **{f"o{n}": ["b"] for n in range(others)})
    assert ranks(approval("ab", room, 1)) == {"b": 1, "a": 2}


@given(ROOMS, st.integers(2, 4))
def test_approval_does_not_care_how_many_an_organisation_sends(case, times):
    _, room = case
    copies = [replace(v, voter=f"{v.voter}-{n}") for v in room for n in range(times) if v.organisation == "city"]
    one, many = (approval(IDEAS, voters, 3) for voters in (room, [v for v in room if v.organisation != "city"] + copies))
    assert {s.idea: s.score for s in one.standings} == pytest.approx({s.idea: s.score for s in many.standings})


@given(ROOMS)
def test_figures_stay_within_their_bounds(case):
    method, room = case
    result = method(IDEAS, room, 3)
    assert result.voters == len(room)
    for s in result.standings:
        assert 0 <= s.score <= 1
        assert 0 <= s.raw <= 1
        assert s.reach <= min(result.organisations, s.approvals)
        assert s.approvals <= result.voters
        assert all(s.idea in of(result, other).close_to for other in s.close_to)
    assert sorted(result.raw_order) == sorted(IDEAS)


# -- merged ideas ---------------------------------------------------------------------------------------


def folded(into, **choices):
    return dict(fold("agree", [Vote("v", None, choices)], into)[0].choices)


def test_votes_on_merged_ideas_count_once_along_the_chain():
    assert folded({"a": "b", "b": "c"}, a=1, b=1, c=1, d=1) == {"c": 1, "d": 1}
    assert folded({"a": "b", "b": "c"}, a=1) == {"c": 1}


@pytest.mark.parametrize(
    ("choices", "value"),
    [
        ({"c": -1, "a": 1, "b": 1}, -1),  # what was said of the surviving idea holds
        ({"c": 0, "a": 1}, 0),
        ({"a": 1, "b": -1}, 0),
        ({"a": 1, "b": 0}, 1),
        ({"a": -1, "b": 0}, -1),
        ({"a": -1, "b": -1}, -1),
    ],
)
def test_a_voter_who_said_both_of_merged_ideas(choices, value):
    assert folded({"a": "c", "b": "c"}, **choices) == {"c": value}


def test_a_circle_of_merges_ends():
    assert folded({"a": "b", "b": "a", "c": "a"}, a=1, b=1, c=1, d=1)["d"] == 1


@given(ballots(TICKS), st.dictionaries(st.sampled_from("bcdef"), st.just("a")))
def test_merging_counts_each_voter_once(room, into):
    merged = approval([i for i in IDEAS if i not in into], fold("approval", room, into), 3)
    assert of(merged, "a").approvals == sum(any(into.get(i, i) == "a" for i in v.choices) for v in room)
    assert merged.voters == len(room)


# -- which votes count ----------------------------------------------------------------------------------


def idea(id_, theme="t", state="active", into=None):
    return Idea(id_, "s", theme, "p0", id_, "", state, into, 1, 0, 0)


def session(method, **more):
    return Session("s", "e", "CODE23", "T", "", "reveal", method, None, 3, "name", False, False, None, None, "{}", 1, 0, 0, **more)


def person(id_, organisation=None):
    return Participant(id_, "s", organisation, "", "anonymous", id_, "", 1, 0)


def ballot(who, choices, theme="t", round=1):
    return Ballot(theme, who, round, "s", 1, 0, 0, choices)


def test_only_what_stands_in_the_theme_and_round_counts():
    ideas = [
        idea("a"), idea("elsewhere", theme="u"), idea("hidden", state="hidden"), idea("gone", state="withdrawn"),
        idea("m", into="n"), idea("n", into="a", state="hidden"), idea("moved", theme="u", into="a"), idea("lost", into="hidden"),
    ]  # fmt: skip
    people = [person("p0", "city"), person("p1", "city"), person("p2")]
    cast = [
        ballot("p0", {"m": 1, "a": 1, "elsewhere": 1, "lost": 1}),
        ballot("p1", {"hidden": 1, "gone": 1, "n": 1}),  # nothing left of it, and yet a ballot
        ballot("p2", {"moved": 1}),
        ballot("p2", {"a": 1}, round=2),
        ballot("p2", {"a": 1}, theme="u"),
        ballot("stranger", {"a": 1}),
    ]
    result = theme_result(session("approval"), "t", 1, ideas, people, cast, [])
    assert (result.voters, result.organisations) == (3, 2)
    assert [(s.idea, s.approvals, s.score) for s in result.standings] == [("a", 2, 0.75)]
    assert [dict(v.choices) for v in votes_of(session("approval"), "t", 1, ideas, people, cast)][1] == {}
    later = theme_result(session("agree"), "t", 2, iter(ideas), iter(people), iter(cast), iter([]))
    assert later.standings[0].figures["agree"] == 1


def test_hosts_count_where_the_session_says_so_and_who_was_sent_out_never():
    people = [person("p0"), replace(person("p1"), host=True), replace(person("p2"), removed_at=1), replace(person("p3"), proxy="Table 2")]
    cast = [ballot(p.id, {"a": 1}) for p in people]
    voters = {hosts: [v.voter for v in votes_of(session("approval", hosts_vote=hosts), "t", 1, [idea("a")], people, cast)]
              for hosts in (False, True)}
    assert voters == {False: ["p0", "p3"], True: ["p0", "p1", "p3"]}
