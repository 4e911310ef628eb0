"""The draft in hand: what the documents say, and what they never say."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from tests.records import AT, Day, crowd, data, everything, files, made, markdown, opened, rows, three_buyers, voted
from tests.support import World
from workshop import documents, errors, i18n
from workshop.documents import json as documents_json
from workshop.documents import sample
from workshop.model import KINDS, METHODS, Method, Record
from workshop.rules.tally import HOW
from workshop.service import commands as c

ROOT = Path(__file__).resolve().parents[1]


# -- the set ----------------------------------------------------------------------------------------


def test_the_committed_sample_is_what_the_code_writes(tmp_path):
    """After a wanted change: python -m workshop.documents.sample"""
    written = documents.save(sample.record(), tmp_path, sample.MADE_AT)
    committed = {p.name: opened(p.read_bytes()) for p in (ROOT / "exports" / written[0].parent.relative_to(tmp_path)).iterdir()}
    assert {p.name: opened(p.read_bytes()) for p in written} == committed


def test_every_document_follows_the_schema():
    schema = json.loads(made("json", sample.record())["report-2.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    for record in (sample.record(), Day().record(), voted().record(), voted(method="agree").record(), crowd(5).record()):
        jsonschema.validate(data(record), schema)


def test_the_published_schema_is_the_one_in_the_set():
    """After a wanted change: python -m workshop.documents.sample"""
    assert (ROOT / "docs" / "schema" / documents_json.SCHEMA_NAME).read_bytes() == documents_json.schema()


def test_the_hash_is_of_the_content_alone():
    record = voted().record()
    one, later = documents.build(record, AT), documents.build(record, AT + 1, version="99")
    assert one.generated_at == "2026-11-24T08:00:00Z"
    assert one.content_hash == later.content_hash != documents.build(three_buyers().record(), AT).content_hash
    content = {key: value for key, value in data(record).items() if key not in ("$schema", "made")}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert one.content_hash == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
    assert one.content_hash in markdown(record)


def test_an_export_comes_from_the_store(tmp_path):
    world = World(tmp_path / "workshop.sqlite")
    world.phase("write")
    world.writes(world.come("Ada", quote="name"), "Take-back with reuse first")
    paths = documents.export(world.store, f" {world.session.code.lower()} ", tmp_path / "out", AT)
    with pytest.raises(errors.UnknownCode):
        documents.export(world.store, "NOSUCH", tmp_path / "out")
    world.close()
    assert paths[0] == tmp_path / "out" / "learning-academy-2026" / "circular-procurement-of-it" / "report.json"
    text = (paths[0].parent / "report.md").read_text("utf-8")
    assert "Take-back with reuse first" in text
    assert "Ada, City" in text
    assert "Not revealed yet" in text


@pytest.mark.parametrize("minds", [["anonymous"], ["anonymous", "organisation"], ["anonymous", "organisation"] * 9])
def test_a_consent_taken_back_while_documents_are_made_takes_the_name_out_of_them(world, tmp_path, minds):
    """Somebody who changes it without end does not keep the others waiting for ever."""
    world.phase("write")
    ada = world.come("Ada Lovelace", quote="name")
    world.writes(ada, "Take-back with reuse first")
    left = iter(minds)

    def changes_her_mind(_format):
        if quote := next(left, None):
            world.does(ada, c.MePut, name="Ada Lovelace", quote=quote)

    [path] = documents.export(world.store, world.session.code, tmp_path, AT, ["markdown"], changes_her_mind)
    for name in (path, path.with_name("report.json")):
        assert "Lovelace" not in name.read_text("utf-8")
    assert len(list(left)) == max(0, len(minds) - documents.AGAIN)


# -- what a reader finds -------------------------------------------------------------------------------


def test_the_ranking_comes_with_its_honesty_figures():
    text = markdown(voted())
    assert "| 1 | Take-back with reuse first | 100\u00a0% | 3 of 3 | 3 of 3 |" in text
    assert "100\u00a0% across organisations · 3 of 3 organisations · 3 of 3 voters" in text
    assert "3 of 3 participants voted, from 3 organisations. Each could tick up to 2 ideas." in text
    assert "#### Not selected" in text
    assert "| 2 | Shred everything | 0\u00a0%" in text
    assert "whichever organisation is left out" in text


def test_what_is_empty_says_to_complete_and_nothing_is_invented():
    practice = data(voted())["practices"][0]
    filled = {field["key"] for field in practice["fields"] if field["state"] == "filled"}
    assert filled == {"steps"}
    assert practice["sections"] == 15
    text = markdown(voted())
    assert text.count("| *to complete* — ") == 14
    assert "**In one sentence:** *to complete*. “Buyers should …” — from the idea “Take-back with reuse first”" in text


def test_a_shared_rank_and_people_without_an_organisation_are_told():
    day = voted(take=2)
    day.person("eve")
    day.vote("eve", "idea-1")
    day.idea("Third", "ada")
    day.vote("ada", "idea-2")
    day.ballots.pop(0)
    text = markdown(day)
    assert "| 2= |" in text
    assert "from 3 organisations; those without one count together as one more." in text
    assert "*Without an organisation* (counted together as one) | 1 | – |" in text


def test_earlier_rounds_stay_on_record():
    day = Day(take=1)
    theme = day.theme("Waste", round=2)
    day.person("ada", day.organisation("City"))
    first, second = day.idea("First", "ada"), day.idea("Second", "ada")
    day.vote("ada", first, theme=theme, round=1)
    day.vote("ada", second, theme=theme, round=2)
    assert [line["title"] for line in data(day)["themes"][0]["earlier"][0]["ranking"]] == ["First", "Second"]
    assert "#### Round 1, before the last discussion" in markdown(day)
    assert [(row["round"], row["idea"]) for row in rows("results.csv", day) if row["rank"] == "1"] == [("1", "First"), ("2", "Second")]


def test_agree_pass_disagree_tells_its_figures_and_what_divided():
    day = three_buyers(method="agree")
    for who, value in (("ada", 1), ("ben", 1), ("mallory", -1)):
        day.vote(who, idea_0=value, idea_1=-value)
    text = markdown(day)
    assert "| Rank | Idea | Consensus | Organisations | Agree | Pass | Disagree |" in text
    assert "| 2 of 3 | 2 | 0 | 1 |" in text
    assert {d["title"] for d in data(day)["disagreements"]} == {"Take-back with reuse first", "Shred everything"}


def test_opposite_stances_are_disagreements():
    day = voted()
    day.say("idea-0", "ada", "do", "Works.")
    day.say("idea-0", "ben", "not", "Too dear | for us.")
    text = markdown(day)
    assert "| Take-back with reuse first | 1 | 0 | 1 |" in text
    assert "“Too dear \\| for us.” — Bank, on “Take-back with reuse first”" in text


def test_the_change_log_tells_what_was_done_and_not_what_was_hidden():
    day = voted()
    hidden = day.idea("Rude words", "mallory", state="hidden")
    merged = day.idea("Return box", "ben", into="idea-0")
    day.did("phase.set", phase="vote")
    day.did("phase.set", "Less waste", phase="reveal")
    day.did("idea.hide", hidden, state="hidden")
    day.did("idea.edit", hidden, title="Rude words")
    day.did("idea.merge", merged, merged_into="idea-0")
    day.did("timer.set")
    day.log.append(day.log[0].__class__("odd", "session", 1, AT + 10**6, "x", "idea.merge", "gone", "{}", "not json", None))
    told = [change["text"] for change in data(day)["changes"]]
    assert told == [
        "Voting opened: all themes", "Results revealed: Less waste", "The facilitator hid an idea", "The facilitator edited an idea",
        "“Return box” was merged into “Take-back with reuse first”", "An idea was merged into an idea",
    ]
    assert "Rude" not in everything(files(day))


def test_what_was_done_many_times_in_a_row_is_told_once():
    day = voted()
    for n in range(3):
        day.did("idea.hide", day.idea(f"Rude words {n}", "mallory", state="hidden"), state="hidden")
    day.did("phase.set", phase="vote")
    day.did("idea.hide", day.idea("Rude words", "mallory", state="hidden"), state="hidden")
    assert [change["text"] for change in data(day)["changes"]] == [
        "The facilitator hid an idea (3 times in a row)", "Voting opened: all themes", "The facilitator hid an idea",
    ]


def test_a_room_without_organisations_is_told_so():
    day = Day(take=1)
    day.theme("Less waste")
    for name in ("ada", "ben"):
        day.vote(day.person(name), day.idea(f"Idea of {name}", name))
    text = markdown(day.record())
    assert "2 people took part, without organisations. The room wrote 2 ideas under 1 theme, and added nothing to them." in text
    assert "2 of 2 participants voted, without organisations: all count together as one." in text
    assert "No organisation voted, so it cannot be tried whether the result hangs on a single one." in text
    assert "0 organisations" not in text and "Only one organisation" not in text


def test_who_was_not_in_the_room_is_told():
    day = voted()
    day.organisation("University")
    day.organisation("Typed twice", invited=False)
    text = markdown(day)
    assert "Invited, but not in the room: University." in text
    assert "Typed twice" not in text


def test_documents_speak_the_language_of_the_event():
    text = markdown(voted(language="sv"))
    assert "# Circular IT" in text
    assert "Take-back with reuse first" in text
    assert "## Sammanfattning" in text
    assert "## Summary" not in text
    assert "24 november 2026" in text
    assert "## Summary" in markdown(voted(language="xx"))


# -- what a reader must never find -----------------------------------------------------------------------


def test_before_reveal_no_document_holds_a_total():
    """However anybody voted, the documents of an unrevealed theme are the same to the byte."""
    def record(*ballots: tuple[str, str]) -> Record:
        day = three_buyers()
        day.themes.clear()
        day.theme("Less waste", revealed=False, round=2, prompt="And then?")
        for who, idea in ballots:
            day.vote(who, idea, round=1)
            day.vote(who, idea, round=2)
        return day.record()

    empty = files(record())
    assert empty == files(record(("ada", "idea-0"), ("ben", "idea-0"))) == files(record(("mallory", "idea-1")))
    assert b"Not revealed yet" in empty["report.md"]
    assert len(empty["results.csv"].splitlines()) == 1
    found = json.loads(empty["report.json"])
    assert found["themes"][0]["result"] is None
    assert found["practices"] == found["disagreements"] == []


def test_one_theme_revealed_tells_nothing_of_the_other():
    def record(idea: str) -> Record:
        day = voted()
        other = day.theme("Other", revealed=False)
        ideas = [day.idea(title, "ada", theme=other) for title in ("X", "Y")]
        day.vote("ada", ideas[idea == "Y"], theme=other)
        return day.record()

    assert files(record("X")) == files(record("Y"))


def test_names_appear_only_as_consented():
    day = voted()
    for who in ("ada", "ben", "mallory"):
        for kind in KINDS:
            day.say("idea-0", who, kind, f"{kind} by somebody")
    found = everything(files(day))
    assert "Ada, City" in found
    assert "Bank" in found
    for secret in ("Ben", "Mallory", "mallory", '"ada"', '"ben"', "facilitator\"", "CODE23"):
        assert not re.search(rf"\b{re.escape(secret)}(?!\w)", found)
    credits = {row["by"] for row in rows("experiences.csv", day)}
    assert credits == {"Ada, City", "Bank", ""}


def test_hidden_and_withdrawn_words_stay_inside():
    day = voted()
    day.idea("Secret-1", "ada", "Secret-2", state="withdrawn")
    gone = day.idea("Secret-3", "ada", state="hidden")
    day.idea("Secret-4", "ben", into=gone)
    day.say(gone, "ben", "do", "Secret-5")
    day.say("idea-0", "ben", "do", "Secret-6", state="hidden")
    assert "Secret" not in everything(files(day))


# -- every method ----------------------------------------------------------------------------------------


def graded(method: str, *ballots: dict[str, int], language: str = "en") -> Day:
    """The City with three voters, the Bank with one: their *ballots* in that order."""
    day = three_buyers(method=method, language=language)
    for who in ("cy", "dan"):
        day.person(who, "City")
    for who, choices in zip(("ada", "cy", "dan", "ben"), ballots, strict=True):
        day.vote(who, **choices)
    return day


@pytest.fixture
def dotted() -> Day:
    return graded("dots", {"idea_0": 2}, {"idea_0": 1, "idea_1": 1}, {}, {"idea_1": 2})


@pytest.fixture
def adopted() -> Day:
    return graded("adoption", {"idea_0": 4, "idea_1": 1}, {"idea_0": 3, "idea_1": 0}, {"idea_0": 3}, {"idea_0": 2, "idea_1": 1})


@pytest.fixture
def pictured() -> Day:
    return graded("impact", {"idea_0": 52}, {"idea_0": 41}, {}, {"idea_0": 31})


def test_dots_in_words(dotted: Day) -> None:
    text = markdown(dotted)
    assert "4 of 5 participants voted, from 2 organisations. Each had 2 dots." in text
    assert "| Rank | Idea | Across organisations | Organisations | Voters | Dots |" in text
    assert "| 1 | Shred everything | 58\u00a0% | 2 of 2 | 2 of 4 | 3 |" in text
    assert "58\u00a0% of the dots across organisations · 2 of 2 organisations · 2 of 4 voters" in text
    assert "S(i)     = (1 / |O|) · Σo D(i,o) / (k · n(o))" in text
    assert [row["dots"] for row in rows("results.csv", dotted)] == ["3", "3"]
    assert data(dotted)["themes"][0]["result"]["ranking"][0]["figures"] == {"dots": 3}


def test_grades_in_words(adopted: Day) -> None:
    text = markdown(adopted)
    assert "| Rank | Idea | Grade | Organisations | Already do | Would adopt | With changes | Not for us | Don't know |" in text
    assert "| 1 | Take-back with reuse first | With changes + | 1 of 2 | 1 | 2 | 1 | 0 | 0 |" in text
    assert ("Grade: With changes + · 1 of 2 organisations and 3 of 4 voters would adopt it or already do · already done by City") in text
    assert "| 2 | Shred everything | Not for us | 0 of 2 | 0 | 0 | 0 | 2 | 1 |" in text
    first, second = rows("results.csv", adopted)
    assert (first["grade"], first["already_do"], first["dont_know"], first["share_across_organisations"]) == ("changes", "1", "0", "")
    assert second["not_for_us"] == "2"
    assert data(adopted)["themes"][0]["result"]["ranking"][0]["figures"]["doing"] == ["City"]


def test_impact_and_effort_in_words(pictured: Day) -> None:
    text = markdown(pictured)
    assert "| Rank | Idea | Impact less effort | Organisations | Impact | Effort | Field |" in text
    assert "| 1 | Take-back with reuse first | +2.5 | 2 of 2 | 3.8 | 1.3 | Quick win |" in text
    assert "| 2 | Shred everything | +0.0 | 0 of 2 | – | – | – |" in text
    assert "Quick win: impact 3.8, effort 1.3 · 2 of 2 organisations and 3 of 4 voters see more impact than effort" in text
    first, second = rows("results.csv", pictured)
    assert (first["impact"], first["effort"], first["impact_less_effort"], first["field"]) == ("3.75", "1.25", "2.5", "quick_win")
    assert (second["impact"], second["impact_less_effort"]) == ("", "")


def test_decimals_are_written_as_the_language_writes_them() -> None:
    text = markdown(graded("impact", {"idea_0": 14}, {"idea_0": 15}, {}, {"idea_0": 25, "idea_1": 51}, language="sv"))
    assert "| 2 | Take-back with reuse first | −3,2 |" in text
    assert "Snabb vinst: effekt 5,0, insats 1,0" in text


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_explained_by_the_same_paragraph_as_elsewhere(method: Method) -> None:
    assert HOW[method] in markdown(voted(method=method))
    assert i18n.gettext("sv", HOW[method]) in markdown(voted(method=method, language="sv"))


def test_every_method_follows_the_schema(dotted: Day, adopted: Day, pictured: Day) -> None:
    schema = json.loads(made("json", dotted)["report-2.schema.json"])
    for day in (dotted, adopted, pictured):
        jsonschema.validate(data(day), schema)


def test_what_moved_since_the_round_before_is_told() -> None:
    day = Day(take=1)
    theme = day.theme("Waste", round=3)
    day.person("ada", day.organisation("City"))
    first, second = day.idea("First", "ada"), day.idea("Second", "ada")
    day.vote("ada", first, theme=theme, round=1)
    day.vote("ada", second, theme=theme, round=3)  # nobody voted in the second
    assert "- Moved since the round before, in the first places: “Second” from place 2 to 1; “First” from place 1 to 2." in markdown(day)
    assert data(day)["themes"][0]["result"]["moved"][0] == {"idea": day_id(day, "Second"), "rank_before": 2, "rank": 1,
                                                            "score_before": 0.0, "score": 1.0}
    day.ballots[1] = day.ballots[0].__class__(theme, "ada", 3, "session", 1, AT, AT, {first: 1})
    assert "- The first places are those of the round before." in markdown(day)


def day_id(day: Day, title: str) -> str:
    return next(idea["id"] for idea in data(day)["themes"][0]["ideas"] if idea["title"] == title)


def test_small_organisations_and_those_who_do_not_count_are_not_told_apart() -> None:
    day = three_buyers()
    day.person("host", "City")
    day.people[-1] = replace(day.people[-1], host=True)
    day.vote("ada", "idea-0")
    day.vote("ben", "idea-1")
    day.vote("host", "idea-1")
    text = markdown(day)
    assert "2 of 3 participants voted, from 2 organisations." in text
    assert "The first 2 would change without any one of these: one of 2 organisations with fewer than three ballots." in text
    assert data(day)["themes"][0]["result"]["stability"] == {"top": 2, "stable": False, "changed_by": [], "small": 2}
