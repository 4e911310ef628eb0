"""The whole day as three people see it, from the one-time link to the draft in hand, in real browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.outcome import downloaded
from tests.people import Buyer, Facilitator, Venue, Wall

REUSE, REUSE_TOO = "Take-back with reuse before recycling, reported per device", "Suppliers take back and reuse before they recycle"
PHONES, BOXES, DEPOSIT = "Keep phones for five years", "Return boxes on every floor", "Deposit per device"
CHARGERS = "One charger standard for all roles"
CHARGERS_TOO = f"{CHARGERS}, home included"
REPAIR, SHARE, LEASE = "Repair before replacing", "Buy a share of refurbished", "Lease monitors with the desks"
WASTE, USE = "Less electronic waste", "Better use of resources"
THEMES = f"{WASTE} | What happens when we are done?\n{USE}\n"
FIGURES = r"\s?% across organisations · {} of 2 organisations · {} of 3 voters"


@pytest.fixture
def venue(browser: Browser, tmp_path: Path) -> Iterator[Venue]:
    with Venue(browser, tmp_path / "data") as venue:
        yield venue


@pytest.mark.timeout(300)  # a whole day
def test_a_day_from_the_link_to_the_draft_in_hand(venue: Venue) -> None:
    frida = venue.facilitator()
    code = prepare(frida, venue.link)
    frida.opens_console(code)
    assert frida.screen_address() == f"/screen/{code}"
    wall, (alva, bengt, cleo) = venue.wall(code), arrive(venue, code)
    check_lobby(frida, wall, alva)
    write(frida, wall, alva, bengt, cleo)
    share(frida, wall, alva, bengt, cleo)
    vote(frida, wall, alva, bengt, cleo)
    reveal(frida, wall, alva, cleo)
    go_back_and_reveal_again(frida, wall, alva)
    close(frida, wall, alva)
    come_back_on_another_phone(venue, code, alva)
    take_home(frida)
    for someone in (frida, wall, alva, bengt, cleo):
        assert not someone.troubles


def prepare(frida: Facilitator, link: str) -> str:
    """The event and the session, through the forms; the session's code as people read it."""
    frida.sign_in(link).look()
    frida.makes_event("Learning Academy 2027", "City\nBank\nEnergy company\n")
    frida.look()
    code = frida.makes_session("Circular procurement of IT", "What works where you are?", THEMES, 2)
    frida.look()
    return code.replace("-", "")


def arrive(venue: Venue, code: str) -> tuple[Buyer, Buyer, Buyer]:
    """Two of the City, by hand and by scanning; one of an organisation that nobody had thought of."""
    alva, bengt, cleo = venue.buyer(), venue.buyer(), venue.buyer()
    alva.types_code(f"{code[:3]}-{code[3:]}".lower()).look()
    alva.joins("City", "Alva", "Name and organisation")
    bengt.open(f"/{code}").joins("City")
    cleo.open(f"/{code}").joins_for_new("Harbour authority", "Cleo", "Anonymous")
    return alva, bengt, cleo


def check_lobby(frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Everybody sees who has come."""
    wall.sees(re.compile("3 people joined"))
    wall.sees(re.compile("Harbour authority"))
    frida.sees(re.compile("3 here"))
    alva.sees("You are in, Alva.")
    together(frida, wall, alva)


def write(frida: Facilitator, wall: Wall, alva: Buyer, bengt: Buyer, cleo: Buyer) -> None:
    """Silent writing: an edit, a withdrawal and its undoing; nobody sees what another one writes."""
    frida.next("write")
    for someone, ideas in ((alva, (REUSE, CHARGERS)), (bengt, (REUSE_TOO, PHONES)), (cleo, (BOXES, DEPOSIT, "tset tset"))):
        for idea in ideas:
            someone.writes(idea)
    for someone, idea in ((alva, REPAIR), (bengt, SHARE), (cleo, LEASE)):
        someone.looks_at(USE)
        someone.writes(idea)
        someone.looks_at(WASTE)
    edit_and_withdraw(alva, bengt)
    wall.sees(re.compile("10 ideas"))
    wall.misses(re.compile(REUSE))
    alva.misses(re.compile(BOXES))
    alva.button("I’m done").tap()
    expect(alva.button("I’m done")).to_have_attribute("aria-pressed", "true")
    wall.sees(re.compile("1 of 3"))
    expect(frida.card("tset tset")).to_be_visible()
    together(frida, wall, alva)


def edit_and_withdraw(alva: Buyer, bengt: Buyer) -> None:
    """Alva finds a better word; Bengt takes an idea back, and takes that back."""
    alva.button(f"Edit: {CHARGERS}").tap()
    alva.page.get_by_role("textbox", name="Change your idea").fill(CHARGERS_TOO)
    alva.button("Save change").tap()
    expect(alva.own(CHARGERS_TOO).locator(".status")).to_have_text("Saved")
    bengt.button(f"Withdraw: {PHONES}").tap()
    expect(bengt.own(PHONES)).to_have_count(0)
    bengt.button("Undo").tap()
    expect(bengt.own(PHONES)).to_be_visible()


def share(frida: Facilitator, wall: Wall, alva: Buyer, bengt: Buyer, cleo: Buyer) -> None:
    """Ideas appear, people add what they know, the facilitator hides, restores and groups."""
    frida.next("share")
    for someone in (wall, alva, bengt, cleo):
        someone.sees(re.compile(BOXES))
    add_experiences(alva, bengt, cleo)
    wall.sees(re.compile("2\\s+do\\s+this"))
    hide_and_restore(frida, wall)
    frida.groups(REUSE_TOO, REUSE)
    expect(frida.card(REUSE)).to_contain_text("2 grouped")
    wall.misses(re.compile(REUSE_TOO))
    wall.sees(re.compile("\\+\\s1\\salike"))
    together(frida, wall, alva)


def add_experiences(alva: Buyer, bengt: Buyer, cleo: Buyer) -> None:
    """Two organisations do it, one of them says how; one sees an obstacle."""
    alva.tells(alva.opens(REUSE), "In our laptop agreement since 2024: 62 % reused.")
    cleo.opens(REUSE).get_by_role("button", name="We do this").tap()
    card = bengt.opens(BOXES)
    card.get_by_role("button", name="Obstacle").tap()
    card.get_by_role("textbox", name="Obstacle").fill("Nobody empties them in August.")
    card.get_by_role("button", name="Add", exact=True).tap()
    expect(card.get_by_text("in August")).to_be_visible()


def hide_and_restore(frida: Facilitator, wall: Wall) -> None:
    """A test text goes; a good idea hidden by mistake comes back with undo."""
    frida.hides("tset tset", "Only a test")
    expect(frida.card("tset tset")).to_have_count(0)
    wall.misses("tset tset")
    frida.hides(CHARGERS_TOO)
    wall.misses(CHARGERS_TOO)
    frida.button(f"Undo: Hid “{CHARGERS_TOO}”").click()
    expect(frida.card(CHARGERS_TOO)).to_be_visible()
    wall.sees(CHARGERS_TOO)


def vote(frida: Facilitator, wall: Wall, alva: Buyer, bengt: Buyer, cleo: Buyer) -> None:
    """Ballots in an order of one's own, a budget that says why, and no totals for anybody."""
    frida.next("vote")
    orders = [ballots(someone) for someone in (alva, bengt, cleo)]
    assert len({tuple(order) for order in orders}) > 1, "every phone has the same order"
    assert len({tuple(sorted(order)) for order in orders}) == 1
    alva.ticks(REUSE, CHARGERS_TOO)
    alva.page.get_by_role("checkbox", name=BOXES).tap()
    alva.sees("You have 2 ticks. Take one back to tick another.")
    expect(alva.page.get_by_role("checkbox", name=BOXES)).not_to_be_checked()
    bengt.ticks(REUSE, PHONES)
    cleo.ticks(REUSE, CHARGERS_TOO)
    for someone, idea in ((alva, REPAIR), (bengt, REPAIR)):
        someone.looks_at(USE)
        someone.ticks(idea)
    expect(wall.page.get_by_role("main")).to_contain_text(re.compile("3 of 3 voted"))
    expect(wall.page.get_by_role("main")).not_to_contain_text("%")
    frida.sees(re.compile("of 3 voted"))
    alva.looks_at(WASTE)
    together(frida, wall, alva)


def ballots(someone: Buyer) -> list[str]:
    """The order of both ballots; the same after the page is loaded again."""
    orders = []
    for theme, count in ((USE, 3), (WASTE, 5)):
        someone.looks_at(theme)
        expect(someone.page.get_by_role("checkbox")).to_have_count(count)
        orders += someone.ballot()
    return orders


def reveal(frida: Facilitator, wall: Wall, alva: Buyer, cleo: Buyer) -> None:
    """One has not voted in one theme, so it asks; then wall and phones show the same figures."""
    frida.next("reveal", confirm="Reveal")
    for someone in (wall, alva, cleo):
        someone.sees(re.compile("100" + FIGURES.format(2, 3)))
        someone.sees(re.compile("75" + FIGURES.format(2, 2)))
        someone.sees(re.compile("25" + FIGURES.format(1, 1)))
    together(frida, wall, alva)


def go_back_and_reveal_again(frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Back to the vote the figures are gone everywhere; a changed ballot shows at the next reveal."""
    frida.step("Vote", confirm="Go back")
    alva.page.get_by_role("checkbox", name=CHARGERS_TOO).tap()
    expect(alva.page.get_by_role("checkbox", name=CHARGERS_TOO)).not_to_be_checked()
    alva.ticks(BOXES)
    for someone in (wall, alva):
        someone.misses(re.compile("across organisations"))
    frida.next("reveal", confirm="Reveal")
    for someone in (wall, alva):
        someone.sees(re.compile("50" + FIGURES.format(1, 1)))
        someone.sees(re.compile("100" + FIGURES.format(2, 3)))


def close(frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """The end says thanks, and keeps the results."""
    frida.next("close", confirm="Close")
    wall.heading("Thank you!")
    alva.sees("Thank you!")
    alva.sees(re.compile("across organisations"))
    together(frida, wall, alva)


def come_back_on_another_phone(venue: Venue, code: str, alva: Buyer) -> None:
    """The return code brings Alva's part to another phone."""
    return_code = alva.page.get_by_role("region", name="Your return code").locator(".code").inner_text()
    again = venue.buyer().open(f"/{code}").comes_back(return_code)
    again.sees(re.compile("Alva"))
    expect(again.page.get_by_text(CHARGERS_TOO).last).to_be_visible()
    again.look()


def take_home(frida: Facilitator) -> None:
    """The outcome holds the chosen idea as a draft practice, with what the room said."""
    report = downloaded(frida.page.get_by_role("link", name="Download the outcome").first).text
    assert re.search(rf"^### \d\.1 {REUSE}$", report, re.M)
    assert REUSE_TOO in report
    assert "In our laptop agreement since 2024" in report
    assert "To complete" in report
    assert "Cleo" not in report  # who asked for it


def together(*people: Facilitator | Wall | Buyer) -> None:
    """Hold everybody's view to what every view must be."""
    for someone in people:
        someone.look()
