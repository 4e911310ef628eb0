"""Near-duplicates and "did you mean": suggestions only, in any language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.similar import closest, near, similarity

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

ORGANISATIONS = [
    "City of Lund", "Göteborg Energi", "IKEA", "KTH Royal Institute of Technology", "Linköpings kommun", "Region Skåne",
    "Stockholm University", "Swedbank", "Vattenfall",
]  # fmt: skip
TEXTS = st.text("abcå -é", max_size=12)


def test_the_same_words_in_another_order_are_near_and_other_words_are_not():
    ideas = {
        "a": "Refurbished laptops should be bought first",
        "b": "Buy refurbished laptops first",
        "c": "Tillverkaren tar tillbaka gamla skärmar",
        "d": "Kräv att tillverkaren tar tillbaka skärmar",
        "e": "Measure the energy that servers use",
    }
    assert {pair[:2] for pair in near(ideas, 0.4)} == {("a", "b"), ("c", "d")}


def test_what_all_share_says_little():
    shared = [f"In our organisation we should {what}" for what in ("lease screens", "mend phones", "log hours")]
    apart = near({str(n): text for n, text in enumerate(shared)}, 0.0)
    assert all(score < similarity(shared[0], shared[1]) for _, _, score in apart)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lund", "City of Lund"), ("goteborg energy", "Göteborg Energi"), ("IKAE", "IKEA"), ("Linkoping", "Linköpings kommun"),
        ("kth", "KTH Royal Institute of Technology"), ("SU", "Stockholm University"), ("vatenfal", "Vattenfall"),
    ],
)  # fmt: skip
def test_did_you_mean(typed, meant):
    assert closest(typed, ORGANISATIONS)[0] == meant


def test_nothing_is_suggested_where_nothing_is_meant():
    assert closest("Xyz", ORGANISATIONS) == closest("", ORGANISATIONS) == closest("Xyz", []) == []


def test_at_most_three_are_suggested():
    assert closest("Lund", [f"Lund {n}" for n in range(9)]) == ["Lund 0", "Lund 1", "Lund 2"]


@given(TEXTS, TEXTS)
def test_similarity_is_symmetric_bounded_and_whole_for_the_same(a, b):
    assert similarity(a, b) == pytest.approx(similarity(b, a))
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == pytest.approx(1 if a.strip(" -") else 0)


@given(st.dictionaries(st.sampled_from("abcdef"), TEXTS), st.floats(0, 1))
def test_near_lists_each_pair_once_the_nearest_first(texts, threshold):
    pairs = near(texts, threshold)
    assert all(a < b and score >= threshold for a, b, score in pairs)
    assert len({pair[:2] for pair in pairs}) == len(pairs)
    assert [pair[2] for pair in pairs] == sorted((pair[2] for pair in pairs), reverse=True)
    assert near(dict(reversed(texts.items())), threshold) == pairs
