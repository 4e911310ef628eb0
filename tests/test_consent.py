"""Nobody is named further than they consented to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.model import QUOTES
from workshop.rules.consent import credit

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

NAMES = st.text("abc ", max_size=4)


@pytest.mark.parametrize(
    ("name", "organisation", "quote", "line"),
    [
        ("Ada", "City", "name", "Ada, City"),
        ("Ada", None, "name", "Ada"),
        ("", "City", "name", "City"),
        ("", None, "name", None),
        ("Ada", "City", "organisation", "City"),
        ("Ada", None, "organisation", None),
        ("Ada", "City", "anonymous", None),
        ("Ada", "City", "a choice of a later version", None),
    ],
)
def test_the_line_is_what_was_consented_to(name, organisation, quote, line):
    assert credit(name, organisation, quote) == line


def test_a_session_that_hides_authors_names_nobody():
    assert credit("Ada", "City", "name", show=False) is None


@given(NAMES, st.none() | NAMES, st.sampled_from(QUOTES), st.booleans())
def test_what_was_not_consented_to_makes_no_difference(name, organisation, quote, show):
    line = credit(name, organisation, quote, show)
    if quote != "name":
        assert line == credit("somebody else", organisation, quote, show)
    if quote == "anonymous":
        assert line == credit("somebody else", "elsewhere", quote, show)
