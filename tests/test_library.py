"""The library over HTTP: what is published is there for everybody, and nothing else ever is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as xml

import jsonschema
import pytest

from tests.records import said
from tests.support import World
from tests.test_web import Person
from workshop import documents, errors, native
from workshop.app import create
from workshop.documents import apart, formats, single
from workshop.documents.once import Once
from workshop.model import Event, StoredPractice, new_id
from workshop.rules import review
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer
from workshop.rules.review import Given, Said
from workshop.service import commands as c
from workshop.service import library as rules
from workshop.service.plans import EventPlan
from workshop.service.practices import Choice, Practices, Written, versions
from workshop.service.reviews import ReviewDesk, Reviewing
from workshop.store.queries import practices
from workshop.web import catalogue, who

NASTY = "<script>alert(1)</script> & ]]> \"q\" 'x' \u202eevil \U0001f600 日本"
SECRET = ("Draft nobody may see", "Frozen but kept back", "Shy Saga", "Quiet Queen", "Mills Ltd", "Owner Olof", "Measurer Maj")
LINK = re.compile(r'(?:href|src|action)="([^"]+)"')


class House:
    """An event with one practice for everybody, one frozen and kept back, and one draft."""

    def __init__(self, settings) -> None:
        settings.ensure_data_folder()
        self.workshop = create(settings)
        self.world = World(settings.data / "workshop.db")
        self.desk, self.library = Practices(self.world.store, self.world.clock), self.workshop.library
        world = self.world
        world.organize.add_organisations(world.event.id, "Mills Ltd")
        people = {"ada": world.come("Ada", "City", "name"), "saga": world.come("Shy Saga", "Bank", "organisation"),
                  "queen": world.come("Quiet Queen", "Mills Ltd", "anonymous")}
        self.people = people
        world.phase("write")
        ideas = [world.writes(people["ada"], title) for title in ("Réparer före köp", "Frozen but kept back", "Draft nobody may see")]
        world.phase("share")
        for name in people:
            said = {"kind": "do", "text": f"We did it, says nobody but {len(name)}.", "result": "Half the waste."}
            world.does(people[name], c.ExperiencePut, experience=new_id(), idea=ideas[0], **said)
        self.published, self.kept_back, self.draft = self.desk.draft(world.event.id, world.session.id, Choice(ideas=tuple(ideas)), "editor")
        self.saves("problem", f"Laptops are *thrown away*. {NASTY}")
        self.saves("stage", "", tags=("stage.contract", "strategy.repair"), owner="Owner Olof")
        self.saves("steps", "1. Ask for spare parts\n2. Train the helpdesk\n\n- see https://example.org/parts")
        measure = Measure("service_life", "", "years", 3, 6, "Asset register", "Measurer Maj", "m1")
        self.desk.put_measure(world.event.id, self.published.id, measure, 0, "editor")
        for one in (self.published, self.kept_back):
            self.desk.freeze(world.event.id, one.id, "editor")
        world.clock.forward(60)
        self.library.publish(world.event.id, [self.published.id], "editor")

    def saves(self, section, text, **more):
        self.world.clock.forward(1)
        return self.desk.save(self.world.event.id, self.published.id, Written(section, text, 0, **more), "editor")

    def stranger(self, language="en"):
        return Person(self.workshop.flask, language)

    def signed_in(self, name="olga", role="organizer"):
        person = self.stranger()
        person.client.set_cookie(who.COOKIE, self.workshop.accounts.spend_link(self.workshop.accounts.new_link(name, role)))
        return person

    @property
    def page(self):
        return f"/library/{self.published.id}"

    def close(self):
        self.world.close()
        self.workshop.close()


@pytest.fixture
def house(settings):
    house = House(settings)
    yield house
    house.close()


def crawled(person, start="/library", documents=True):
    """What every page and document says that somebody without an account comes to, by address."""
    found, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        answer = person.get(path)
        assert answer.status_code == 200, path
        found[path] = said(answer.data)
        links = {link.replace("&amp;", "&").partition("#")[0] for link in LINK.findall(found[path]) if "Disposition" not in answer.headers}
        waiting += sorted(link for link in links if link.startswith("/library") and link not in found and link not in waiting
                          and (documents or "/practice." not in link))
    return found


# -- what there is to read -----------------------------------------------------------------------------


def test_a_stranger_finds_reads_and_cites(house):
    ada = house.stranger()
    assert "Réparer före köp" in ada.get("/library").text
    page = ada.get(house.page).text
    assert "<em>thrown away</em>" in page and "<li>Train the helpdesk</li>" in page and "Asset register" in page
    assert '<a href="https://example.org/parts" rel="nofollow noopener noreferrer">' in page
    edition = house.world.store.read(lambda tx: practices.edition(tx, house.published.id))
    public = house.workshop.settings.public_url
    citation = re.search(r'id="citation"[^>]*>([^<]*)<', page)[1]
    assert citation == f"Learning Academy 2026 (2026). Réparer före köp. Version 1.0, {edition.hash}. {public}{house.page}"


def test_nothing_private_is_found_by_nobody(house):
    pages = crawled(house.stranger())
    assert {f"{house.page}/practice.{ending}" for ending in single.ENDINGS} | {"/library/feed", house.page} <= set(pages)
    for path, text in pages.items():
        assert [word for word in SECRET if word in text] == [], path
        for one in (house.kept_back, house.draft):
            assert one.id not in text, path
    for one in (house.kept_back, house.draft):
        for path in (f"/library/{one.id}", f"/library/{one.id}/practice.json", f"/practices/{one.id}"):
            assert house.stranger().get(path).status_code in (302, 404)


def test_what_is_taken_out_is_gone_everywhere_at_once(house):
    ada = house.stranger()
    before = crawled(ada)
    house.library.withdraw(house.world.event.id, [house.published.id], "editor")
    for path in before:
        answer = ada.get(path)
        assert answer.status_code == (404 if house.published.id in path else 200)
        assert "Réparer" not in answer.text
    assert "Nothing is published yet" in ada.get("/library").text


def test_a_consent_taken_back_takes_the_name_out(house):
    ada = house.people["ada"]
    assert "Ada, City" in house.stranger().get(house.page).text
    house.world.does(ada, c.MePut, name="Ada", quote="anonymous")
    text = "".join(crawled(house.stranger()).values())
    assert "Ada" not in text and "City" not in text


def test_text_is_text_in_pages_documents_and_feed(house):
    pages = crawled(house.stranger(), documents=False)
    assert "<script>alert" not in pages[house.page] and "&lt;script&gt;alert(1)" in pages[house.page]
    assert "\u202e" not in "".join(pages.values())
    xml.fromstring(pages["/library/feed"])


def test_an_organisation_that_answered_in_review_is_counted_and_not_named(house):
    entry = house.library.shelf().find(house.published.id)
    answers = (Answer("City", "agree", "", "do", ""), Answer("Mills Ltd", "reservation", "Only with spare parts.", "will", "2027"),
               Answer("Quiet Ltd", "against", "We hate it.", "not", ""))
    seen = rules.for_all(replace(entry.practice, answers=answers))
    assert {answer.organisation for answer in seen.answers} == {"City", ""}
    assert {answer.sentence for answer in seen.answers} == {"", "Only with spare parts."}
    told = replace(entry, practice=seen)
    assert told.reservations == ("Only with spare parts.",) and told.uses == {"do": 3, "will": 1}


def test_what_organisations_answered_by_link_names_none_to_strangers(house):
    """City and Quiet Ltd answer alike; a person of the City agreed to be quoted with it, nobody did for the other."""
    world, event = house.world, house.world.event.id
    world.organize.add_organisations(event, "Quiet Ltd")
    desk, reviewing = ReviewDesk(world.store, world.clock), Reviewing(world.store, world.clock)
    desk.start("olga", event, [house.draft.id])
    for one in world.organize.event(event).organisations:
        if one.name in ("City", "Quiet Ltd"):
            [made] = desk.make_links("olga", event, one.id)
            reviewing.answer(made.token, "", house.draft.id, Said("reservation", f"Only with {len(one.name)} parts.", "will"), {})
    desk.freeze("olga", event, [house.draft.id])
    house.library.publish(event, [house.draft.id], "olga")
    pages = crawled(house.stranger())
    assert [path for path, text in pages.items() if "Quiet Ltd" in text] == []
    page = pages[f"/library/{house.draft.id}"]
    assert "Only with 4 parts." in page and "Only with 9 parts." in page and "a reservation from the review" in page
    assert re.search(r'We would</th><td class="num">2</td><td><span lang="en">City</span>, 1 not named', page)


def test_who_answered_in_review_alone_is_named_nowhere(house):
    """Neither among those who do it nor beside its reservation."""
    entry = house.library.shelf().find(house.published.id)
    said = {"City": "Only with parts.", "Quiet Ltd": "Only with tools."}
    given = [Given(words, words, Answer(name, "reservation", words, "do", "")) for name, words in said.items()]
    found = review.joined(entry.practice, given, (), {})
    assert "Quiet Ltd" in repr(found)
    seen = rules.for_all(found)
    assert "Quiet Ltd" not in repr(seen)
    assert next((s.kind, s.organisations, s.named) for s in seen.stances) == ("do", 2, ("City",))
    assert {s.text: s.by for s in seen.field("risks").sources} == {"Only with parts.": "City", "Only with tools.": None}


# -- searching -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "count"), [
    ("words=reparer+FORE", 1), ("words=thrown+HELPDESK", 1), ("words=half+waste", 1), ("words=saga", 0), ("words=zebra", 0),
    ("theme=less+electronic+WASTE", 1), ("theme=Else", 0), ("year=2026", 1), ("year=2025", 0), ("maturity=candidate", 1),
    ("maturity=good", 0), ("stage=contract", 1), ("stage=planning", 0), ("measure=service_life", 1), ("measure=e_waste", 0),
    ("use=do", 1), ("use=will", 0), ("use=nonsense", 0), ("words=" + "a" * 5000, 0),
])
def test_search_and_filters(house, question, count):
    text = house.stranger().get(f"/library?{question}").text
    assert ("Réparer före köp" in text.partition('role="status"')[2]) == bool(count)
    assert ("Nothing fits" in text) == (not count)


def test_a_long_list_comes_in_pages(house, monkeypatch):
    house.library.publish(house.world.event.id, [], "editor")
    monkeypatch.setattr(catalogue, "PAGE", 1)
    first, last = (house.stranger().get(f"/library?year=2026&page={n}").text for n in (1, 99))
    assert ("Frozen but kept back" in first) != ("Frozen but kept back" in last)
    assert 'rel="next" href="/library?page=2&amp;year=2026"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and 'rel="next"' not in last


def test_practices_of_a_theme_stand_in_the_places_that_the_room_gave_them():
    event = Event("e", "Day", "2026-11-24", "", "", "en", False, 0)
    kept = [StoredPractice(f"p{n}", "e", None, None, theme, "Repair", place, "frozen", "", "", None, 0, 1, 0, 0)
            for n, (theme, place) in enumerate((("Waste", 2), ("Use", 3), ("Waste", 1), ("Use", 1)))]
    found = catalogue.ordered([rules.Entry(None, one, event, 0) for one in kept])
    assert [(one.kept.theme, one.kept.position) for one in found] == [("Use", 1), ("Use", 3), ("Waste", 1), ("Waste", 2)]


def test_a_sentence_for_each_language_and_the_contents_own(house):
    page = house.stranger("sv").get(house.page).text
    assert '<html lang="sv"' in page and '<h1 lang="en">Réparer före köp</h1>' in page
    assert "Praxisbibliotek" in page and "Problem och" in page


# -- the feed, documents, headers ----------------------------------------------------------------------


def test_the_feed_is_well_formed_and_absolute(house):
    answer = house.stranger().get("/library/feed")
    root = xml.fromstring(answer.data)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    public = house.workshop.settings.public_url
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert [entry.findtext("a:title", namespaces=atom) for entry in root.findall("a:entry", atom)] == ["Réparer före köp"]
    assert {node.get("href") for node in root.iter("{http://www.w3.org/2005/Atom}link")} == {
        f"{public}/library/feed", f"{public}/library", f"{public}{house.page}",
    }
    for tag in ("id", "title", "updated", "author"):
        assert root.find(f"a:{tag}", atom) is not None and root.find(f"a:entry/a:{tag}", atom) is not None


def test_documents_hold_the_practice_and_fit_the_schema(house):
    found = json.loads(house.stranger().get(f"{house.page}/practice.json").data)
    jsonschema.validate(found, json.loads(documents.json.schema()))
    assert [one["title"] for one in found["practices"]] == ["Réparer före köp"]
    assert found["room"]["joined"] == 0 and found["themes"][0]["ideas"] == []
    assert house.stranger().get(f"{house.page}/practice.exe").status_code == 404


@pytest.mark.parametrize(("ending", "begins"), [
    ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("pptx", b"PK"), ("xlsx", b"PK"), ("csv.zip", b"PK"), ("md", b"---"),
])
def test_each_format_tells_of_the_practice_alone(house, ending, begins):
    answer = house.stranger("sv").get(f"{house.page}/practice.{ending}")
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="practice-{house.published.id[-6:]}.{ending}"'
    text = said(answer.data)
    written = ("Train the helpdesk", "Asset register" if ending == "csv.zip" else "Half the waste.")
    assert [words for words in ("Réparer före köp", *written) if words not in text] == []
    for session in ("Interim", "Nobody has joined", "Not revealed", "How the vote was counted", "0 participants"):
        assert session not in text


def test_organisations_that_are_not_named_stay_apart_in_documents(house):
    entry = house.library.shelf().find(house.published.id)
    answers = (Answer("", "agree", "", "do", ""), Answer("", "reservation", "Only with spare parts.", "will", "2027"))
    report = single.report(replace(entry, practice=replace(entry.practice, answers=answers)))
    [row] = [line for line in said(single.write(report, formats.one("csv"))).splitlines() if "reservation" in line and "2027" in line]
    assert "Organisation 2, not named" in row
    assert {one["organisation"] for one in json.loads(single.write(report, formats.one("json")))["practices"][0]["answers"]} == {""}


def counted(monkeypatch):
    """The processes that make documents from now on."""
    started = []
    monkeypatch.setattr(apart, "in_child", lambda *job: started.append(native.in_child(*job)) or started[-1])
    return started


def test_a_document_is_made_once_and_what_somebody_has_never(house, monkeypatch):
    started, ada, path = counted(monkeypatch), house.stranger(), f"{house.page}/practice.csv.zip"
    first = ada.get(path)
    assert ada.get(path).data == first.data and len(started) == 1
    assert first.headers["Cache-Control"] == "no-cache"
    house.workshop.handouts = Once()  # as after a restart
    assert ada.get(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert len(started) == 1


def test_where_too_many_are_being_made_it_says_when_to_come_back(house, monkeypatch):
    monkeypatch.setattr(house.workshop, "handouts", Once(most=0))
    answer = house.stranger("sv").get(f"{house.page}/practice.pdf")
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert "Vänta" in answer.text and "no-store" in answer.headers["Cache-Control"]
    assert house.stranger().get(f"{house.page}/practice.md").status_code == 200


def meanwhile(monkeypatch, change):
    """Let *change* happen while the first document is being made."""
    waiting = [change]

    def begun(module, *into):
        child = native.in_child(module, *into)
        if waiting:
            waiting.pop()()
        return child

    monkeypatch.setattr(apart, "in_child", begun)


def test_a_name_taken_back_while_a_document_is_made_is_not_in_it(house, monkeypatch):
    meanwhile(monkeypatch, lambda: house.world.does(house.people["ada"], c.MePut, name="Ada", quote="anonymous"))
    answer = house.stranger().get(f"{house.page}/practice.html")
    assert answer.status_code == 200 and "Half the waste" in answer.text
    assert "Ada, City" not in answer.text


def test_what_is_taken_out_while_a_document_is_made_is_gone(house, monkeypatch):
    meanwhile(monkeypatch, lambda: house.library.withdraw(house.world.event.id, [], "editor"))
    assert house.stranger().get(f"{house.page}/practice.csv.zip").status_code == 404


def test_pages_may_be_kept_and_are_asked_for_again(house):
    ada = house.stranger()
    first = ada.get(house.page)
    assert first.headers["Cache-Control"] == "no-cache" and "Set-Cookie" not in first.headers
    assert first.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert ada.get(house.page, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    house.library.withdraw(house.world.event.id, [], "editor")
    assert ada.get(house.page, **{"If-None-Match": first.headers["ETag"]}).status_code == 404


# -- publishing ----------------------------------------------------------------------------------------


def test_an_organizer_publishes_one_or_all_and_takes_them_out(house):
    olga, path = house.signed_in(), f"/events/{house.world.event.id}/library"
    assert "Frozen but kept back" in olga.get(path).text
    assert olga.post(path, do="publish", practice=house.kept_back.id).status_code == 302
    assert "Frozen but kept back" in house.stranger().get("/library").text
    olga.post(path, do="withdraw")
    assert "Nothing is published yet" in house.stranger().get("/library").text
    olga.post(path, do="publish")
    assert len(house.library.shelf().entries) == 2


def test_a_draft_and_a_foreign_practice_are_refused(house):
    with pytest.raises(errors.NotFrozenYet):
        house.library.publish(house.world.event.id, [house.kept_back.id, house.draft.id], "editor")
    assert len(house.library.shelf().entries) == 1  # nothing of it
    with pytest.raises(errors.NotFound):
        house.library.publish("other", [house.published.id], "editor")


def test_facilitators_look_and_do_not_publish(house):
    frida, path = house.signed_in("frida", "facilitator"), f"/events/{house.world.event.id}/library"
    assert "<form" not in frida.get(path).text.partition("<main")[2]
    olga = house.signed_in()
    token = re.search(r'csrf_token" value="([^"]+)"', olga.get(path).text)[1]
    assert frida.client.post(path, data={"csrf_token": token, "do": "withdraw"}).status_code in (400, 403)
    assert house.stranger().get(path).status_code == 302


@pytest.mark.parametrize("passed", [60, -3600])  # a clock may be set back
def test_a_newer_version_takes_the_place_and_the_older_stays_to_be_cited(house, passed):
    event = house.world.event.id
    new = house.desk.continued(event, house.published.id, True, "editor")
    assert [one.kept.id for one in house.library.shelf().entries] == [house.published.id]  # a draft shows nowhere
    house.world.clock.forward(passed)
    house.desk.freeze(event, new.id, "editor")
    house.library.publish(event, [], "editor")
    shelf = house.library.shelf()
    assert new.id in [one.kept.id for one in shelf.entries] and house.published.id not in [one.kept.id for one in shelf.entries]
    entry = shelf.find(house.published.id)
    assert [one.kept.id for one in shelf.history(entry)] == [house.published.id, new.id]
    assert [one.kept.id for one in shelf.years(entry)] == [new.id]
    page = house.stranger().get(house.page).text
    assert "There is a newer version" in page and f"/library/{new.id}" in page
    assert "Version 1.0" in house.stranger().get(f"/library/{new.id}").text


def test_a_session_is_read_once_until_it_changes(house, monkeypatch):
    house.library.shelf()
    calls = []
    monkeypatch.setattr(versions.record, "load", lambda *args: calls.append(args))
    house.library.shelf()
    assert calls == []


# -- next year -----------------------------------------------------------------------------------------


def next_year(house, grades=(("City", 4), ("Bank", 2))):
    """An event a year later, its session begun from this year's practices, voted on by organisations and revealed."""
    world = house.world
    event = world.organize.create_event(EventPlan("Learning Academy 2027", date="2027-11-24"), "City\nBank\nMills Ltd")
    world.session = house.desk.next_year(event.id, world.event.id)
    people = [(world.come(f"{organisation} {n}", organisation), grade) for n, (organisation, grade) in enumerate(grades)]
    ideas = {idea.title: idea for idea in world.record.ideas}
    world.phase("vote")
    for who_, grade in people:
        kept = ideas["Réparer före köp"]
        world.does(who_, c.BallotPut, theme=kept.theme_id, round=1, choices={kept.id: grade})
    world.phase("reveal")
    return event


def test_next_year_begins_from_the_practices_and_continues_them(house):
    event = next_year(house)
    record = house.world.record
    assert record.session.method == "adoption"
    assert sorted(idea.title for idea in record.ideas) == ["Frozen but kept back", "Réparer före köp"]
    assert [theme.title for theme in record.themes] == ["Less electronic waste"]
    report = documents.build(record)
    assert report.room.joined == 2 and {idea.by for idea in report.themes[0].ideas} == {"Library"}
    [made] = house.desk.draft(event.id, record.session.id, Choice(top=1), "editor")
    assert (made.follows, made.number, made.title) == (house.published.id, "2.0", "Réparer före köp")
    assert "thrown away" in house.desk.opened(event.id, made.id).practice.field("problem").text


def test_the_library_shows_adoption_and_measures_year_over_year(house):
    event = next_year(house)
    [made] = house.desk.draft(event.id, house.world.session.id, Choice(top=1), "editor")
    [measure] = house.desk.opened(event.id, made.id).dossier.measures
    again = Measure("service_life", "", "years", 4.5, 6, "Asset register", "", measure.id)
    house.desk.put_measure(event.id, made.id, again, measure.rev, "editor")
    house.world.clock.forward(60)
    house.desk.freeze(event.id, made.id, "editor")
    house.library.publish(event.id, [], "editor")
    for path in (house.page, f"/library/{made.id}"):
        table = house.stranger().get(path).text.partition("<caption>Year over year")[2].partition("</table>")[0]
        assert re.findall(r"Learning Academy (\d+)", table) == ["2026", "2027"]
        assert re.findall(r'<td class="num">([\d.–]+)</td>', table) == ["3", "–", "3", "–", "–", "4.5"]
    assert "There is a newer version" not in house.stranger().get(house.page).text  # another year's is no newer version of this one


def test_next_year_reads_an_earlier_session_once_however_many_practices_it_has(house, monkeypatch):
    """Reading a large one takes a tenth of a second, in which no room's votes are saved."""
    calls, load = [], versions.record.load
    monkeypatch.setattr(versions.record, "load", lambda tx, session: calls.append(session) or load(tx, session))
    house.desk.next_year(house.world.event.id, house.world.event.id)
    assert len(calls) == 1
def continued_year(house, grades):
    """What the library says under *Keep, revise or drop* of a practice that a next year's room graded so: the figures, and the rest."""
    event = next_year(house, grades)
    [made] = house.desk.draft(event.id, house.world.session.id, Choice(ideas=(next(
        idea.id for idea in house.world.record.ideas if idea.title == "Réparer före köp"),)), "editor")
    house.world.clock.forward(60)
    house.desk.freeze(event.id, made.id, "editor")
    house.library.publish(event.id, [], "editor")
    pages = {house.stranger().get(path).text for path in (house.page, f"/library/{made.id}")}
    parts = {page.partition("Keep, revise or drop")[2].partition("<h3>")[0] for page in pages}
    assert len(parts) == 1, "both years' pages say the same"
    return re.findall(r'<td class="num">(\d+)</td>', parts.pop()), pages.pop()


def test_the_library_shows_what_next_years_room_said_of_a_practice(house):
    grades = [*[("City", 4)] * 3, *[("Bank", 2)] * 2, ("Bank", 3), *[("Mills Ltd", 1)] * 4, ("Bank", 0)]
    figures, page = continued_year(house, grades)
    assert figures == ["1", "4", "1", "2", "1", "4"], "by organisations and by people: keep, revise, drop"
    assert "An organisation says what the grade in the middle" in page


def test_a_small_organisation_cannot_be_told_from_a_verdict(house):
    figures, page = continued_year(house, [*[("City", 4)] * 4, ("Bank", 1)])
    assert figures == ["4", "0", "1"], "by people alone"
    assert "Organisations are not counted here" in page


def test_a_verdict_of_two_people_is_not_told(house):
    figures, page = continued_year(house, [("City", 4), ("Bank", 1)])
    assert figures == [] and "Year over year" in page


def test_a_verdict_is_hidden_again_with_its_totals(house):
    figures, _page = continued_year(house, [*[("City", 4)] * 3, *[("Bank", 1)] * 3])
    assert figures == ["1", "3", "0", "0", "1", "3"]
    house.world.phase("vote")
    assert [entry.verdict for entry in house.library.shelf().entries if entry.verdict] == []


def test_what_is_invented_does_not_come_before_a_real_room(house):
    organize, desk, source = house.world.organize, house.desk, house.world.event
    real, invented = organize.create_event(EventPlan("Learning Academy 2027"), "City"), organize.create_event(EventPlan("Try it"), "City")
    house.world.store.write(lambda tx: tx.run("UPDATE events SET sample = 1 WHERE id <> :real", real=real.id))
    assert desk.sources(real.id) == [] and [one.id for one in desk.sources(invented.id)] == [source.id]
    with pytest.raises(errors.NothingFrozen):
        desk.next_year(real.id, source.id)
    assert desk.next_year(invented.id, source.id)


def test_an_organizer_starts_next_years_session_by_a_form(house):
    event = house.world.organize.create_event(EventPlan("Learning Academy 2027"), "City")
    olga, path = house.signed_in(), f"/events/{event.id}/library"
    answer = olga.post(path, f"{path}/next", source=house.world.event.id)
    assert answer.status_code == 302
    page = olga.get(answer.headers["Location"]).text
    assert "Keep, revise or drop" in page and "0 participants" in page
    assert olga.post(path, f"{path}/next", source=event.id).status_code == 409
    assert olga.post(path, f"{path}/next", source="nowhere").status_code == 409
    house.world.organize.remove_event(event.id)  # nobody has joined
