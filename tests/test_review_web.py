"""The review over HTTP: a buyer answers by link, Olga organizes, Frida looks, Mallory guesses."""

from __future__ import annotations

import html
import logging
import re

import pytest

from tests.shelves import Shelf
from tests.support import Clock, World
from tests.test_web import TOKEN, Person, signed_in
from workshop import errors
from workshop.app import create
from workshop.model import now_ms
from workshop.service.reviews.desk import EVENT
from workshop.web import guess, join, own_words, review

LINK = re.compile(r"http://[^\"]+/review/([\w-]+)")
SILENT = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


@pytest.fixture
def workshop(settings, monkeypatch):
    for module in (join, review):
        monkeypatch.setattr(module, "turnstile", guess.Turnstile(sleep=lambda _seconds: None))
    settings.ensure_data_folder()
    workshop = create(settings)
    yield workshop
    workshop.close()


@pytest.fixture
def shelf(workshop, settings):
    world = World(settings.data / "workshop.db", clock=Clock(now_ms()))
    yield Shelf(world)
    world.close()


@pytest.fixture
def event(shelf):
    return f"/events/{shelf.world.event.id}/review"


@pytest.fixture
def buyer(workshop):
    return Person(workshop.flask)


@pytest.fixture
def olga(workshop):
    return signed_in(workshop.flask, workshop, None)


@pytest.fixture
def city(shelf, workshop):
    """The path of the City's link."""
    return path(shelf, workshop, shelf.organisation("City"))


def path(shelf, workshop, whom):
    return "/review/" + workshop.review_desk.make_links("olga", shelf.world.event.id, whom)[0].token


def plain(answer):
    return html.unescape(answer.text)


# -- the link --------------------------------------------------------------------------------------


def test_a_link_opens_the_practices_in_review_by_theme(buyer, shelf, city):
    answer = buyer.get(city)
    assert answer.status_code == 200
    assert "You answer for" in answer.text and "<strong>City</strong>" in answer.text
    assert [answer.text.index(word) for word in ("Less electronic waste", "Take-back with reuse", "Better use", "Repair before replacing")]
    assert "0 of 2 answered" in answer.text
    assert f'href="{city}/{shelf.practices[0]}"' in answer.text
    shelf.state(shelf.practices[1], "draft")
    assert "Repair before replacing" not in buyer.get(city).text


def test_no_page_of_a_review_is_indexed_cached_or_told_to_others(buyer, shelf, city):
    for where in (city, f"{city}/{shelf.practices[0]}", f"{city}/nothing", "/review/guessed"):
        headers = buyer.get(where).headers
        assert {name: headers[name] for name in SILENT} == SILENT, where
    assert buyer.get("/").headers["Referrer-Policy"] == "same-origin"


def test_expired_revoked_and_guessed_look_the_same(buyer, shelf, workshop, city):
    bank = workshop.review_desk.make_links("olga", shelf.world.event.id, shelf.organisation("Bank"))[0]
    workshop.review_desk.revoke_link("olga", shelf.world.event.id, bank.link.id)
    shelf.world.store.write(lambda tx: tx.run("UPDATE review_links SET expires_at = 1 WHERE id <> :id", id=bank.link.id))
    wrong = (city, f"/review/{bank.token}", "/review/guessed", "/review/" + "x" * 900, f"{city}/anything")
    answers = [buyer.get(where) for where in wrong]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r"next=[^\"]*", "", answer.text) for answer in answers}
    assert len(bodies) == 1
    assert "Ask the organizer who sent it" in answers[0].text
    assert shelf.world.event.name not in answers[0].text


def test_too_many_wrong_links_wait_and_right_ones_never(buyer, city):
    assert [buyer.get("/review/guessed").status_code for _ in range(9)][-1] == 429
    assert buyer.get(city).status_code == 200


def test_the_secret_in_the_address_is_never_in_the_log(workshop, buyer, city, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(workshop.reviewing, "open", fail)
    with caplog.at_level(logging.DEBUG):
        assert buyer.get(city).status_code == 500
    assert "broken on purpose" in caplog.text
    assert city.rpartition("/")[2] not in caplog.text


def test_an_answer_needs_the_forms_token(workshop, buyer, shelf, city):
    where = f"{city}/{shelf.practices[0]}"
    for form in ({}, {"csrf_token": "made up"}):
        assert buyer.client.post(where, data={"ratification": "endorse"} | form).status_code == 400
    assert not shelf.rows("reviews")


def test_who_only_asks_for_the_head_of_a_page_takes_no_answer_back(buyer, shelf, city):
    """As previews of links and scanners of mails do."""
    where = f"{city}/{shelf.practices[0]}"
    buyer.post(where, ratification="endorse", adoption="do")
    assert buyer.client.head(where).status_code == 200
    assert len(shelf.rows("reviews")) == 1
    assert "1 of 2 answered" in buyer.get(city).text


def test_forms_without_referer_work_over_https(workshop, buyer, shelf, city):
    where = f"{city}/{shelf.practices[0]}"
    page = buyer.client.get(where, base_url="https://localhost")
    form = {"csrf_token": TOKEN.search(page.text)[1], "ratification": "endorse"}
    assert buyer.client.post(where, data=form, base_url="https://localhost").status_code == 302


# -- reading and answering ---------------------------------------------------------------------------


def test_a_practice_is_read_with_its_words_as_consented(buyer, shelf, city):
    text = plain(buyer.get(f"{city}/{shelf.practices[0]}"))
    quoted = ("“Collect, erase, sell.”", "— Ada, City", "“In our agreement since 2024.”", "Result: “62 % reused”", "— Bank", "— anonymous")
    for said in quoted:
        assert said in text
    assert "Cleo" not in text
    assert "Problem and hotspot" in text  # to complete


def test_an_answer_is_saved_and_leads_to_the_next(buyer, shelf, city):
    one, two = (f"{city}/{practice}" for practice in shelf.practices)
    form = {"ratification": "reservation", "sentence": "Only with take-back.", "adoption": "will", "by_year": "2030", "by_month": "06"}
    answer = buyer.post(one, **form, **{"comment-": "Good.", "comment-risks": "And insurance?"})
    assert (answer.status_code, answer.location) == (302, two)
    assert "Saved for City: Take-back with reuse" in buyer.get(two).text
    assert [(r["ratification"], r["sentence"], r["adoption"], r["by_when"]) for r in shelf.rows("reviews")] == [
        ("reservation", "Only with take-back.", "will", "2030-06"),
    ]
    assert [(r["section"], r["text"]) for r in shelf.rows("review_comments")] == [("", "Good."), ("risks", "And insurance?")]
    assert buyer.post(two, adoption="do").location == city
    seen = plain(buyer.get(city))
    assert "2 of 2 answered" in seen and "We agree with a reservation · We will 2030-06" in seen
    again = plain(buyer.get(one))
    assert re.search(r'value="reservation" checked', again)
    assert "Only with take-back.</textarea>" in again
    assert re.search(r"<option selected>2030", again)
    assert "“Only with take-back.”" in again and "reservation in this review" in again


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose an answer or write a comment first."),
        ({"ratification": "against"}, "Say in a sentence why"),
        ({"ratification": "<b>"}, "could not be understood"),
        ({"adoption": "will", "by_year": "1999"}, "Choose a year from"),
        ({"adoption": "will", "by_month": "06"}, "Choose a year from"),
        ({"ratification": "endorse", "comment-risks": "x" * 1001}, "too long"),
        ({"ratification": "endorse", "comment-lies": "x"}, "could not be understood"),
    ],
)
def test_a_wrong_answer_says_what_to_do_and_keeps_what_was_typed(buyer, shelf, city, form, sentence):
    typed = {"comment-steps": "A <script>thought</script>"} if form else {}
    answer = buyer.post(f"{city}/{shelf.practices[0]}", **form, **typed)
    assert answer.status_code == 422
    assert sentence in plain(answer)
    if typed:
        assert "A &lt;script&gt;thought&lt;/script&gt;</textarea>" in answer.text
    assert not shelf.rows("reviews") and not shelf.rows("review_comments")


@pytest.mark.parametrize("state", ["frozen", "draft", "aside"])
def test_what_closes_while_one_types_gives_the_words_back(buyer, shelf, city, state):
    where = f"{city}/{shelf.practices[0]}"
    token = TOKEN.search(buyer.get(where).text)[1]
    shelf.state(shelf.practices[0], state)
    answer = buyer.client.post(where, data={"csrf_token": token, "ratification": "aside", "sentence": "My reason", "comment-": "More"})
    assert answer.status_code == 409
    assert "My reason" in answer.text and "More" in answer.text
    assert buyer.get(where).status_code == 409


def test_a_link_that_ends_while_one_types_gives_the_words_back(buyer, shelf, city, workshop):
    where = f"{city}/{shelf.practices[0]}"
    token = TOKEN.search(buyer.get(where).text)[1]
    [issued] = workshop.review_desk.desk(shelf.world.event.id).links
    workshop.review_desk.revoke_link("olga", shelf.world.event.id, issued.link.id)
    answer = buyer.client.post(where, data={"csrf_token": token, "ratification": "aside", "sentence": "My <reason>", "comment-": "More"})
    assert answer.status_code == 404
    assert "My &lt;reason&gt;" in answer.text and "More" in answer.text
    assert "What you typed" not in buyer.get(where).text


def test_a_comment_is_withdrawn_and_unsent_words_stay(buyer, shelf, city):
    where = f"{city}/{shelf.practices[0]}"
    buyer.post(where, **{"comment-steps": "Say who collects."})
    remark = shelf.rows("review_comments")[0]["id"]
    answer = buyer.post(where, withdraw=remark, sentence="Half a thought")
    assert answer.status_code == 200
    assert "Say who collects." not in answer.text and "Half a thought" in answer.text
    assert buyer.post(where, withdraw="another").status_code == 404


def test_a_link_for_all_asks_for_whom_and_says_it(buyer, shelf, workshop):
    everybody, bank = path(shelf, workshop, EVENT), shelf.organisation("Bank")
    assert "For which organisation do you answer?" in buyer.get(everybody).text
    assert buyer.get(f"{everybody}/{shelf.practices[0]}").status_code == 404
    assert buyer.get(f"{everybody}?for=nobody").status_code == 404
    seen = buyer.get(f"{everybody}?for={bank}")
    assert "<strong>Bank</strong>" in seen.text
    assert f"{shelf.practices[0]}?for={bank}" in seen.text
    where = f"{everybody}/{shelf.practices[0]}?for={bank}"
    assert buyer.post(where, ratification="agree").location.endswith(f"?for={bank}")
    assert [row["organisation_id"] for row in shelf.rows("reviews")] == [bank]


def test_a_link_of_one_ignores_for_whom_another_says_to_answer(buyer, shelf, city):
    buyer.post(f"{city}/{shelf.practices[0]}?for={shelf.organisation('Bank')}", ratification="agree")
    assert [row["organisation_id"] for row in shelf.rows("reviews")] == [shelf.organisation("City")]


def test_what_an_editor_writes_is_shown_as_light_markdown_and_nothing_more(buyer, shelf, city):
    text = "First **this**.\n\n1. Ask\n2. Buy\n\n- <b>bold</b>\n\nSee https://example.org/a?b=1."
    shelf.world.store.write(lambda tx: tx.run(
        """INSERT INTO fields (practice_id, section, text, rev, updated_at, updated_by) VALUES (:id, 'problem', :text, 1, 1, 'olga')""",
        id=shelf.practices[0], text=text,
    ))
    page = buyer.get(f"{city}/{shelf.practices[0]}").text
    assert "<p>First <strong>this</strong>.</p>" in page
    assert re.search(r"<ol>\s*<li>Ask</li>\s*<li>Buy</li>\s*</ol>\s*<ul>\s*<li>&lt;b&gt;bold&lt;/b&gt;</li>\s*</ul>", page)
    assert 'rel="noreferrer nofollow"' in page


def test_own_words_tell_of_a_review_that_goes_on_and_lead_back(buyer, shelf, city):
    code = shelf.world.session.code
    buyer.post("/words", code=code, return_code=shelf.bo.return_code)
    page = plain(buyer.get(f"/{code}/words"))
    assert "Yours answers by a link that the organizer sends." in page and f'href="/{code}"' in page
    assert city not in page, "a link is for those whom the organizer sent it"
    for one in shelf.practices:
        shelf.state(one, "frozen")
    assert "Yours answers by a link" not in plain(buyer.get(f"/{code}/words"))


# -- one's own words ---------------------------------------------------------------------------------


def test_ones_words_open_by_both_codes(buyer, shelf, city):
    session, ada = shelf.world.session, shelf.ada
    assert "/words" in buyer.get(city).text
    assert "Collect, erase, sell." not in buyer.get(f"/{session.code}/words").text
    answer = buyer.post("/words", code=session.code.lower(), return_code=ada.return_code)
    assert answer.location == f"/{session.code}/words"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    seen = buyer.get(answer.location).text
    assert "Collect, erase, sell." in seen and "In our agreement" not in seen
    assert f"/{session.code}/words" in buyer.get(city).text


@pytest.mark.parametrize(
    ("code", "return_code", "sentence"), [("CFGHJM", "XXXX", "No session has the code"), ("", "????", "Check both codes")],
)
def test_wrong_codes_show_nothing(buyer, shelf, code, return_code, sentence):
    answer = buyer.post("/words", code=code or shelf.world.session.code, return_code=return_code)
    assert answer.status_code == 404
    assert sentence in plain(answer)


def test_words_are_put_right_and_the_consent_changed(buyer, shelf, city):
    code = shelf.world.session.code
    buyer.post("/words", code=code, return_code=shelf.ada.return_code)
    where, own = f"/{code}/words", {"of": "idea", "id": shelf.reuse}
    wrong = buyer.post(where, **own, title="", detail="Kept <i>")
    assert wrong.status_code == 422 and "Kept &lt;i&gt;</textarea>" in wrong.text
    assert buyer.post(where, **own, title="Take-back with reuse first", detail="Collect and sell.").status_code == 302
    assert buyer.post(where, of="experience", id=shelf.done, text="Mine").status_code == 404
    assert buyer.post(where, f"{where}/consent", name="Ada", quote="shout").status_code == 422
    assert buyer.post(where, f"{where}/consent", name="Ada", quote="anonymous").status_code == 302
    seen = plain(buyer.get(f"{city}/{shelf.practices[0]}"))
    assert "“Collect and sell.”" in seen and "Ada" not in seen


def test_who_changes_words_without_end_waits_and_others_do_not(buyer, shelf, workshop):
    code = shelf.world.session.code
    buyer.post("/words", code=code, return_code=shelf.ada.return_code)
    for _ in range(30):
        own_words.changes.spend(shelf.ada.id)
    wrong = buyer.post(f"/{code}/words", of="idea", id=shelf.reuse, title="Kept in the form", detail="")
    assert wrong.status_code == 429
    assert "Too many tries" in wrong.text and "Kept in the form</textarea>" in wrong.text
    bo = Person(workshop.flask)
    bo.post("/words", code=code, return_code=shelf.bo.return_code)
    assert bo.post(f"/{code}/words", f"/{code}/words/consent", name="Bo", quote="anonymous").status_code == 302


def test_nobody_changes_words_without_being_in(buyer, shelf):
    where = f"/{shelf.world.session.code}/words"
    assert buyer.post(where, of="idea", id=shelf.reuse, title="Mallory").status_code == 401
    assert buyer.post(where, f"{where}/consent", quote="anonymous").status_code == 401


# -- the organizer -----------------------------------------------------------------------------------


def test_the_organizer_starts_sends_and_closes(olga, shelf, event, buyer):
    for one in shelf.practices:
        shelf.state(one, "draft")
    assert "choose at least one" in plain(olga.post(event, f"{event}/start"))
    assert olga.post(event, f"{event}/start", practice=shelf.practices).location == event
    made = olga.post(event, f"{event}/links", whom="each", days="7")
    assert made.status_code == 200
    links = dict.fromkeys(LINK.findall(made.text))
    assert len(links) == 5
    assert made.text.count('href="mailto:?subject=') >= 5
    assert all(f"/review/{link}" not in olga.get(event).text for link in links)
    token = next(iter(links))
    assert buyer.get(f"/review/{token}").status_code == 200
    assert olga.post(event, f"{event}/close").location == event
    assert "Nothing is open for review" in buyer.get(f"/review/{token}").text


def test_the_organizer_freezes_what_is_finished(olga, shelf, event, buyer, city):
    buyer.post(f"{city}/{shelf.practices[0]}", ratification="endorse")
    assert olga.post(event, f"{event}/freeze", practice=shelf.practices[:1]).location == event
    assert "1 frozen" in olga.get(event).text
    assert olga.post(event, f"{event}/freeze", practice=shelf.practices[:1]).status_code == 409
    assert "Take-back with reuse" in buyer.get(city).text and "What you answered" in buyer.get(city).text


@pytest.mark.parametrize("days", ["0", "367", "-1", "ten", "1e3", "٣", "99999999", ""])
def test_wrong_days_are_said_at_the_form(olga, shelf, event, days):
    answer = olga.post(event, f"{event}/links", whom="event", days=days)
    assert answer.status_code == 422
    assert "is not between 1 and 366" in plain(answer)
    assert not shelf.rows("review_links")


def test_a_link_there_is_already_is_not_made_again(olga, shelf, event, workshop):
    path(shelf, workshop, EVENT)
    assert "There is a link already" in plain(olga.post(event, f"{event}/links", whom="event", days="30"))
    assert olga.post(event, f"{event}/links", whom="nobody", days="30").status_code == 404
    assert len(shelf.rows("review_links")) == 1


def test_links_are_extended_replaced_and_revoked_by_buttons(olga, shelf, event, workshop, buyer):
    held = path(shelf, workshop, EVENT)
    link = f"{event}/links/{shelf.rows('review_links')[0]['id']}"
    assert olga.post(event, link, extend="1").status_code == 302
    fresh = LINK.search(olga.post(event, link, replace="1").text)[1]
    assert (buyer.get(held).status_code, buyer.get(f"/review/{fresh}").status_code) == (404, 200)
    olga.post(event, link, revoke="1")
    assert buyer.get(f"/review/{fresh}").status_code == 404
    assert olga.post(event, link, extend="1").status_code == 409
    assert olga.post(event, f"{event}/links/other", revoke="1").status_code == 404


def test_the_heat_map_is_a_table_that_can_be_read_aloud(olga, shelf, event, buyer, city):
    buyer.post(f"{city}/{shelf.practices[0]}", ratification="reservation", sentence="Price <b>?", adoption="will", by_year="2031")
    text = olga.get(event).text
    table = text[text.index("<table"):text.index("</table>")]
    assert len(re.findall(r'<th scope="col">', table)) == 4
    assert re.findall(r'<th scope="row">([^<]+)', table)[:2] == ["City", "Bank"]
    assert re.search(r'data-said="reservation">.*R.*→.*We agree with a reservation; We will 2031', table)
    assert table.count("no answer") == 9
    assert "1 of 2" in table
    assert "Price &lt;b&gt;?" in text
    assert "Not answered yet" in text and "has no link yet" in text


def test_the_way_to_ones_own_words_comes_first_and_asks_for_ones_own_code_alone(shelf, buyer, city):
    session, overview = shelf.world.session, buyer.get(city).text
    own = f"/words?session={session.id}"
    assert overview.index(own) < overview.index("Take-back with reuse") and own in buyer.get(f"{city}/{shelf.practices[0]}").text
    form = buyer.get(own).text
    assert session.title in form and 'name="code"' not in form
    assert not [text for text in (overview, form) if session.code in text]  # a link to answer is none to join
    wrong = buyer.post("/words", session=session.id, return_code="2222")
    assert wrong.status_code == 404 and "Nobody in this session has this return code." in wrong.text and session.code not in wrong.text
    assert buyer.post("/words", session=session.id, return_code=shelf.bo.return_code).location == f"/{session.code}/words"
    assert 'name="code"' in buyer.get("/words?session=guessed").text


def test_who_has_answered_in_part_is_reminded_of_the_rest(olga, shelf, event, buyer, city):
    buyer.post(f"{city}/{shelf.practices[0]}", ratification="endorse")
    page = html.unescape(olga.get(event).text)
    part, silent = (re.search(rf'id="{name}".*?</section>', page, re.S) for name in ("begun", "silent"))
    assert "City has answered 1 of the 2 draft best practices" in part[0] and "1 of 2" in part[0]
    assert "City" not in silent[0]
    buyer.post(f"{city}/{shelf.practices[1]}", ratification="endorse")
    assert 'id="begun"' not in olga.get(event).text


def test_what_is_frozen_leads_on_to_the_library_and_nothing_at_all_to_the_drafts(olga, shelf, event):
    assert "Publish in the library" not in olga.get(event).text
    olga.post(event, f"{event}/freeze", practice=shelf.practices)
    text = olga.get(event).text
    assert f'href="{event.removesuffix("review")}library"' in text and "There is no draft practice yet" not in text
    for practice in shelf.practices:
        shelf.state(practice, "aside")
    text = olga.get(event).text
    assert f'href="{event.removesuffix("review")}practices"' in text and "Publish in the library" not in text


def test_new_links_come_as_a_table_too(olga, shelf, event):
    page = html.unescape(olga.post(event, f"{event}/links", whom="each").text)
    rows = re.search(r'id="all-links"[^>]*>\n(.*?)</textarea>', page, re.S)[1].splitlines()
    assert len(rows) == 5 and {*LINK.findall(page)} == {row.rpartition("/")[2] for row in rows}
    assert [row.partition("\t")[0] for row in rows][:2] == ["City", "Bank"]
    page = olga.post(event, f"{event}/links", whom="event").text
    assert "all-links" not in page


def test_comments_are_handled_and_corrections_shown(olga, shelf, event, buyer, city, workshop):
    buyer.post(f"{city}/{shelf.practices[0]}", **{"comment-risks": "And insurance?"})
    workshop.quotes.correct(shelf.bo.id, "experience", shelf.done, {"result": "64 % reused"})
    remark = shelf.rows("review_comments")[0]["id"]
    assert olga.post(event, f"{event}/comments/{remark}", handled="1").status_code == 302
    text = olga.get(event).text
    assert "And insurance?" in text and 'data-state="saved"' in text
    assert "<del>62 % reused</del>" in text and "<ins>64 % reused</ins>" in text
    assert "taken up by the organizer" in buyer.get(f"{city}/{shelf.practices[0]}").text
    olga.post(event, f"{event}/comments/{remark}", open="1")
    assert shelf.rows("review_comments")[0]["state"] == "active"


def test_a_comment_on_what_was_set_aside_since_is_still_read_and_handled(olga, shelf, event, buyer, city):
    buyer.post(f"{city}/{shelf.practices[0]}", **{"comment-risks": "And insurance?"})
    shelf.state(shelf.practices[0], "aside")
    page = olga.get(event)
    assert page.status_code == 200
    assert "And insurance?" in page.text and "Laid aside" in page.text
    remark = shelf.rows("review_comments")[0]["id"]
    assert olga.post(event, f"{event}/comments/{remark}", handled="1").status_code == 302
    assert shelf.rows("review_comments")[0]["state"] == "handled"


def test_the_organizers_forms_send_a_referer_which_is_asked_for_over_https(olga, shelf, event):
    page = olga.client.get(event, base_url="https://localhost")
    assert "Where it stands" in page.text
    assert "no-referrer" not in page.text + page.headers["Referrer-Policy"]


def test_a_facilitator_looks_and_changes_nothing(workshop, shelf, event):
    workshop.accounts.ensure_first()
    frida = signed_in(workshop.flask, workshop, "Frida")
    page = frida.get(event)
    assert page.status_code == 200 and "Start the review" not in page.text and "Revoke" not in page.text
    token = TOKEN.search(frida.get("/account").text)[1]
    for where in ("start", "close", "links"):
        assert frida.client.post(f"{event}/{where}", data={"csrf_token": token}).status_code == 403


def test_a_stranger_gets_nothing(buyer, shelf, event):
    assert buyer.get(event).location.startswith("/sign-in")
    assert buyer.get("/events/none/review").location.startswith("/sign-in")


def test_a_review_of_no_event_is_not_found(olga):
    assert olga.get("/events/none/review").status_code == 404


def test_the_pages_speak_swedish_and_mails_the_events_language(workshop, shelf, city, event):
    swede = Person(workshop.flask, "sv")
    assert "Du svarar för" in swede.get(city).text
    assert swede.get("/review/guessed").text.count("länk")
    olga = signed_in(workshop.flask, workshop, None)
    shelf.world.store.write(lambda tx: tx.run("UPDATE events SET language = 'sv'"))
    made = plain(olga.post(event, f"{event}/links", whom="event", days="7"))
    assert "Hej," in made and "A new link" in made


def test_every_error_of_a_review_says_what_to_do():
    for kind in (errors.DeadReview, errors.NeedsReason, errors.NothingSaid, errors.ReviewClosed, errors.HasLink, errors.NoPractices):
        assert len(kind.message.split()) > 6
