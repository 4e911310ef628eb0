"""Participant and facilitator by keyboard alone, the focus always to be seen; and for fingers, targets large enough."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.hands import goes_to, presses
from tests.people import Buyer, Facilitator, Venue

REPAIR, LEASE, REUSE = "Repair before replacing", "Lease monitors with the desks", "Take back and reuse"
TARGET = 44  # pixels a finger needs


def test_a_participant_needs_no_finger(venue: Venue) -> None:
    code = venue.session("write")
    alva = venue.buyer(has_touch=False, is_mobile=False)
    come_in(alva, code)
    write(alva)
    venue.moves(code, "share")
    add_what_one_knows(alva)
    venue.moves(code, "vote")
    fill_in_the_ballot(alva)
    venue.moves(code, "reveal")
    presses(alva, alva.page.get_by_text("Your ballot as recorded"))
    expect(alva.page.locator(".recorded li")).to_have_text(re.compile(REPAIR))
    see_oneself(alva)
    assert not alva.troubles


def come_in(alva: Buyer, code: str) -> None:
    """The code, the organisation by typing, a name, how to be quoted."""
    alva.open("/")
    expect(alva.page.get_by_label("Code")).to_be_focused()
    alva.page.keyboard.type(code.lower())
    with alva.page.expect_navigation():
        alva.page.keyboard.press("Enter")
    goes_to(alva, alva.page.get_by_label("Find your organisation"))
    alva.page.keyboard.type("univ")
    alva.page.keyboard.press("Enter")
    expect(alva.page.get_by_role("radio", name="University")).to_be_checked()
    expect(alva.page.get_by_label("Your name")).to_be_focused()
    alva.page.keyboard.type("Alva")
    goes_to(alva, alva.page.get_by_role("radio", name="Organisation only"))
    alva.page.keyboard.press("ArrowDown")
    expect(alva.page.get_by_role("radio", name="Anonymous")).to_be_checked()
    presses(alva, alva.button("Join", exact=True))
    alva.is_in()


def write(alva: Buyer) -> None:
    """Two ideas, one of them changed, one taken back and put back; done."""
    goes_to(alva, alva.field)
    for idea in (REPAIR, LEASE):
        alva.page.keyboard.type(idea)
        alva.page.keyboard.press("Enter")
        expect(alva.own(idea).locator(".status")).to_have_text("Saved")
    presses(alva, alva.button(f"Edit: {REPAIR}"))
    expect(alva.page.get_by_role("textbox", name="Change your idea")).to_be_focused()
    alva.page.keyboard.press("End")
    alva.page.keyboard.type(", always")
    alva.page.keyboard.press("Enter")
    expect(alva.own(f"{REPAIR}, always").locator(".status")).to_have_text("Saved")
    presses(alva, alva.button(f"Withdraw: {LEASE}"), "Space")
    expect(alva.own(LEASE)).to_have_count(0)
    presses(alva, alva.button("Undo"), "Space")
    expect(alva.own(LEASE)).to_be_visible()
    presses(alva, alva.button("I’m done"), "Space")
    expect(alva.button("I’m done")).to_have_attribute("aria-pressed", "true")


def add_what_one_knows(alva: Buyer) -> None:
    """A stance and an obstacle."""
    ideas = alva.page.get_by_role("list", name="Ideas", exact=True)
    presses(alva, ideas.get_by_role("button", name=REPAIR))
    presses(alva, alva.button("We do this"), "Space")
    expect(alva.button("We do this")).to_have_attribute("aria-pressed", "true")
    presses(alva, alva.button("Obstacle"))
    expect(alva.page.get_by_role("textbox", name="Obstacle")).to_be_focused()
    alva.page.keyboard.type("Spare parts take weeks")
    presses(alva, alva.button("Add", exact=True))
    alva.sees("Spare parts take weeks")


def fill_in_the_ballot(alva: Buyer) -> None:
    """One tick."""
    box = alva.page.get_by_role("checkbox", name=REPAIR)
    presses(alva, box, "Space")
    expect(box).to_be_checked()
    expect(alva.page.locator(".ballot .status[data-state=saved]")).to_contain_text("Ballot saved")


def see_oneself(alva: Buyer) -> None:
    """The dialog with the return code opens, keeps the focus inside, and gives it back."""
    who = alva.page.locator(".who")
    presses(alva, who)
    dialog = alva.page.get_by_role("dialog")
    expect(dialog.get_by_role("region", name="Your return code")).to_be_visible()
    goes_to(alva, dialog.get_by_role("textbox", name="Your name"))
    alva.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(who).to_be_focused()


def test_a_facilitator_needs_no_mouse(venue: Venue) -> None:
    code = venue.session("write")
    alva = venue.buyer().open(f"/{code}").joins("City", "Alva")
    for idea in (REPAIR, LEASE, REUSE):
        alva.writes(idea)
    frida = venue.signed_in().opens_console(code)
    set_the_timer(frida)
    presses(frida, frida.button("Next: share"))
    hide_and_undo(frida)
    group(frida)
    presses(frida, frida.button("Next: vote"))
    expect(frida.page.get_by_text("0 of 1 voted")).to_be_visible()
    reveal(frida)
    assert not frida.troubles


def set_the_timer(frida: Facilitator) -> None:
    """Five minutes, paused, and away."""
    presses(frida, frida.button("Start a timer of 5 minutes"))
    expect(frida.page.get_by_role("timer")).to_have_text(re.compile("^[45]:"))
    presses(frida, frida.button("Pause"), "Space")
    expect(frida.button("Resume")).to_be_visible()
    presses(frida, frida.button("Clear the timer"))
    expect(frida.page.get_by_role("timer")).to_have_count(0)


def hide_and_undo(frida: Facilitator) -> None:
    """Open a card, hide the idea, take that back."""
    presses(frida, frida.card(LEASE).get_by_role("heading", name=LEASE).get_by_role("button"))
    presses(frida, frida.card(LEASE).get_by_role("button", name="Hide", exact=True))
    presses(frida, frida.page.get_by_role("dialog").get_by_role("button", name="Hide", exact=True))
    expect(frida.card(LEASE)).to_have_count(0)
    presses(frida, frida.button(f"Undo: Hid “{LEASE}”"))
    expect(frida.card(LEASE)).to_be_visible()


def group(frida: Facilitator) -> None:
    """Choosing waits for its button, so that arrow keys pass by other choices."""
    presses(frida, frida.card(REUSE).get_by_role("heading", name=REUSE).get_by_role("button"))
    goes_to(frida, frida.card(REUSE).get_by_label("Group with…"))
    frida.page.keyboard.press("ArrowDown")
    expect(frida.card(REUSE)).to_be_visible()
    presses(frida, frida.card(REUSE).get_by_role("button", name="Group", exact=True))
    expect(frida.card(REUSE)).to_have_count(0)
    expect(frida.page.locator("[data-idea]").filter(has_text="2 grouped")).to_have_count(1)


def reveal(frida: Facilitator) -> None:
    """Escape says no, Enter on the button says yes."""
    dialog = frida.page.get_by_role("dialog")
    presses(frida, frida.button("Next: reveal"))
    expect(dialog).to_contain_text("1 of 1 has not voted yet")
    frida.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(frida.button("Next: reveal")).to_be_focused()
    frida.page.keyboard.press("Enter")
    presses(frida, dialog.get_by_role("button", name="Reveal"))
    expect(frida.button("Next: close")).to_be_visible()


def test_a_finger_hits_every_target(venue: Venue) -> None:
    code = venue.session("lobby")
    alva = venue.buyer().open("/")
    targets_are_large(alva)
    alva.open(f"/{code}")
    targets_are_large(alva)
    alva.joins("City", "Alva")
    targets_are_large(alva)
    venue.moves(code, "write")
    alva.writes(REPAIR)
    targets_are_large(alva)
    venue.moves(code, "share")
    alva.opens(REPAIR).get_by_role("button", name="Comment").tap()
    targets_are_large(alva)
    venue.moves(code, "vote")
    alva.ticks(REPAIR)
    targets_are_large(alva)
    venue.moves(code, "reveal")
    alva.sees(re.compile("across organisations"))
    targets_are_large(alva)
    alva.page.locator(".who").tap()
    targets_are_large(alva)


def targets_are_large(someone: Buyer) -> None:
    """Whatever can be tapped is at least as large as a fingertip."""
    things = someone.page.locator("button, summary, label:has(input), textarea, select, a").filter(visible=True)
    small = [(box, name) for box, name in ((one.bounding_box(), one.inner_text()) for one in things.all())
             if box and min(box["width"], box["height"]) < TARGET - 0.5]
    assert not small
