"""Practices over HTTP: who may, what is refused and how, and that a page is told nothing it should not know."""

from __future__ import annotations

import json
import re

import pytest

from tests.test_web import TOKEN, Person, signed_in
from workshop.app import create
from workshop.model import new_id
from workshop.service import commands as c
from workshop.service.entrance import hashed
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store.queries import sessions

BOOT = re.compile(r'<script type="application/json" id="boot">(.*?)</script>', re.DOTALL)


class House:
    """A server with a revealed vote of two ideas, and Olga signed in."""

    def __init__(self, workshop) -> None:
        self.workshop, self.app = workshop, workshop.flask
        self.event = workshop.organize.create_event(EventPlan("Learning Academy"), "City\nBank")
        self.session = workshop.organize.create_session(self.event.id, SessionPlan("Circular IT", themes=(ThemeLine("Less waste"),)))
        self.theme = workshop.store.read(lambda tx: sessions.themes(tx, self.session.id))[0].id
        self.signin = hashed(workshop.accounts.spend_link(workshop.accounts.new_link()))
        self.ada = workshop.entrance.join(self.session.code, "City", "Ada", "anonymous").participant
        self.goes("write")
        self.ideas = [self.writes(title) for title in ("Repair <b>first</b>", "Return")]
        self.goes("vote")
        self.workshop.participate.command(self.ada.id, c.BallotPut(id=new_id(), theme=self.theme, round=1, choices={self.ideas[0]: 1}))
        self.goes("reveal")
        self.olga = signed_in(self.app, workshop, None)
        self.list = f"/events/{self.event.id}/practices"

    def goes(self, phase):
        self.workshop.facilitate.command(self.signin, self.session.id, "phase.set", c.PhaseSet(id=new_id(), phase=phase, theme=None))

    def writes(self, title):
        idea = new_id()
        self.workshop.participate.command(self.ada.id, c.IdeaPut(id=new_id(), idea=idea, theme=self.theme, title=title, detail=""))
        return idea

    def drafts(self, **form):
        return self.olga.post(self.list, f"{self.list}/draft", session=self.session.id, **form)

    @property
    def practice(self):
        return f"/practices/{self.workshop.practices.of_event(self.event.id)[0].practice.id}"

    def boot(self):
        return json.loads(BOOT.search(self.olga.get(self.practice).text)[1])

    def sends(self, path, body, person=None, **headers):
        person = person or self.olga
        headers = {"X-CSRFToken": self.boot()["csrf"], "Accept": "application/json"} | headers
        return person.client.post(f"{self.practice}/{path}", data=json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def house(settings):
    settings.ensure_data_folder()
    workshop = create(settings)
    yield House(workshop)
    workshop.close()


def test_an_empty_list_says_what_to_do_and_drafts_come_by_every_way(house):
    assert "No practice yet" in house.olga.get(house.list).text
    assert house.drafts(by="top", top="1").status_code == 302
    page = house.olga.get(house.list).text
    assert "1 practice is drafted." in page and "Repair &lt;b&gt;first&lt;/b&gt;" in page and "0 of 15" in page
    house.drafts(by="hand", idea=house.ideas[1])
    assert len(house.workshop.practices.of_event(house.event.id)) == 2
    assert "Nothing was missing" in house.drafts(by="line", line="10").text or "Nothing was missing" in house.olga.get(house.list).text


@pytest.mark.parametrize(("form", "status", "sentence"), [
    ({"by": "top", "top": "many"}, 422, "could not be understood"), ({"by": "top", "top": "0"}, 422, "not between 1 and 20"),
    ({"by": "hand"}, 422, "Choose at least one idea first."), ({"by": "line", "line": "200"}, 422, "not between"),
])
def test_a_wrong_form_is_answered_on_its_page(house, form, status, sentence):
    answer = house.drafts(**form)
    assert answer.status_code == status
    assert sentence in answer.text


def test_list_and_editor_lead_to_the_review_and_it_leads_back(house):
    house.drafts(by="top", top="1")
    review = f"/events/{house.event.id}/review"
    assert f'href="{review}"' in house.olga.get(house.list).text
    kept = house.workshop.practices.of_event(house.event.id)[0].practice
    assert house.boot()["links"]["review"] == f"{review}#p-{kept.id}"
    house.workshop.review_desk.start("olga", house.event.id, [kept.id])
    page = house.olga.get(review).text
    assert f'id="p-{kept.id}"' in page and f'href="{house.practice}"' in page


def test_what_is_drafted_already_is_named(house):
    house.drafts(by="hand", idea=house.ideas[1])
    answer = house.drafts(by="hand", idea=house.ideas[1])
    assert answer.status_code == 409
    assert "stands in the practice “Return” already" in answer.text


def test_only_the_signed_in_read_and_write(house):
    house.drafts(by="top", top="1")
    stranger = Person(house.app)
    for path in (house.list, house.practice, f"{house.practice}/lineage"):
        assert "/sign-in?next=" in stranger.get(path).headers["Location"]
    assert stranger.get(f"{house.practice}/state", Accept="application/json").status_code == 401
    assert house.sends("fields/problem", {"text": "x"}, stranger).status_code in (400, 401)
    assert house.sends("fields/problem", {"text": "x"}, **{"X-CSRFToken": "forged"}).status_code == 400
    frida = signed_in(house.app, house.workshop, "Frida")  # a facilitator edits too
    token = json.loads(BOOT.search(frida.get(house.practice).text)[1])["csrf"]
    saved = house.sends("fields/problem", {"text": "By Frida"}, frida, **{"X-CSRFToken": token}).json["field"]
    assert (saved["text"], saved["by"]) == ("By Frida", "Frida")


def test_an_organizer_freezes_and_a_facilitator_does_not(house):
    house.drafts(by="top", top="1")
    frida = signed_in(house.app, house.workshop, "Frida")
    boot = json.loads(BOOT.search(frida.get(house.practice).text)[1])
    assert (boot["me"]["freezes"], house.boot()["me"]["freezes"]) == (False, True)
    answer = house.sends("freeze", {}, frida, **{"X-CSRFToken": boot["csrf"]})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")
    assert house.boot()["practice"]["state"] == "draft"
    assert house.sends("freeze", {}).json["number"] == "1.0"
    assert house.sends("freeze", {}).status_code == 409


def test_what_is_not_there_is_not_found(house):
    house.drafts(by="top", top="1")
    assert house.olga.get(f"{house.practice}/state?since=-{'9' * 30}").status_code == 200
    for path in ("/practices/nonsense", "/practices/nonsense/state", f"/events/{new_id()}/practices"):
        assert house.olga.get(path).status_code == 404


@pytest.mark.parametrize(("path", "body", "status", "code"), [
    ("fields/problem", "no object", 422, "invalid"), ("fields/problem", {"text": 5}, 422, "invalid"),
    ("fields/problem", {"text": "x", "base": True}, 422, "invalid"),
    ("fields/problem", {"text": "x", "tags": ["stage.planning"]}, 422, "invalid"),
    ("fields/nonsense", {"text": "x"}, 404, "not_found"), ("fields/problem", {"text": "x" * 7000}, 422, "too_long"),
    ("measures/m1", {"kpi": "take_back", "unit": "%", "target": 101}, 422, "off_figure"),
    ("measures/m1", {"kpi": "take_back", "unit": "kg"}, 422, "other_unit"), ("measures/m1", {"unit": "kg"}, 422, "empty"),
    ("measures/m1", {"kpi": "e_waste", "unit": "kg", "baseline": "much"}, 422, "invalid"), ("measures/m1/remove", {}, 404, "not_found"),
    ("confirm", {"reason": " "}, 422, "no_reason"), ("review-on", {"day": "soon"}, 422, "off_day"),
    ("standing", {"state": "frozen"}, 422, "invalid"),
    ("measures/%00", {"kpi": "e_waste", "unit": "kg"}, 404, "not_found"),
    ("measures/" + "m" * 41, {"kpi": "e_waste", "unit": "kg"}, 404, "not_found"),
    ("measures/m1", {"kpi": "e_waste", "unit": "kg", "baseline": 10**400}, 422, "no_figure"),
    ("measures/m1", {"kpi": "e_waste", "unit": "kg", "baseline": float("nan")}, 422, "no_figure"),
    ("fields/problem", {"text": "x", "tags": ["\ud800"]}, 422, "invalid"), ("restore", {"wording": "\ud800"}, 404, "not_found"),
    ("restore", {"wording": "none"}, 404, "not_found"), ("version", {"large": True}, 409, "not_frozen"),
])
def test_bad_input_is_answered_kindly_and_changes_nothing(house, path, body, status, code):
    house.drafts(by="top", top="1")
    answer = house.sends(path, body)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert answer.json["error"]["message"]
    assert house.olga.get(f"{house.practice}/state?since=0").json["practice"]["rev"] == 1


def test_a_conflict_brings_both_texts(house):
    house.drafts(by="top", top="1")
    first = house.sends("fields/problem", {"text": "One", "base": 0}).json["field"]
    answer = house.sends("fields/problem", {"text": "Two", "base": 0})
    assert (answer.status_code, answer.json["error"]["code"], answer.json["error"]["theirs"]["text"]) == (409, "overtaken", "One")
    assert house.sends("fields/problem", {"text": "Both", "base": first["rev"]}).json["field"]["text"] == "Both"
    told = house.olga.get(f"{house.practice}/wordings/problem").json["wordings"]
    assert [(one["text"], bool(one["refused"])) for one in told] == [("Both", False), ("Two", True), ("One", False)]


def test_a_page_hears_what_others_changed_and_who_is_here(house):
    house.drafts(by="top", top="1")
    rev = house.boot()["practice"]["rev"]
    house.sends("fields/problem", {"text": "One"})
    house.olga.get(f"{house.practice}/state?since={rev}&page=a&section=problem")
    told = house.olga.get(f"{house.practice}/state?since={rev}&page=b").json
    assert [one["text"] for one in told["fields"]] == ["One"]
    assert told["here"] == [{"name": "organizer", "section": "problem"}]
    assert house.olga.get(f"{house.practice}/state?since={told['practice']['rev']}&page=b").json["fields"] == []


def test_no_page_of_a_practice_holds_an_anonymous_name_or_a_store_s_id(house):
    house.drafts(by="top", top="1")
    for path in (house.practice, f"{house.practice}/view", f"{house.practice}/lineage"):
        text = house.olga.get(path).text
        assert "Ada" not in text
        assert house.ideas[0] not in text  # it tells when the idea was written
        assert house.ada.id not in text


def test_before_a_reveal_no_page_of_a_practice_tells_how_people_vote(house):
    house.goes("vote")
    house.workshop.facilitate.command(house.signin, house.session.id, "round.next", c.RoundNext(id=new_id(), theme=house.theme))
    house.drafts(by="hand", idea=house.ideas[0])
    assert "1 practice is drafted." in house.olga.get(house.list).text  # said once
    pages = (house.practice, f"{house.practice}/view", f"{house.practice}/lineage", f"{house.practice}/state", house.list)
    before = [mute(house.olga.get(path).text) for path in pages]
    ballot = c.BallotPut(id=new_id(), theme=house.theme, round=2, choices={house.ideas[0]: 1})
    house.workshop.participate.command(house.ada.id, ballot)
    assert [mute(house.olga.get(path).text) for path in pages] == before
    assert not any("voters for it" in text for text in before)


def mute(text):
    """A page without what differs at every look: the token of its forms, times, and the session's revision."""
    return re.sub(r'csrf_token" value="[^"]+"|"csrf":"[^"]+"|"room": ?\d+|/static/\w+', "", text)


def test_ideas_are_split_off_and_practices_joined_by_the_lineage_page(house):
    house.drafts(by="hand", idea=house.ideas, as_one="on")
    page = f"{house.practice}/lineage"
    shown = re.findall(r'name="idea" value="(\w+)"', house.olga.get(page).text)
    assert len(shown) == 2
    house.olga.post(page, f"{house.practice}/split", idea=shown[1])
    found = house.workshop.practices.of_event(house.event.id)
    assert [len(one.ideas) for one in found] == [1, 1]
    first, second = (one.practice.id for one in found)
    house.olga.post(f"/practices/{first}/lineage", f"/practices/{first}/join", other=second)
    found = house.workshop.practices.of_event(house.event.id)
    assert [(len(one.ideas), one.practice.state) for one in found] == [(2, "draft"), (1, "aside")]
    assert TOKEN.search(house.olga.get(house.list).text)
