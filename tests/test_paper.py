"""Paper and the venue check: who gets them, in which language, and what stands on them."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from tests.hostile_texts import HOSTILE
from workshop.app import create
from workshop.documents import sheets
from workshop.model import new_id
from workshop.service import commands as c
from workshop.service.entrance import hashed
from workshop.service.paper import Sheet
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store.queries import sessions

PAGES = ("/print/{}/cards", "/print/{}/ballots")


@pytest.fixture
def workshop(settings):
    settings.ensure_data_folder()
    workshop = create(settings)
    yield workshop
    workshop.close()


@pytest.fixture
def frida(workshop):
    """A facilitator's browser; its language is English."""
    client = workshop.flask.test_client()
    client.set_cookie("account", workshop.accounts.spend_link(workshop.accounts.new_link()))
    return client


def prepare(workshop, language="en", **plan):
    """A session of two themes; in the first there are two ideas, the one with markup in its title, and one more that is hidden."""
    event = workshop.organize.create_event(EventPlan("Academy", language=language), "City")
    session = workshop.organize.create_session(event.id, SessionPlan("IT", themes=(ThemeLine("Waste"), ThemeLine("Use")), **plan))
    themes = [theme.id for theme in workshop.store.read(lambda tx: sessions.themes(tx, session.id))]
    signin = hashed(workshop.accounts.spend_link(workshop.accounts.new_link()))

    def tell(name, kind, **body):
        workshop.facilitate.command(signin, session.id, name, kind(id=new_id(), **body))

    tell("phase.set", c.PhaseSet, phase="write")
    ada = workshop.entrance.join(session.code, "City", "Ada", "name").participant
    ideas = [new_id() for _ in range(3)]
    for idea, title in zip(ideas, ("Repair <first>", "Deposit", "Hidden one"), strict=True):
        workshop.participate.command(ada.id, c.IdeaPut(id=new_id(), idea=idea, theme=themes[0], title=title))
    tell("idea.hide", c.IdeaHide, idea=ideas[2], hidden=True)
    return session.code, themes


@pytest.mark.parametrize("path", PAGES)
def test_paper_is_for_the_signed_in(workshop, path):
    code, _ = prepare(workshop)
    answer = workshop.flask.test_client().get(path.format(code))
    assert answer.status_code == 302 and "/sign-in" in answer.headers["Location"]


@pytest.mark.parametrize("path", PAGES)
def test_paper_speaks_the_language_of_the_event(workshop, frida, path):
    code, _ = prepare(workshop, "sv")
    text = frida.get(path.format(code), headers={"Accept-Language": "en"}).text
    assert '<html lang="sv"' in text and ("Bordskort" in text or "Röstsedlar" in text)


def test_cards_hold_the_code_and_as_many_fit_on_pages_of_six(workshop, frida):
    code, _ = prepare(workshop)
    text = frida.get(f"/print/{code}/cards?cards=7").text
    assert (text.count('class="table-card"'), text.count('class="sheet cards"')) == (7, 2)
    assert text.count(f"{code[:3]}-{code[3:]}") == 7
    for many in ("0", "-3", "x", ""):
        assert 'class="table-card"' in frida.get(f"/print/{code}/cards?cards={many}").text
    assert frida.get(f"/print/{code}/cards?cards=100000").text.count('class="table-card"') == 60


def test_a_ballot_lists_the_ideas_that_stand(workshop, frida):
    code, (waste, use) = prepare(workshop)
    text = frida.get(f"/print/{code}/ballots?theme={waste}").text
    assert "Repair &lt;first&gt;" in text and "Deposit" in text
    assert "Hidden one" not in text
    assert "There are no ideas in this theme yet." in frida.get(f"/print/{code}/ballots?theme={use}").text
    assert frida.get(f"/print/{code}/ballots").text.count('class="sheet ballot"') == 2
    assert frida.get(f"/print/{code}/ballots?theme=no-such-theme").status_code == 404
    assert frida.get("/print/XXXXXX/ballots").status_code == 404


def test_copies_have_the_ideas_in_different_orders_and_the_same_each_time(workshop, frida):
    code, (waste, _) = prepare(workshop)
    page = f"/print/{code}/ballots?theme={waste}&copies=12"
    text = frida.get(page).text
    orders = [re.findall(r'class="title">(.*?)<', sheet) for sheet in text.split('class="sheet ballot"')[1:]]
    assert len(orders) == 12 and {tuple(sorted(order)) for order in orders} == {("Deposit", "Repair &lt;first&gt;")}
    assert len({tuple(order) for order in orders}) == 2
    assert frida.get(page).text == text


@pytest.mark.parametrize(("method", "asks", "boxes", "rings"), [
    ("approval", "Tick 2 ideas at most.", 2, 0),
    ("dots", "You have 2 dots in all.", 2, 0),
    ("agree", "Tick one box in each line.", 6, 0),
    ("adoption", "Tick one box in each line.", 10, 0),
    ("impact", "Circle two numbers for each idea", 0, 20),
])
def test_a_ballot_asks_as_its_method_does(workshop, frida, method, asks, boxes, rings):
    code, (waste, _) = prepare(workshop, method=method)
    text = frida.get(f"/print/{code}/ballots?theme={waste}").text
    assert asks in text
    assert (text.count('class="box"'), text.count('class="ring"')) == (boxes, rings)


def test_the_venue_check_is_for_everybody_and_keeps_nothing(workshop, frida):
    code, _ = prepare(workshop)
    for client in (workshop.flask.test_client(), frida):
        answer = client.get(f"/check/{code}")
        assert answer.status_code == 200 and f'data-public="{workshop.settings.public_url}"' in answer.text
        assert "Set-Cookie" not in answer.headers
        assert client.get(f"/check/{code.lower()}").headers["Location"] == f"/check/{code}"
    assert workshop.flask.test_client().get("/check/XXXXXX").status_code == 404


def test_the_console_leads_to_all_of_it(workshop, frida):
    code, _ = prepare(workshop)
    page = frida.get(f"/console/{code}").text
    for path in (f"/print/{code}/cards", f"/print/{code}/ballots", f"{workshop.settings.public_url}/check/{code}"):
        assert path in page


# -- the same as PDF -----------------------------------------------------------------------------------


def read(answer) -> str:
    """The text of a PDF, as one line."""
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.data
    return " ".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)).split())


def test_cards_are_a_pdf_too(workshop, frida):
    code, _ = prepare(workshop, language="sv")
    answer = frida.get(f"/print/{code}/cards?cards=7&as=pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="cards-{code}.pdf"'
    text = read(answer)
    assert text.count(f"{code[:3]}-{code[3:]}") == 7
    assert text.count("Inget konto, ingen app.") == 7
    assert len(pypdfium2.PdfDocument(answer.data)) == 2


@pytest.mark.parametrize("method", ["approval", "dots", "agree", "adoption", "impact"])
def test_ballots_are_a_pdf_too(workshop, frida, method):
    code, themes = prepare(workshop, method=method)
    answer = frida.get(f"/print/{code}/ballots?copies=2&as=pdf")
    text = read(answer)
    assert len(pypdfium2.PdfDocument(answer.data)) == 4
    assert text.count("Repair <first>") == text.count("Deposit") == 2
    assert "Hidden one" not in text
    assert text.count("There are no ideas in this theme yet.") == 2
    page = re.sub("<[^>]+>", " ", frida.get(f"/print/{code}/ballots").text).replace("&#39;", "'").replace("’", "'")
    for words in ("Idea", "Give this to the facilitator, who enters it."):
        assert words in text and words in page
    assert "Waste" in read(frida.get(f"/print/{code}/ballots?theme={themes[0]}&as=pdf"))


def test_any_title_fits_a_card_and_a_ballot(workshop, frida):
    code, _ = prepare(workshop)
    session, event = workshop.entrance.session(code)
    for text in HOSTILE.values():
        sheet = Sheet(replace(workshop.store.read(lambda tx: sessions.themes(tx, session.id))[0], title=text, prompt=text), (), 3)
        named = replace(session, title=text)
        assert len(pypdfium2.PdfDocument(sheets.ballots(event, named, [sheet]))) >= 1
        join = {"address": "example.org", "url": "x", "qr": {"size": 29, "path": "M0 0h1v1h-1z"}}
        assert len(pypdfium2.PdfDocument(sheets.cards(event, named, join, 6))) == 1
