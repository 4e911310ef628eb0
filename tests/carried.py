"""What is carried away: documents opened by readers that are not ours, the public library, and a name that is taken back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journey import Way
from tests.people import LAPTOP, PHONE, Buyer, Facilitator
from tests.readers import Opened, opened
from tests.reviewed import names
from tests.test_editor_browser import in_other_looks
from workshop.documents import FORMATS, changes, sections
from workshop.documents.words import Words

DATA = {".json", ".csv"}  # for programs: the same words in every language
TABLES = {".csv", ".xlsx"}  # the workbook has no room for the sections
SAYING = {".md", ".json", ".docx", ".pptx", ".pdf", ".html"}  # formats that say which language they are in
LOGS = {"report.md", "report.json", "report.docx", "report.pdf", "report.html"}  # those with a change log
Documents = dict[str, Opened]


def takes_everything_away(way: Way, fingerprint: str, folder: Path) -> None:
    """Every format by its link, and all of them as one zip."""
    olga, page = way.olga.open(f"/events/{way.day.event}"), way.olga.page
    page.locator("summary", has_text=way.say("Outcome")).click()
    links = page.locator("details[open] .outcome a")
    expect(links).to_have_text([way.say("Everything, as one zip"), *(way.say(one.label) for one in FORMATS)])
    way.seen("outcome", olga=olga)
    whole, *singly = map(downloaded, links.all())
    for name, content in singly:
        holds(way, name, opened(name, content), fingerprint)
    assert {Path(name).suffix for name in opened(*whole)} == {Path(part).suffix for one in singly for part in opened(*one)}
    name, content = next(one for one in singly if one[0].endswith(".html"))
    shows(way, folder / name, content)


def downloaded(link: Locator) -> tuple[str, bytes]:
    """The name and the content of what a link gives."""
    with link.page.expect_download() as download:
        link.click()
    assert not download.value.failure(), link.get_attribute("href")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def holds(way: Way, name: str, documents: Documents, fingerprint: str, library: bool = False) -> None:
    """A document speaks the event's language, and has the practice's own words, its version and names as consented."""
    text, kinds = Opened(" ".join(one.text for one in documents.values())), {Path(one).suffix for one in documents}
    languages = {one.language[:2] for one in documents.values()} - {""}
    assert languages == ({way.story.language} if kinds & SAYING else set()), f"{name} says to be in {languages}"
    missing = [words for words in wanted(way, kinds, fingerprint, library) if not text.has(words)]
    assert not missing, f"{name} lacks {missing}"
    cleo = way.story.guests[2].name
    assert not text.has(cleo), f"{name} names {cleo}"
    assert text.has(way.story.owner) != library, f"{name} and its owner"


def wanted(way: Way, kinds: set[str], fingerprint: str, library: bool) -> list[str]:
    """What a document of that kind has to say. Tables of a single practice have no rows of what the room said."""
    story, (ada, bo, _cleo, dan) = way.story, way.story.guests
    found = [story.title, fingerprint, "1.0"]
    if not (library and kinds & TABLES):
        found += [story.reservation, story.corrected, ada.name, bo.name, dan.name]
    if not kinds & TABLES:
        found += [story.colleague, story.clause, story.verification, story.sentence]
    return found if kinds & DATA else [*found, way.say(sections.MATURITY["good"])]


def shows(way: Way, path: Path, content: bytes) -> None:
    """The HTML document in a browser, as it lies in a folder."""
    path.write_bytes(content)
    reader = Facilitator(way.venue.context(LAPTOP, locale="en-GB"), way.venue.url)
    reader.page.goto(path.as_uri())
    expect(reader.page.locator("html")).to_have_attribute("lang", way.story.language)
    expect(reader.page.get_by_role("heading", name=way.story.title).first).to_be_visible()
    way.seen("html", reader=reader)
    reader.resized(PHONE)
    reader.look()


# -- the library -------------------------------------------------------------------------------------


def publishes(way: Way) -> None:
    """For everybody."""
    olga, say = way.olga.open(f"/events/{way.day.event}/practices"), way.say
    olga.page.get_by_role("link", name=say("Library"), exact=True).click()
    olga.button(say("Publish all frozen practices")).click()
    olga.sees(say.counted("%(num)s practice is in the library now.", "%(num)s practices are in the library now.", 1))
    way.seen("publishing", olga=olga)


def finds(way: Way) -> Facilitator:
    """A stranger without a cookie searches, filters and opens the page."""
    stranger, say = Facilitator(way.venue.context(LAPTOP, locale=way.say.locale), way.venue.url).open("/library"), way.say
    page = stranger.page
    page.get_by_role("searchbox").fill(way.story.word.upper())
    page.keyboard.press("Enter")
    stranger.sees(say.counted("%(num)s practice", "%(num)s practices", 1))
    page.locator("summary", has_text=say("Filter")).click()
    page.get_by_label(say("Maturity")).select_option("good")
    page.get_by_label(say("Procurement stage")).select_option("specification")
    page.get_by_label(say("Measure")).select_option("returns_reused")
    stranger.button(say("Show"), exact=True).click()
    expect(page.get_by_label(say("Measure"))).to_have_value("returns_reused")
    way.seen("library", stranger=stranger)
    page.get_by_role("link", name=way.story.title).click()
    return stranger


def reads(way: Way, stranger: Facilitator, fingerprint: str) -> str:
    """The page, the feed, and its documents; its address."""
    page, guests = stranger.page, way.story.guests
    expect(page.get_by_role("heading", name=way.story.title, level=1)).to_have_attribute("lang", way.story.language)
    for words in (way.story.reservation, way.story.corrected, fingerprint, guests[0].name, guests[1].name):
        stranger.sees(words)
    for words in (guests[2].name, way.story.owner):
        stranger.misses(re.compile(re.escape(words)))
    way.seen("library-practice", stranger=stranger)
    in_other_looks(stranger)
    for name, documents in offered(way, stranger):
        holds(way, name, documents, fingerprint, library=True)
    feed = page.request.get(way.venue.url + (page.locator("footer a").get_attribute("href") or ""))
    assert opened("feed.atom", feed.body())["feed.atom"].has(way.story.title)
    return page.url


def offered(way: Way, stranger: Facilitator) -> list[tuple[str, Documents]]:
    """Whatever documents the page gives, opened."""
    links = stranger.page.locator("a[download]")
    assert links.count() > 1
    return [(name, opened(name, content)) for name, content in map(downloaded, links.all())]


# -- a consent taken back ----------------------------------------------------------------------------


def takes_the_name_back(way: Way, bank: Buyer, address: str) -> None:
    """After all that, on a phone; the log says that something has changed, and not whose."""
    told = way.say(changes.OF_PRACTICES["consent.change"], practice=Words(way.story.language).quoted(way.story.title))
    log = way.olga.open(f"{address}/lineage").page.locator(".log").get_by_text(told)
    expect(log).to_have_count(1)
    names(way, bank, "Anonymous")
    way.seen("withdrawn", bank=bank)
    way.olga.page.reload()
    expect(log).to_have_count(2)
    way.olga.misses(re.compile(way.story.guests[1].name))
    way.seen("lineage", olga=way.olga)
    leaves_all_documents(way, told)


def leaves_all_documents(way: Way, told: str) -> None:
    """From then on none of them has the name; the change log of each that has one tells that much."""
    way.olga.open(f"/events/{way.day.event}").page.locator("summary", has_text=way.say("Outcome")).click()
    documents = opened(*downloaded(way.olga.page.get_by_role("link", name=way.say("Everything, as one zip"))))
    nameless(way, documents)
    logs, ada = ({name for name, one in documents.items() if one.has(words)} for words in (told, way.story.guests[0].name))
    assert logs == LOGS < ada, f"{LOGS - logs} do not tell it"


def is_gone(way: Way, stranger: Facilitator, address: str) -> None:
    """From the library, and from what it gives."""
    stranger.page.goto(address)
    stranger.sees(way.story.guests[0].name)
    stranger.misses(re.compile(way.story.guests[1].name))
    for _name, documents in offered(way, stranger):
        nameless(way, documents)
    stranger.look()


def nameless(way: Way, documents: Documents) -> None:
    """None has the name that was taken back; beside the names that stay, the words stay."""
    ada, bo, _cleo, _dan = way.story.guests
    assert not [name for name, one in documents.items() if one.has(bo.name) or one.has(bo.name.partition(" ")[2])]
    assert all(one.has(bo.text) for one in documents.values() if one.has(ada.name))
