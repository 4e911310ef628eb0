"""Typed text is normalised before it is stored: harmless on the wall, and not a word is lost."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workshop import errors
from workshop.rules import text

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
TRICKY = st.text(
    "aé 1#\n\r\t\u00a0\u0301\u0327\u034f\u200b\u200c\u200d\u202e\u2066\ufe0f\ufe0e\u20e3❤👩🏽葛"
    "\U000e0100\U000e0041\u0645\u064e\u0e01\u0e47\u1100\u1161"
    "\u1160क\u094dസ\ud800\x00\ue000\uffff",
    max_size=12,
)


def line(typed, limit=1000):
    return text.clean_line(typed, limit, "title")


def block(typed, limit=1000):
    return text.clean_block(typed, limit, "detail")


# -- what survives ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Återbruk på Åland – 50 % färre köp",
        "Tiếng Việt có dấu",
        "ที่นี่มีน้ำ ก็ดี",
        "हिन्दी में क्‍ष",
        "مَرَّةً أُخْرَى",
        "می‌خواهم خانه‌ها",  # ZWNJ
        "שָׁלוֹם",
        "ශ්‍රී ලංකා",  # ZWJ
        "അവന്‍",  # ZWJ at the end of a word
        "ကျွန်ုပ် မြွှား",
        "葛󠄀城",  # ideographic variation
        "👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥 1️⃣ 🇸🇪",
        "<b>bold</b> & 'quoted' =SUM(A1)",
    ],
)
def test_words_of_every_script_survive_unchanged(words):
    assert line(words) == block(words) == unicodedata.normalize("NFC", words)


def test_decomposed_letters_are_composed():
    assert line("A\u030aland") == "Åland"


def test_a_block_keeps_its_lines_and_one_blank_line():
    assert block(" first \r\n\r\n\r\n\r\nsecond\u2028third\x0b \n") == "first\n\nsecond\nthird"


def test_a_line_is_one_line():
    assert line("  take\r\nback\t\u00a0\u3000it ") == "take back it"


# -- what goes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unseen",
    [
        "\x00", "\x07", "\x1b", "\x7f", "\u0080", "\u00ad", "\u034f", "\u061c", "\u115f", "\u200b", "\u200c", "\u200d", "\u200e",
        "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3164", "\ufe0f", "\ufeff", "\ufffc", "\ud800", "\ue000",
        "\ufdd0", "\uffff", "\U000e0001", "\U000e0041", "\U000e0100", "\U0010ffff",
    ],
)  # fmt: skip
def test_what_nobody_can_see_goes(unseen):
    assert line(f"re{unseen}use{unseen}") == "reuse"
    with pytest.raises(errors.Empty):
        line(unseen)


def test_a_joiner_stays_only_where_it_joins():
    assert line("\u200d👩\u200d \u200cمی\u200c\u200cخ\u200c") == "👩 می\u200cخ"


def test_towers_of_marks_are_cut():
    assert line("Z" + "\u0300\u0301\u0302\u0303\u0304\u0305" * 9 + "a" + "\u0e47" * 50) == "Z\u0300\u0301\u0302\u0303a\u0e47\u0e47"


def test_nothing_visible_is_empty():
    with pytest.raises(errors.Empty) as error:
        line(" \u200b\u2800\n")
    assert error.value.field == "title"
    assert block(" \n ") == ""
    with pytest.raises(errors.Empty):
        text.clean_block(" \n ", 10, "text", required=True)


# -- how long ----------------------------------------------------------------------------------------


def test_graphemes_are_what_a_person_counts():
    assert text.graphemes("👨‍👩‍👧‍👦e\u0301क्षि🇸🇪") == 4


def test_flags_are_counted_one_by_one_however_many_there_are():
    assert text.graphemes("🇸🇪" * 5000) == 5000
    with pytest.raises(errors.TooLong) as error:
        block("🇸🇪" * 16_000)
    assert error.value.params == {"over": 15_000, "limit": 1000}


@pytest.mark.parametrize("halves", [1, 2, 3, 7, 41])
def test_half_a_flag_is_a_character_and_is_cleaned_once(halves):
    typed = "🇸" * halves
    assert text.graphemes(typed) == -(-halves // 2)
    assert line(line(typed)) == line(typed) == block(typed) == typed


@given(st.text("🇸🇪🏳️\u200d\u0301\u0903\u0600👩🏽 a\n", max_size=20))
@example("\u0600🇸🇪🇸")
def test_graphemes_are_those_of_the_standard(typed):
    assert text.graphemes(typed) == len(regex.findall(r"\X", typed))


def test_a_text_may_be_exactly_as_long_as_the_limit():
    assert line("👩🏽‍💻" * 140, 140) == "👩🏽‍💻" * 140
    with pytest.raises(errors.TooLong) as error:
        line("👩🏽‍💻" * 143, 140)
    assert (error.value.field, error.value.params) == ("title", {"over": 3, "limit": 140})


def test_one_endless_emoji_is_too_long_though_it_is_one_grapheme():
    endless = "\u200d".join("👩" * 2000)
    assert text.graphemes(endless) == 1
    with pytest.raises(errors.TooLong):
        line(endless, 140)


# -- properties --------------------------------------------------------------------------------------


@given(ANY | TRICKY)
@example("\u1100\u200b\u1161")  # removing what stands between lets two letters compose
def test_cleaning_is_idempotent_and_leaves_nothing_unsafe(typed):
    once = block(typed)
    assert block(once) == once == unicodedata.normalize("NFC", once)
    assert not {"Cs", "Co"} & {unicodedata.category(c) for c in once}
    assert not set(once) & set("\x00\r\t\u00a0\u200b\u202e\u2066\ufeff\uffff")
    assert "\n\n\n" not in once
    assert once.encode().decode() == once


@given(ANY | TRICKY)
@example("\u0620\r\u200d")  # a joiner after a line end joins nothing
def test_a_line_is_the_block_on_one_line(typed):
    once = text.clean_line(f"x {typed}", 1000, "title")
    assert line(once) == once == " ".join(once.split())


@given(st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po")), min_size=1, max_size=20))
def test_no_visible_letter_is_lost(typed):
    typed = unicodedata.normalize("NFC", typed)
    seen = "".join(c for c in typed if c != "\u0640" and not text._IGNORABLE.match(c))
    assert block(typed) == seen


# -- keys, codes, lists ------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["CITY OF LUND", " City  of\u00a0Lund", "Ｃity of Lund", "City\u200b of Lund"])
def test_one_organisation_has_one_key(other):
    assert text.name_key(other) == text.name_key("City of Lund") == "city of lund"


@given(ANY | TRICKY)
def test_the_key_of_a_key_is_the_key(name):
    assert text.name_key(text.name_key(name)) == text.name_key(name)
    assert text.name_key(block(name)) == text.name_key(name)


@pytest.mark.parametrize("typed", ["ghj-pqr", " GHJ PQR ", "g.h.j–p/q_r", "ＧＨＪPQR", "ghj\u200bpqr"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert text.normalise_code(typed) == "GHJPQR"
    assert text.is_code(typed)


@pytest.mark.parametrize("typed", ["", "GHJPQ", "GHJPQRX", "GHJPQA", "GHJPQ0"])
def test_what_cannot_be_a_code(typed):
    assert not text.is_code(typed)


def test_a_pasted_list_loses_bullets_blanks_and_repetitions():
    pasted = "- Take-back\r\n• Longer life\n1. Repair \n(2) Reuse\n\n  *\n- - Nested\n•Tight\nLONGER  life\n1.5 tonnes\n2026 plan\n-40 °C"
    assert text.lines(pasted) == [
        "Take-back", "Longer life", "Repair", "Reuse", "Nested", "Tight", "1.5 tonnes", "2026 plan", "-40 °C",
    ]  # fmt: skip


@given(ANY | TRICKY)
def test_a_list_pasted_back_is_the_same_list(pasted):
    once = text.lines(pasted)
    assert text.lines("\n".join(once)) == once
