"""The organizer at her desk: what was voted on becomes practices, two editors write at once, and a version stands."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journey import Way
from tests.test_editor_browser import Editor, in_other_looks
from workshop.documents import changes, sections
from workshop.documents.words import Words
from workshop.errors import practices as refused

STALE = {"ok": True, "practice": {"rev": 0}, "fields": [], "measures": [], "room": 0, "here": []}
REVIEW_DAY = "2027-11-24"


def drafts(way: Way) -> str:
    """What the votes chose becomes practices; the address of the winner's."""
    olga, page, say = way.olga.open(f"/events/{way.day.event}"), way.olga.page, way.say
    page.get_by_role("link", name=say("Draft and edit practices")).click()
    olga.sees(say("No practice yet"))
    way.seen("no-practice", olga=olga)
    olga.button(say("Draft practices")).click()
    made = page.locator(".practices .practice")
    expect(made.first).to_be_visible()
    olga.sees(say.counted("%(num)s practice is drafted.", "%(num)s practices are drafted.", made.count()))
    way.seen("drafts", olga=olga)
    return page.get_by_role("link", name=way.day.winner, exact=True).get_attribute("href") or ""


def takes_apart_and_together(way: Way) -> None:
    """Two ideas by hand as one practice; one is split off, and taken in again."""
    olga, page, say = way.olga, way.olga.page, way.say
    page.get_by_text(say("Choose otherwise: above a line, or by hand")).click()
    ideas = max((one.locator("label") for one in page.locator(".by-hand fieldset.choices").all()), key=Locator.count)
    lead, other = (ideas.nth(place).inner_text().strip() for place in (0, 1))
    for label in (ideas.nth(0), ideas.nth(1), page.locator("label", has_text=say("As one practice"))):
        label.get_by_role("checkbox").check()
    olga.look()
    olga.button(say("Draft the chosen ideas")).click()
    page.get_by_role("link", name=lead, exact=True).click()
    page.get_by_role("link", name=say.script("Where it comes from")).click()
    lineage = page.url.removeprefix(way.venue.url)
    page.get_by_role("checkbox", name=other, exact=True).check()
    way.seen("split", olga=olga)
    olga.button(say("Split off")).click()
    expect(page.get_by_label(say.script("Title of the practice"))).to_have_value(other)
    olga.open(lineage)
    page.get_by_label(say("Take this practice in")).select_option(label=other)
    olga.button(say("Join")).click()
    expect(page.get_by_label(say.script("Title of the practice"))).to_have_value(lead)
    olga.open(lineage).sees(say(changes.OF_PRACTICES["practice.join"], practice=say("“%(text)s”", text=lead)))
    olga.look()


# -- the editor ----------------------------------------------------------------------------------------


def edits(way: Way, address: str) -> Editor:
    """Sections, tags, a measure, an owner and a day; a conflict with a second editor, who stays; good practice for a reason."""
    one = Editor(way.olga.open(address))
    ben = Editor(way.venue.signed_in(locale=way.say.locale).open(address))
    for editor in (one, ben):
        expect(editor.text(way.section("problem"))).to_be_visible()
    way.seen("editor-new", olga=way.olga)
    one.page.get_by_label(way.say.script("Title of the practice")).fill(way.story.title)
    for key, text in (("clause", way.story.clause), ("verification", way.story.verification), ("sentence", way.story.first_sentence)):
        one.text(way.section(key)).fill(text)  # one after the other without a pause; each is kept by itself
    at_once(way, one, ben)
    chooses(way, one)
    measures(way, one)
    compares(way, one)
    confirms(way, one)
    expect(one.page.locator(".keeping")).to_have_text(way.say.script("All saved"))
    way.seen("editor-full", olga=way.olga, ben=ben.person)
    in_other_looks(way.olga)
    return ben


def at_once(way: Way, one: Editor, ben: Editor) -> None:
    """Two write one section at the same time; who comes second sees both texts and decides."""
    problem = way.section("problem")
    ben.page.route("**/state?*", lambda route: route.fulfill(json=STALE))  # Ben has not heard yet
    one.writes(problem, way.story.problem)
    ben.text(problem).fill(way.story.colleague)
    both = ben.page.get_by_role("group", name=way.say.script("Two wordings"))
    for words in (way.story.problem, way.story.colleague):
        expect(both).to_contain_text(words)
    ben.person.troubles.clear()  # the refusal is told by the browser
    way.seen("conflict", ben=ben.person)
    ben.page.unroute("**/state?*")
    both.get_by_role("button", name=way.say.script("Put both together")).click()
    ben.saved(problem)
    expect(one.text(problem)).to_have_value(f"{way.story.problem}\n\n{way.story.colleague}")


def chooses(way: Way, one: Editor) -> None:
    """Tags, who keeps it, and when it is looked at next."""
    for key, tag in (("stage", "stage.specification"), ("clause", "clause.contract")):
        chip = one.part(way.section(key)).get_by_role("button", name=way.say(sections.TAGS[tag]), exact=True)
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true")
    one.part(way.section("owner")).get_by_label(way.say.script("Owner"), exact=True).fill(way.story.owner)
    one.saved(way.section("owner"))
    one.page.get_by_label(way.say.script("To be reviewed on")).fill(REVIEW_DAY)


def measures(way: Way, one: Editor) -> None:
    """From the picker; a share of more than all is refused, kindly."""
    part, say = one.part(way.section("measures")), way.say
    part.get_by_label(say.script("Add a measure")).select_option("returns_reused")
    row = part.get_by_role("group", name=say(sections.KPIS["returns_reused"]))
    row.get_by_label(say.script("Baseline")).fill("38,5")
    row.get_by_label(say.script("Target")).fill("140")
    expect(row.get_by_text(say(refused.OffFigure.message, low=0, high=100))).to_be_visible()
    one.person.troubles.clear()  # the refused figure
    one.person.look()
    row.get_by_label(say.script("Target")).fill("80")
    expect(row.locator(".status")).to_have_attribute("data-state", "saved")
    expect(row.get_by_label(say.script("Baseline"))).to_have_value(Words(say.language).figure(38.5))


def compares(way: Way, one: Editor) -> None:
    """What stands with an earlier wording, word by word."""
    sentence = way.section("sentence")
    one.saved(sentence)
    one.writes(sentence, way.story.sentence)
    one.part(sentence).get_by_role("button", name=way.say.script("Earlier wordings")).click()
    dialog = one.page.get_by_role("dialog")
    expect(dialog.locator("ins").first).to_be_visible()
    way.seen("compared", olga=way.olga)
    dialog.get_by_role("button", name=way.say.script("Close")).click()


def confirms(way: Way, one: Editor) -> None:
    """Good practice, when somebody says so and why."""
    confirm = one.page.get_by_role("button", name=way.say.script("Confirm as good practice"))
    confirm.click()
    one.person.sees(way.say(refused.NoReason.message))
    one.person.troubles.clear()  # the refusal
    one.page.get_by_label(way.say.script("Why this is good practice")).fill(way.story.reason)
    confirm.click()
    one.person.sees(way.story.reason)


# -- a version that stands ---------------------------------------------------------------------------


def freezes(way: Way, address: str, ben: Editor) -> str:
    """Version 1.0; what is typed into it afterwards is refused and kept, and a new version offered. Its content hash."""
    ben.page.route("**/state?*", lambda route: route.fulfill(json=STALE))  # Ben has not heard yet
    olga, page, say = way.olga.open(address), way.olga.page, way.say
    olga.sees(way.story.reservation)
    olga.button(say.script("Freeze version %(number)s", number="1.0")).click()
    olga.look()
    page.get_by_role("dialog").get_by_role("button", name=say.script("Freeze"), exact=True).click()
    fingerprint = page.locator(".notice code")
    expect(fingerprint).to_have_text(re.compile("^sha256:[0-9a-f]{64}$"))
    expect(page.get_by_role("textbox", name=way.section("problem"))).to_have_count(0)
    expect(olga.button(say.script("Begin version %(number)s", number="1.1"))).to_be_visible()
    way.seen("frozen", olga=olga)
    ben.text(way.section("lessons")).fill(way.story.comment)
    ben.person.sees(say(refused.Frozen.message, number="1.0"))
    ben.page.unroute("**/state?*")
    ben.person.sees(say.script("Not in this version: %(section)s", section=way.section("lessons")))
    ben.person.troubles.clear()  # the refusal
    way.seen("too-late", ben=ben.person)
    return fingerprint.inner_text()
