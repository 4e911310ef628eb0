"""Where a practice comes from, in documents: numbered sources for all that it says, named as consented, none of what is gone."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.hostile_texts import reviewed
from tests.records import AT, Day, made, three_buyers, voted
from tests.test_documents_html import Page
from tests.test_editing import Office
from workshop import documents
from workshop.documents import html, incoming, practice_file, sample, single
from workshop.documents import json as as_json
from workshop.documents.outline import outline
from workshop.documents.outline.blocks import Heading, Items, Mark, Note, Notes, Paragraph, Voices
from workshop.documents.shape import Report
from workshop.model import KINDS, Event, Method, StoredPractice
from workshop.rules.practice import Source
from workshop.service.library import Entry


def told(report: Report) -> list[Note]:
    """The sources of all practices."""
    return [note for block in outline(report).blocks if isinstance(block, Notes) for note in block.notes]


def marks(report: Report) -> list[Mark]:
    """Every reference to a source, in the order of the text."""
    found: list[Mark | None] = []
    for block in outline(report).blocks:
        texts = [block.text] if isinstance(block, Paragraph) else block.texts if isinstance(block, Items) else ()
        found += [run for text in texts for run in text if isinstance(run, Mark)]
        found += [voice.mark for voice in block.voices] if isinstance(block, Voices) else []
    return [mark for mark in found if mark]


def of(day: Day) -> Report:
    return documents.build(day.record(), AT)


def notes_of(day: Day) -> list[str]:
    return [note.text for note in told(of(day))]


@pytest.fixture
def day() -> Day:
    day = voted()
    for who, kind in (("ada", "do"), ("ben", "would"), ("mallory", "not"), ("ben", "comment")):
        day.say("idea-0", who, kind, f"{kind} by somebody")
    day.idea("Return box", "ben", "In the price.", into="idea-0")
    return day


# -- what they say ---------------------------------------------------------------------------------------


def test_every_source_says_what_it_is_and_whose(day: Day) -> None:
    assert notes_of(day) == [
        "Idea “Take-back with reuse first” · Less waste · proposed by Ada, City · place 1 of 2 in the vote: "
        "100\u00a0% across organisations · 3 of 3 organisations · 3 of 3 voters",
        "Idea “Return box” · proposed by Bank · merged into “Take-back with reuse first”",
        "Experience: We do this · Ada, City", "Experience: We would · Bank", "Experience: Not for us · anonymous",
        "Experience: Comment · Bank",
    ]


def test_everything_that_is_said_refers_to_its_source(day: Day) -> None:
    report = reviewed(of(day), "words")
    voices = [voice for block in _in_practices(report) if isinstance(block, Voices) for voice in block.voices]
    assert voices
    by_anchor = {note.anchor: note.text for note in told(report)}
    for voice in voices:
        assert voice.mark is not None
        assert (voice.by.split(",")[0] in by_anchor[voice.mark.note]) or voice.by == "anonymous"


def _in_practices(report: Report) -> list[object]:
    blocks = list(outline(report).blocks)
    start = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == "practices")
    end = next(n for n, block in enumerate(blocks[start + 1 :], start + 1) if isinstance(block, Heading) and block.level == 2)
    return blocks[start:end]


def test_every_filled_section_refers_to_a_source(day: Day) -> None:
    """Whatever fills it: words of the room, of the editor, tags or measures."""
    report, filled, found = reviewed(of(day), "words"), set(), set()
    for section, blocks in _sections(report):
        filled.add(section)
        texts = [getattr(block, "text", ()) for block in blocks] + [text for b in blocks if isinstance(b, Items) for text in b.texts]
        there = any(isinstance(run, Mark) for text in texts if isinstance(text, tuple) for run in text)
        if there or any(voice.mark for b in blocks if isinstance(b, Voices) for voice in b.voices):
            found.add(section)
    assert found == filled >= {"practice-1.1-steps", "practice-1.1-measures", "practice-1.1-stage", "practice-1.1-references"}


def _sections(report: Report) -> list[tuple[str, list[object]]]:
    found: list[tuple[str, list[object]]] = []
    for block in _in_practices(report):
        if isinstance(block, Heading) and block.level == 4:
            found.append((block.anchor, []))
        elif found:
            found[-1][1].append(block)
    return [one for one in found if not one[0].endswith(("-open", "-answers", "-sources"))]


def test_notes_are_numbered_in_the_order_of_the_text_and_lead_both_ways(day: Day) -> None:
    report = reviewed(of(day), "words")
    notes, first = told(report), [mark for mark in marks(report) if mark.anchor]
    assert [note.number for note in notes] == list(range(1, len(notes) + 1)) == [mark.number for mark in first]
    assert [note.back for note in notes] == [mark.anchor for mark in first]
    assert {mark.note for mark in marks(report)} == {note.anchor for note in notes}


def test_the_editor_is_a_source_without_a_name(day: Day) -> None:
    report = reviewed(of(day), "words")
    assert "Written by the editor; a draft" in [note.text for note in told(report)]
    [draft] = report.practices
    frozen = replace(report, practices=(replace(draft, practice=replace(draft.practice, version="1.1")),))
    assert "Written by the editor, version 1.1" in [note.text for note in told(frozen)]
    assert "Written by the editor" not in "".join(notes_of(day))


def test_a_reservation_in_review_is_a_source(day: Day) -> None:
    report = of(day)
    [draft] = report.practices
    source = Source("review", "r1", "Only phones.", "Region")
    fields = tuple(replace(f, sources=(*f.sources, source)) if f.key == "risks" else f for f in draft.practice.fields)
    told_of = told(replace(report, practices=(replace(draft, practice=replace(draft.practice, fields=fields)),)))
    assert "Reservation in review · Region" in [note.text for note in told_of]


@pytest.mark.parametrize(("method", "choices", "said"), [
    ("dots", {"idea_0": 2}, "100\u00a0% of the dots across organisations"), ("agree", {"idea_0": 1}, "consensus"),
    ("adoption", {"idea_0": 4}, "Grade: Already do"), ("impact", {"idea_0": 52}, "Quick win: impact 5.0, effort 2.0"),
])
def test_the_vote_is_told_by_the_sessions_method(method: Method, choices: dict[str, int], said: str) -> None:
    day = three_buyers(method=method)
    for who in ("ada", "ben"):
        day.vote(who, **choices)
    [lead] = [note for note in notes_of(day) if note.startswith("Idea")]
    assert "in the vote: " in lead and said in lead


# -- what they never say ---------------------------------------------------------------------------------


def test_what_is_withdrawn_or_hidden_is_no_source(day: Day) -> None:
    day.idea("Secret-1", "ben", "Secret-2", into="idea-0", state="withdrawn")
    day.say("idea-0", "ben", "do", "Secret-3", state="hidden")
    assert len(notes_of(day)) == 6
    assert "Secret" not in "".join(notes_of(day))


def test_names_are_those_consented_to_today(day: Day) -> None:
    assert "Ada, City" in "".join(notes_of(day))
    day.people[0] = replace(day.people[0], quote="anonymous")
    found = "".join(notes_of(day))
    assert "Ada" not in found and "City" not in found
    assert "proposed anonymously" in found
    for name in ("Ben", "Mallory", "Mine"):
        assert name not in found


def test_before_reveal_a_source_tells_no_vote(day: Day) -> None:
    report = of(day)
    hidden = tuple(replace(theme, revealed=False, count=None) for theme in report.themes)
    practices = tuple(replace(draft, line=None) for draft in report.practices)
    found = "".join(note.text for note in told(replace(report, themes=hidden, practices=practices)))
    assert "Idea “Take-back with reuse first”" in found
    assert "vote" not in found and "100" not in found


# -- in the formats ----------------------------------------------------------------------------------------


def test_html_links_both_ways(day: Day) -> None:
    found = Page(html.write(reviewed(of(day), "words")))
    anchors = {attributes["id"] for _, attributes in found.tags if "id" in attributes}
    there = [a for a in found.all("a") if a.get("role") == "doc-noteref"]
    back = [a for a in found.all("a") if a.get("role") == "doc-backlink"]
    assert len(there) >= len(back) == len(told(reviewed(of(day), "words"))) > 5
    assert {a["href"][1:] for a in (*there, *back)} <= anchors
    assert len({a["aria-label"] for a in back}) == len(back)


def test_markdown_names_its_sources_where_nothing_renders_them(day: Day) -> None:
    text = made("markdown", day)["report.md"].decode()
    assert "- “do by somebody” — Ada, City [3]" in text.replace("\u00a0", " ")
    assert "\n#### Sources\n\n1. Idea “Take-back with reuse first” · Less waste · proposed by Ada, City" in text
    assert "\n3. Experience: We do this · Ada, City\n" in text


def test_a_practices_own_file_has_the_numbers_of_the_report(day: Day) -> None:
    report = reviewed(of(day), "words")
    text = practice_file.one(report, report.practices[0]).decode()
    listed = text.partition("\n## Sources\n\n")[2].splitlines()
    assert listed == [f"{note.number}. {note.text}" for note in told(report)]
    assert set(re.findall(r"\u00a0\[(\d+)\]", text)) == {str(note.number) for note in told(report)}


def test_a_practices_own_file_reads_back_without_them(day: Day, tmp_path) -> None:
    report = reviewed(of(day), "a [1] of theirs")
    (tmp_path / "p.md").write_bytes(practice_file.one(report, report.practices[0]))
    practice = incoming.read(tmp_path / "p.md").arrivals[0].practice
    assert "First a [1] of theirs" in practice.field("steps").text
    assert not re.search(r"Sources|By the editor|\[\d\]$", practice.field("steps").text + practice.field("references").text, re.MULTILINE)


def test_a_practice_of_the_library_names_what_it_brought_along(tmp_path) -> None:
    office = Office(tmp_path / "workshop.db")
    office.saves("Laptops are thrown away.")
    practice = documents.build(office.world.record).practices[0].practice
    office.world.close()
    event = Event("e", "Learning Academy 2026", "2026-11-24", "Malmö", "City", "en", False, 0)
    kept = StoredPractice("p", "e", None, None, "Less waste", practice.title, 1, "frozen", "", "", None, 0, 1, 0, 0)
    found = [note.text for note in told(single.report(Entry(practice, kept, event, 0)))]
    assert found[0].startswith(f"Idea “{practice.title}” · proposed")
    assert "Written by the editor; a draft" in found


# -- in the data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [sample.record(), "day"], ids=["sample", "day"])
def test_the_lineage_of_every_field_can_be_read_from_the_json(record: object, day: Day) -> None:
    """Ideas, experiences, merges and votes, by the ids of a field's sources alone."""
    report = json.loads(as_json.write(documents.build(day.record() if record == "day" else record, AT)))
    ideas = {idea["id"]: idea for theme in report["themes"] for idea in theme["ideas"]}
    merged = {one["id"]: idea for idea in ideas.values() for one in idea["merged"]}
    said = {one["id"]: (one, idea) for idea in ideas.values() for one in idea["said"]}
    votes = {line["idea"]: line for theme in report["themes"] if theme["result"] for line in theme["result"]["ranking"]}
    for practice in report["practices"]:
        assert practice["idea"] in ideas and practice["idea"] in votes
        assert all(merged[one["id"]]["id"] == practice["idea"] for one in practice["merged"])
        for source in (source for field in practice["fields"] for source in field["sources"]):
            if source["of"] == "experience":
                one, idea = said[source["id"]]
                assert (one["text"], one["by"], idea["id"]) == (source["text"], source["by"], practice["idea"])
            else:
                assert source["id"] in ideas or source["id"] in merged
    assert KINDS[0] in {one["kind"] for one, _ in said.values()}
