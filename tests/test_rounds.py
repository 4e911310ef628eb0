"""A second round beside the first: what moved, and only while the theme is revealed."""

from __future__ import annotations

import pytest

from workshop import documents, errors, views
from workshop.documents import json
from workshop.live.hub import _load
from workshop.room import open_room
from workshop.service import commands as c


@pytest.fixture
def twice(world):
    """Three ideas in two rounds: the first has the first two votes of round 1, the last both of round 2; a fourth is new in round 2."""
    ada, bo = world.come("Ada"), world.come("Bo", "Bank")
    world.phase("write")
    ideas = [world.writes(ada, title) for title in ("Repair", "Lease", "Reuse")]
    world.phase("vote")
    for who in (ada, bo):
        world.votes(who, *ideas[:2] if who is ada else ideas[:1])
    world.phase("reveal")
    world.clock.forward(60)
    world.phase("write")
    ideas.append(world.writes(bo, "Share"))
    world.runs("round.next", c.RoundNext, theme=world.waste)
    for who in (ada, bo):
        world.votes(who, ideas[2], round=2)
    return ideas


def shown(world):
    """The theme's results as phones see them, if at all."""
    changes, counts = world.store.read(lambda tx: _load(tx, world.session.id, -1))
    room = open_room(changes)
    room.count(counts)
    return views.phone(room).get(f"results/{world.waste}"), room


def moves(world):
    before = shown(world)[0]["before"]
    return {move["idea"]: (move["rank"], move["places"]) for move in before["moves"]}


def test_each_idea_tells_its_rank_then_and_how_far_it_moved(world, twice):
    world.phase("reveal", world.waste)
    before = shown(world)[0]["before"]
    assert (before["round"], before["voters"]) == (1, 2)
    repair, lease, reuse, share = twice
    assert moves(world) == {reuse: (3, 2), repair: (1, -1), lease: (2, 0), share: (None, 0)}
    scores = {move["idea"]: move["score"] for move in before["moves"]}
    assert scores == {reuse: 0.0, repair: 1.0, lease: 0.5, share: None}


def test_the_first_round_has_none_before(world, twice):
    world.runs("undo", c.Undo, log=next(e.id for e in reversed(world.record.log) if e.action == "round.next"))
    world.phase("reveal", world.waste)
    assert shown(world)[0]["round"] == 1
    assert shown(world)[0]["before"] is None


def test_nothing_of_either_round_is_read_before_the_reveal(world, twice):
    result, room = shown(world)
    assert result is None
    assert room.results == room.earlier == {}


def test_an_idea_that_stands_for_an_older_one_is_not_new(world, twice):
    _repair, _lease, reuse, share = twice
    world.runs("idea.merge", c.IdeaMerge, idea=reuse, into=share)
    world.phase("reveal", world.waste)
    assert moves(world)[share] == (3, 2)


def test_a_round_in_which_nobody_voted_is_passed_over(world, twice):
    world.runs("round.next", c.RoundNext, theme=world.waste)
    world.runs("round.next", c.RoundNext, theme=world.waste)
    world.phase("reveal", world.waste)
    result = shown(world)[0]
    assert (result["round"], result["before"]["round"]) == (4, 2)


def test_of_two_who_ask_for_a_new_round_at_once_one_begins_it(world):
    world.runs("round.next", c.RoundNext, theme=world.waste, seen=1)
    with pytest.raises(errors.NewRound):
        world.runs("round.next", c.RoundNext, theme=world.waste, seen=1)
    assert next(theme.round for theme in world.record.themes if theme.id == world.waste) == 2


def test_ideas_that_share_a_rank_stand_by_title_in_the_room_and_in_the_report(world):
    """The two have other ids for them, those of the room by time."""
    ada = world.come("Ada")
    world.phase("write")
    titles = ["Repair", "lease", "Share", "Deposit", "Reuse"]
    ideas = {world.writes(ada, title): title for title in titles}
    world.phase("vote")
    world.votes(ada)
    world.phase("reveal")
    told = [row["title"] for row in json.content(documents.build(world.record))["themes"][0]["result"]["ranking"]]
    assert told == [ideas[row["idea"]] for row in shown(world)[0]["ranking"]] == sorted(titles, key=str.casefold)
