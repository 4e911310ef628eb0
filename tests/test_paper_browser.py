"""At the console: a table without phones is entered for, a rehearsal is run and wiped, and a phone checks the venue."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from workshop.service.plans import ThemeLine


def test_a_table_is_entered_for_a_rehearsal_is_wiped_and_the_venue_is_checked(venue):
    code = venue.session(themes=(ThemeLine("Less electronic waste"),))
    console = venue.signed_in().opens_console(code)
    page = console.page

    # A rehearsal of five, wiped.
    console.unfolds("Before the day")
    console.unfolds("Rehearsal")
    page.get_by_label("Participants").fill("5")
    page.get_by_label("Pace").select_option(label="Fast")
    console.button("Rehearse", exact=True).click()
    console.sees("Lost words: 0")
    console.sees(re.compile("^5 of 5 joined · .* · 5 ballots$"))
    console.look()
    console.button("Wipe the rehearsal").click()
    expect(console.button("Rehearse", exact=True)).to_be_visible()
    assert not venue.record(code).participants
    assert venue.record(code).session.phase == "lobby"

    # A table of the City.
    venue.moves(code, "write")
    console.unfolds("For a table").get_by_role("button", name="Add a table").click()
    dialog = page.get_by_role("dialog", name="Add a table")
    dialog.get_by_label("What it is called").fill("Table 3")
    dialog.get_by_label("Organisation").select_option(label="City")
    dialog.get_by_role("button", name="Add").click()
    dialog = page.get_by_role("dialog", name="For Table 3")
    dialog.get_by_label("Idea in one sentence").fill("Repair before replacing")
    page.keyboard.press("Enter")
    console.sees("Entered: “Repair before replacing”")
    console.look()
    page.keyboard.press("Escape")
    expect(console.card("Repair before replacing")).to_contain_text("entered by proxy")
    venue.moves(code, "vote")
    console.button("Enter for Table 3").click()
    for _ in range(2):  # entered twice it counts once
        dialog.get_by_label("Repair before replacing").check()
        dialog.get_by_role("button", name="Enter the ballot").click()
        console.sees("Ballot entered")
    console.look()
    page.keyboard.press("Escape")
    console.sees("1 ballot was entered by proxy.")
    venue.moves(code, "reveal")
    console.sees("1 of 1 organisation")

    # Paper, and the venue check on a phone that is not signed in.
    console.open(f"/print/{code}/cards").look()
    console.open(f"/print/{code}/ballots").look()
    phone = venue.buyer().open(f"/check/{code}")
    phone.sees("All is well. Phones will work here.")
    phone.look()
