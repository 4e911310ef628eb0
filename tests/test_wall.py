"""The wall: what it is told to show, what it may show of a vote, the end of the time, and writing before the day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.people import Buyer, Facilitator, Venue, Wall
from tests.support import World
from tests.test_views import look
from workshop import errors
from workshop.rules import wall
from workshop.rules.pooling import LEAST, pooled
from workshop.service import commands as c

ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=9)
AT_FIRST = {"view": "auto", "theme": None, "page": 0, "idea": None, "corner": True, "sound": True}


def shown(world: World) -> dict[str, Any]:
    """What the screen is told to show."""
    return look(world, "screen")["wall"]


# -- what is chosen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", wall.VIEWS)
def test_every_view_can_be_chosen_and_console_and_screen_agree(world: World, view: str) -> None:
    world.runs("screen.show", c.ScreenShow, view=view, theme=world.waste, page=2)
    assert shown(world) == AT_FIRST | {"view": view, "theme": world.waste, "page": 2}
    assert look(world, "console")["wall"] == shown(world)


def test_the_switches_stay_whatever_is_shown_and_a_new_phase_too(world: World) -> None:
    world.runs("screen.switch", c.ScreenSwitch, corner=False)
    world.runs("screen.show", c.ScreenShow, view="overview")
    world.runs("screen.switch", c.ScreenSwitch, sound=False)
    assert shown(world) == AT_FIRST | {"view": "overview", "corner": False, "sound": False}
    world.phase("write")
    assert shown(world) == AT_FIRST | {"corner": False, "sound": False}


def test_a_theme_or_idea_of_another_session_is_not_shown(world: World) -> None:
    for field in ("theme", "idea"):
        with pytest.raises(errors.NotFound) as caught:
            world.runs("screen.show", c.ScreenShow, view="board", **{field: "somebody-elses"})
        assert caught.value.field == field
    assert shown(world) == AT_FIRST


def test_a_choice_kept_before_there_were_switches_is_understood() -> None:
    assert wall.opened('{"view":"idea","theme":null,"page":0,"idea":"one"}') == AT_FIRST | {"view": "idea", "idea": "one"}
    assert wall.opened("") == AT_FIRST


# -- what may be seen of a vote --------------------------------------------------------------------------------


@given(ROWS)
def test_small_organisations_are_pooled_and_nobody_is_lost(counts: list[tuple[int, int]]) -> None:
    rows = [{"id": str(n), "voted": voted, "of": voted + more} for n, (voted, more) in enumerate(counts)]
    apart, others = pooled(rows)
    assert all(row["voted"] >= LEAST for row in apart)
    together = others or {"organisations": 0, "voted": 0, "of": 0}
    for column in ("voted", "of"):
        assert sum(row[column] for row in apart) + together[column] == sum(row[column] for row in rows)
    assert len(apart) + together["organisations"] == len(rows)
    # What is left of the total is no small organisation's figure either, but where the room itself is as small.
    assert others is None or others["voted"] >= LEAST or not apart


def test_the_screen_names_an_organisation_from_three_ballots_on(world: World) -> None:
    world.phase("write")
    idea = world.writes(world.come("Ada", "City"), "Take-back with reuse")
    voters = [world.come(f"Citizen {n}", "City") for n in range(3)] + [world.come(f"Banker {n}", "Bank") for n in range(3)]
    world.phase("vote")
    for voter in voters[:5]:
        world.votes(voter, idea)
    turnout = look(world, "screen")[f"turnout/{world.waste}"]
    assert (turnout["organisations"], turnout["others"]) == ([], {"organisations": 2, "voted": 5, "of": 7})
    world.votes(voters[5], idea)
    turnout = look(world, "screen")[f"turnout/{world.waste}"]
    assert [(row["name"], row["voted"], row["of"]) for row in turnout["organisations"]] == [("Bank", 3, 3), ("City", 3, 4)]
    assert turnout["others"] is None
    assert not any(key.startswith("turnout/") for key in look(world, "phone"))


def test_who_is_done_is_counted_by_organisation(world: World) -> None:
    world.phase("write")
    ada, bo = world.come("Ada", "City"), world.come("Bo", "Bank")
    world.come("Cy", "City")
    for who in (ada, bo):
        world.does(who, c.Done, phase="write", done=True)
    progress = look(world, "console")["progress"]
    assert (progress["done"], progress["of"]) == (2, 3)
    assert [(row["name"], row["done"], row["of"]) for row in progress["organisations"]] == [("Bank", 1, 1), ("City", 1, 2)]
    assert "progress" not in look(world, "phone")


# -- before the day ------------------------------------------------------------------------------------------


def test_people_may_write_before_the_day_and_nobody_sees_it(world: World) -> None:
    early = world.come("Early")
    with pytest.raises(errors.WrongPhase):
        world.writes(early, "Too early")
    world.runs("early.open", c.EarlyOpen, open=True)
    idea = world.writes(early, "Written at home")
    for role in ("phone", "screen"):
        assert f"idea/{idea}" not in look(world, role)
    assert look(world, "phone")["session"]["phase"] == "lobby"
    world.phase("write")
    assert {theme.phase for theme in world.record.themes} == {None}
    assert [one.title for one in world.record.ideas] == ["Written at home"]


def test_writing_before_the_day_can_be_closed_and_undone(world: World) -> None:
    world.phase("share", theme=world.use)
    world.runs("early.open", c.EarlyOpen, open=True)
    assert [theme.phase for theme in world.record.themes] == ["write", "share"]
    world.runs("early.open", c.EarlyOpen, open=False)
    assert [theme.phase for theme in world.record.themes] == [None, "share"]
    world.runs("undo", c.Undo, log=world.record.log[-1].id)
    assert [theme.phase for theme in world.record.themes] == ["write", "share"]


def test_once_the_session_has_begun_it_is_no_longer_before_the_day(world: World) -> None:
    world.phase("share")
    with pytest.raises(errors.WrongPhase) as caught:
        world.runs("early.open", c.EarlyOpen, open=True)
    assert caught.value.field == "open"


# -- in front of it --------------------------------------------------------------------------------------------


def chooses(frida: Facilitator, wall: Wall, view: str, text: str | re.Pattern[str]) -> None:
    """The facilitator chooses a view: the wall shows *text*, and its small picture in the console the very same."""
    frida.unfolds("Other views")
    frida.page.get_by_role("group", name="What the wall shows").get_by_role("button", name=view, exact=True).click()
    expect(wall.page.get_by_role("main")).to_contain_text(text)
    small = frida.page.frame_locator("iframe").get_by_role("main")
    expect(small).to_contain_text(text)
    assert small.inner_text() == wall.page.get_by_role("main").inner_text()


def test_the_console_chooses_what_the_wall_shows_and_sees_the_same(venue: Venue) -> None:
    code = venue.session("write", question="What works where you are?")
    alva: Buyer = venue.member(code)
    frida, wall = venue.signed_in().opens_console(code), venue.wall(code)
    alva.writes("Take-back with reuse first")
    alva.field.fill("A drawer of spare parts, so that")
    chooses(frida, wall, "Question", "What works where you are?")
    chooses(frida, wall, "Board", "They are shown when sharing begins")
    time_is_up(code, venue, frida, wall, alva)
    venue.moves(code, "vote")
    chooses(frida, wall, "Board", "Take-back with reuse first")
    chooses(frida, wall, "Turnout", "Who has voted")
    alva.ticks("Take-back with reuse first")
    chooses(frida, wall, "Results", "1 of 1 voted")
    venue.moves(code, "reveal")
    chooses(frida, wall, "Results", "100 % across organisations")
    frida.look()
    chooses(frida, wall, "Overview", re.compile("All themes.*Take-back with reuse first", re.DOTALL))
    expect(wall.page.get_by_role("img", name="QR code to join")).to_be_visible()
    for locked in (True, False):
        venue.tells(code, "join.lock", locked=locked)
        expect(wall.page.get_by_role("img", name="QR code to join")).to_have_count(0 if locked else 1)
    frida.page.get_by_label("QR in the corner").uncheck()
    expect(wall.page.get_by_role("img", name="QR code to join")).to_have_count(0)
    wall.look()
    chooses(frida, wall, "Blank", "The screen is blank")


def time_is_up(code: str, venue: Venue, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """A timer ends: wall and phone say so, and what is being typed stays where it is."""
    venue.tells(code, "timer.set", action="start", seconds=60)
    wall.sees("Click once for sound")
    wall.page.mouse.click(5, 5)
    wall.misses("Click once for sound")
    venue.tells(code, "timer.set", action="start", seconds=1)
    expect(wall.page.locator(".over-time")).to_be_attached()
    wall.sees("Time is up")
    alva.sees("Finish your sentence")
    expect(alva.field).to_have_value("A drawer of spare parts, so that")
    expect(alva.button("Send idea")).to_be_visible()
    alva.look()
    frida.misses("Click once for sound")
    venue.tells(code, "timer.set", action="clear", seconds=None)
    alva.misses("Finish your sentence")


def test_who_comes_before_the_day_writes_and_who_comes_late_is_told(venue: Venue) -> None:
    code = venue.session()
    alva, frida = venue.member(code), venue.signed_in().opens_console(code)
    frida.unfolds("Writing before the day")
    frida.page.get_by_label("Let people write before the day").check()
    alva.page.get_by_role("list", name="Themes").get_by_role("button").first.tap()
    alva.writes("Written at home")
    alva.button("Lobby").tap()
    alva.sees("Your ideas · 1")
    alva.look()
    frida.look()
    venue.moves(code, "share")
    late = venue.member(code, "Bank", "Bo")
    late.sees("What happened so far")
    alva.sees("Written at home")
    alva.misses("What happened so far")
    late.look()
    late.button("Close").tap()
    late.misses("What happened so far")
