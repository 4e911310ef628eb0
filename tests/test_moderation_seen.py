"""Two phones, a wall and a console: what waits, is hidden, is taken out, and how all of it is undone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.people import Buyer, Facilitator, Venue, Wall, shots

GOOD, RUDE = "Lease monitors with the desks", "Call Per on 070 123 45 67"


def test_what_waits_is_approved_or_hidden_and_a_participant_is_taken_out_and_put_back(venue: Venue, tmp_path) -> None:
    code, folder = venue.session("share"), shots(tmp_path)
    frida, alva, bo, wall = venue.signed_in().opens_console(code), venue.member(code), venue.member(code, "Bank", "Bo"), venue.wall(code)
    frida.unfolds("Door and approval").get_by_role("button", name="On", exact=True).click()
    frida.sees("New ideas and texts wait for you before the room sees them.")
    sends(alva, GOOD)
    sends(bo, RUDE)
    decided(frida, alva, bo, wall, folder)
    taken_out(frida, alva, wall)
    undone_from_the_log(frida, alva, folder)
    for someone in (frida, alva, bo, wall):
        assert not someone.troubles, someone.troubles


def sends(someone: Buyer, title: str) -> None:
    """An idea that then waits."""
    someone.button("Add an idea").tap()
    someone.writes(title, "Waiting for the facilitator")


def decided(frida: Facilitator, alva: Buyer, bo: Buyer, wall: Wall, folder) -> None:
    """One by a key, the other with a reason."""
    queue = frida.page.get_by_role("region", name="2 wait for you")
    expect(queue.get_by_role("listitem")).to_have_count(2)
    alva.misses(RUDE)
    wall.misses(GOOD)
    frida.look()
    frida.keep(folder, "console-queue")
    queue.get_by_role("button", name=f"Approve “{GOOD}”").focus()
    frida.page.keyboard.press("a")
    wall.sees(GOOD)
    expect(frida.button(f"Approve “{RUDE}”")).to_be_focused()
    frida.page.keyboard.press("h")
    dialog = frida.page.get_by_role("dialog", name=f"Hide “{RUDE}”?")
    dialog.get_by_role("button", name="Personal data").click()
    frida.look()
    dialog.get_by_role("button", name="Hide", exact=True).click()
    bo.sees("The facilitator took this off the board: it names a person")
    bo.sees(GOOD)
    alva.misses(RUDE)


def taken_out(frida: Facilitator, alva: Buyer, wall: Wall) -> None:
    """And back again, with what was written."""
    frida.unfolds("Who is here").get_by_role("button", name=re.compile("^City")).click()
    frida.button(re.compile("^Take out Without a name")).click()
    frida.page.get_by_role("dialog").get_by_role("button", name="Take out").click()
    alva.sees("The facilitator has taken this phone out of the session.")
    wall.misses(GOOD)
    alva.page.get_by_role("link", name="Come back in").tap()
    alva.sees("You are not in the session at the moment")
    alva.look()
    frida.button(re.compile("^Put back Without a name")).click()
    wall.sees(GOOD)
    alva.page.get_by_role("link", name="Try again").tap()
    alva.is_in()


def undone_from_the_log(frida: Facilitator, alva: Buyer, folder) -> None:
    """Everything stands there with who did it, and is undone from there."""
    frida.unfolds("Earlier").get_by_role("button", name="Everything that was done").click()
    log = frida.page.get_by_role("dialog", name="Everything that was done")
    expect(log.get_by_role("listitem")).to_have_count(6)
    expect(log.get_by_role("listitem").filter(has_text="organizer · ")).to_have_count(6)
    frida.look()
    frida.keep(folder, "console-log")
    log.get_by_role("button", name=f"Undo: Hid “{RUDE}” (Personal data)").click()
    expect(log.get_by_role("listitem").filter(has_text="undone")).to_have_count(2)
    frida.page.keyboard.press("Escape")
    expect(frida.page.get_by_role("region", name="1 waits for you")).to_contain_text(RUDE)
    alva.misses(RUDE)
    frida.page.keyboard.press("b")
    frida.sees("The room sees nothing. Any letter key brings the wall back.")
    frida.page.keyboard.press("x")
    frida.misses("The room sees nothing. Any letter key brings the wall back.")
