"""Sharing as a room lives it: ideas read out in turn, and experience added while one of them is on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.apart import played
from tests.people import Buyer, Facilitator, Venue, Wall, shots
from workshop.model import new_id
from workshop.rehearse.client import Phone
from workshop.service.plans import ThemeLine

IDEAS = {
    "City": ("Take-back with reuse first", "Ask for a reuse rate per device, and pay the supplier by it."),
    "Bank": ("One charger standard for all roles", ""),
    "University": ("Keep laptops five years", "Battery and memory swap stand in the contract."),
}
RESULT = "62 % of the laptops reused"


@pytest.fixture
def venue(browser: Browser, tmp_path: Path) -> Iterator[Venue]:
    with Venue(browser, tmp_path / "data") as venue:
        venue.themes = (ThemeLine("Less electronic waste"),)
        yield venue


def write(venue: Venue, code: str) -> dict[str, Buyer]:
    """One of each organisation, with an idea; all of them look at their phones."""
    people = {name: venue.member(code, name, f"Somebody of the {name}") for name in IDEAS}
    theme = venue.record(code).themes[0].id
    cookies = {name: {one["name"]: one["value"] for one in buyer.context.cookies()} for name, buyer in people.items()}

    async def written() -> None:
        for name, (title, detail) in IDEAS.items():
            async with Phone(venue.url, code, cookies[name]) as phone:
                await phone.do("idea.put", {"idea": new_id(), "theme": theme, "title": title, "detail": detail})

    played(written())
    return people


def test_three_organisations_in_turn_and_an_experience_while_its_idea_is_on_the_wall(venue: Venue, tmp_path: Path) -> None:
    code = venue.session("write", show_authors=True)
    people = write(venue, code)
    venue.moves(code, "share")
    frida, wall = venue.signed_in().opens_console(code), venue.wall(code)
    order = reads_out_the_first(frida, wall)
    teller = people[next(name for name in IDEAS if name != order[0])]
    tells(teller, IDEAS[order[0]][0])
    seen(frida, wall, teller, IDEAS[order[0]][0], shots(tmp_path))
    goes_on(frida, wall, teller, order)


def reads_out_the_first(frida: Facilitator, wall: Wall) -> list[str]:
    """The order that the console and the wall tell before anybody has spoken."""
    panel = frida.page.get_by_role("region", name="Next to speak")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    order = panel.get_by_role("listitem").locator("b").all_inner_texts()
    wall.sees(re.compile(rf"Next:\s*{order[0]} · {order[1]} · {order[2]}"))
    frida.button("Read out the first idea").click()
    wall.heading(IDEAS[order[0]][0])
    wall.sees(order[0])
    wall.sees("2 ideas left")
    wall.sees(re.compile(rf"Next:\s*{order[1]} · {order[2]}"))
    return order


def tells(phone: Buyer, title: str) -> None:
    """What we do, with which result, in which year; a year that cannot be is pointed out, and nothing is lost."""
    first = phone.page.get_by_role("region", name="Now on the wall: add your experience")
    expect(first.get_by_text(title)).to_be_visible()
    first.get_by_role("button", name="We do this").tap()
    first.get_by_role("button", name="Tell how").tap()
    first.get_by_role("textbox", name="We do this").fill("In the laptop agreement.")
    first.get_by_role("textbox", name="Result").fill(RESULT)
    first.get_by_role("textbox", name="Year").fill("2124")
    first.get_by_role("button", name="Add", exact=True).tap()
    expect(first.get_by_role("alert")).to_contain_text("The year is a number from 1950")
    phone.look()
    first.get_by_role("textbox", name="Year").fill("2024")
    phone.page.reload()
    expect(first.get_by_role("textbox", name="Result")).to_have_value(RESULT)
    first.get_by_role("button", name="Add", exact=True).tap()
    expect(first.get_by_role("list").get_by_text(RESULT)).to_be_visible()


def seen(frida: Facilitator, wall: Wall, phone: Buyer, title: str, folder: Path) -> None:
    """On wall and console, by the organisation."""
    wall.sees(re.compile("62 % of the laptops reused"))
    wall.sees(re.compile("2024"))
    wall.sees(re.compile("organisation does this"))
    card = frida.opens(title)
    expect(card.get_by_role("list", name="Experiences")).to_contain_text(re.compile(rf"2024 In the laptop agreement\. Result: {RESULT}"))
    for name, someone in (("turns-console", frida), ("turns-wall", wall), ("turns-phone", phone)):
        someone.look()
        someone.keep(folder, name)


def goes_on(frida: Facilitator, wall: Wall, phone: Buyer, order: list[str]) -> None:
    """Each once, back and on again; who is typing keeps the place, and is told where the wall is."""
    first = phone.page.get_by_role("region", name="Now on the wall: add your experience")
    first.get_by_role("button", name="Obstacle").tap()
    first.get_by_role("textbox", name="Obstacle").fill("Half a thought")
    frida.button("Next idea").click()
    wall.heading(IDEAS[order[1]][0])
    phone.button(f"Now on the wall: “{IDEAS[order[1]][0]}”").tap()
    expect(first.get_by_text(IDEAS[order[1]][0])).to_be_visible()
    expect(phone.page.get_by_role("textbox", name="Obstacle")).to_have_value("Half a thought")
    frida.button("Next idea").click()
    wall.heading(IDEAS[order[2]][0])
    wall.sees("The last idea")
    frida.sees("Every idea has been read out.")
    frida.button("Back", exact=True).click()
    wall.heading(IDEAS[order[1]][0])
    frida.look()
