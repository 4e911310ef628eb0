"""The HTML document: one file that fetches nothing and runs nothing, in which every text is text."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.hostile_texts import HOSTILE, METHODS, report
from tests.records import AT, Day, three_buyers, voted
from workshop import documents
from workshop.documents import html
from workshop.documents.words import line
from workshop.model import KINDS

VOID = {"meta", "br", "rect", "line", "circle"}


class Page(HTMLParser):
    """What a browser would make of it: tags in order, attributes, text by tag."""

    def __init__(self, source: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.open = "", []
        self.feed(source.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def page(day: Day) -> Page:
    """The document of a day."""
    return Page(html.write(documents.build(day.record(), AT)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_stays_text(text, method):
    found = Page(html.write(report(text, method)))
    assert not {tag for tag, _ in found.tags} & {"script", "img", "iframe", "object", "link", "form", "input", "b"}
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on") or name in ("style", "src")]
    assert {a["href"] for a in found.all("a") if not a["href"].startswith("#")} <= {"https://ok.example/x", "https://evil.example"}
    assert "".join(line(text).split()) in "".join(found.text.split())
    assert found.open == []


@pytest.mark.parametrize("text", ["<b>x</b>", "javascript:alert(1)", "https://evil.example"])
def test_what_the_room_wrote_is_never_a_link(text):
    day = voted(title=text)
    day.say("idea-0", "ada", "do", text, result=text)
    assert [a["href"] for a in page(day).all("a") if not a["href"].startswith("#")] == []


def test_it_fetches_nothing_and_runs_nothing():
    source = html.write(report("Take-back")).decode()
    policy = next(meta for meta in Page(source.encode()).all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")
    assert "url(" not in source
    assert "@import" not in source
    assert "<script" not in source


@pytest.mark.parametrize("method", METHODS)
def test_it_is_built_to_be_heard_and_jumped_in(method):
    found = Page(html.write(report("Take-back", method, "sv")))
    assert found.all("html") == [{"lang": "sv"}]
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in found.all("a") if a["href"].startswith("#")} <= set(ids)
    levels = [int(tag[1]) for tag, _ in found.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(found.all("caption")) == len(found.all("table")) > 3
    assert {th["scope"] for th in found.all("th")} == {"col", "row"}


def test_names_appear_only_as_consented():
    day = three_buyers()
    for who in ("ada", "ben", "mallory"):
        day.vote(who, "idea-0")
        for kind in KINDS:
            day.say("idea-0", who, kind, f"{kind} by somebody")
    found = page(day)
    assert "Ada, City" in found.text
    for secret in ("Ben", "Mallory", "mallory"):
        assert secret not in found.text


def test_what_is_open_says_to_complete():
    found = page(voted())
    assert found.text.count("to complete") >= 14
    assert "Sections filled" in found.text


def test_an_editors_sentence_stands_before_what_the_room_said():
    day = voted()
    day.idea("Buyers should ask for repair.", "ada", into="idea-0")
    made = documents.build(day.record(), AT)
    draft = made.practices[0]
    fields = tuple(replace(f, text="Buyers should **ask**.") if f.key == "sentence" else f for f in draft.practice.fields)
    frozen = replace(draft.practice, fields=fields, version="1.0", content_hash="sha256:1")
    edited = replace(made, practices=(replace(draft, line=None, practice=frozen),))
    text = " ".join(Page(html.write(edited)).text.split())
    assert re.search(r"In one sentence: Buyers should ask\. \[\d\] ?“Buyers should ask for repair\.”", text)
    assert "Version 1.0, frozen. Content hash: sha256:1." in text


def test_an_interim_version_says_so():
    assert "Interim version" in page(three_buyers_unrevealed()).text
    assert "Interim version" not in page(voted()).text


def three_buyers_unrevealed() -> Day:
    day = three_buyers()
    day.themes[0] = replace(day.themes[0], revealed=False)
    return day
