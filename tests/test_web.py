"""The pages over HTTP: Ada joins, Olga organizes, Frida facilitates, Mallory tries it on."""

from __future__ import annotations

import gzip
import html
import io
import itertools
import re
import time
import zipfile
from pathlib import Path

import pytest
from flask import request, request_started
from limits import RateLimitItemPerMinute

from tests import support
from workshop import documents, errors
from workshop.app import create
from workshop.pace import Pace
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store.queries import steps
from workshop.web import guess, join, qr
from workshop.web.assets import Assets
from workshop.web.paths import safe

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Person:
    """A browser with its own cookies that fills in forms as the page gives them."""

    def __init__(self, app, language="en"):
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}

    def get(self, path, **headers):
        return self.client.get(path, headers=self.headers | headers)

    def post(self, page, path=None, **form):
        token = TOKEN.search(self.get(page).text)
        assert token, f"{page} has no form"
        return self.client.post(path or page, data=form | {"csrf_token": token[1]}, headers=self.headers)


@pytest.fixture
def workshop(settings, monkeypatch):
    monkeypatch.setattr(join, "turnstile", guess.Turnstile(sleep=lambda _seconds: None))
    settings.ensure_data_folder()
    workshop = create(settings)
    yield workshop
    workshop.close()


@pytest.fixture
def app(workshop):
    return workshop.flask


@pytest.fixture
def event(workshop):
    return workshop.organize.create_event(EventPlan("Learning Academy"), "City\nBank\nEnergy company")


@pytest.fixture
def session(workshop, event):
    return workshop.organize.create_session(event.id, SessionPlan("Circular IT", themes=(ThemeLine("Less e-waste"),)))


@pytest.fixture
def ada(app):
    return Person(app)


@pytest.fixture
def olga(app, workshop):
    return signed_in(app, workshop, None)


@pytest.fixture
def frida(app, workshop):
    workshop.accounts.ensure_first()
    return signed_in(app, workshop, "Frida")


def signed_in(app, workshop, name):
    person = Person(app)
    token = workshop.accounts.new_link(name, "facilitator" if name else "organizer")
    assert person.post(f"/account/link/{token}").location == "/events"
    return person


def choice(workshop, session, name):
    return next(o.id for o in workshop.entrance.organisations(session.code) if o.name == name)


def boot(answer):
    return support.boot(answer.text)


# -- coming in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["/?code={}", "/{}"])
@pytest.mark.parametrize("typed", [str.lower, lambda code: f"{code[:3]}-{code[3:]}"])
def test_a_code_leads_in_however_it_is_typed(ada, session, way, typed):
    answer = ada.get(way.format(typed(session.code)))
    assert (answer.status_code, answer.location) == (302, f"/{session.code}")


@pytest.mark.parametrize("path", ["/?code=7qf-3xn", "/7qf-3xn"])
def test_a_wrong_code_is_kept_in_the_field(ada, path):
    answer = ada.get(path)
    assert answer.status_code == 404
    assert 'value="7qf-3xn"' in answer.text
    assert "No session has the code" in answer.text


def test_too_many_wrong_codes_are_turned_away_and_right_ones_never(ada, session):
    answers = [ada.get("/?code=222222").status_code for _ in range(9)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert ada.get(f"/{session.code}").status_code == 200


def test_what_cannot_be_a_code_slows_nobody_down(ada):
    assert {ada.get("/favicon.ico").status_code for _ in range(12)} == {404}


def test_joining_gives_a_cookie_and_the_phone(ada, workshop, session):
    city = choice(workshop, session, "City")
    answer = ada.post(f"/{session.code}", organisation=city, name="Ada", quote="name")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"p-{session.code}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=2592000" in cookie
    phone = boot(ada.get(answer.location))
    assert (phone["role"], phone["code"]) == ("phone", session.code)
    assert phone["snapshot"]["mine"]["mine/me"]["name"] == "Ada"


def test_the_form_asks_for_an_organisation_and_keeps_what_was_typed(ada, session):
    answer = ada.post(f"/{session.code}", name="Ada & Bo", quote="anonymous")
    assert answer.status_code == 422
    assert "Choose your organisation first." in answer.text
    assert "Ada &amp; Bo" in answer.text
    assert re.search(r'value="anonymous" checked', answer.text)


def test_an_unknown_organisation_is_offered_as_new(ada, workshop, session):
    path = f"/{session.code}"
    answer = ada.post(path, organisation="other", other="Energi company", name="Ada", quote="name")
    assert answer.status_code == 409
    assert "is new here" in answer.text
    assert f'name="mean" value="{choice(workshop, session, "Energy company")}"' in answer.text
    assert 'value="Energi company"' in answer.text
    assert 'value="Ada"' in answer.text
    assert ada.post(path, organisation="other", other="Energi company", quote="name", new="1").status_code == 302
    assert "Energi company" in [o.name for o in workshop.entrance.organisations(session.code)]


def test_did_you_mean_goes_before_what_was_typed(ada, workshop, session):
    bank = choice(workshop, session, "Bank")
    ada.post(f"/{session.code}", organisation="other", other="Bnak", mean=bank, quote="organisation")
    assert boot(ada.get(f"/{session.code}"))["snapshot"]["mine"]["mine/me"]["organisation"]["name"] == "Bank"


def test_one_may_come_without_an_organisation(ada, session):
    assert ada.post(f"/{session.code}", organisation="none", quote="anonymous").status_code == 302


@pytest.mark.parametrize("form", [{"name": "x" * 81, "quote": "name"}, {"quote": "loudly"}])
def test_bad_input_says_what_is_wrong(ada, session, form):
    assert ada.post(f"/{session.code}", organisation="none", **form).status_code == 422


def test_coming_back_with_the_return_code(ada, app, session):
    path = f"/{session.code}"
    ada.post(path, organisation="none", name="Ada", quote="name")
    code = boot(ada.get(path))["snapshot"]["mine"]["mine/me"]["return_code"]
    other_phone = Person(app)
    wrong = other_phone.post(path, f"{path}/back", return_code="2222")
    assert wrong.status_code == 404
    assert 'value="2222"' in wrong.text
    assert other_phone.post(path, f"{path}/back", return_code=code.lower()).location == path
    assert boot(other_phone.get(path))["snapshot"]["mine"]["mine/me"]["name"] == "Ada"


def test_return_codes_cannot_be_guessed_through(ada, session):
    path = f"/{session.code}"
    token = TOKEN.search(ada.get(path).text)[1]
    answers = {ada.client.post(f"{path}/back", data={"return_code": "2222", "csrf_token": token}).status_code for _ in range(40)}
    assert answers == {404, 429}


def test_a_room_comes_back_by_right_return_codes_at_once(ada, app, workshop, session, monkeypatch):
    """As after a cut of the power: right codes are not counted, and give a guesser no more tries."""
    monkeypatch.setattr(join, "returns", Pace(RateLimitItemPerMinute(10)))
    monkeypatch.setattr(join, "turnstile", guess.Turnstile(itertools.count(step=10).__next__, lambda _seconds: None))  # never full
    path, code = f"/{session.code}", workshop.entrance.join(session.code, "", "Ada", "name").participant.return_code
    token = TOKEN.search(ada.get(path).text)[1]

    def comes(typed):
        return ada.client.post(f"{path}/back", data={"return_code": typed, "csrf_token": token}).status_code

    assert {comes(code) for _ in range(40)} == {302}
    tried = [(comes("2222"), comes(code)) for _ in range(9)]
    assert set(tried) == {(404, 302)} and [comes("2222"), comes("2222")] == [404, 429]


def test_markup_shows_as_text(ada, workshop, session):
    workshop.entrance.join(session.code, "<script>alert(1)</script>", "", "name", new_organisation_ok=True)
    page = ada.get(f"/{session.code}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_name_cannot_end_the_inlined_snapshot(ada, session):
    ada.post(f"/{session.code}", organisation="none", name="</script><b>", quote="name")
    answer = ada.get(f"/{session.code}")
    assert "</script><b>" not in answer.text
    assert boot(answer)["snapshot"]["mine"]["mine/me"]["name"] == "</script><b>"


# -- signing in ------------------------------------------------------------------------------------


def test_looking_at_a_link_does_not_spend_it(app, workshop):
    path = f"/account/link/{workshop.accounts.new_link()}"
    preview, olga = Person(app), Person(app)
    assert preview.get(path).status_code == 200
    answer = olga.post(path)
    assert answer.location == "/events"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    spent = olga.get(path)
    assert spent.status_code == 410
    assert "workshop account" in spent.text


@pytest.mark.parametrize("page", ["/events", "/events/new", "/console/{}", "/screen/{}", "/export/{}", "/account"])
def test_pages_of_the_signed_in_send_others_to_sign_in(ada, session, page):
    path = page.format(session.code)
    assert ada.get(path).location == f"/sign-in?next={path}"


def test_a_participant_is_not_signed_in(ada, session):
    ada.post(f"/{session.code}", organisation="none", quote="name")
    assert ada.get(f"/console/{session.code}").status_code == 302


def test_a_password_signs_in_and_leads_on(app, olga, session):
    assert olga.post("/account", new="short").status_code == 422
    assert olga.post("/account", new="five year laptops").location == "/account?saved=1"
    again = Person(app)
    wrong = again.post("/sign-in", name="organizer", password="guess guess")
    assert wrong.status_code == 401
    assert 'value="organizer"' in wrong.text
    answer = again.post(f"/sign-in?next=/console/{session.code}", name="organizer", password="five year laptops")
    assert answer.location == f"/console/{session.code}"
    assert again.get("/events").status_code == 200


def test_signing_out(olga, app, workshop):
    assert olga.post("/account", "/account/sign-out").location == "/sign-in"
    assert olga.get("/events").status_code == 302
    here, there = (signed_in(app, workshop, None) for _ in range(2))
    here.post("/account", "/account/sign-out-everywhere")
    assert there.get("/events").status_code == 302


@pytest.mark.parametrize("foreign", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\tb", None])
def test_one_is_never_sent_to_another_site(foreign):
    assert safe(foreign, "/events") == "/events"
    assert safe("/events?x=1") == "/events?x=1"


# -- organizing ------------------------------------------------------------------------------------


def test_a_new_house_shows_how_to_begin(olga):
    assert "No event yet" in olga.get("/events").text


def test_making_an_event_and_a_session(olga, workshop):
    made = olga.post("/events/new", name="Day", date="2027-05-04", language="sv", organisations="City\nBank")
    page = olga.get(made.location).text
    assert "4 May 2027" in page
    assert "Make the first session" in page
    answer = olga.post(
        f"{made.location}/sessions/new", title="Circular IT", themes="Less waste | Then?\nBetter use", method="agree",
        take="2", quote_default="anonymous",
    )
    session, themes = workshop.organize.session(workshop.organize.events()[0].sessions[0].id)
    assert answer.location == f"{made.location}#{session.code}"
    assert (session.method, session.take, session.hide_ideas) == ("agree", 2, False)
    assert [theme.prompt for theme in themes] == ["Then?", ""]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"themes": ""}, "at least one theme"), ({"take": "many"}, "could not be understood"), ({"title": ""}, "write something")],
)
def test_a_wrong_session_keeps_what_was_typed(olga, event, wrong, says):
    form = {"title": "My title", "themes": "My theme", "take": "3", "method": "approval", "quote_default": "name"} | wrong
    answer = olga.post(f"/events/{event.id}/sessions/new", **form)
    assert answer.status_code == 422
    assert says in answer.text
    assert form["title"] in answer.text
    assert form["themes"] in answer.text


def test_changing_a_session(olga, workshop, session):
    path = f"/events/sessions/{session.id}/edit"
    theme = workshop.organize.session(session.id)[1][0].id
    form = {"title": "New title", "take": "4", "method": "approval", "quote_default": "name", "theme": theme,
            f"title-{theme}": "New theme", f"prompt-{theme}": "Why?", "themes": "One more"}
    assert olga.post(path, **form).status_code == 302
    page = olga.get(path).text
    assert all(f'value="{text}"' in page for text in ("New title", "New theme", "Why?", "One more", "4"))


def test_copying_a_session_and_removing_an_event(olga, workshop, event, session):
    page = f"/events/{event.id}"
    assert olga.post(page, f"/events/sessions/{session.id}/copy").status_code == 302
    assert len(workshop.organize.sessions_of(event.id)) == 2
    assert "The copy has the code" in olga.get(page).text
    assert olga.post(page, f"{page}/remove").location == "/events"
    assert workshop.organize.events() == []


def test_organisations_are_added_renamed_and_removed(olga, workshop, event):
    page = f"/events/{event.id}"
    olga.post(page, f"{page}/organisations", organisations="Region")
    assert "1 organisation is on the list" in olga.get(page).text
    region = workshop.organize.event(event.id).organisations[-1]
    olga.post(page, f"{page}/organisations/{region.id}", name="Region North")
    assert "Region North" in olga.get(page).text
    assert olga.post(page, f"{page}/organisations/{region.id}", name="CITY").status_code == 409
    olga.post(page, f"{page}/organisations/{region.id}", remove="1")
    assert len(workshop.organize.event(event.id).organisations) == 3


def test_a_facilitator_reads_and_does_not_change(frida, event, session):
    page = frida.get(f"/events/{event.id}").text
    assert f"/console/{session.code}" in page
    assert "/edit" not in page
    assert frida.post(f"/events/{event.id}/edit", name="Mine").status_code == 403
    assert frida.get(f"/console/{session.code}").status_code == 200


def test_the_outcome_is_one_download_and_lands_in_the_exports_folder(olga, workshop, session):
    answer = olga.get(f"/export/{session.code}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="workshop-{session.code}.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert any(name.endswith(".md") for name in names)
    assert not any(name.startswith(("/", "..")) for name in names)
    landed = {path.relative_to(workshop.settings.exports).as_posix() for path in workshop.settings.exports.rglob("*.*")}
    assert {path.partition("/")[2] for path in landed} == set(names)


@pytest.mark.parametrize("one", documents.FORMATS, ids=lambda one: one.name)
def test_each_format_is_a_download_of_its_own(olga, event, session, one):
    page = olga.get(f"/events/{event.id}").text
    assert f'href="/export/{session.code}/{one.name}"' in page
    answer = olga.get(f"/export/{session.code}/{one.name}")
    name = f"workshop-{session.code}{Path(one.file).suffix}" if one.file else f"workshop-{session.code}-{one.name}.zip"
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert zipfile.is_zipfile(io.BytesIO(answer.data)) == name.endswith(("zip", "docx", "xlsx", "pptx"))


@pytest.mark.parametrize("name", ["doc", "all", ".."])
def test_a_format_that_there_is_not_is_said_with_those_there_are(olga, session, name):
    answer = olga.get(f"/export/{session.code}/{name}")
    assert answer.status_code == 404
    assert name == ".." or "markdown, json, csv" in answer.text


def test_a_folder_that_cannot_be_written_is_told_as_a_page(olga, workshop, session):
    workshop.settings.exports.parent.mkdir(parents=True, exist_ok=True)
    workshop.settings.exports.write_text("no folder")
    answer = olga.get(f"/export/{session.code}")
    assert answer.status_code == 503
    assert "Check the folder" in answer.text


@pytest.mark.parametrize("role", ["screen", "console"])
def test_screen_and_console_start_with_a_snapshot(olga, workshop, session, role):
    first = boot(olga.get(f"/{role}/{session.code}"))
    assert first["role"] == role
    assert first["snapshot"]["set"]["session"]["code"] == session.code
    assert first["join"]["url"] == f"{workshop.settings.public_url}/{session.code}"
    typed = f"{session.code[:3]}-{session.code[3:]}".lower()
    assert olga.get(f"/{role}/{typed}").location == f"/{role}/{session.code}"


def test_the_invitation_never_follows_the_host_header(app, olga, workshop, session):
    cookie = f"account={olga.client.get_cookie('account').value}"
    elsewhere = app.test_client(use_cookies=False)
    path = f"/events/sessions/{session.id}/invitation"
    page = elsewhere.get(path, headers={"Cookie": cookie}, base_url="http://evil.example").text
    assert "evil.example" not in page
    assert workshop.settings.public_url.removeprefix("http://") in page


# -- forms, headers, errors ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/{}", "/{}/back", "/sign-in", "/events/new", "/account", "/account/sign-out"])
def test_every_form_needs_its_token(olga, session, path):
    answer = olga.client.post(path.format(session.code), data={"name": "Mallory"})
    assert answer.status_code == 400
    assert "ordinary browser" in answer.text


@pytest.mark.parametrize("path", ["/", "/{}", "/healthz", "/nothing/here", "/sign-in"])
def test_every_answer_carries_the_strict_headers(ada, session, path):
    headers = ada.get(path.format(session.code)).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_screen_alone_may_be_framed_and_only_by_this_server(olga, session):
    pages = {path: olga.get(f"/{path}/{session.code}").headers["Content-Security-Policy"] for path in ("screen", "console")}
    framed = {path: "frame-ancestors 'self'; " in policy for path, policy in pages.items()}
    assert framed == {"screen": True, "console": False}


# -- the phone page past Flask ---------------------------------------------------------------------


@pytest.fixture
def by_flask(app):
    """The paths that Flask was asked for."""
    asked = []

    def note(_app, **_more):
        asked.append(request.path)

    with request_started.connected_to(note, app):
        yield asked


def here(workshop, session, person, name="Ada"):
    """Let *person* join; who that is."""
    joined = workshop.entrance.join(session.code, "City", name, "name")
    person.client.set_cookie(f"p-{session.code}", joined.token)
    return joined.participant


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("packing", ["gzip, deflate", "identity", "gzip;q=0"])
def test_the_phone_page_is_the_same_past_flask(app, workshop, session, by_flask, language, packing):
    person = Person(app, language)
    here(workshop, session, person)
    first, second = (person.get(f"/{session.code}", **{"Accept-Encoding": packing}) for _ in range(2))
    assert by_flask == [f"/{session.code}"]
    named = [sorted((name, value) for name, value in page.headers if name != "Content-Length") for page in (first, second)]
    assert named[0] == named[1]
    texts = [gzip.decompress(page.data) if "Content-Encoding" in page.headers else page.data for page in (first, second)]
    assert len({re.sub(rb'"now":\d+', b"", text) for text in texts}) == 1


def test_everybody_gets_only_their_own_part_past_flask(app, workshop, session, by_flask):
    people = {name: Person(app) for name in ("Ada", "Berta", "Cilla")}
    own = {name: here(workshop, session, person, name).return_code for name, person in people.items()}
    pages = {name: person.get(f"/{session.code}").text for name, person in people.items()}
    assert len(by_flask) == 1
    for name, page in pages.items():
        assert [code in page for code in own.values()] == [code == own[name] for code in own.values()]


def test_what_is_not_the_page_of_who_has_joined_goes_to_flask(app, workshop, session, by_flask):
    person, other = Person(app), workshop.organize.copy_session(session.id)
    here(workshop, session, person)
    token = person.client.get_cookie(f"p-{session.code}").value
    person.get(f"/{session.code}")
    for code, value in [(other.code, token), (session.code, "guess"), (session.code, "")]:
        stranger = Person(app)
        stranger.client.set_cookie(f"p-{code}", value)
        assert 'name="organisation"' in stranger.get(f"/{code}").text
    assert person.get(f"/%20{session.code}").status_code == 302
    assert person.client.head(f"/{session.code}").status_code == 200
    assert person.client.post(f"/{session.code}").status_code == 400
    assert len(by_flask) == 7


def test_the_page_past_flask_is_never_an_old_one(app, workshop, session, by_flask):
    person = Person(app)
    here(workshop, session, person)
    pages = []
    for title in ("Circular IT", "Circular furniture"):
        workshop.organize.update_session(session.id, SessionPlan(title, themes=(ThemeLine("Less e-waste"),)))
        pages += [person.get(f"/{session.code}").text for _ in range(2)]
        assert all(title in page for page in pages[-2:])
    assert len(by_flask) == 2


def test_pages_hold_nothing_inline(olga, ada, event, session):
    pages = [ada.get(path).text for path in ("/", f"/{session.code}", "/sign-in", "/nothing/here")]
    pages += [olga.get(path).text for path in ("/events", f"/events/{event.id}", f"/console/{session.code}", "/account")]
    for page in pages:
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page)
        assert "<style" not in page
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_cookies_are_kept_to_https_where_there_is_https(settings, monkeypatch):
    monkeypatch.setattr(type(settings), "public_url", property(lambda _self: "https://workshop.example.org"))
    settings.ensure_data_folder()
    workshop = create(settings)
    try:
        token = workshop.accounts.new_link()
        page = workshop.flask.test_client()
        csrf = TOKEN.search(page.get(f"/account/link/{token}", base_url="https://workshop.example.org").text)[1]
        referrer = {"Referer": "https://workshop.example.org/"}
        answer = page.post(f"/account/link/{token}", data={"csrf_token": csrf}, headers=referrer, base_url="https://workshop.example.org")
        assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    finally:
        workshop.close()


def test_large_pages_are_packed_for_those_who_take_it(ada, session):
    plain, packed = ada.get(f"/{session.code}"), ada.get(f"/{session.code}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert b"Circular IT" in gzip.decompress(packed.data)
    assert "Content-Encoding" not in plain.headers


def test_an_unexpected_error_shows_no_trace(app, ada, workshop, monkeypatch, caplog):
    def broken(_code):
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(workshop.entrance, "session", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = ada.get("/7QF3XM")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "RuntimeError" in caplog.text


def test_programs_get_json(ada):
    answer = ada.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "http"
    assert ada.client.delete("/").status_code == 405


def test_health(ada, workshop, monkeypatch):
    assert ada.get("/healthz").json == {"ok": True}
    assert ada.get("/readyz").json == {"ok": True}

    def gone(_work):
        raise errors.NotSaved()

    monkeypatch.setattr(workshop.store, "read", gone)
    assert ada.get("/readyz").status_code == 503
    assert ada.get("/healthz").status_code == 200


# -- language --------------------------------------------------------------------------------------


def test_the_language_follows_the_browser_and_the_switch(app):
    sven = Person(app, "sv-SE,sv;q=0.9,en;q=0.5")
    assert 'lang="sv"' in sven.get("/").text
    answer = sven.get("/language/en?next=/sign-in")
    assert answer.location == "/sign-in"
    assert 'lang="en"' in sven.get("/").text
    assert sven.get("/language/xx").status_code == 404
    assert sven.get("/language/sv?next=//evil.example").location == "/"


def test_errors_speak_the_language(app):
    page = Person(app, "sv").get("/?code=222222").text
    assert "Ingen session har koden 222222." in page


# -- static files ----------------------------------------------------------------------------------


def test_static_files_are_cached_for_ever_by_the_hash_of_the_tree(app, ada):
    url = app.extensions["assets"].url("css/base.css")
    answer = ada.get(url, **{"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content_type == "text/css; charset=utf-8"
    assert ada.get(url, **{"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert gzip.decompress(answer.data) == ada.get(url).data
    assert ada.get("/static/old/css/base.css").headers["Cache-Control"] == "no-cache"
    assert ada.get("/static/old/../../../pyproject.toml").status_code == 404


def test_fonts_are_not_packed_twice(app, ada):
    answer = ada.get(app.extensions["assets"].url("vendor/inter-latin.woff2"), **{"Accept-Encoding": "gzip"})
    assert answer.content_type == "font/woff2"
    assert "Content-Encoding" not in answer.headers


def test_a_changed_module_changes_every_address(tmp_path):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nimport "./c.js";\nexport { d } from "./d.js";\n')
    (tmp_path / "b.js").write_text('import {\n  c,\n} from "./c.js";\n')
    for name in ("c.js", "d.js"):
        (tmp_path / name).write_text("export const c = 1;\n")
    before = Assets(tmp_path)
    assert before.modules("a.js") == ["a.js", "b.js", "c.js", "d.js"]
    (tmp_path / "c.js").write_text("export const c = 2;\n")
    assert Assets(tmp_path).url("a.js") != before.url("a.js")
    with pytest.raises(KeyError):
        before.url("missing.js")


def test_the_phone_loads_all_its_modules_at_once(ada, app, session):
    ada.post(f"/{session.code}", organisation="none", quote="name")
    page = html.unescape(ada.get(f"/{session.code}").text)
    modules = app.extensions["assets"].modules("js/phone/main.js")
    assert len(modules) > 5
    assert all(f'rel="modulepreload" href="{app.extensions["assets"].url(name)}"' in page for name in modules)


# -- QR and turnstile ------------------------------------------------------------------------------


def test_the_qr_is_small_and_has_its_quiet_zone():
    url = qr.join_url("http://192.168.1.20:8000", "7QF3XM")
    assert url == "HTTP://192.168.1.20:8000/7QF3XM"
    picture = qr.picture(url)
    assert picture["size"] == 25 + 8  # version 2
    assert picture["path"].startswith("M4 4h7v1h-7z")


def test_wrong_guesses_pass_one_after_the_other():
    now, waits = [100.0], []
    turnstile = guess.Turnstile(clock=lambda: now[0], sleep=waits.append)
    for _ in range(5):
        turnstile.wrong()
    assert waits == pytest.approx([0, 1.1, 2.2, 3.3, 4.4])
    with pytest.raises(errors.TooMany) as caught:
        turnstile.wrong()
    assert caught.value.params["wait"] == 6
    now[0] += 60
    turnstile.wrong()
    assert waits[-1] == 0
    assert guess.Turnstile()._clock is time.monotonic  # that on the wall may be set back


@pytest.mark.parametrize(("language", "limit"), [("en", 58_000), ("sv", 61_000)])  # a translation travels with the page
def test_the_phone_page_s_first_visit_is_light(app, workshop, session, language, limit):
    """What a phone fetches at first, gzipped: the page, styles, every module of its first view, and the display face."""
    phone = Person(app, language)
    phone.post(f"/{session.code}", organisation=choice(workshop, session, "City"), quote="organisation")
    answer = phone.get(f"/{session.code}", **{"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.data).decode()
    names = set(re.findall(r'(?:href|src)="/static/[0-9a-f]+/([^"#]+)"', page)) | {"vendor/fraunces-latin.woff2", "img/icons.svg"}
    names |= set(app.extensions["assets"].modules("js/phone/lobby.js"))
    assert {"js/phone/main.js", "vendor/preact.js", "vendor/socket.io.js", "css/phone.css"} <= names
    files = app.extensions["assets"].files
    weight = len(answer.data) + sum(len(files[name].packed or files[name].body) for name in names)
    assert weight < limit


def test_a_double_tap_on_join_is_one_participant(app, workshop, session):
    """Two sendings of one form, neither with the cookie of the other yet; then a third from inside."""
    first, second = Person(app), Person(app)
    page = first.get(f"/{session.code}").text
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    city = choice(workshop, session, "City")
    for phone in (first, second):
        assert phone.post(f"/{session.code}", organisation=city, quote="organisation", once=once).status_code == 302
    who = {boot(phone.get(f"/{session.code}"))["snapshot"]["mine"]["mine/me"]["id"] for phone in (first, second)}
    assert len(who) == 1
    assert workshop.organize.event(session.event_id).people[session.id] == 1


def test_who_is_inside_does_not_join_again(app, workshop, session):
    phone, fresh = Person(app), Person(app)
    form = {"organisation": choice(workshop, session, "City"), "quote": "organisation"}
    token = TOKEN.search(phone.get(f"/{session.code}").text)[1]
    for _ in range(3):
        answer = phone.client.post(f"/{session.code}", data=form | {"csrf_token": token}, headers=phone.headers)
        assert answer.status_code == 302
    assert fresh.post(f"/{session.code}", **form).status_code == 302
    assert workshop.organize.event(session.event_id).people[session.id] == 2


def test_return_codes_cannot_be_tried_for_ever(app, session, monkeypatch):
    later = itertools.count(step=10).__next__
    monkeypatch.setattr(join, "turnstile", guess.Turnstile(clock=later, sleep=lambda _seconds: None))
    mallory = Person(app)
    token = TOKEN.search(mallory.get(f"/{session.code}").text)[1]

    def status(n):
        form = {"csrf_token": token, "return_code": f"{n:04}"}
        return mallory.client.post(f"/{session.code}/back", data=form, headers=mallory.headers).status_code

    assert {status(n) for n in range(30)} == {404}
    assert status(31) == 429


# -- the organizer's form and the console's list ---------------------------------------------------


def test_the_form_offers_the_templates_and_the_console_lists_them_in_the_reader_s_language(olga, workshop):
    event = workshop.organize.create_event(EventPlan("Dag", language="sv"))
    page = f"/events/{event.id}/sessions/new"
    assert '<option value="academy-60" selected>Learning Academy day, 60 minutes</option>' in olga.get(page).text
    words = {"title": "Pass", "themes": "Tema", "method": "approval", "take": "3", "quote_default": "organisation", "agenda": "quick"}
    assert olga.post(page, **words).status_code == 302
    session = workshop.organize.sessions_of(event.id)[0]
    assert workshop.store.read(lambda tx: steps.of_session(tx, session.id))[0].title == "Skriv"
    listed = olga.get(f"/console/{session.code}/agendas", **{"Accept-Language": "sv"}).json["templates"]
    assert {"id": "quick", "name": "Snabb runda, 15 minuter", "steps": 4, "minutes": 15, "own": False} in listed
    assert olga.post(page, **words | {"agenda": "nowhere"}).status_code == 404


def test_nobody_else_is_told_of_the_templates(ada, workshop):
    code = workshop.organize.make_sample().code
    assert ada.get(f"/console/{code}/agendas").status_code == 302
