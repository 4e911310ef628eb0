"""Practices in real browsers: drafted from a vote, written by two editors at once, compared, confirmed and frozen."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.apart import apart
from tests.people import PHONE, Facilitator, Venue, shots
from workshop.model import new_id
from workshop.rules import light
from workshop.service import commands as c
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance, hashed
from workshop.service.facilitate import Facilitate
from workshop.service.organize import Organize
from workshop.service.participate import Participate
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store import Store
from workshop.store.queries import sessions

SAID = (
    ("City", "do", "Since 2023 every laptop is repaired once before it is replaced.", "Service life went from 3.5 to 5 years.", 2024),
    ("Bank", "do", "A repair shop in the basement, two days a week.", "40 % fewer new laptops.", 2025),
    ("University", "do", "Students repair, with a certificate.", "1,200 devices a year.", 2025),
    ("City", "obstacle", "Spare parts are sold for two years only.", "", None),
    ("Bank", "not", "", "", None),
)
TITLE = "Repair before replacing"


def a_voted_day(venue: Venue, language: str = "en") -> str:
    """An event whose first theme is revealed; its id."""
    return apart(lambda: _day(venue.server.data / "workshop.db", language))


def _day(path: Path, language: str) -> str:
    with closing(Store(path)) as store:
        organize, entrance, participate, facilitate = Organize(store), Entrance(store), Participate(store), Facilitate(store)
        accounts = Accounts(store)
        signin = hashed(accounts.spend_link(accounts.new_link()))
        event = organize.create_event(EventPlan("Learning Academy 2026", language=language), "City\nBank\nUniversity")
        plan = SessionPlan("Circular procurement of IT", themes=(ThemeLine("Less electronic waste"), ThemeLine("Better use")), take=2)
        session = organize.create_session(event.id, plan)
        theme = store.read(lambda tx: sessions.themes(tx, session.id))[0].id

        def goes(phase: str) -> None:
            facilitate.command(signin, session.id, "phase.set", c.PhaseSet(id=new_id(), phase=phase, theme=theme))

        people = {name: entrance.join(session.code, name, person, "name").participant for name, person in
                  (("City", "Alva"), ("Bank", "Bo"), ("University", "Una"))}
        goes("write")
        ideas = []
        written = (("City", TITLE, "Ask for spare parts for seven years.\nTrain the helpdesk."), ("Bank", "Return box", ""),
                   ("University", "Lend first", ""))
        for who, title, detail in written:
            ideas.append(new_id())
            participate.command(people[who].id, c.IdeaPut(id=new_id(), idea=ideas[-1], theme=theme, title=title, detail=detail))
        goes("share")
        for who, kind, text, result, year in SAID:
            idea, told = ideas[0 if text else 1], {"kind": kind, "text": text, "result": result, "year": year}
            said = c.ExperiencePut(id=new_id(), experience=new_id(), idea=idea, **told)
            participate.command(people[who].id, said)
        goes("vote")
        for who in people.values():
            participate.command(who.id, c.BallotPut(id=new_id(), theme=theme, round=1, choices=dict.fromkeys(ideas[:2], 1)))
        goes("reveal")
        return event.id


class Editor:
    """A practice's page and what is on it."""

    def __init__(self, person: Facilitator) -> None:
        self.person, self.page = person, person.page

    def part(self, title: str) -> Locator:
        """A section."""
        return self.page.get_by_role("region", name=title, exact=True)

    def text(self, title: str) -> Locator:
        """Where a section is written."""
        return self.page.get_by_role("textbox", name=title, exact=True)

    def saved(self, title: str) -> None:
        """Wait until a section is kept."""
        expect(self.part(title).locator(".written > .tools .status")).to_have_attribute("data-state", "saved")

    def writes(self, title: str, text: str) -> None:
        """Write a section and wait until it is kept."""
        self.text(title).fill(text)
        self.saved(title)


def editor(venue: Venue, address: str, **options: object) -> Editor:
    person = venue.signed_in(**options).open(address)
    expect(person.page.get_by_role("region", name="Problem and hotspot")).to_be_visible()
    return Editor(person)


def drafted(venue: Venue, event: str) -> tuple[Facilitator, str]:
    """The organizer with the drafts before her, and the address of the first."""
    olga = venue.signed_in().open(f"/events/{event}")
    olga.page.get_by_role("link", name="Draft and edit practices").click()
    olga.sees("No practice yet")
    olga.look()
    olga.button("Draft practices").click()
    olga.sees("2 practices are drafted.")
    olga.look()
    return olga, olga.page.get_by_role("link", name=TITLE).get_attribute("href")


def test_from_the_vote_to_a_frozen_version_with_two_editors(venue: Venue, tmp_path: Path) -> None:
    album = shots(tmp_path / "shots")
    olga, address = drafted(venue, a_voted_day(venue))
    olga.keep(album, "practices-list")
    in_other_looks(olga)
    ada = editor(venue, address)
    ada.person.sees("Ask for spare parts for seven years.")
    ada.person.look()
    ben = editor(venue, address)
    writes_at_once(ada, ben, album)
    fills_in(ada, album)
    compares(ada, album)
    compares_figures(ada, album)
    on_a_phone(venue, address, album)
    comes_from(venue, address, album)
    freezes(ada, album)
    for one in (ada, ben):
        one.person.look()


def in_other_looks(someone: Facilitator) -> None:
    """On a phone, and in the dark."""
    someone.resized(PHONE)
    someone.look()
    someone.resized(someone.size)
    someone.changes_theme()
    someone.look()
    someone.changes_theme()


def writes_at_once(ada: Editor, ben: Editor, album: Path) -> None:
    """Both see each other; what comes second is kept, and its writer decides."""
    expect(ada.page.get_by_text(re.compile("^Also here:"))).to_be_visible()
    ada.text("Problem and hotspot").focus()
    expect(ben.part("Problem and hotspot").get_by_text(re.compile("is here"))).to_be_visible()
    stale = {"ok": True, "practice": {"rev": 0}, "fields": [], "measures": [], "room": 0, "here": []}
    ben.page.route("**/state?*", lambda route: route.fulfill(json=stale))  # Ben has not heard yet
    ada.writes("Problem and hotspot", "Devices are replaced **too early**.")
    ben.text("Problem and hotspot").fill("Batteries fail first.")
    conflict = ben.page.get_by_role("group", name="Two wordings")
    expect(conflict).to_contain_text("Devices are replaced")
    expect(conflict).to_contain_text("Batteries fail first.")
    ben.page.unroute("**/state?*")
    ben.person.troubles.clear()  # the answer 409 is told by the browser
    ben.person.look()
    ben.person.keep(album, "editor-conflict")
    conflict.get_by_role("button", name="Put both together").click()
    ben.saved("Problem and hotspot")
    expect(ada.text("Problem and hotspot")).to_have_value("Devices are replaced **too early**.\n\nBatteries fail first.")


def fills_in(ada: Editor, album: Path) -> None:
    """Words of the room, tags, measures, an owner; the figure leads to what is missing."""
    steps = ada.part("How to do it, step by step")
    steps.get_by_role("button", name="Use these words").click()
    ada.saved("How to do it, step by step")
    expect(ada.text("How to do it, step by step")).to_have_value("Ask for spare parts for seven years.\nTrain the helpdesk.")
    ada.part("Procurement stage").get_by_role("button", name="Specification").click()
    ada.saved("Procurement stage")
    measures = ada.part("Impact and measures")
    measures.get_by_label("Add a measure").select_option("service_life")
    row = measures.get_by_role("group", name="Service life")
    row.get_by_label("Baseline").fill("3,5")
    row.get_by_label("Target").fill("60")
    expect(row.get_by_text(re.compile("from 0 to 50"))).to_be_visible()
    row.get_by_label("Target").fill("5")
    expect(row.locator(".status")).to_have_attribute("data-state", "saved")
    ada.person.troubles.clear()  # the refused figure
    ada.part("Problem and hotspot").get_by_role("button", name="Preview").click()
    expect(ada.part("Problem and hotspot").locator("strong")).to_have_text("too early")
    ada.page.get_by_role("button", name=re.compile("^Next:")).click()
    expect(ada.text("In one sentence")).to_be_focused()
    ada.writes("In one sentence", "Buyers should ask for repair before they replace.")
    ada.part("In one sentence").get_by_label("Owner").fill("Olga, City")
    expect(ada.page.locator(".keeping")).to_have_text("All saved")
    ada.page.evaluate("scrollTo(0, 0)")
    ada.person.look()
    ada.person.keep(album, "editor")
    ada.page.get_by_role("heading", name="Experience").scroll_into_view_if_needed()
    ada.person.keep(album, "editor-experience")
    ada.page.evaluate("document.getElementById('section-measures').scrollIntoView()")
    ada.person.keep(album, "editor-measures")
    ada.person.changes_theme()
    ada.person.look()
    ada.person.changes_theme()


def compares(ada: Editor, album: Path) -> None:
    """Word by word, and back."""
    ada.writes("In one sentence", "Buyers should ask for two repairs before they replace.")
    ada.part("In one sentence").get_by_role("button", name="Earlier wordings").click()
    dialog = ada.page.get_by_role("dialog")
    expect(dialog.locator("del").first).to_have_text("repair")
    ada.person.look()
    ada.person.keep(album, "editor-versions")
    dialog.get_by_role("button", name="Bring this back").click()
    expect(dialog).to_be_hidden()
    expect(ada.text("In one sentence")).to_have_value("Buyers should ask for repair before they replace.")
    ada.part("In one sentence").get_by_role("button", name="Undo").click()
    expect(ada.text("In one sentence")).to_have_value("Buyers should ask for two repairs before they replace.")
    ada.part("In one sentence").get_by_role("button", name="Earlier wordings").click()
    dialog.get_by_role("button", name=re.compile("organizer")).nth(1).click()
    dialog.get_by_role("button", name="Bring this back").click()
    expect(ada.text("In one sentence")).to_have_value("Buyers should ask for repair before they replace.")
    ada.saved("In one sentence")


def compares_figures(ada: Editor, album: Path) -> None:
    """What a measure said before, and back; in every size."""
    row, dialog = ada.part("Impact and measures").get_by_role("group", name="Service life"), ada.page.get_by_role("dialog")
    row.get_by_label("Baseline").fill("4")
    row.get_by_label("Source").fill("Survey of the helpdesks")
    expect(row.locator(".status")).to_have_attribute("data-state", "saved")
    row.get_by_role("button", name="Earlier figures").click()
    dialog.get_by_role("button", name=re.compile("organizer")).nth(1).click()
    expect(dialog.get_by_role("row", name=re.compile("^Baseline"))).to_contain_text("3.54")
    expect(dialog.locator("del").first).to_have_text("3.5")
    for size in (PHONE, ada.person.size):
        ada.person.resized(size)
        ada.person.look()
        ada.person.keep(album, f"editor-figures-{size[0]}")
    dialog.get_by_role("button", name="Bring this back").click()
    expect(dialog).to_be_hidden()
    expect(row.get_by_label("Baseline")).to_have_value("3.5")
    expect(row.get_by_label("Source")).to_have_value("")
    expect(row.locator(".status")).to_have_attribute("data-state", "saved")


def on_a_phone(venue: Venue, address: str, album: Path) -> None:
    """Text above sources, nothing wider than the phone."""
    size = {"width": PHONE[0], "height": PHONE[1]}
    mona = editor(venue, address, viewport=size, has_touch=True, is_mobile=True)
    mona.person.look()
    mona.person.keep(album, "editor-phone")
    mona.part("Problem and hotspot").scroll_into_view_if_needed()
    mona.person.keep(album, "editor-phone-2")
    mona.person.context.close()


def comes_from(venue: Venue, address: str, album: Path) -> None:
    lina = venue.signed_in().open(f"{address}/lineage")
    lina.sees("Since 2023 every laptop is repaired once before it is replaced.")
    lina.sees(re.compile("place 1, 3 organisations and 3 voters"))
    lina.look()
    lina.keep(album, "practice-lineage")
    in_other_looks(lina)


def freezes(ada: Editor, album: Path) -> None:
    """Confirmed for a reason, then frozen, then continued."""
    ada.page.get_by_role("button", name="Confirm as good practice").click()
    ada.person.sees(re.compile("Say why this is good practice"))
    ada.person.troubles.clear()  # the refusal
    ada.page.get_by_label("Why this is good practice").fill("Three organisations have figures of two years.")
    ada.page.get_by_role("button", name="Confirm as good practice").click()
    ada.person.sees("Three organisations have figures of two years.")
    ada.person.keep(album, "editor-standing")
    ada.page.get_by_role("button", name="Freeze version 1.0").click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Freeze").click()
    ada.person.sees(re.compile(r"Version 1\.0 is frozen"))
    ada.person.look()
    ada.person.keep(album, "editor-frozen")
    expect(ada.page.get_by_role("textbox", name="Problem and hotspot")).to_have_count(0)
    ada.page.get_by_role("button", name="Begin version 1.1").click()
    expect(ada.text("Problem and hotspot")).to_have_value(re.compile("Batteries fail first"))


def test_what_is_typed_without_a_network_is_kept_and_sent_later(venue: Venue) -> None:
    _, address = drafted(venue, a_voted_day(venue))
    ada = editor(venue, address)
    ada.person.context.set_offline(True)
    ada.text("Lessons").fill("Ask the helpdesk first.")
    expect(ada.part("Lessons").locator(".written > .tools .status")).to_have_text("Not saved yet — kept on this computer")
    ada.person.troubles.clear()
    ada.person.context.set_offline(False)
    ada.page.reload()
    expect(ada.text("Lessons")).to_have_value("Ask the helpdesk first.")
    ada.saved("Lessons")
    ada.page.reload()
    expect(ada.text("Lessons")).to_have_value("Ask the helpdesk first.")


def test_what_comes_after_the_freeze_is_not_lost(venue: Venue) -> None:
    _, address = drafted(venue, a_voted_day(venue))
    ada, ben = editor(venue, address), editor(venue, address)
    stale = {"ok": True, "practice": {"rev": 0}, "fields": [], "measures": [], "room": 0, "here": []}
    ben.page.route("**/state?*", lambda route: route.fulfill(json=stale))
    ada.page.get_by_role("button", name="Freeze version 1.0").click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Freeze").click()
    ada.person.sees(re.compile(r"Version 1\.0 is frozen"))
    ben.text("Lessons").fill("Begin with the helpdesk.")
    ben.person.sees(re.compile(r"Version 1\.0 is frozen and does not change any more\."))
    ben.page.unroute("**/state?*")
    ben.person.sees("Not in this version: Lessons")
    ben.person.sees("Begin with the helpdesk.")
    ben.person.troubles.clear()  # the refusal
    ben.person.look()


def test_the_editor_speaks_swedish(venue: Venue, tmp_path: Path) -> None:
    album = shots(tmp_path / "shots")
    event = a_voted_day(venue, "sv")
    _, address = drafted(venue, event)
    ada = venue.signed_in(locale="sv-SE").open(address)
    ada.sees("Problem och hotspot")
    ada.sees("Lås version 1.0")
    ada.look()
    ada.page.get_by_label("Lägg till ett mått").select_option("service_life")
    ada.button("Tidigare siffror: Livslängd i bruk").click()
    ada.sees("Samma siffror.")
    for size in (PHONE, ada.size):
        ada.resized(size)
        ada.look()
        ada.keep(album, f"editor-figures-sv-{size[0]}")
    in_other_looks(ada)
    ada.open(f"/events/{event}/practices").look()


def test_owner_and_day_stand_together_and_the_list_leads_to_the_freezing(venue: Venue) -> None:
    _, address = drafted(venue, a_voted_day(venue))
    ada = editor(venue, address)
    part, link = ada.part("Owner and review date"), ada.page.get_by_role("navigation", name="Sections").get_by_role("link")
    expect(link.filter(has_text="Owner and review date")).to_contain_text("to complete")
    part.get_by_label("Owner", exact=True).fill("Olga, City")
    part.get_by_label("To be reviewed on").fill("2027-05-01")
    expect(link.filter(has_text="Owner and review date")).not_to_contain_text("to complete")
    ada.saved("Owner and review date")
    link.filter(has_text="Standing").click()
    expect(ada.page.get_by_label("Why this is good practice")).to_be_focused()
    expect(ada.part("Who does it, who would").get_by_text("Since 2023 every laptop")).to_have_count(0)  # under Experience, once
    ada.person.look()


def test_by_keyboard_alone(venue: Venue) -> None:
    _, address = drafted(venue, a_voted_day(venue))
    ada = editor(venue, address)
    field = ada.text("Success factors")
    field.focus()
    ada.page.keyboard.type("A champion in the board.")
    ada.saved("Success factors")
    tab_until(ada.page, re.compile("^Preview$"))
    ada.page.keyboard.press("Enter")
    expect(ada.part("Success factors").get_by_role("region", name=re.compile("^Preview"))).to_have_text("A champion in the board.")


def tab_until(page: Page, name: re.Pattern[str]) -> None:
    for _ in range(10):
        page.keyboard.press("Tab")
        if name.search(page.evaluate("document.activeElement.textContent.trim()")):
            return
    raise AssertionError(f"no way by keyboard to {name.pattern}")


def test_light_markdown_reads_the_same_in_the_browser(venue: Venue) -> None:
    _, address = drafted(venue, a_voted_day(venue))
    ada = editor(venue, address)
    texts = [
        "One\ntwo\n\n- a\n- **b** and *c*\n3. d\n4) e\n\n1. f", "**not* closed", "see https://example.org/a_(b), and http://x.se.",
        "* item\n • other",
        "2 * 3 * 4 ** 5", "<b>no</b> & [no](x)", "", "  \n\n ", "**a** *b* ***c***", "- \n-x\n1.x\n1. ",
    ]
    module = ada.page.evaluate("document.querySelector('link[href$=\"editor/light.js\"]').href")
    read = "async ([module, texts]) => { const { blocks } = await import(module); return texts.map(blocks); }"
    found = ada.page.evaluate(read, [module, texts])
    wanted = [[asdict(block) for block in light.blocks(text)] for text in texts]
    assert json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)
