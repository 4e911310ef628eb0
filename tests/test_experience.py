"""What participants add to an idea beside a stance: what came of it, and when."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.records import data, markdown, rows, three_buyers
from tests.support import NOON
from workshop import errors, views
from workshop.documents.csv_set import EXPERIENCES
from workshop.room import open_room
from workshop.rules.experience import latest_year
from workshop.service import commands as c
from workshop.store.queries import record

THIS_YEAR = 2026  # of the worlds' clock


@pytest.fixture
def reuse(world):
    """An idea that is being shared."""
    world.phase("write")
    idea = world.writes(world.come("Ada"), "Take-back with reuse first")
    world.phase("share")
    return idea


def says(world, who, idea, kind="do", experience="experience-1", **more):
    return world.does(who, c.ExperiencePut, experience=experience, idea=idea, kind=kind, **more)["set"][f"mine/experience/{experience}"]


def seen(world, role="phone", experience="experience-1"):
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    return views.every(room)[role][f"experience/{experience}"]


def test_who_does_it_tells_what_came_of_it_and_when(world, reuse):
    bo = world.come("Bo", "Bank")
    own = says(world, bo, reuse, text=" In our agreement ", result=" 62 % reused \n", year=2024)
    assert (own["text"], own["result"], own["year"]) == ("In our agreement", "62 % reused", 2024)
    for role in ("phone", "screen", "console"):
        assert (seen(world, role)["result"], seen(world, role)["year"]) == ("62 % reused", 2024)


def test_one_s_own_is_edited_and_nobody_else_s(world, reuse):
    bo, mallory = world.come("Bo", "Bank"), world.come("Mallory")
    says(world, bo, reuse, result="62 %", year=2024)
    with pytest.raises(errors.NotFound):
        says(world, mallory, reuse, result="0 %")
    says(world, bo, reuse, result="63 %", year=None)
    assert (seen(world)["result"], seen(world)["year"], len(world.record.experiences)) == ("63 %", None, 1)


def test_another_stance_keeps_what_was_typed_and_shows_it_to_nobody(world, reuse):
    bo = world.come("Bo", "Bank")
    own = says(world, bo, reuse, "would", result="62 %", year=2024)
    assert (own["result"], own["year"]) == ("62 %", 2024)
    for role in ("phone", "screen", "console"):
        assert (seen(world, role)["result"], seen(world, role)["year"]) == ("", None)


@pytest.mark.parametrize("year", [1950, 2024, THIS_YEAR])
def test_a_year_may_be_any_until_this_one(world, reuse, year):
    assert says(world, world.come("Bo", "Bank"), reuse, year=year)["year"] == year


@pytest.mark.parametrize("year", [-1, 0, 24, 1949, THIS_YEAR + 1, 2101, 10**30])
def test_a_year_that_cannot_be_is_refused_with_the_remedy(world, reuse, year):
    with pytest.raises(errors.OffYear) as caught:
        says(world, world.come("Bo", "Bank"), reuse, text="kept on the phone", year=year)
    assert (caught.value.field, caught.value.params) == ("year", {"first": 1950, "last": THIS_YEAR})
    assert not world.record.experiences


def test_the_year_begins_where_it_begins_first_and_ends_with_the_scale():
    def at(*when):
        return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)

    assert [latest_year(moment) for moment in (NOON, at(2026, 12, 31, 9), at(2026, 12, 31, 10), at(2150, 1, 1))] == [2026, 2026, 2027, 2100]


@pytest.mark.parametrize("kind", ["obstacle", "measure", "comment"])
@pytest.mark.parametrize(("more", "field"), [({"result": "62 %"}, "result"), ({"year": 2024}, "year")])
def test_a_result_goes_with_no_obstacle_measure_or_comment(world, reuse, kind, more, field):
    with pytest.raises(errors.NotDone) as caught:
        says(world, world.come("Bo", "Bank"), reuse, kind, text="Words", **more)
    assert caught.value.field == field


def test_a_result_is_as_long_as_a_text_may_be(world, reuse):
    bo = world.come("Bo", "Bank")
    assert says(world, bo, reuse, result="x" * 1000)["result"] == "x" * 1000
    with pytest.raises(errors.TooLong) as caught:
        says(world, bo, reuse, result="x" * 1001)
    assert caught.value.field == "result"


# -- documents -------------------------------------------------------------------------------------------


@pytest.fixture
def day():
    day = three_buyers(take=2)
    day.vote("ada", "idea-0")
    day.say("idea-0", "ada", "do", "In the agreement.", result="62 % reused,\n*really*", year=2024)
    day.say("idea-0", "ben", "do", "", result="Half the price")
    day.say("idea-0", "mallory", "would", "Soon.", result="typed under another stance", year=2020)
    return day


def test_the_document_says_what_came_of_it_and_when(day):
    text = markdown(day)
    assert "- “In the agreement.”\\\n  Result: “62 % reused,\\\n  \\*really\\*” — Ada, City, 2024" in text
    assert "- Result: “Half the price” — Bank\u00a0[3]\n" in text
    assert "another stance" not in text


def test_spreadsheet_and_json_hold_result_and_year(day):
    told = {row["by"]: (row["result"], row["year"]) for row in rows("experiences.csv", day)}
    assert told == {"Ada, City": ("62 % reused,\n*really*", "2024"), "Bank": ("Half the price", ""), "": ("", "")}
    assert next(csv.reader(io.StringIO(",".join(EXPERIENCES))))[:7] == ["theme", "idea_id", "idea", "experience_id", "kind", "text", "by"]
    said = {one["by"]: one for one in data(day)["themes"][0]["ideas"][0]["said"]}
    assert (said["Ada, City"]["year"], said["Bank"]["result"], said[None]["result"]) == (2024, "Half the price", "")
    experience = next(field for field in data(day)["practices"][0]["fields"] if field["key"] == "experience")
    assert [(s["result"], s["year"]) for s in experience["sources"]] == [("62 % reused,\n*really*", 2024), ("Half the price", None)]


def test_three_organisations_with_results_make_a_candidate(day):
    assert data(day)["practices"][0]["maturity"] == "promising"
    day.say("idea-0", day.person("cleo", day.organisation("Port")), "do", result="Works")
    assert data(day)["practices"][0]["maturity"] == "candidate"


def test_what_is_said_of_an_idea_that_was_merged_a_moment_before_counts_for_the_one_that_leads(world, reuse):
    bo = world.come("Bo", "Bank")
    late = world.writes(bo, "Suppliers take back and reuse")
    world.runs("idea.merge", c.IdeaMerge, idea=late, into=reuse)
    says(world, bo, late, text="Since last year.", result="Half of them", year=2025)
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    shown = views.every(room)["phone"]
    assert (shown[f"idea/{reuse}"]["stances"]["do"], shown["experience/experience-1"]["idea"]) == (1, reuse)
    world.runs("idea.split", c.IdeaSplit, idea=late)
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    shown = views.every(room)["phone"]
    assert (shown[f"idea/{reuse}"]["stances"]["do"], shown[f"idea/{late}"]["stances"]["do"]) == (0, 1)
