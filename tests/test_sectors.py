"""Agree / pass / disagree by sector."""

from __future__ import annotations

import pytest

from tests.rooms import cast
from tests.test_tally import idea, of, person, session
from workshop.model import Ballot, Organisation
from workshop.rules.tally import agree, theme_result


def test_sectors_are_groups_of_five_people_and_those_without_one_are_pooled():
    sectors = {"city": "public", "rail": "public", "bank": "finance", "retail": "", "energy": ""}
    room = cast(city=[{"a": 1}] * 3, rail=[{"a": 1}, {"a": 0}], bank=[{"a": -1}] * 4, retail=[{"a": 1}] * 5)
    # public 5 of which 4 agree; finance (4) and no sector (5) together 9 of which 5 agree
    assert of(agree("a", room, 1, sectors), "a").score == pytest.approx((5 / 7 * 6 / 11) ** 0.5)
    # by organisation: retail 5, all others 9 of which 4 agree
    assert of(agree("a", room, 1), "a").score == pytest.approx((6 / 7 * 5 / 11) ** 0.5)


def test_the_session_says_how_to_group():
    people = [person(f"p{n}", "city" if n % 2 else "rail") for n in range(6)]
    ballots = [Ballot("t", p.id, 1, "s", 1, 0, 0, {"a": 1}) for p in people]
    known = [Organisation(o, "e", o, o, 0, True, "public") for o in ("city", "rail")]
    by = {g: theme_result(session("agree", group_by=g), "t", 1, [idea("a")], people, ballots, known) for g in ("organisation", "sector")}
    assert by["organisation"].standings == by["sector"].standings  # one group either way: of all, or of the sector
    assert by["sector"].standings[0].score == pytest.approx(7 / 8)
