"""What a room remembers: views of a room that has lived through a session are those of one opened anew, and little is made twice."""

from __future__ import annotations

import pytest

from workshop import views
from workshop.room import open_room
from workshop.service import commands as c
from workshop.store.queries import record


class Follower:
    """A room that takes over every change, as the hub's does."""

    def __init__(self, world):
        self._world = world
        self.room = open_room(self._changes(-1))

    def look(self):
        self.room.apply(self._changes(self.room.session.rev))
        return views.every(self.room)

    def _changes(self, since):
        return self._world.store.read(lambda tx: record.changes(tx, self._world.session.id, since))


@pytest.fixture
def day(world):
    """Ada's idea with an experience of Bo's, and Bo's idea; shared."""
    ada, bo = world.come("Ada", "City", "name"), world.come("Bo", "Bank", "name")
    world.phase("write")
    ideas = [world.writes(ada, "Take-back with reuse"), world.writes(bo, "Supplier takes back")]
    world.phase("share")
    world.does(bo, c.ExperiencePut, experience="stance-1", idea=ideas[0], kind="do", text="since 2023")
    return ada, bo, ideas


def test_what_a_change_does_not_concern_is_the_same_object_as_before(world, day):
    _, bo, ideas = day
    follower = Follower(world)
    before = follower.look()
    world.does(bo, c.ExperiencePut, experience="stance-2", idea=ideas[1], kind="would", text="")
    after = follower.look()
    for role in after:
        assert after[role][f"idea/{ideas[1]}"] != before[role][f"idea/{ideas[1]}"]
        for key in (f"idea/{ideas[0]}", "experience/stance-1"):
            assert after[role][key] is before[role][key]
        assert "experience/stance-2" in after[role]


@pytest.mark.parametrize("world", [{"show_authors": True}], indirect=True)
def test_whatever_changes_the_views_are_those_of_a_room_opened_anew(world, day):
    ada, bo, ideas = day
    follower = Follower(world)
    for change in (
        lambda: world.does(bo, c.ExperiencePut, experience="stance-1", idea=ideas[0], kind="would", text="from 2027"),
        lambda: world.does(ada, c.MePut, name="Ada", quote="anonymous"),
        lambda: world.runs("idea.merge", c.IdeaMerge, idea=ideas[0], into=ideas[1]),
        lambda: world.does(ada, c.ExperiencePut, experience="stance-3", idea=ideas[1], kind="do", text=""),
        lambda: world.runs("idea.split", c.IdeaSplit, idea=ideas[0]),
        lambda: world.runs("idea.hide", c.IdeaHide, idea=ideas[0], hidden=True),
        lambda: world.phase("write"),
    ):
        change()
        fresh = open_room(follower._changes(-1))
        assert follower.look() == views.every(fresh)


def test_what_was_made_of_equal_parts_is_taken_again_and_of_others_not(world):
    room, made = Follower(world).room, []

    def make(*parts):
        made.append(parts)
        return [parts]

    first = room.made_of("a", make, (1,), [2])
    assert room.made_of("a", make, (1,), [2]) is first
    assert room.made_of("b", make, (1,), [2]) is not first
    assert room.made_of("a", make, (1,), [2, 3]) == [((1,), [2, 3])]
    assert len(made) == 3
