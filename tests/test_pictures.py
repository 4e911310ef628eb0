"""Every view as a customer sees it: a room of the sample event, in every size and both themes, with a picture of each.

``WORKSHOP_SHOTS=docs/img`` writes the pictures that the README shows; without it the views are looked at alone. What comes after the
day stands in `tests.test_pictures_after`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.album import Album
from tests.crowd import Crowd
from tests.people import LAPTOP, PHONE, Buyer, Facilitator, Venue, Wall, shots

ROOM = (
    "Energy company", "City", "Bank", "University", "Furniture retailer", "City", "Region", "Fashion group", "Energy company",
    "Hospital", "Telecom operator", "City", "Bank", "Railway operator", "Public agency", "Car maker", "University", "Grocery chain",
)
CLIMATE, WASTE = "Climate-friendly production", "Less electronic waste"
OURS = "Sell used phones to employees, wiped and with a receipt"
HALF = "A drawer of spare parts on every floor, so that"
TWIN, ALIKE = "Market dialogue with all makers a year before", "Ask for a product carbon footprint per model"
TENDER = "Market dialogue a year before the tender"


@pytest.fixture
def venue(browser: Browser, tmp_path: Path) -> Iterator[Venue]:
    with Venue(browser, tmp_path / "data") as venue:
        yield venue


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(shots(tmp_path / "shots"), tmp_path / "sizes")


@pytest.mark.timeout(300)  # sixty views; a slow machine may take its time
def test_every_view_in_every_size(venue: Venue, album: Album) -> None:
    frida, passer_by = venue.facilitator(), venue.buyer()
    code = desk(album, frida, venue.link)
    album.take("enter", passer_by.open("/"))
    wall, alva = venue.wall(code), venue.buyer().open(f"/{code}")
    album.take("phone-join", alva)
    alva.joins("Energy company", "Alva", "Name and organisation")
    with Crowd(venue.url, code, venue.key()) as crowd:
        crowd.comes(*ROOM)
        frida.opens_console(code)
        lobby(album, frida, wall, alva)
        write(album, crowd, frida, wall, alva)
        share(album, crowd, frida, wall, alva)
        vote(album, crowd, frida, wall, alva)
        reveal(album, frida, wall, alva)
        close(album, frida, wall, alva)


def desk(album: Album, frida: Facilitator, link: str) -> str:
    """The organizer's pages; the code of the sample session."""
    frida.sign_in(link)
    album.take("organize-events", frida)
    frida.page.get_by_role("link", name="Learning Academy: circular procurement of IT").click()
    album.take("organize-event", frida)
    code = frida.page.locator(".session .code").inner_text().strip().replace("-", "")
    frida.page.get_by_role("link", name="Change").last.click()
    expect(frida.page.get_by_role("heading", name="Change the session")).to_be_visible()
    album.take("organize-session", frida)
    return code


def together(album: Album, phase: str, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """The three views of a phase."""
    for name, someone in (("screen", wall), ("phone", alva), ("console", frida)):
        album.take(f"{name}-{phase}", someone)


def lobby(album: Album, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Nineteen people of fourteen organisations."""
    frida.sees(re.compile("19 here"))
    wall.sees(re.compile("19 people joined"))
    together(album, "lobby", frida, wall, alva)


def write(album: Album, crowd: Crowd, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Most have written; Alva has one idea kept and another half typed."""
    crowd.commands("phase.set", phase="write", theme=None, seconds=480)
    crowd.writes(busy=5)
    alva.looks_at(CLIMATE)
    alva.writes(TWIN)
    alva.writes(ALIKE)
    alva.looks_at(WASTE)
    alva.writes(OURS)
    alva.field.fill(HALF)
    wall.sees(re.compile("13 of 19"))
    frida.sees(re.compile("13 of 19 are done"))
    together(album, "write", frida, wall, alva)
    alva.field.fill("")


def share(album: Album, crowd: Crowd, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Ideas with what the room knows about them."""
    crowd.commands("phase.set", phase="share", theme=None, seconds=1200)
    wall.sees(CLIMATE)
    crowd.groups(crowd.themes[0]["id"], TWIN, TENDER)
    crowd.shares()
    alva.looks_at(CLIMATE)
    first = alva.page.get_by_role("list", name="Ideas").get_by_role("listitem").first
    first.get_by_role("button").first.tap()
    first.get_by_role("button", name="We would").tap()
    together(album, "share", frida, wall, alva)
    frida.resized(PHONE)
    album.keep("console-phone", frida)
    frida.resized(LAPTOP)


def vote(album: Album, crowd: Crowd, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """Most have voted; Alva has a tick left."""
    crowd.commands("phase.set", phase="vote", theme=None, seconds=None)
    expect(alva.page.get_by_role("checkbox").nth(1)).to_be_visible()
    alva.ticks(*alva.ballot()[1:3])
    crowd.votes(absent=3)
    expect(wall.page.get_by_role("main")).to_contain_text("16 of 19 voted")
    frida.sees(re.compile("of 19 voted"))
    together(album, "vote", frida, wall, alva)


def reveal(album: Album, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """The ranking."""
    frida.next("Results", confirm="Reveal")
    for someone in (wall, alva, frida):
        someone.sees(re.compile("across organisations"))
    together(album, "reveal", frida, wall, alva)


def close(album: Album, frida: Facilitator, wall: Wall, alva: Buyer) -> None:
    """The end."""
    frida.next("Close", confirm="Close")
    wall.heading("Thank you!")
    alva.sees("Thank you!")
    for name, someone in (("screen", wall), ("phone", alva), ("console", frida)):
        someone.look()
        someone.keep(album.others, f"{name}-closed")
