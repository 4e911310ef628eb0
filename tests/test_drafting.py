"""From a revealed vote to stored practices: what is missing is added, nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workshop import errors
from workshop.model import new_id
from workshop.service import commands as c
from workshop.service.practices import Choice, Practices
from workshop.store.queries import practices


@pytest.fixture
def desk(world):
    return Practices(world.store, world.clock)


@pytest.fixture
def voted(world):
    """Three ideas under the first theme, with 2, 1 and 1 organisations for them, and one that nobody wants; one under the second."""
    ada, bo = world.come("Ada", "City"), world.come("Bo", "Bank")
    world.phase("write")
    ideas = [world.writes(ada, title) for title in ("Repair", "Reuse", "Return", "Shred")]
    ideas.append(world.writes(bo, "Share", theme=world.use))
    world.phase("vote")
    world.votes(ada, ideas[0], ideas[1])
    world.votes(bo, ideas[0], ideas[2])
    world.phase("reveal", world.waste)
    return ideas


def titles(found):
    return [one.title for one in found]


def ideas_of(world, practice):
    return [one.idea_id for one in world.store.read(lambda tx: practices.ideas(tx, practice))]


def draft(world, desk, **choice):
    return desk.draft(world.event.id, world.session.id, Choice(**choice), "editor")


def test_the_first_of_each_revealed_theme_with_ties_at_the_cut(world, desk, voted):
    assert sorted(titles(draft(world, desk, top=2))) == ["Repair", "Return", "Reuse"]
    found = desk.of_event(world.event.id)
    assert sorted(titles(one.practice for one in found)) == ["Repair", "Return", "Reuse"]
    assert {one.practice.theme for one in found} == {"Less electronic waste"}
    assert [one.practice.position for one in found] == [1, 2, 3]


def test_all_above_a_line(world, desk, voted):
    assert titles(draft(world, desk, line=0.9)) == ["Repair"]
    assert sorted(titles(draft(world, desk, line=0.0))) == ["Return", "Reuse"]  # what nobody ticked is never chosen


def test_drafting_again_adds_what_is_missing_and_overwrites_nothing(world, desk, voted):
    [first] = draft(world, desk, top=1)
    world.store.write(lambda tx: practices.save(tx, replace(first, title="Repair before replacing")))
    assert sorted(titles(draft(world, desk, top=2))) == ["Return", "Reuse"]
    assert draft(world, desk, top=2) == []
    assert "Repair before replacing" in titles(one.practice for one in desk.of_event(world.event.id))


def test_by_hand_also_before_a_reveal_and_several_as_one(world, desk, voted):
    [made] = draft(world, desk, ideas=(voted[3], voted[0]), as_one=True)
    assert (made.title, ideas_of(world, made.id)) == ("Shred", [voted[3], voted[0]])
    [other] = draft(world, desk, ideas=(voted[4],))
    assert other.theme == "Better use of resources"


def test_a_merged_idea_stands_for_what_it_is_merged_into(world, desk, voted):
    world.runs("idea.merge", c.IdeaMerge, idea=voted[1], into=voted[0])
    [made] = draft(world, desk, ideas=(voted[1],))
    assert ideas_of(world, made.id) == [voted[0]]


def test_two_practices_of_one_idea_are_refused(world, desk, voted):
    draft(world, desk, ideas=(voted[0],))
    with pytest.raises(errors.AlreadyDrafted, match="“Repair” stands in the practice “Repair”"):
        draft(world, desk, ideas=(voted[0],))


def test_an_idea_stands_in_its_practice_also_once_it_is_merged_into_another(world, desk, voted):
    draft(world, desk, ideas=(voted[1],))
    world.runs("idea.merge", c.IdeaMerge, idea=voted[1], into=voted[0])
    with pytest.raises(errors.AlreadyDrafted, match="“Repair” stands in the practice “Reuse”"):
        draft(world, desk, ideas=(voted[0],))
    assert titles(draft(world, desk, top=1)) == []
    free = [idea.title for theme in desk.shelf(world.event.id).sessions[0].themes for idea in theme.free]
    assert "Repair" not in free and "Return" in free


@pytest.mark.parametrize(("choice", "error"), [
    ({}, errors.NoIdeaChosen), ({"ideas": ("no-such",)}, errors.NotFound),
])
def test_a_wrong_choice_is_named(world, desk, voted, choice, error):
    with pytest.raises(error):
        draft(world, desk, **choice)


def test_nothing_is_chosen_by_a_vote_that_is_not_revealed(world, desk):
    with pytest.raises(errors.NothingRevealed):
        draft(world, desk, top=3)


def test_a_session_of_another_event_is_not_there(world, desk, voted):
    with pytest.raises(errors.NotFound):
        desk.draft(new_id(), world.session.id, Choice(top=1), "editor")


def test_splitting_and_joining_keep_every_idea(world, desk, voted):
    [made] = draft(world, desk, ideas=tuple(voted[:3]), as_one=True)
    off = desk.split(world.event.id, made.id, [voted[0]], "editor")
    assert (ideas_of(world, made.id), ideas_of(world, off.id), off.title) == (voted[1:3], [voted[0]], "Repair")
    with pytest.raises(errors.AllIdeas):
        desk.split(world.event.id, made.id, voted[1:3], "editor")
    desk.join(world.event.id, made.id, off.id, "editor")
    assert ideas_of(world, made.id) == [voted[1], voted[2], voted[0]]
    with pytest.raises(errors.OtherSession):
        desk.join(world.event.id, made.id, made.id, "editor")
    states = {one.practice.id: one.practice.state for one in desk.of_event(world.event.id)}
    assert states == {made.id: "draft", off.id: "aside"}
    assert draft(world, desk, top=1) == []  # what is set aside is not made again by itself
