"""What people type by mistake or on purpose, as they and the room see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.people import Buyer, Venue

MARKUP = '<img src=x onerror="document.title=1"><b>bold</b>'
ZALGO = "Re\u0335\u0322\u0321\u0323\u0324\u0325\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308pair first"
BIDI = "Buy \u202eless\u202c and \u2066later\u2069"
ANYTHING_BUT = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def mallory(venue: Venue, code: str) -> Buyer:
    return venue.buyer().open(f"/{code}").joins("City", "<i>Mallory</i>", "Name and organisation")


def test_markup_and_tricks_of_direction_are_plain_text_on_the_wall(venue: Venue, code: str, mallory: Buyer) -> None:
    mallory.writes(MARKUP)
    for trick in (ZALGO, BIDI):
        mallory.field.fill(trick)
        mallory.button("Send idea").tap()
    expect(mallory.page.locator(".card .status[data-state=saved]")).to_have_count(3)
    venue.moves(code, "share")
    wall = venue.wall(code)
    lines = wall.page.get_by_role("main").get_by_role("listitem")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text(MARKUP)
    expect(lines.locator("img, b, i")).to_have_count(0)
    shown = wall.page.get_by_role("main").inner_text()
    assert "Buy less and later" in shown
    assert not ANYTHING_BUT.search(shown)
    assert len(re.findall("[\u0300-\u036f]", shown)) <= 4  # of ten: none reaches the line above
    expect(wall.page).to_have_title("Circular procurement")
    wall.look()


def test_the_name_of_somebody_is_text_too(venue: Venue, mallory: Buyer) -> None:
    expect(mallory.page.get_by_role("banner").locator(".who")).to_contain_text("<i>Mallory</i>")
    expect(mallory.page.get_by_role("banner").locator("i")).to_have_count(0)
    mallory.look()


def test_a_wrong_code_stays_in_the_field_with_what_to_do(venue: Venue) -> None:
    bengt = venue.buyer().types_code("7qf-3xm")
    field = bengt.page.get_by_label("Code")
    expect(field).to_have_value("7qf-3xm")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("."))
    expect(field).to_have_attribute("aria-invalid", "true")
    bengt.look()


def test_a_too_long_idea_says_so_and_is_kept(mallory: Buyer) -> None:
    long = "Repair " * 21
    mallory.field.fill(long)
    mallory.sees("6 too many")
    mallory.button("Send idea").tap()
    expect(mallory.page.get_by_role("alert")).to_contain_text("6 characters too long. Your text is kept")
    expect(mallory.field).to_have_value(long)
    expect(mallory.field).to_be_focused()
    mallory.look()
    mallory.field.fill("Repair")
    expect(mallory.page.get_by_role("alert")).to_have_count(0)
    mallory.button("Send idea").tap()
    expect(mallory.own("Repair")).to_be_visible()


def test_an_empty_idea_asks_for_words(mallory: Buyer) -> None:
    mallory.field.fill("  ")
    mallory.button("Send idea").tap()
    expect(mallory.page.get_by_role("alert")).to_have_text("Please write something first.")
    expect(mallory.page.get_by_role("region", name=re.compile("Your ideas"))).to_have_count(0)


def test_nobody_is_sent_on_without_an_organisation(venue: Venue, code: str) -> None:
    bengt = venue.buyer().open(f"/{code}")
    bengt.page.get_by_label("Your name").fill("Bengt")
    with bengt.page.expect_navigation():
        bengt.button("Join", exact=True).tap()
    bengt.sees("Choose your organisation first.")
    expect(bengt.page.get_by_label("Your name")).to_have_value("Bengt")
    bengt.look()


def test_a_swedish_phone_is_greeted_in_swedish_and_can_switch(venue: Venue, code: str) -> None:
    astrid = venue.buyer(locale="sv-SE").open(f"/{code}")
    expect(astrid.page.locator("html")).to_have_attribute("lang", "sv")
    expect(astrid.button("Gå med")).to_be_visible()
    astrid.look()
    astrid.page.get_by_role("link", name="English").tap()
    expect(astrid.button("Join", exact=True)).to_be_visible()
    astrid.joins("Bank", "Astrid")
    expect(astrid.page.locator("html")).to_have_attribute("lang", "en")


def test_an_english_phone_can_switch_to_swedish_while_writing(mallory: Buyer) -> None:
    mallory.field.fill("Half a thought")
    mallory.page.get_by_role("banner").get_by_role("button").tap()
    mallory.page.get_by_role("dialog").get_by_role("link", name="Svenska").tap()
    expect(mallory.page.locator("html")).to_have_attribute("lang", "sv")
    expect(mallory.page.get_by_role("textbox", name="Din idé i en mening")).to_have_value("Half a thought")
    mallory.look()
