"""The agenda in the facilitator's hands: by button, space bar and clicker, changed by keyboard, and on wall and phone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.people import PHONE, Facilitator, Venue
from workshop.rules.agenda import BY_KEY

HOUR = BY_KEY["academy-60"].steps


def rail(frida: Facilitator) -> Locator:
    """The steps beside the work."""
    return frida.page.get_by_role("navigation", name="Agenda").get_by_role("listitem")


def test_the_day_by_space_bar_and_clicker_with_its_questions(venue: Venue) -> None:
    code = venue.session(agenda=HOUR)
    frida, wall, alva = venue.signed_in().open(f"/console/{code}"), venue.wall(code), venue.member(code)
    frida.page.keyboard.press(" ")
    frida.is_at("Welcome", "Write, 10 min")
    frida.page.keyboard.press("PageDown")
    frida.is_at("Write", "Share, 20 min")
    for someone in (wall, alva):
        someone.sees(HOUR[1].prompt)
    wall.sees("2 of 6 · then Share")
    frida.page.keyboard.press("ArrowRight")
    frida.is_at("Share", "Vote, 7 min")
    frida.page.keyboard.press("PageDown")
    frida.is_at("Vote", "Results, 13 min")
    frida.page.keyboard.press("PageDown")  # Alva has not voted: it asks, and the clicker does not answer
    dialog = frida.page.get_by_role("dialog")
    expect(dialog).to_contain_text("has not voted yet")
    frida.page.keyboard.press("PageDown")
    dialog.get_by_role("button", name="Cancel").click()
    frida.next("Results", confirm="Reveal")
    frida.is_at("Results", "Close, 5 min")
    frida.button("Back: Vote").click()
    dialog.get_by_role("button", name="Go back").click()
    frida.is_at("Vote", "Results, 13 min")
    for someone in (wall, alva):
        someone.look()
    frida.resized(PHONE)
    box = frida.button(re.compile("^Next: Results")).bounding_box()
    assert box and box["y"] + box["height"] <= PHONE[1] and box["height"] >= 44
    frida.look()


def test_an_agenda_is_chosen_changed_by_keyboard_and_kept(venue: Venue) -> None:
    code = venue.session("share")
    frida = venue.signed_in().open(f"/console/{code}")
    frida.button("Plan").click()
    frida.page.get_by_label("Template").select_option(label="Quick round, 15 minutes")
    frida.button("Use", exact=True).click()
    expect(frida.page.locator(".step[aria-current=step]")).to_contain_text("Share")
    frida.button("Later: Vote").focus()
    frida.page.keyboard.press("Enter")
    expect(rail(frida).nth(3)).to_contain_text("Vote")
    expect(frida.button("Later: Vote")).to_be_focused()
    frida.button("Add a step").click()
    frida.page.get_by_label("Title").fill("Break")
    minutes = frida.page.get_by_role("spinbutton", name="Minutes")
    minutes.press("ArrowRight")  # who types goes nowhere
    minutes.fill("15")
    frida.page.get_by_label("Prompt for the wall").fill("Coffee")
    frida.look()
    frida.button("Save").click()
    expect(rail(frida).filter(has_text="Break")).to_contain_text("15 min")
    frida.page.get_by_label("Keep this one as").fill("Half day")
    frida.button("Keep", exact=True).click()
    expect(frida.page.get_by_label("Template").get_by_role("option", name="Half day")).to_be_attached()
    expect(frida.page.locator(".step[aria-current=step]")).to_contain_text("Share")
    frida.look()
    assert [step.title for step in sorted(venue.record(code).steps, key=lambda step: step.position)][-1] == "Break"
