"""What comes after the day, as a customer sees it: the review on phones and at the desk, and the library.

``WORKSHOP_SHOTS=docs/img`` writes the pictures that docs/reviewing.md and docs/library.md show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.album import Album
from tests.apart import apart
from tests.displayed import RETURN, Displayed
from tests.people import Buyer, Facilitator, Venue, shots

AT_TOP = "where => { document.querySelector(where).scrollIntoView(); scrollBy(0, -24); }"
NAME = "Ask for a product carbon footprint"


@pytest.fixture
def venue(browser: Browser, tmp_path: Path) -> Iterator[Venue]:
    with Venue(browser, tmp_path / "data") as venue:
        yield venue


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(shots(tmp_path / "shots"), tmp_path / "sizes")


@pytest.mark.timeout(300)
def test_the_review_and_the_library(venue: Venue, album: Album) -> None:
    day = apart(lambda: Displayed(venue.server.data / "workshop.db"))
    olga = venue.signed_in()
    links = begins(album, olga, day)
    city = venue.buyer()
    reads(album, city, links["City"])
    apart(lambda: day.answered({name: link.rpartition("/")[2] for name, link in links.items() if name != "City"}))
    sends(album, city)
    puts_right(album, venue.buyer(), day)
    sees_who_said_what(album, olga, day)
    apart(day.published)
    publishes(album, olga, day)
    stranger(album, venue)


def begins(album: Album, olga: Facilitator, day: Displayed) -> dict[str, str]:
    """The organizer starts the review; the links by organisation."""
    olga.open(f"/events/{day.event}/review")
    olga.button("Start the review").click()
    olga.button("Make", exact=True).click()
    olga.sees(re.compile("new links"))
    cards = olga.page.locator("#new-links li.card")
    cards.nth(0).get_by_text("The mail as text").click()
    cards.nth(1).get_by_text("QR code", exact=True).click()
    olga.page.evaluate(AT_TOP, "#new-links")
    album.take("review-links", olga)
    return {card.get_by_role("heading").inner_text(): card.get_by_label("Link", exact=True).input_value() for card in cards.all()}


def reads(album: Album, city: Buyer, link: str) -> None:
    """An organisation opens its link on a phone, and a practice."""
    city.page.goto(link)
    city.sees("You answer for")
    album.take("review-overview", city)
    city.page.get_by_role("link", name=re.compile(f"^Next: {NAME}")).tap()
    city.sees("Problem and hotspot")
    album.take("review-practice", city)


def sends(album: Album, city: Buyer) -> None:
    """It says how far it agrees."""
    city.page.get_by_role("radio", name="We agree with a reservation").check()
    city.page.get_by_label("Why, in a sentence").fill("We need the figure for refurbished models too.")
    city.page.get_by_role("radio", name="We will", exact=True).check()
    city.page.get_by_label("Year", exact=True).select_option("2027")
    city.page.evaluate("document.querySelector('#ratification').scrollIntoView()")
    album.take("review-answer", city)
    city.page.get_by_role("button", name=re.compile("^Send for")).tap()
    city.sees(re.compile("^Saved for City"))


def puts_right(album: Album, buyer: Buyer, day: Displayed) -> None:
    """Somebody who was there sees what they said."""
    buyer.open("/words")
    buyer.page.get_by_label("Code of the session").fill(day.code)
    buyer.page.get_by_label("Your return code").fill(RETURN)
    buyer.page.get_by_role("button", name="Show my words").tap()
    buyer.sees("What you said")
    album.take("review-words", buyer)


def sees_who_said_what(album: Album, olga: Facilitator, day: Displayed) -> None:
    """The table of organisations and practices."""
    olga.open(f"/events/{day.event}/review")
    expect(olga.page.get_by_role("table")).to_be_visible()
    olga.page.evaluate(AT_TOP, "#heat")
    album.take("review-heat", olga)


def publishes(album: Album, olga: Facilitator, day: Displayed) -> None:
    """The organizer's page of the library."""
    olga.open(f"/events/{day.event}/library")
    album.take("library-publishing", olga)


def stranger(album: Album, venue: Venue) -> None:
    """Somebody without an account reads, at a desk and on a phone."""
    reader, phone = venue.facilitator().open("/library"), venue.buyer()
    album.take("library-list", reader)
    reader.page.get_by_role("link", name=re.compile(NAME)).click()
    reader.sees("Problem and hotspot")
    album.take("library-page", reader)
    phone.page.goto(reader.page.url)
    album.take("library-phone", phone)
