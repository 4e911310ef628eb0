"""A review by four organisations on phones, and the organizer who sends the links and watches."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journey import BANK, CITY, ENERGY, MUSEUM, UNIVERSITY, Guest, Way
from tests.people import Buyer
from tests.test_editor_browser import in_other_looks
from workshop.documents import sections
from workshop.documents.words import Words
from workshop.errors import review as declined

BY_YEAR = "2030"


def review(way: Way) -> dict[str, Buyer]:
    """Links for all, four answer by phone, one link is revoked; the organizer sees who said what, and closes. The phones."""
    urls = sends_links(way)
    city, bank, university, energy = (phone(way, guest, urls[guest.organisation]) for guest in way.story.guests)
    endorses(way, city)
    reserves(way, bank)
    thinks_twice(way, university)
    wants_to_be_named(way, energy)
    watches(way)
    museum = revokes(way, urls[MUSEUM])
    closes(way, city, urls[CITY])
    return {CITY: city, BANK: bank, UNIVERSITY: university, ENERGY: energy, MUSEUM: museum}


def sends_links(way: Way) -> dict[str, str]:
    """The review is started; the new links by organisation."""
    olga, page, say = way.olga.open(f"/events/{way.day.event}"), way.olga.page, way.say
    page.get_by_role("link", name=say("Review of practices")).click()
    way.seen("review-before", olga=olga)
    olga.button(say("Start the review")).click()
    olga.button(say("Make"), exact=True).click()
    cards = page.locator("#new-links li.card")
    expect(cards).to_have_count(5)
    way.seen("links", olga=olga)
    return {card.get_by_role("heading").inner_text(): card.get_by_label(say("Link"), exact=True).input_value() for card in cards.all()}


def phone(way: Way, guest: Guest, url: str) -> Buyer:
    """The phone that was there on the day, with the review's link open."""
    buyer = way.venue.buyer(locale=way.say.locale)
    come = {"name": f"p-{way.day.code}", "value": way.day.passes[guest.name], "url": way.venue.url}
    buyer.context.add_cookies([come])
    buyer.page.goto(url)
    buyer.sees(way.say("You answer for"))
    return buyer


def turns_to_it(way: Way, buyer: Buyer) -> None:
    """From the list to the practice."""
    buyer.page.locator("ul.practices a", has_text=way.story.title).tap()
    expect(buyer.page.get_by_role("heading", name=way.story.title, level=1)).to_be_visible()


def answers(way: Way, buyer: Buyer, ratification: str, adoption: str, sentence: str = "") -> None:
    """Fill in the answer and send it."""
    page, say = buyer.page, way.say
    page.get_by_role("radio", name=say(sections.RATIFICATIONS[ratification]), exact=True).check()
    page.get_by_label(say("Why, in a sentence")).fill(sentence)
    uses = page.get_by_role("group", name=say("Does your organisation do it?"))
    uses.get_by_role("radio", name=say(sections.ADOPTIONS[adoption]), exact=True).check()
    page.get_by_role("button", name=re.compile(re.escape(say("Send for %(organisation)s", organisation="")))).tap()


def saved(way: Way, buyer: Buyer, organisation: str) -> None:
    """Wait until the answer has arrived."""
    buyer.sees(way.say("Saved for %(organisation)s: %(title)s", organisation=organisation, title=way.story.title))


def endorses(way: Way, city: Buyer) -> None:
    """The City comments and endorses; then its person puts their own words right."""
    way.seen("overview", city=city)
    turns_to_it(way, city)
    for words in (way.story.clause, Words(way.story.language).quoted(way.story.guests[0].text)):
        city.sees(words)
    way.seen("practice", city=city)
    title = way.section("verification")
    city.page.locator("summary", has_text=f"{way.say('Comment')} {title}").tap()
    city.page.get_by_label(way.say("Comment on “%(section)s”", section=title)).fill(way.story.comment)
    answers(way, city, "endorse", "do")
    saved(way, city, CITY)
    puts_right(way, city)


def puts_right(way: Way, city: Buyer) -> None:
    """One's own result, as it was measured since."""
    opens_own_words(way, city)
    own = city.page.get_by_role("region", name=way.say(sections.STANCES["do"]))
    own.get_by_label(way.say("Result"), exact=True).fill(way.story.corrected)
    own.get_by_role("button", name=way.say("Save the correction")).tap()
    city.sees(way.say("Your words are put right, everywhere from now on. The organizer sees what they were before."))
    way.seen("own-words", city=city)


def opens_own_words(way: Way, buyer: Buyer) -> None:
    """This phone was there, so nothing is asked for."""
    buyer.open(f"/{way.day.code}/words").sees(way.say("What you said"))


def reserves(way: Way, bank: Buyer) -> None:
    """A reservation without its sentence is refused, kindly; with it, it stands."""
    turns_to_it(way, bank)
    answers(way, bank, "reservation", "will")
    bank.sees(way.say(declined.NeedsReason.message))
    way.seen("reason", bank=bank)
    bank.page.get_by_label(way.say("Year"), exact=True).select_option(BY_YEAR)
    answers(way, bank, "reservation", "will", way.story.reservation)
    saved(way, bank, BANK)
    bank.look()


def thinks_twice(way: Way, university: Buyer) -> None:
    """The University answers twice: the last stands."""
    link = university.page.url
    for ratification, sentence in (("against", way.story.refusal), ("aside", way.story.second_thought)):
        university.page.goto(link)
        turns_to_it(way, university)
        answers(way, university, ratification, "not", sentence)
        saved(way, university, UNIVERSITY)
    university.look()


def wants_to_be_named(way: Way, energy: Buyer) -> None:
    """The Energy company agrees; who was anonymous on the day lets their name stand."""
    turns_to_it(way, energy)
    answers(way, energy, "agree", "do")
    saved(way, energy, ENERGY)
    names(way, energy, "Name and organisation")
    way.seen("consent", energy=energy)


def names(way: Way, buyer: Buyer, choice: str) -> None:
    """Change how one may be quoted."""
    opens_own_words(way, buyer)
    buyer.page.get_by_role("radio", name=way.say(choice)).check()
    buyer.page.get_by_role("button", name=way.say("Save"), exact=True).tap()
    buyer.sees(way.say("Saved. From now on you are named so, everywhere."))


def watches(way: Way) -> None:
    """Organisations by practices, who has not answered, what was commented and put right."""
    olga, page, say = way.olga.open(f"/events/{way.day.event}/review"), way.olga.page, way.say
    for organisation, words in (
        (CITY, f"{say(sections.RATIFICATIONS['endorse'])}; {say(sections.ADOPTIONS['do'])}"),
        (BANK, f"{say(sections.RATIFICATIONS['reservation'])}; {say(sections.ADOPTIONS['will'])} {BY_YEAR}"),
        (UNIVERSITY, f"{say(sections.RATIFICATIONS['aside'])}; {say(sections.ADOPTIONS['not'])}"),
        (ENERGY, f"{say(sections.RATIFICATIONS['agree'])}; {say(sections.ADOPTIONS['do'])}"),
        (MUSEUM, say("no answer")),
    ):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=organisation, exact=True))
        expect(row).to_contain_text(words)
    silent = page.get_by_role("region", name=say("Not answered yet")).get_by_role("listitem")
    expect(silent).to_have_count(1)
    expect(silent).to_contain_text(MUSEUM)
    for words in (way.story.reservation, way.story.corrected):
        olga.sees(words)
    olga.button(say("Handled: %(text)s", text=way.story.comment)).click()
    expect(olga.button(say("Not yet: %(text)s", text=way.story.comment))).to_be_visible()
    way.seen("heat", olga=olga)
    in_other_looks(olga)


def revokes(way: Way, url: str) -> Buyer:
    """A link that is taken back leads nowhere, and says so."""
    way.olga.button(way.say("Revoke: %(name)s", name=MUSEUM)).click()
    way.olga.sees(way.say("revoked"))
    museum = way.venue.buyer(locale=way.say.locale)
    museum.page.goto(url)
    museum.sees(way.say(declined.DeadReview.message))
    way.seen("revoked", museum=museum)
    return museum


def closes(way: Way, city: Buyer, url: str) -> None:
    """Nobody answers any more; what was answered stays to be read."""
    page, say = way.olga.page, way.say
    page.locator("summary", has_text=say("Close the review")).click()
    way.olga.button(say("Close it"), exact=True).click()
    way.olga.sees(say("The review is closed. All answers are kept; links show that it is over."))
    way.olga.look()
    city.page.goto(url)
    city.sees(say("Nothing is open for review"))
    city.look()
