"""No document tells, or lets anybody subtract, who of a small organisation voted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import frames, rows_of, slides, word, workbook
from tests.records import AT, Day, data, made
from workshop import documents
from workshop.documents.shape import Report

COUNTS = st.tuples(st.integers(0, 6), st.integers(0, 3))  # who voted, and who did not


def room(counts: list[tuple[int, int]], alone: tuple[int, int] = (0, 0), revealed: bool = True) -> Day:
    """Organisations "Org 0", …, and people without one, of whom so many voted and so many did not."""
    day = Day()
    day.theme("Less waste", revealed=revealed)
    homes = [(day.organisation(f"Org {n}"), of) for n, of in enumerate(counts)]
    for home, (voted, away) in (*homes, (None, alone)):
        people = [day.person(f"{home} {n}", home) for n in range(voted + away)]
        for who in people[:voted]:
            day.vote(who)
    return day


def told(day: Day) -> Report:
    return documents.build(day.record(), AT)


@given(st.lists(COUNTS, max_size=8), COUNTS)
@settings(deadline=None)
def test_what_a_report_tells_of_the_room_adds_up_and_shows_no_small_group(counts, alone):
    here = told(room(counts, alone)).room
    apart, together = [one.voted for one in here.present if one.voted is not None], here.together
    assert all(voted >= 3 for voted in apart)
    assert together is None or together.voted >= 3 or not apart, "what is left of the total is no small group's either"
    assert sum(apart) + (together.voted if together else 0) == sum(voted for voted, _away in (*counts, alone))
    assert here.joined == sum(one.joined for one in here.present)
    hidden = [one for one in here.present if one.voted is None]
    assert (len(hidden), sum(one.joined for one in hidden)) == ((together.organisations, together.joined) if together else (0, 0))


@given(COUNTS, COUNTS)
@settings(deadline=None)
def test_one_or_two_without_an_organisation_are_not_counted_apart(city, alone):
    count = told(room([city], alone)).themes[0].count
    assert count.independents == (alone[0] if alone[0] not in (1, 2) else None)
    assert count.voters == city[0] + alone[0]


ROOM = [(5, 1), (3, 0), (1, 0), (2, 2)]
IN_ROOM = [("Org 0", "6", "5"), ("Org 1", "3", "3"), ("Org 2", "1", "–"), ("Org 3", "4", "–"),
           ("The 2 organisations marked –, together", "5", "3")]


def of_markdown(day: Day) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in made("markdown", day)["report.md"].decode().splitlines()]


def of_html(day: Day) -> list[tuple[str, ...]]:
    text = made("html", day)["report.html"].decode()
    return [tuple(re.findall(r"<t[hd][^>]*>(?:<[^>]*>)*([^<]*)", row)) for row in re.findall(r"<tr>.*?</tr>", text, re.DOTALL)]


def of_word(day: Day) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for table in word(day).tables for row in table.rows]


def of_slides(day: Day) -> list[tuple[str, ...]]:
    tables = [shape.table for shape in frames(slides(day)) if shape.has_table]
    return [tuple(cell.text_frame.text for cell in row.cells) for table in tables for row in table.rows]


@pytest.mark.parametrize("read", [of_markdown, of_html, of_word, of_slides])
def test_each_table_tells_small_organisations_together(read):
    rows = read(room(ROOM))
    assert [row for row in rows if row and ("Org " in row[0] or "marked" in row[0])] == IN_ROOM


def test_a_workbook_and_data_tell_them_together_too():
    found = [(row["Organisation"], row["Joined"], row["Voted"]) for row in rows_of(workbook(room(ROOM)), "turnout")]
    assert found == [("Org 0", 6, 5), ("Org 1", 3, 3), ("Org 2", 1, None), ("Org 3", 4, None), (IN_ROOM[-1][0], None, 3)]
    here = data(room(ROOM))["room"]
    assert [one["voted"] for one in here["organisations"]] == [5, 3, None, None]
    assert here["together"] == {"organisations": 2, "joined": 5, "voted": 3}


def test_before_the_reveal_nothing_is_told_of_turnout():
    here = told(room(ROOM, revealed=False)).room
    assert here.together is None and {one.voted for one in here.present} == {None}
    assert {here.figures(one) for one in here.present} == {("6",), ("3",), ("1",), ("4",)}
