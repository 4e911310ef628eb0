"""The PDF: typeset from texts that are never markup, tagged and bookmarked, in bounded time and memory."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from typing import Any

import pypdf
import pypdfium2
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from bench.pages import swedish
from tests.hostile_texts import HOSTILE, report
from tests.records import AT, Day, three_buyers, voted
from tests.test_documents_sources import marks, told
from workshop import documents, errors
from workshop.documents import pdf, press, sample
from workshop.documents.words import line
from workshop.model import KINDS

INVISIBLE = re.compile("[\\s\u200b\u200c\u200d\u00ad\ufe0f\ufffe\x02-]")


def bare(text: str) -> str:
    """*text* without what a line's end may add or take."""
    return INVISIBLE.sub("", text)


def read(content: bytes) -> str:
    """The text of all pages."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def written(day: Day) -> bytes:
    """The PDF of a day."""
    return pdf.write(documents.build(day.record(), AT))


@pytest.fixture(scope="module")
def example() -> bytes:
    """The PDF of the sample day."""
    return pdf.write(documents.build(sample.record(), sample.MADE_AT))


# -- text is text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("bidi", "cjk", "word", "wide-word")])
def test_any_text_is_printed_as_it_is(name):
    text = read(pdf.write(report(HOSTILE[name])))
    assert bare(text).count(bare(line(HOSTILE[name]))) > 5


def test_a_word_as_long_as_a_chapter_is_printed_whole():
    """However many pages it takes, in each of the places where it stands."""
    assert read(pdf.write(report(HOSTILE["word"]))).count("x") > 20 * len(HOSTILE["word"])


@pytest.mark.parametrize("name", ["bidi", "cjk", "wide-word"])
def test_any_script_is_typeset(name):
    """Right-to-left text is read back in the order of the glyphs, and whether a typeface has a script depends on the computer."""
    assert "Owner" in read(pdf.write(report(HOSTILE[name])))


@pytest.mark.parametrize("method", ["dots", "agree", "adoption", "impact"])
def test_every_method_is_typeset_in_every_language(method):
    assert "Innehåll" in read(pdf.write(report(HOSTILE["typst"], method, "sv")))


def test_a_session_without_anything_is_a_document_too():
    assert "Nobody has joined the session yet." in read(written(Day()))


def test_names_appear_only_as_consented():
    day = three_buyers()
    for who in ("ada", "ben", "mallory"):
        day.vote(who, "idea-0")
        for kind in KINDS:
            day.say("idea-0", who, kind, f"{kind} by somebody")
    content = written(day)
    assert "Ada, City" in read(content)
    for secret in ("Ben", "Mallory", "mallory"):
        assert secret not in read(content)
        assert secret.encode() not in content


def test_the_same_report_gives_the_same_bytes():
    assert written(voted()) == written(voted())


# -- structure -------------------------------------------------------------------------------------------


def kinds(node: Any) -> list[str]:
    """The kinds of all elements of the structure tree, in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        return [kind for child in node for kind in kinds(child)]
    if not isinstance(node, DictionaryObject):
        return []
    return ([str(node["/S"])[1:]] if "/S" in node else []) + kinds(node.get("/K", ArrayObject()))


def elements(node: Any, kind: str) -> list[DictionaryObject]:
    """The structure elements of one kind."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        return [found for child in node for found in elements(child, kind)]
    if not isinstance(node, DictionaryObject):
        return []
    return [node] * (node.get("/S") == f"/{kind}") + elements(node.get("/K", ArrayObject()), kind)


def test_it_says_that_it_is_accessible_and_is_tagged(example):
    root = pypdf.PdfReader(io.BytesIO(example)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712, an object of pypdf
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in example
    found = kinds(root["/StructTreeRoot"])
    assert {"H1", "H2", "H3", "Table", "TH", "TD", "Figure", "TOC", "L", "LI", "Caption"} <= set(found)
    figures = elements(root["/StructTreeRoot"], "Figure")
    assert len(figures) >= 7
    assert all(figure.get("/Alt") for figure in figures)
    assert any("74 %" in figure["/Alt"] for figure in figures)


def test_title_and_bookmarks_are_those_of_the_document(example):
    reader = pypdf.PdfReader(io.BytesIO(example))
    assert reader.metadata.title == "Circular procurement of IT"
    top = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert top[:3] == ["Summary", "Results by theme", "Draft practices"]
    assert top[-1] == "About this document"
    below = [entry.title for part in reader.outline if isinstance(part, list) for entry in part if not isinstance(entry, list)]
    assert any(title.startswith("1.1 ") for title in below)
    assert "1. Climate-friendly production" in below
    assert "Chosen" not in below


def test_sources_and_what_refers_to_them_lead_to_each_other(example):
    pages = pypdf.PdfReader(io.BytesIO(example)).pages
    aims = [note.get_object()["/Dest"].get_object() for page in pages for note in page.get("/Annots", ()) if "/Dest" in note.get_object()]
    found = documents.build(sample.record(), sample.MADE_AT)
    there = sum(isinstance(aim, ArrayObject) for aim in aims)  # headings alone have names
    assert there >= len(marks(found)) + len(told(found)) > 100  # a link over two lines is two
    assert "[1]" in read(example)


def test_every_page_but_the_cover_has_its_number_and_the_hash(example):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(example)]
    fingerprint = documents.build(sample.record(), sample.MADE_AT).content_hash
    for number, text in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in text
        assert fingerprint[:20] in text


def test_what_no_typeface_has_is_tagged_all_the_same():
    content = pdf.write(report("\U000f0000 private"))
    assert b"pdfuaid" not in content
    assert pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert "Some signs could not be printed" in read(content)


# -- bounds ------------------------------------------------------------------------------------------------


def data() -> dict[str, Any]:
    return pdf.job(documents.build(voted().record(), AT))


def test_what_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(press, "CHILD", tmp_path / "child.py")
    press.CHILD.write_text("import time\ntime.sleep(60)")
    began = time.monotonic()
    with pytest.raises(errors.NotTypeset):
        press.typeset("report.typ", data(), 0, seconds=1)
    assert time.monotonic() - began < 30


def test_what_takes_too_much_of_the_processor_is_ended(tmp_path):
    """By the child itself, wherever who waits for it may be."""
    turns = "#for a in range(3000) { for b in range(3000) { let c = a * b } }"
    (tmp_path / "slow.typ").write_text(turns * 20)
    job = {"template": str(tmp_path / "slow.typ"), "root": str(tmp_path), "fonts": str(press.FONTS), "data": {}, "stamp": 0,
           "format": "pdf", "seconds": 1, "memory": press.MEMORY}
    ended = subprocess.run([sys.executable, "-P", str(press.CHILD)], input=json.dumps(job).encode(), capture_output=True, timeout=60)
    assert ended.returncode < 0  # by a signal


def test_what_takes_too_much_memory_is_ended():
    with pytest.raises(errors.NotTypeset):
        press.typeset("report.typ", data(), 0, memory=64 * 1024**2)


def test_what_cannot_be_typeset_is_told():
    with pytest.raises(errors.NotTypeset):
        press.typeset("report.typ", {}, 0)


def test_a_document_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    first = documents.save(voted().record(), tmp_path, AT)
    before = {path.name: path.read_bytes() for path in first}
    monkeypatch.setattr(pdf, "typeset", lambda *args: press.typeset(*args, memory=64 * 1024**2))
    with pytest.raises(errors.NotTypeset):
        documents.save(three_buyers().record(), tmp_path, AT)
    assert {path.name: path.read_bytes() for path in first[0].parent.iterdir()} == before


def test_no_heading_and_no_caption_is_left_at_the_foot_of_a_page():
    """Of sixty practices with long texts; what stands last on a page is neither, whatever the page begins with."""
    left = []
    for page in pypdfium2.PdfDocument(pdf.write(documents.build(swedish(), sample.MADE_AT))):
        lines = [line for line in page.get_textpage().get_text_range().splitlines() if line.strip()]
        body = [line for line in lines if not line.startswith(("sha256:", "Sida "))]
        left += [body[-1]] if body[-1] in ("Inte valda", "Idéer som inte valdes", "Vald", "Valda idéer", "Att komplettera") else []
    assert left == []
