"""The library in real browsers: an organizer publishes; a stranger finds, filters, reads, cites and subscribes."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as xml

from playwright.sync_api import expect

from tests.apart import apart
from tests.people import LAPTOP, PHONE, Facilitator, Venue, pictured, shots
from tests.test_editor_browser import TITLE, a_voted_day
from workshop.model import new_id
from workshop.rules.kpi import Measure
from workshop.service import commands as c
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance, hashed
from workshop.service.facilitate import Facilitate
from workshop.service.library import Library
from workshop.service.organize import Organize
from workshop.service.participate import Participate
from workshop.service.plans import EventPlan
from workshop.service.practices import Choice, Practices, Written
from workshop.store import Store
from workshop.store.queries import record

WRITTEN = (
    ("sentence", "Buyers should require repair before replacement, and pay for it in the contract.", ()),
    ("problem", "Laptops are replaced after three years although **two of three** need a battery or a keyboard only.", ()),
    ("steps", "1. Ask for spare parts for seven years.\n2. Train the helpdesk to repair.\n3. Count what is repaired, every quarter.", ()),
    ("stage", "", ("stage.contract", "strategy.repair")),
    ("clause", "*The supplier keeps spare parts available for seven years from delivery.*", ("clause.contract",)),
    ("verification", "The supplier shows its list of parts each year; the buyer orders three at random.", ()),
    ("references", "See https://example.org/repair for the guidance.", ("sdg.12",)),
)


def finished_practices(venue: Venue, event: str) -> None:
    """The event's two practices, one finished and both frozen."""
    apart(lambda: _finish(venue.server.data / "workshop.db", event))


def _finish(path: Path, event: str) -> None:
    with closing(Store(path)) as store:
        desk = Practices(store)
        [session] = {one.session.id for one in desk.shelf(event).sessions if one.session}
        made = desk.draft(event, session, Choice(top=2), "editor")
        first = next(one for one in made if one.title == TITLE)
        for section, text, chosen in WRITTEN:
            desk.save(event, first.id, Written(section, text, 0, chosen), "editor")
        for measure in (Measure("service_life", "", "years", 3.5, 6, "Asset register", "Ada", new_id()),
                        Measure("", "Devices repaired", "per year", 120, 1200, "Helpdesk", "Bo", new_id())):
            desk.put_measure(event, first.id, measure, 0, "editor")
        for one in made:
            desk.freeze(event, one.id, "editor")


def test_an_organizer_publishes_and_a_stranger_reads_and_cites(venue: Venue, tmp_path: Path) -> None:
    album = shots(tmp_path / "shots")
    event = a_voted_day(venue)
    finished_practices(venue, event)
    reader = Facilitator(venue.context(LAPTOP), venue.url)
    publishes(venue, event, album)
    finds(reader, album)
    reads(reader, album)
    cites(reader)
    subscribes(reader)
    on_a_phone_in_swedish(venue, reader.page.url.removeprefix(venue.url), album)
    without_a_script(venue, reader.page.url.removeprefix(venue.url))


def publishes(venue: Venue, event: str, album: Path) -> None:
    olga = venue.signed_in().open(f"/events/{event}/practices")
    olga.page.get_by_role("link", name="Library").click()
    olga.look()
    olga.button("Publish all frozen practices").click()
    olga.sees("2 practices are in the library now.")
    olga.keep(album, "library-publishing")
    olga.look()
    olga.resized(PHONE)
    olga.look()


def finds(reader: Facilitator, album: Path) -> None:
    reader.open("/library")
    reader.sees(re.compile(r"\d+ practices?"))
    seen_in_both_themes(reader, album, "library")
    reader.page.get_by_role("searchbox").fill("SPÁRE parts keyboard")
    reader.page.keyboard.press("Enter")
    reader.sees("1 practice")
    reader.page.get_by_text("Filter").click()
    reader.page.get_by_label("Measure").select_option("Service life")
    reader.page.get_by_label("Maturity").select_option("Candidate good practice")
    reader.button("Show", exact=True).click()
    expect(reader.page.get_by_label("Measure")).to_have_value("service_life")
    reader.look()
    reader.keep(album, "library-filtered")
    reader.page.get_by_role("link", name=TITLE).click()


def reads(reader: Facilitator, album: Path) -> None:
    expect(reader.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    reader.sees("Devices repaired")
    expect(reader.page.get_by_role("listitem").filter(has_text="Train the helpdesk to repair.").first).to_be_visible()
    seen_in_both_themes(reader, album, "library-practice")


def cites(reader: Facilitator) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.button("Copy the citation").click()
    expect(reader.button("Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == reader.page.locator("#citation").text_content()
    assert re.fullmatch(rf"Learning Academy 2026 \(\d{{4}}\)\. {TITLE}\. Version 1\.0, sha256:[0-9a-f]{{64}}\. http\S+/library/\w+", copied)
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="JSON").click()
    assert json.loads(download.value.path().read_text("utf-8"))["practices"][0]["title"] == TITLE
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF") and download.value.suggested_filename.endswith(".pdf")


def subscribes(reader: Facilitator) -> None:
    feed = reader.page.locator("link[type='application/atom+xml']").get_attribute("href")
    answer = reader.page.request.get(reader.url + feed)
    titles = [node.text for node in xml.fromstring(answer.text()).iter("{http://www.w3.org/2005/Atom}title")]
    assert TITLE in titles


def on_a_phone_in_swedish(venue: Venue, path: str, album: Path) -> None:
    phone = Facilitator(venue.context(PHONE, locale="sv-SE"), venue.url).open(path)
    phone.sees("Risker, begränsningar och förbehåll")
    expect(phone.page.get_by_role("heading", name=TITLE, level=1)).to_have_attribute("lang", "en")
    seen_in_both_themes(phone, album, "library-practice-phone-sv")
    seen_in_both_themes(phone.open("/library"), album, "library-phone-sv")


def without_a_script(venue: Venue, path: str) -> None:
    plain = Facilitator(venue.context(LAPTOP, java_script_enabled=False), venue.url).open(path)
    plain.sees("To cite")
    expect(plain.button("Copy the citation")).to_be_hidden()
    plain.open("/library?words=repair&maturity=candidate")
    expect(plain.page.get_by_role("link", name=TITLE).first).to_be_visible()


def a_year_later(venue: Venue, event: str) -> str:
    """The next year's event has graded the practice, frozen its next version and published both; the page of the earlier one."""
    return apart(lambda: _year_later(venue.server.data / "workshop.db", event))


def _year_later(path: Path, event: str) -> str:
    with closing(Store(path)) as store:
        desk, organize, entrance, participate = Practices(store), Organize(store), Entrance(store), Participate(store)
        signin = hashed((accounts := Accounts(store)).spend_link(accounts.new_link()))
        later = organize.create_event(EventPlan("Learning Academy 2027", date="2027-11-24"), "City\nBank\nUniversity")
        session = desk.next_year(later.id, event)

        def goes(phase: str) -> None:
            Facilitate(store).command(signin, session.id, "phase.set", c.PhaseSet(id=new_id(), phase=phase, theme=None))

        goes("vote")
        [idea] = [one for one in store.read(lambda tx: record.load(tx, session.id)).ideas if one.title == TITLE]
        graded = {"City": (4, 4, 3), "Bank": (2, 2, 4), "University": (1, 3, 3)}
        for name, grade in ((name, grade) for name, grades in graded.items() for grade in grades):
            who = entrance.join(session.code, name, "", "anonymous").participant
            participate.command(who.id, c.BallotPut(id=new_id(), theme=idea.theme_id, round=1, choices={idea.id: grade}))
        goes("reveal")
        [made] = desk.draft(later.id, session.id, Choice(ideas=(idea.id,)), "editor")
        desk.freeze(later.id, made.id, "editor")
        for one in (event, later.id):
            Library(store).publish(one, [], "editor")
        return f"/library/{made.follows}"


def test_a_stranger_sees_what_the_next_year_said(venue: Venue, tmp_path: Path) -> None:
    album, event = shots(tmp_path / "shots"), a_voted_day(venue)
    finished_practices(venue, event)
    path = a_year_later(venue, event)
    for name, person in (("", Facilitator(venue.context(LAPTOP), venue.url)),
                         ("-phone-sv", Facilitator(venue.context(PHONE, locale="sv-SE"), venue.url))):
        person.open(path)
        table = person.page.get_by_role("table", name=re.compile("Learning Academy 2027, 2027"))
        expect(table.get_by_role("cell")).to_have_text(["2", "6", "1", "2", "0", "1"])
        seen_in_both_themes(person, album, f"library-verdict{name}")


def seen_in_both_themes(person: Facilitator, album: Path, name: str) -> None:
    for theme in ("light", "dark"):
        person.look()
        if pictured():
            person.page.screenshot(path=album / f"{name}-{theme}.png", full_page=True, animations="disabled")
        person.changes_theme()
