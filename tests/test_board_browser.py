"""The board in real browsers: groups by finger and by keyboard, suggestions that stay dismissed, and two alike on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.hands import drags, groups_by_keyboard, presses
from tests.people import POCKET, Buyer, Facilitator, Venue
from workshop.service.plans import ThemeLine

LEASE, LENT, REPAIR, REUSE = "Lease monitors with the desks", "One monitor for two desks", "Repair before replacing", "Take back and reuse"
TWIN, OTHER = "Sell old phones to the staff", "Sell the old phones to staff"


def test_ideas_are_grouped_by_finger_and_keyboard_and_a_dismissal_holds_everywhere(venue: Venue) -> None:
    code = venue.session("write", themes=(ThemeLine("Less electronic waste"),))
    alva, bo = venue.member(code), venue.member(code, "Bank", "Bo")
    for title in (LEASE, LENT, REPAIR, REUSE, TWIN):
        alva.writes(title)
    bo.field.fill(OTHER)
    expect(bo.field).to_have_value(OTHER)
    bo.misses(re.compile("Two alike|something like this"))  # of others nothing is known before they share
    bo.writes(OTHER)
    venue.moves(code, "share")
    two_alike(bo)
    mona = venue.signed_in(**POCKET).open(f"/console/{code}")
    expect(mona.page.locator(".alike")).to_be_visible()  # nothing moves down any more
    drags(mona, LENT, LEASE)
    expect(mona.card(LEASE)).to_contain_text("2 grouped")
    frida = venue.signed_in().opens_console(code)
    expect(frida.card(LENT)).to_have_count(0)
    groups_by_keyboard(frida, REUSE, REPAIR)
    dismisses(frida, mona)
    takes_apart(frida, mona)
    for someone in (frida, mona, bo):
        someone.look()


def two_alike(bo: Buyer) -> None:
    """What another has shared is pointed out while typing; the button leads to its experiences, and no word is lost."""
    bo.button("Add an idea").tap()
    bo.field.fill("Lease the monitors with desks")
    bo.sees(re.compile("Two alike"))
    bo.look()
    bo.button("Add your experience instead").tap()
    expect(bo.button(LEASE)).to_be_focused()
    expect(bo.button("We do this")).to_be_visible()
    bo.button("Add an idea").tap()
    expect(bo.field).to_have_value("Lease the monitors with desks")


def dismisses(frida: Facilitator, mona: Facilitator) -> None:
    """Both texts side by side, with who says so; what one console dismisses no console suggests again."""
    pair = frida.page.get_by_role("region", name="Do these say the same?")
    expect(pair.get_by_role("heading", level=4)).to_have_text([TWIN, OTHER])
    expect(pair.get_by_role("article")).to_contain_text(["City", "Bank"])
    expect(mona.page.locator(".alike")).to_be_attached()
    presses(frida, pair.get_by_role("button", name="Not the same"))
    for someone in (frida, mona):
        expect(someone.page.locator(".alike")).to_have_count(0)
    frida.page.reload()
    expect(frida.card(OTHER)).to_be_visible()
    expect(frida.page.locator(".alike")).to_have_count(0)


def takes_apart(frida: Facilitator, mona: Facilitator) -> None:
    """Another text leads, one is taken out, and the log undoes that; the second console follows."""
    presses(frida, frida.opens(REPAIR).get_by_role("button", name=f"Let “{REUSE}” lead"))
    expect(mona.card(REUSE)).to_contain_text("2 grouped")
    presses(frida, frida.button(f"Undo: “{REUSE}” leads its group"))
    frida.unfolds("Earlier")
    frida.button(f"Undo: Grouped “{LENT}”").click()
    for someone in (frida, mona):
        expect(someone.card(LENT)).to_be_visible()
        expect(someone.card(REPAIR)).to_contain_text("2 grouped")
