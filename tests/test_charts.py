"""Charts: the report's own figures, in pictures that hold nothing but what was drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile_texts import HOSTILE, METHODS, everywhere, report, reviewed
from tests.records import AT, Day, three_buyers, voted
from workshop import documents
from workshop.documents import charts
from workshop.documents.charts import heat, lettering, turnout
from workshop.documents.charts.drawing import Drawing
from workshop.documents.shape import Present, Report, Room, Together
from workshop.documents.words import Words, line

EN = Words("en")
DRAWN = {"svg", "title", "desc", "rect", "line", "circle", "text"}


def drawings(made: Report) -> list[Drawing]:
    """Every chart of a report."""
    w = Words(made.language)
    found = [drawn for part in made.themes for drawn in charts.of_theme(part, made.method, w)]
    seats = turnout.by_organisation(made.room, w)
    return [*found, *heat.answers(made.practices, w), *([seats] if seats else [])]


def parsed(drawn: Drawing) -> ET.Element:
    """The picture as XML."""
    return ET.fromstring(drawn.svg)


def written(drawn: Drawing) -> list[str]:
    """The labels that a reader sees."""
    return [label.text for label in drawn.labels]


# -- nothing but what was drawn ----------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_stays_text(text, method):
    for drawn in drawings(report(text, method)):
        elements = list(parsed(drawn).iter())
        assert {element.tag.partition("}")[2] for element in elements} <= DRAWN
        names = {name for element in elements for name in element.keys()}  # noqa: SIM118, an element is no mapping
        assert not [name for name in names if name.startswith("on") or "href" in name or name in ("style", "id", "src")]
        assert all(len(label.text) < 200 for label in drawn.labels)


@pytest.mark.parametrize("method", METHODS)
def test_every_chart_has_a_title_and_says_its_figures_in_words(method):
    for drawn in drawings(report("Take-back", method)):
        root = parsed(drawn)
        assert [child.tag.partition("}")[2] for child in root][:2] == ["title", "desc"]
        assert root[0].text == drawn.title
        assert root[1].text == drawn.text
        assert root.get("role") == "img"


def test_what_is_cut_is_told_in_full():
    text = "A sentence of many words " * 40
    drawn = drawings(documents.build(everywhere(text).record(), AT))[0]
    cut = [label for label in drawn.labels if label.text.endswith("…")]
    assert cut
    assert {label.full for label in cut} <= {line(text), f"{line(text)} again"}
    assert line(text) in {title.text for title in parsed(drawn).iter("{http://www.w3.org/2000/svg}title")}


def test_an_unrevealed_or_empty_theme_has_no_chart():
    hidden = Day()
    hidden.theme("Hidden", revealed=False)
    assert drawings(documents.build(hidden.record(), AT)) == []
    assert drawings(documents.build(Day().record(), AT)) == []


# -- the report's own figures ------------------------------------------------------------------------


@st.composite
def days(draw: st.DrawFn) -> Day:
    """A theme of a few ideas, and ballots from organisations of any size."""
    method = draw(st.sampled_from(("approval", "agree", "adoption", "impact", "dots")))
    values = {"approval": (1,), "dots": (1, 2), "agree": (-1, 0, 1), "adoption": (0, 1, 2, 3, 4), "impact": (11, 25, 33, 52)}[method]
    day = Day(method=method, take=draw(st.integers(1, 3)))
    day.theme("Theme")
    names = [day.organisation(f"O{n}") for n in range(draw(st.integers(1, 4)))]
    people = [day.person(f"p{n}", draw(st.sampled_from([*names, None]))) for n in range(draw(st.integers(1, 9)))]
    ideas = [day.idea(f"Idea {n}", "p0") for n in range(draw(st.integers(1, 15)))]
    for who in people:
        chosen = draw(st.lists(st.sampled_from(ideas), unique=True, max_size=3))
        day.vote(who, **{idea: draw(st.sampled_from(values)) for idea in chosen})
    return day


@given(days())
def test_the_figures_in_a_chart_are_those_of_the_report(day):
    made = documents.build(day.record(), AT)
    part = made.themes[0]
    drawn = charts.of_theme(part, made.method, EN)
    if not part.count.voters:
        assert drawn == []
        return
    shown = part.count.ranking[:12]
    if made.method in ("approval", "dots", "agree"):
        told = [text for text in written(drawn[0]) if text.endswith("%")]
        assert told == [line(EN.percent(share)) for row in shown for share in (row.score, row.raw)]
    if made.method == "agree":
        numbers = [row[n] for row in ((r.agree, r.passes, r.disagree) for r in shown) for n in range(3)]
        assert sum(map(int, re.findall(r"(?:Agree|Pass|Disagree) (\d+)", drawn[1].text))) == sum(numbers)
    if made.method == "adoption":
        assert sum(map(int, re.findall(r"(?:do|adopt|changes|us|know) (\d+)", drawn[0].text))) == sum(
            sum(row.figures["grades"].values()) for row in shown)
    if made.method == "impact":
        judged = [str(row.rank) for row in shown if row.figures.get("quadrant")]
        assert [label.text for label in drawn[0].labels if label.bold and label.anchor == "middle"] == judged
    if part.count.organisations == 1:
        assert not [one.title for one in drawn if one.title.startswith("How many organisations")]
        return
    assert [text for text in written(drawn[-1]) if " of " in text][1:] == [f"{row.reach} of {part.count.organisations}" for row in shown]


def test_a_bar_is_as_long_as_its_share():
    day = three_buyers()
    day.person("cy", "City")
    for who, idea in (("ada", "idea-0"), ("cy", "idea-0"), ("ben", "idea-1"), ("mallory", "idea-1")):
        day.vote(who, idea)
    made = documents.build(day.record(), AT)
    bars = [box for box in parsed(drawings(made)[0]).iter("{http://www.w3.org/2000/svg}rect") if box.get("x") == "268"]
    assert [float(bar.get("width")) for bar in bars[1:]] == [220, 165, 110, 165]  # two of three organisations, half of the heads


def test_impact_goes_up_and_effort_to_the_right():
    day = Day(method="impact")
    day.theme("Theme")
    day.person("ada", day.organisation("City"))
    for n in range(2):
        day.idea(f"Idea {n}", "ada")
    day.vote("ada", idea_0=51, idea_1=15)
    picture = parsed(drawings(documents.build(day.record(), AT))[0])
    best, worst = [(float(c.get("cx")), float(c.get("cy"))) for c in picture.iter("{http://www.w3.org/2000/svg}circle")]
    assert best[0] < worst[0]
    assert best[1] < worst[1]


# -- organisations -----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=8))
def test_no_small_organisation_stands_apart(counts):
    told = [voted if voted >= 3 else None for voted, _away in counts]
    few = [(voted, away) for voted, away in counts if voted < 3]
    present = tuple(Present(f"Org{n}.", True, sum(of), told[n]) for n, of in enumerate(counts))
    together = Together(len(few), sum(map(sum, few)), sum(voted for voted, _away in few)) if few else None
    drawn = turnout.by_organisation(Room(9, present, (), None, together), EN)
    assert drawn is not None
    for one in present:
        assert (one.name in drawn.text) == (one.voted is not None)
    assert sum(int(text.split(" of ")[0]) for text in written(drawn) if " of " in text and text[0].isdigit()) == sum(v for v, _ in counts)


def test_before_anything_is_counted_there_is_no_turnout():
    assert turnout.by_organisation(Room(1, (Present("City", True, 1, None),), (), None), EN) is None


def test_the_heat_map_tells_every_answer_by_sign_and_in_words():
    made = reviewed(documents.build(voted().record(), AT), "Too dear", "City")
    drawn, = heat.answers(made.practices, EN)
    assert [text for text in written(drawn) if text in ("++", "+", "±", "○", "−")][:3] == ["++", "±", "−"]  # by name; then the legend
    assert {"City", "Bank", "Mine", "Region", "→27", "1.1"} <= set(written(drawn))
    assert "City, 1.1: We agree with a reservation, We will, 2027, Too dear" in drawn.text
    assert heat.answers(documents.build(voted().record(), AT).practices, EN) == []


def test_a_wide_heat_map_is_several():
    made = reviewed(documents.build(voted().record(), AT))
    many = [replace(made.practices[0], number=f"1.{n}") for n in range(1, 61)]
    pictures = heat.answers(many, EN)
    assert len(pictures) == 4
    assert {f"1.{n}" for n in range(1, 61)} <= {text for drawn in pictures for text in written(drawn)}


# -- lettering -----------------------------------------------------------------------------------------


@given(st.text(max_size=300), st.integers(60, 400), st.integers(1, 3))
def test_lines_fit_their_column(text, room, most):
    lines = lettering.wrapped(text, room, 13, most)
    assert 1 <= len(lines) <= most
    assert all(lettering.width(row, 13) <= room for row in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())
