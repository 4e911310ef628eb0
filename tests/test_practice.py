"""The draft practice: filled from what the room said, never further."""

from __future__ import annotations

import pytest

from tests.records import Day
from workshop.rules import practice
from workshop.rules.reading import Reading


def drafted(day: Day, title: str) -> practice.Practice:
    reading = Reading(day.record())
    idea = next(i for i in day.ideas if i.title == title)
    found = reading.idea(idea.id)
    assert found
    return practice.draft(found, reading.merged(found), reading.said(found), reading.people)


@pytest.fixture
def day() -> Day:
    day = Day()
    day.theme("Less waste")
    for name in ("City", "Bank", "Mine", "Port"):
        day.person(name.lower(), day.organisation(name), "name", name[0] + "a")
    return day


def test_an_idea_alone_leaves_every_section_to_complete(day):
    day.idea("Take-back", "city")
    found = drafted(day, "Take-back")
    assert [field.key for field in found.fields] == list(practice.SECTIONS)
    assert found.filled == 0
    assert found.filled == 0
    assert found.maturity == "idea"


def test_what_was_said_fills_its_section_word_for_word(day):
    idea = day.idea("Take-back", "city", "Collect, erase, sell.")
    voices = {"do": "city", "would": "bank", "not": "mine", "obstacle": "port", "measure": "city", "comment": "bank"}
    said = {kind: day.say(idea, who, kind, f"{kind} — “verbatim”") for kind, who in voices.items()}
    found = drafted(day, "Take-back")
    where = {key: {s.id for s in found.field(key).sources} for key in practice.SECTIONS if found.field(key).complete}
    assert where == {
        "steps": {idea}, "experience": {said["do"]}, "adoption": {said["do"], said["would"]},
        "measures": {said["measure"]}, "risks": {said["obstacle"], said["not"]},
    }
    assert [s.id for s in found.comments] == [said["comment"]]
    assert found.field("measures").sources[0].text == "measure — “verbatim”"
    assert found.field("measures").sources[0].by == "Ca, City"
    assert found.filled == 5
    assert (found.filled, len(found.fields)) == (5, 15)


def test_a_sentence_is_taken_from_a_contributor_or_left_open(day):
    day.idea("Take-back", "city", "Sellers should collect.")
    day.idea("Repair", "bank", "Buyers should repair first.\nThen buy.")
    day.idea("Köpare bör återbruka", "bank")
    assert not drafted(day, "Take-back").field("sentence").complete
    assert drafted(day, "Repair").field("sentence").sources[0].text == "Buyers should repair first."
    assert drafted(day, "Köpare bör återbruka").field("sentence").complete


def test_merged_ideas_bring_their_words_and_their_experiences(day):
    idea = day.idea("Take-back", "city", "Collect.")
    other = day.idea("Return boxes", "bank", "Send a box.", into=idea)
    day.say(other, "mine", "do", "Works.")
    found = drafted(day, "Take-back")
    assert [(s.text, s.by) for s in found.merged] == [("Return boxes", "Ba, Bank")]
    assert [s.text for s in found.field("steps").sources] == ["Collect.", "Send a box."]
    assert found.stances[0].organisations == 1


@pytest.mark.parametrize(("said", "expected"), [
    ([], "idea"),
    ([("city", "would", "Soon")], "idea"),
    ([("city", "measure", "kg")], "idea"),
    ([(who, "do", "a") for who in ("city", "bank", "mine", "port")], "idea"),  # done, but nobody says with which result
    ([("city", "do", "", "62 % reused")], "promising"),
    ([("city", "do", "a", "x"), ("bank", "do", "b", "y"), ("mine", "do", "c")], "promising"),
    ([("city", "do", "a", "x"), ("bank", "do", "b", "y"), ("mine", "would", "c", "z")], "promising"),
    ([("city", "do", "a", "x"), ("bank", "do", "", "y"), ("mine", "do", "c", "z")], "candidate"),
    ([(who, "do", "a", "x") for who in ("city", "bank", "mine", "port")], "candidate"),
])
def test_maturity_is_derived_and_never_claims_more_than_candidate(day, said, expected):
    idea = day.idea("Take-back", "city")
    for who, kind, text, *result in said:
        day.say(idea, who, kind, text, result=result[0] if result else "")
    assert drafted(day, "Take-back").maturity == expected


def test_three_voices_of_one_organisation_are_one(day):
    idea = day.idea("Take-back", "city")
    for number in range(3):
        day.say(idea, day.person(f"city-{number}", "City"), "do", f"Works {number}", result="62 %")
    found = drafted(day, "Take-back")
    assert found.maturity == "promising"
    assert found.stances[0].organisations == 1
    assert found.stances[0].named == ("City",)


def test_people_without_an_organisation_count_as_one_and_make_no_candidate(day):
    idea = day.idea("Take-back", "city")
    for who in ("city", "bank", day.person("eve"), day.person("eva")):
        day.say(idea, who, "do", "Works.", result="62 %")
    found = drafted(day, "Take-back")
    assert found.maturity == "promising"
    assert found.stances[0].organisations == 3
    assert found.stances[0].unnamed == 1


def test_an_organisation_is_named_only_where_one_of_its_own_consented(day):
    idea = day.idea("Take-back", "city")
    day.say(idea, day.person("quiet", day.organisation("Ministry"), "anonymous", "Quentin"), "do", "Quietly.")
    stance = drafted(day, "Take-back").stances[0]
    assert (stance.organisations, stance.named, stance.unnamed) == (1, (), 1)
    day.say(idea, day.person("loud", "Ministry", "organisation"), "do")
    assert drafted(day, "Take-back").stances[0].named == ("Ministry",)


def test_hidden_and_withdrawn_words_are_left_out(day):
    idea = day.idea("Take-back", "city")
    day.idea("Return boxes", "bank", "Gone", into=idea, state="withdrawn")
    day.say(idea, "bank", "do", "Gone", state="withdrawn")
    day.say(idea, "mine", "measure", "Gone", state="hidden")
    found = drafted(day, "Take-back")
    assert found.filled == 0
    assert not found.merged
