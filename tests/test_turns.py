"""One organisation in turn: the order, reading out, and who is told of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import errors, views
from workshop.model import Idea, Organisation, Participant
from workshop.room import open_room
from workshop.rules.turns import OTHERS, turns
from workshop.service import commands as c
from workshop.store.queries import record

HOUSES = {name: Organisation(name, "event", name, name.casefold(), n, True) for n, name in enumerate(("City", "Bank", "Port"))}
STORIES = st.lists(st.tuples(
    st.sampled_from([*HOUSES, None]), st.sampled_from(["active", "active", "active", "withdrawn", "hidden"]), st.booleans(),
    st.none() | st.integers(1, 99),
), max_size=24)  # fmt: skip


def people(quote="organisation"):
    return {str(home): Participant(str(home), "session", home, "", quote, "", "", 1, 1) for home in [*HOUSES, None]}


def idea(number, home, state="active", merged=False, shared_at=None):
    return Idea(f"idea-{number:03}", "session", "theme", str(home), "Title", "", state, "idea-000" if merged and number else None,
                1, number, number, "", shared_at)


def told(stories):
    return [idea(number, *story) for number, story in enumerate(stories)]


# -- the order -------------------------------------------------------------------------------------------


@given(STORIES, st.text(max_size=5))
def test_everybody_has_the_floor_once_before_anybody_has_it_again(stories, seed):
    ideas = told(stories)
    found = turns(seed, ideas, people(), HOUSES)
    expected = {i.id for i in ideas if i.shared_at is None and i.state == "active" and i.merged_into is None}
    assert {i.id for i in found.ahead} == expected and len(found.ahead) == len(expected)
    spoken = {voice: sum(i.shared_at is not None and found.voices[i.id] == voice for i in ideas) for voice in found.voices.values()}
    rounds = []
    for one in found.ahead:
        rounds.append(spoken[found.voices[one.id]])
        spoken[found.voices[one.id]] += 1
    assert rounds == sorted(rounds)


@given(STORIES, st.text(max_size=5))
def test_an_organisation_s_ideas_come_oldest_first_and_reading_one_out_leaves_the_others_in_order(stories, seed):
    ideas = told(stories)
    found = turns(seed, ideas, people(), HOUSES)
    for voice in set(found.voices.values()):
        own = [i.created_at for i in found.ahead if found.voices[i.id] == voice]
        assert own == sorted(own)
    if found.ahead:
        after = [replace(i, shared_at=1000) if i.id == found.ahead[0].id else i for i in ideas]
        assert turns(seed, after, people(), HOUSES).ahead == found.ahead[1:]
        assert turns(seed, after, people(), HOUSES).now.id == found.ahead[0].id


@given(st.permutations(range(8)), st.text(max_size=5))
def test_the_order_depends_on_nothing_but_the_seed_and_the_ideas(order, seed):
    ideas = [idea(n, [*HOUSES, None][n % 4]) for n in range(8)]
    assert turns(seed, [ideas[n] for n in order], people(), HOUSES) == turns(seed, ideas, people(), HOUSES)


def test_who_begins_is_drawn_anew_for_every_theme():
    ideas = [idea(n, home) for n, home in enumerate(HOUSES)]
    assert len({turns(f"session/{n}", ideas, people(), HOUSES).ahead for n in range(60)}) == 6


def test_a_newcomer_takes_a_place_and_moves_nobody():
    ideas = [idea(n, home) for n, home in enumerate(("City", "Bank"))]
    before = [i.participant_id for i in turns("seed", ideas, people(), HOUSES).ahead]
    after = [i.participant_id for i in turns("seed", [*ideas, idea(9, "Port")], people(), HOUSES).ahead]
    assert [name for name in after if name != "Port"] == before


def test_people_without_an_organisation_and_anonymous_ones_take_turns_as_one():
    ideas = [idea(0, "City"), idea(1, None), idea(2, "City")]
    assert turns("seed", ideas, people("anonymous"), HOUSES).order() == [(OTHERS, 3)]
    assert dict(turns("seed", ideas, people(), HOUSES).order()) == {"City": 2, OTHERS: 1}


# -- reading out -----------------------------------------------------------------------------------------


@pytest.fixture
def floor(world):
    """Two ideas of the City, one of the Bank, an anonymous one of the University, all being shared; ids by title."""
    world.phase("write")
    ideas = {}
    for title, name, organisation, quote in (
        ("Reuse", "Ada", "City", "name"), ("Repair", "Ari", "City", "organisation"),
        ("Return", "Bo", "Bank", "organisation"), ("Refill", "Una", "University", "anonymous"),
    ):  # fmt: skip
        ideas[title] = world.writes(world.come(name, organisation, quote), title)
        world.clock.forward(1)
    world.phase("share")
    return ideas


def reads(world, idea=None, command="turn.next", **more):
    kind = c.TurnNext if command == "turn.next" else c.TurnBack
    world.runs(command, kind, theme=world.waste, idea=idea, **more)
    return wall(world)["idea"]


def wall(world):
    return json.loads(world.record.session.wall)


def seen(world, role):
    return views.every(open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1))))[role]


def standing(world, role="console"):
    return seen(world, role)[f"turns/{world.waste}"]


def read_all(world):
    order, now = [], None
    while standing(world)["left"]:
        now = reads(world, now)
        order.append(now)
    return order


def test_the_wall_shows_each_idea_once_one_organisation_in_turn(world, floor):
    before = [one["name"] for one in standing(world)["order"]]
    order = read_all(world)
    assert sorted(order) == sorted(floor.values())
    assert set(order[:3]) == {floor["Reuse"], floor["Return"], floor["Refill"]} and order[3] == floor["Repair"]
    titles = {i.id: i for i in world.record.ideas}
    assert before == [{"Reuse": "City", "Return": "Bank", "Refill": ""}[titles[i].title] for i in order[:3]]
    assert standing(world) | {"whose": 0} == {"theme": world.waste, "now": order[-1], "read": 4, "left": 0, "order": [], "whose": 0}
    with pytest.raises(errors.AllReadOut) as caught:
        reads(world, order[-1])
    assert (caught.value.field, wall(world)["idea"]) == ("theme", order[-1])


def test_of_two_facilitators_at_once_one_moves_on(world, floor):
    first = reads(world, id="command-1")
    assert reads(world, id="command-1") == first  # sent again by the same one
    with pytest.raises(errors.Conflict) as caught:
        reads(world)
    assert (caught.value.field, standing(world)["read"]) == ("idea", 1)


def test_back_shows_the_idea_before_and_next_the_same_again(world, floor):
    first = reads(world)
    second = reads(world, first)
    assert reads(world, second, "turn.back") == first
    assert reads(world, first) == second
    reads(world, second, "turn.back")
    assert reads(world, first, "turn.back") is None
    assert (wall(world)["view"], wall(world)["theme"], standing(world)["read"]) == ("auto", world.waste, 0)
    with pytest.raises(errors.Conflict):
        reads(world, first, "turn.back")


def test_reading_out_moves_nothing_else_away_from_what_was_just_done(world, floor):
    world.phase("write")
    world.phase("share")
    read_all(world)
    latest = [entry["action"] for entry in seen(world, "console")["log"]["entries"]]
    assert latest[:3] == ["turn.next", "phase.set", "phase.set"]
    world.runs("undo", c.Undo, log=seen(world, "console")["log"]["entries"][0]["id"])
    assert standing(world)["left"] == 1
    assert [entry.action for entry in world.record.log].count("turn.next") == 4


def test_undo_takes_the_idea_off_the_wall_and_back_on(world, floor):
    first = reads(world)
    second = reads(world, first)
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    assert (standing(world)["now"], wall(world)["idea"], standing(world)["left"]) == (first, first, 3)
    assert reads(world, first) == second
    reads(world, second, "turn.back")
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    assert (standing(world)["now"], wall(world)["idea"]) == (second, second)


def test_the_wall_follows_an_undo_that_is_undone(world, floor):
    first = reads(world)
    second = reads(world, first)
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    assert (standing(world)["now"], wall(world)["idea"]) == (second, second)


def test_an_undo_leaves_a_wall_alone_that_shows_something_else(world, floor):
    reads(world)
    world.runs("screen.show", c.ScreenShow, view="qr")
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    assert (standing(world)["read"], wall(world)["view"]) == (0, "qr")


def test_merged_hidden_and_withdrawn_ideas_are_passed_over_and_late_ones_join(world, floor):
    world.runs("idea.merge", c.IdeaMerge, idea=floor["Reuse"], into=floor["Return"])
    world.runs("idea.hide", c.IdeaHide, idea=floor["Refill"], hidden=True)
    order = read_all(world)
    assert set(order) == {floor["Repair"], floor["Return"]}
    late = world.writes(world.come("Eve", "Energy company"), "Rent")
    assert standing(world)["order"][0]["name"] == "Energy company"
    assert reads(world, order[-1]) == late
    world.runs("idea.split", c.IdeaSplit, idea=floor["Reuse"])
    assert reads(world, late) == floor["Reuse"]


def test_a_clock_set_back_does_not_change_which_was_read_out_last(world, floor):
    first = reads(world)
    world.clock.forward(-3600)
    second = reads(world, first)
    assert standing(world)["now"] == second


@pytest.mark.parametrize("phase", ["write", "vote", "closed"])
def test_ideas_are_read_out_while_they_are_shared_alone(world, floor, phase):
    world.phase(phase)
    with pytest.raises(errors.WrongPhase):
        reads(world)
    assert not any(key.startswith("turns/") for role in ("phone", "screen", "console") for key in seen(world, role))


def test_a_theme_or_an_idea_of_elsewhere_cannot_be_read_out(world, floor):
    with pytest.raises(errors.NotFound):
        world.runs("turn.next", c.TurnNext, theme="theme-of-others")
    with pytest.raises(errors.Conflict):
        reads(world, "idea-of-others")


# -- who is told -----------------------------------------------------------------------------------------


def test_the_room_is_not_told_whose_an_idea_is_where_authors_are_hidden(world, floor):
    reads(world)
    screen, console = standing(world, "screen"), standing(world)
    assert (screen["whose"], screen["order"], screen["left"]) == (None, [], 3)
    assert console["whose"]["name"] in ("City", "Bank", "") and console["order"]
    assert not any(key.startswith("turns/") for key in seen(world, "phone"))


@pytest.mark.parametrize("world", [{"show_authors": True}], indirect=True)
def test_where_authors_are_shown_the_room_sees_the_order_and_no_anonymous_one_in_it(world, floor):
    assert standing(world, "screen") == standing(world)
    assert {one["name"] for one in standing(world)["order"]} == {"City", "Bank", ""}


def test_phones_are_told_what_the_wall_shows_large_where_they_see_it(world, floor):
    assert seen(world, "phone")["wall"] == {"idea": None}
    first = reads(world)
    assert seen(world, "phone")["wall"] == {"idea": first}
    other = next(i for i in floor.values() if i != first)
    world.runs("idea.merge", c.IdeaMerge, idea=first, into=other)
    assert seen(world, "phone")["wall"] == {"idea": other}
    world.runs("idea.hide", c.IdeaHide, idea=other, hidden=True)
    assert seen(world, "phone")["wall"] == {"idea": None}
    world.runs("idea.hide", c.IdeaHide, idea=other, hidden=False)
    world.runs("screen.show", c.ScreenShow, view="idea", idea=other)
    assert seen(world, "phone")["wall"] == {"idea": other}
    world.phase("write", theme=world.waste)
    world.runs("screen.show", c.ScreenShow, view="idea", idea=other)
    assert seen(world, "phone")["wall"] == {"idea": None}
