"""The console as an instrument: first what the phase needs, the rest folded as it was left, and on a phone all for one thumb."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, expect

from tests.people import PHONE, Venue

TARGET = 44  # pixels a finger needs
TITLES = ("Repair before replacing", "Lease monitors with the desks", "Take back and reuse")
FEW = {"City": 1, "Bank": 2}


@pytest.fixture
def shared(venue: Venue) -> str:
    """The code of a session that shares ideas of two organisations."""
    code = venue.session("write", show_authors=True)
    for (name, count), titles in zip(FEW.items(), (TITLES[:1], TITLES[1:]), strict=True):
        buyer = venue.member(code, name)
        assert len(titles) == count
        for title in titles:
            buyer.writes(title)
    venue.moves(code, "share")
    return code


def bounds(thing: Locator) -> tuple[float, float, float]:
    """Top, bottom and height of what is to be seen, in pixels."""
    expect(thing).to_be_visible()
    box = thing.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"], box["height"]


def test_what_was_opened_or_closed_is_so_again_on_this_browser(venue: Venue) -> None:
    code = venue.session("lobby")
    frida = venue.signed_in().opens_console(code)
    expect(frida.button("Add a table")).to_have_count(0)
    frida.unfolds("For a table")
    frida.folded("Who is here").locator(":scope > summary").click()
    frida.misses("Nobody yet. They appear here as they join.")
    frida.page.reload()
    expect(frida.button("Add a table")).to_be_visible()
    frida.misses("Nobody yet. They appear here as they join.")
    other = venue.signed_in().opens_console(code)
    other.sees("Nobody yet. They appear here as they join.")
    frida.look()


def test_the_phase_decides_until_somebody_has(venue: Venue) -> None:
    code = venue.session("lobby")
    frida = venue.signed_in().opens_console(code)
    expect(frida.folded("Rehearsal")).to_be_visible()
    frida.next("write")
    expect(frida.folded("Rehearsal")).to_have_count(0)
    frida.sees("Nobody yet. They appear here as they join.")
    frida.next("share")
    frida.misses("Nobody yet. They appear here as they join.")


def test_while_sharing_who_speaks_next_comes_first_and_fits_a_laptop(venue: Venue, shared: str) -> None:
    frida = venue.signed_in().opens_console(shared)
    room = frida.page.get_by_role("region", name="The room")
    expect(room.get_by_role("heading", level=2).first).to_have_text("Next to speak")
    _, bottom, _ = bounds(frida.page.get_by_role("region", name="Next to speak"))
    top, _, _ = bounds(frida.button("Next: vote"))
    assert bottom < top
    frida.sees("Then phones get the ballot; totals stay hidden.")


def test_on_a_phone_what_is_pressed_again_and_again_is_within_a_thumb_s_reach(venue: Venue, shared: str) -> None:
    frida = venue.signed_in(has_touch=True, is_mobile=True)
    frida.resized(PHONE)
    frida.open(f"/console/{shared}")
    first, parts = frida.button("Read out the first idea"), frida.page.get_by_role("navigation", name="Parts of the console")
    in_reach([first, frida.button("Next: vote"), parts])
    first.tap()
    expect(frida.button("Next idea")).to_be_visible()
    frida.look()
    frida.button("Next: vote").tap()
    frida.next("reveal", confirm="Reveal")
    in_reach([frida.button("Page after"), frida.button("Next: close")])
    frida.look()
    parts.get_by_role("button", name="Room").tap()
    frida.unfolds("For a table")
    expect(frida.button("Add a table")).to_be_visible()
    frida.look()


def in_reach(things: list[Locator]) -> None:
    """In the lower half, large enough, and one below the other."""
    measured = [bounds(thing) for thing in things]
    assert all(top >= PHONE[1] / 2 and bottom <= PHONE[1] and height >= TARGET for top, bottom, height in measured), measured
    assert all(above[1] <= below[0] for above, below in pairwise(measured)), measured


def test_one_theme_at_another_step_is_set_behind_its_fold_and_told_beside_its_name(venue: Venue, shared: str) -> None:
    frida = venue.signed_in().opens_console(shared)
    themes = frida.unfolds("Themes at different steps")
    themes.get_by_label("Phase of Better use of resources").select_option(label="Vote")
    themes.get_by_role("button", name="Set").click()
    agenda = frida.page.get_by_role("navigation", name="Agenda")
    expect(agenda.get_by_role("button", name=re.compile("Better use of resources Vote"))).to_be_visible()
    frida.look()


def test_while_people_write_it_is_told_who_is_still_at_it(venue: Venue) -> None:
    code = venue.session("write")
    alva, _bo = venue.member(code), venue.member(code, "Bank", "Bo")
    frida = venue.signed_in().opens_console(code)
    alva.button("I’m done").tap()
    told = frida.page.get_by_role("region", name="How far they are")
    expect(told).to_contain_text("1 of 2 is done")
    expect(told).to_contain_text("Still writing: Bank")


def test_without_a_connection_it_says_why_next_waits(venue: Venue) -> None:
    frida = venue.signed_in().opens_console(venue.session("write"))
    expect(frida.button("Next: share")).to_have_accessible_description("Then everybody sees the ideas and adds to them.")
    venue.server.stop()
    frida.sees("No connection. Next can be pressed as soon as it is back.")
    expect(frida.button("Next: share")).to_have_attribute("aria-disabled", "true")
    venue.server.start()
    expect(frida.button("Next: share")).to_have_attribute("aria-disabled", "false")
