"""A review in real browsers: the organizer sends links, four organisations answer on phones, one puts its words right."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.apart import apart
from tests.people import LAPTOP, PHONE, Buyer, Facilitator, Venue, shots
from tests.shelves import Shelf
from tests.support import Clock, World
from workshop.model import new_id, now_ms
from workshop.service import commands as c
from workshop.service.accounts import Accounts
from workshop.service.entrance import hashed
from workshop.service.facilitate import Facilitate
from workshop.service.practices import Practices, Written
from workshop.service.reviews import ReviewDesk
from workshop.store import Store
from workshop.store.queries import sessions

REUSE = "Take-back with reuse"
STEPS = "First **ask** the supplier:\n\n1. Who collects?\n2. Who erases?\n\n- No shredding\n\nSee https://example.org/take-back"
LONG = "Region with a rather long name, for the width of phones"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is over, by what a test needs of it: the page of its review, its session's code, and Bo's return code."""

    review: str
    code: str
    bo: str


@pytest.fixture
def day(venue: Venue) -> Day:
    """Two drafts of what three people said, and what an editor wrote into one."""
    return apart(lambda: drafted(venue.server.data))


def drafted(data: Path) -> Day:
    """Make the day beside the running server."""
    with closing(World(data / "workshop.db", clock=Clock(now_ms()))) as world:
        shelf = Shelf(world)
        for practice in shelf.practices:
            shelf.state(practice, "draft")
        world.organize.add_organisations(world.event.id, LONG)
        Practices(world.store).save(world.event.id, shelf.practices[0], Written("steps", STEPS, 0), "editor")
        return Day(f"/events/{world.event.id}/review", world.session.code, shelf.bo.return_code)


def links(olga: Facilitator) -> dict[str, str]:
    """The new links on the page, by organisation."""
    cards = olga.page.locator("#new-links li.card")
    return {card.get_by_role("heading").inner_text(): card.get_by_label("Link", exact=True).input_value() for card in cards.all()}


def opens(venue: Venue, url: str, **options) -> Buyer:
    """Somebody opens a link on a phone."""
    buyer = venue.buyer(**options)
    buyer.page.goto(url)
    return buyer


def answers(buyer: Buyer, ratification: str, adoption: str, sentence: str = "") -> None:
    """Fill in the answer and send it."""
    buyer.page.get_by_role("radio", name=ratification, exact=True).check()
    if sentence:
        buyer.page.get_by_label("Why, in a sentence").fill(sentence)
    buyer.page.get_by_role("group", name="Does your organisation do it?").get_by_role("radio", name=adoption, exact=True).check()
    buyer.page.get_by_role("button", name=re.compile("^Send for")).tap()


@pytest.mark.timeout(300)
def test_four_organisations_review_on_phones_and_the_organizer_sees_who_said_what(venue: Venue, day: Day, tmp_path: Path) -> None:
    folder = shots(tmp_path)
    olga = venue.signed_in().open(day.review)
    olga.look()
    olga.button("Start the review").click()
    olga.sees("2 practices are in review.")
    olga.button("Make", exact=True).click()
    olga.sees("6 new links")
    olga.look()
    olga.button("Copy the link").first.click()
    olga.sees("Copied")
    olga.page.get_by_text("QR code", exact=True).first.click()
    expect(olga.page.get_by_role("img", name=re.compile("^QR code of the review link"))).to_be_visible()
    olga.page.get_by_text("The mail as text").first.click()
    expect(olga.page.get_by_role("textbox", name="Please review: Learning Academy").first).to_have_value(re.compile("/review/"))
    olga.keep(folder, "review-links")
    urls = links(olga)
    assert len(urls) == 6

    # The City endorses by hand, on a phone, reading everything.
    city = opens(venue, urls["City"])
    city.sees("You answer for")
    city.look()
    city.keep(folder, "review-overview")
    city.page.get_by_role("link", name=re.compile("^Next: ")).tap()
    city.sees("Result: “62 % reused”")
    city.look()
    city.page.evaluate("document.querySelector('#s-steps').scrollIntoView()")
    city.keep(folder, "review-practice")
    expect(city.page.get_by_role("listitem").filter(has_text="Who erases?")).to_be_visible()
    city.page.get_by_role("link", name="To the answer").tap()
    expect(city.page.get_by_role("radio", name="We endorse it")).to_be_in_viewport()
    city.page.get_by_text("Comment How to do it, step by step").tap()
    city.page.get_by_label("Comment on “How to do it, step by step”").fill("Who pays the transport?")
    answers(city, "We endorse it", "We do this")
    city.sees(f"Saved for City: {REUSE}")
    answers(city, "We agree", "We do this")
    city.sees("2 of 2 answered")
    city.look()

    # The Bank forgets its reason, is told, and adds it.
    bank = opens(venue, urls["Bank"], color_scheme="dark")
    bank.page.get_by_role("link", name=re.compile("^Next: ")).tap()
    answers(bank, "We agree with a reservation", "We will")
    bank.sees(re.compile("^Say in a sentence why"))
    bank.look()
    bank.page.evaluate("document.querySelector('#ratification').scrollIntoView()")
    bank.keep(folder, "review-reason-dark")
    bank.page.get_by_label("Year", exact=True).select_option("2030")
    answers(bank, "We agree with a reservation", "We will", "Only where suppliers take devices back.")
    bank.sees(f"Saved for Bank: {REUSE}")

    # The University types, is interrupted, and finds its words again.
    university = opens(venue, urls["University"])
    university.page.get_by_role("link", name=re.compile("^Next: ")).tap()
    university.page.get_by_label("Why, in a sentence").fill("Half a thought")
    university.page.reload()
    university.sees("What you typed here before and had not sent is back in the form.")
    expect(university.page.get_by_label("Why, in a sentence")).to_have_value("Half a thought")
    answers(university, "We disagree", "Not for us", "It costs more than it saves.")
    university.sees(f"Saved for University: {REUSE}")
    colleague = opens(venue, urls["University"])
    colleague.page.get_by_role("link", name=re.compile(REUSE)).tap()
    colleague.page.get_by_label("Why, in a sentence").fill("")
    answers(colleague, "We endorse it", "We do this")
    colleague.sees(f"Saved for University: {REUSE}")
    university.page.go_back()
    university.page.reload()  # what it had typed has arrived, so it is not put over what a colleague has said since
    university.misses("What you typed here before and had not sent is back in the form.")
    expect(university.page.get_by_role("radio", name="We endorse it")).to_be_checked()
    university.page.get_by_label("Why, in a sentence").fill("It costs more than it saves.")
    answers(university, "We disagree", "Not for us")
    university.sees(f"Saved for University: {REUSE}")

    # The region answers by keyboard alone.
    region = opens(venue, urls[LONG])
    region.look()
    region.page.get_by_role("link", name=re.compile("^Next: ")).focus()
    region.page.keyboard.press("Enter")
    region.page.get_by_role("radio", name="We endorse it").focus()
    region.page.keyboard.press("ArrowDown")
    expect(region.page.get_by_role("radio", name="We agree", exact=True)).to_be_checked()
    region.page.keyboard.press("Enter")  # in a form, as everywhere: it sends
    region.sees(re.compile("^Saved for Region"))

    # The organizer sees it all.
    olga.open(day.review)
    heat = olga.page.get_by_role("table")
    row = heat.get_by_role("row").filter(has=olga.page.get_by_role("rowheader", name="Bank"))
    expect(row.get_by_role("cell").first).to_contain_text("We agree with a reservation; We will 2030")
    expect(heat.get_by_role("row").filter(has_text="Energy company")).to_contain_text("0 of 2")
    olga.page.get_by_role("region", name="Who said what").focus()
    olga.look()
    olga.page.evaluate("document.querySelector('#heat').scrollIntoView()")
    olga.keep(folder, "review-heat")
    olga.changes_theme()
    olga.look()
    olga.keep(folder, "review-heat-dark")
    olga.changes_theme()
    olga.resized((390, 844))
    olga.look()
    olga.keep(folder, "review-heat-phone")
    olga.resized((1280, 800))
    expect(olga.page.get_by_role("region", name="Not answered yet")).to_contain_text("Energy company")
    olga.sees("Who pays the transport?")
    olga.button("Handled: Who pays the transport?").click()
    expect(olga.button("Not yet: Who pays the transport?")).to_be_visible()
    olga.look()
    for someone in (city, bank, university, region):
        assert not someone.troubles


def test_an_organisation_is_chosen_and_ones_own_words_are_put_right(venue: Venue, day: Day, tmp_path: Path) -> None:
    folder = shots(tmp_path)
    olga = venue.signed_in().open(day.review)
    olga.button("Start the review").click()
    olga.page.get_by_label("For whom").select_option("event")
    olga.button("Make", exact=True).click()
    url = links(olga)["For the whole event"]
    buyer = opens(venue, url, locale="sv-SE")
    buyer.sees("Vilken organisation svarar du för?")
    buyer.look()
    buyer.keep(folder, "review-choose-sv")
    buyer.page.get_by_role("link", name="Bank", exact=True).tap()
    buyer.sees("Du svarar för")
    buyer.look()
    buyer.page.get_by_role("link", name=re.compile("^Nästa: ")).tap()
    buyer.sees("Gör er organisation så?")
    buyer.look()
    buyer.page.evaluate("document.querySelector('#s-open').scrollIntoView()")
    buyer.keep(folder, "review-practice-sv")
    buyer.page.evaluate("document.querySelector('#adoption').scrollIntoView()")
    buyer.keep(folder, "review-adoption-sv")
    buyer.page.go_back()
    buyer.page.get_by_role("link", name=re.compile("^Mina ord i ")).tap()
    buyer.sees("Din återkomstkod")
    buyer.look()
    buyer.page.get_by_label("Din återkomstkod").fill(day.bo)
    buyer.page.get_by_role("button", name="Visa mina ord").tap()
    buyer.sees("Vad du sade")
    buyer.look()
    buyer.keep(folder, "review-words-sv")
    idea = buyer.page.get_by_role("region", name="Din idé").get_by_label("Mer om det")
    idea.fill("En halv tanke")  # in another form than the one that is sent
    buyer.page.get_by_label("Resultat").fill("64 % återanvänt")
    buyer.page.get_by_role("region", name="Vi gör det").get_by_role("button", name="Spara rättelsen").tap()
    buyer.sees(re.compile("^Dina ord är rättade"))
    expect(idea).to_have_value("En halv tanke")
    buyer.sees("Det du skrev här tidigare och inte hade skickat är tillbaka i formuläret.")
    buyer.page.get_by_role("radio", name="Anonym").check()
    buyer.page.get_by_role("button", name="Spara", exact=True).tap()
    buyer.sees(re.compile("^Sparat. Från och med nu"))
    buyer.look()
    olga.open(day.review)
    olga.sees("64 % återanvänt")
    olga.look()
    city = opens(venue, url)
    city.page.get_by_role("link", name="City", exact=True).tap()
    city.page.get_by_role("link", name=re.compile("^Next: ")).tap()
    city.sees("Result: “64 % återanvänt”")
    city.misses(re.compile("— Bank"))
    dead = opens(venue, f"{venue.url}/review/guessed")
    dead.sees("This link does not work")
    dead.look()
    dead.keep(folder, "review-dead")


def test_a_phone_without_scripts_reads_answers_and_is_told_what_is_missing(venue: Venue, day: Day) -> None:
    olga = venue.signed_in().open(day.review)
    olga.button("Start the review").click()
    olga.button("Make", exact=True).click()
    bare = opens(venue, links(olga)["Energy company"], java_script_enabled=False)
    bare.page.get_by_role("link", name=re.compile("^Next: ")).click()
    bare.page.get_by_role("radio", name="We stand aside").check()
    bare.page.get_by_role("button", name="Send for Energy company").click()
    expect(bare.page.get_by_role("alert")).to_contain_text("Say in a sentence why")
    bare.page.get_by_label("Why, in a sentence").fill("We buy no devices.")
    bare.page.get_by_role("button", name="Send for Energy company").click()
    expect(bare.page.get_by_text(f"Saved for Energy company: {REUSE}")).to_be_visible()


PHONES = {"en-GB": ("My own words", "To the session", "The organisations review the drafts of this day now."),
          "sv-SE": ("Mina egna ord", "Till sessionen", "Organisationerna granskar dagens utkast nu.")}


@pytest.mark.parametrize("phase", ["reveal", "closed"])
@pytest.mark.parametrize("locale", PHONES)
def test_a_phone_leads_to_ones_own_words_and_back(venue: Venue, day: Day, tmp_path: Path, phase: str, locale: str) -> None:
    folder, (words, back, reviewed) = shots(tmp_path), PHONES[locale]
    apart(lambda: goes_to(venue.server.data, day, phase))
    bo = venue.buyer(locale=locale).open(f"/{day.code}")
    bo.page.locator("summary").filter(has_text=re.compile("I have been here before|Jag har varit här")).tap()
    bo.page.locator("[name=return_code]").fill(day.bo)
    bo.page.keyboard.press("Enter")
    bo.is_in()
    link = bo.page.get_by_role("link", name=words)
    expect(link).to_be_visible()
    for size in (PHONE, LAPTOP):
        bo.resized(size)
        link.scroll_into_view_if_needed()
        bo.look()
        bo.keep(folder, f"own-words-{phase}-{locale}-{size[0]}")
    link.click()
    bo.sees(re.compile(reviewed))
    bo.look()
    bo.keep(folder, f"own-words-page-{locale}-1280")
    bo.resized(PHONE)
    bo.look()
    bo.keep(folder, f"own-words-page-{locale}-390")
    bo.page.get_by_role("link", name=back).click()
    expect(link).to_be_visible()


def goes_to(data: Path, day: Day, phase: str) -> None:
    """The review is open, and the session at a phase."""
    with closing(Store(data / "workshop.db")) as store:
        accounts = Accounts(store)
        signin, session = hashed(accounts.spend_link(accounts.new_link())), store.read(lambda tx: sessions.by_code(tx, day.code))
        Facilitate(store).command(signin, session.id, "phase.set", c.PhaseSet(id=new_id(), phase=phase, theme=None))
        event = session.event_id
        drafts = [one.practice.id for one in Practices(store).of_event(event)]
        ReviewDesk(store).start("editor", event, drafts)
