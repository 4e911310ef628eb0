"""What people type, made safe to store, to compare and to show on a wall.

Words survive in every script: what goes is what nobody can see or what breaks a page (controls, bidi
overrides, stray zero-width characters, towers of marks). Cleaning twice is the same as cleaning once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import regex

from workshop import errors
from workshop.model import CODE_ALPHABET, CODE_LENGTH

WIDEST = 16  # code points that one grapheme may bring: the largest family emoji with skin tones has eleven

# Scripts whose letters change shape by a joiner: Persian needs ZWNJ, Sinhala and Malayalam need ZWJ.
_SCRIPTS = (
    *("Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil"),
    *("Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Tibetan", "Balinese", "Javanese"),
)
_JOINED = "[[" + "".join(rf"\p{{Scx={script}}}" for script in _SCRIPTS) + r"]&&[\p{L}\p{M}]]"
_PICTURE = r"\p{Extended_Pictographic}"

_NEWLINE = regex.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = regex.compile(r"[\t\x1f\u2800\p{Zs}]")  # the empty braille pattern shows as a space, too
_JOINERS = regex.compile(r"[\u200c\u200d]+")
_BEFORE_IN_WORD, _AFTER_IN_WORD = regex.compile(rf"{_JOINED}\Z", regex.V1), regex.compile(_JOINED, regex.V1)
_BEFORE_IN_EMOJI, _AFTER_IN_EMOJI = regex.compile(rf"{_PICTURE}[\uFE0F\p{{Emoji_Modifier}}]?\Z"), regex.compile(_PICTURE)
_SELECTOR = r"[\uFE0E\uFE0F](?<=[\p{Emoji}--[0-9#*]][\uFE0E\uFE0F])|\uFE0F(?<=[0-9#*]\uFE0F)(?=\u20E3)"
_VARIANT = (
    r"[\uFE00-\uFE02\U000E0100-\U000E01EF](?<=\p{Han}[\uFE00-\uFE02\U000E0100-\U000E01EF])"
    r"|[\u180B-\u180D\u180F](?<=\p{Mongolian}[\u180B-\u180D\u180F])"
)
_UNSEEN = regex.compile(
    rf"(?:{_SELECTOR}|{_VARIANT}|[\u200c\u200d]|\n)(*SKIP)(*FAIL)"  # judged by their neighbours: may stay
    r"|[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFFC]"
    r"|[\p{Cf}--\p{Prepended_Concatenation_Mark}]",
    regex.V1,
)
# Zalgo: no script repeats a mark thrice or stacks more than four general marks or six of its own.
_TOWERS = (
    (regex.compile(r"(\p{M})\1{2,}"), r"\1\1"),
    (regex.compile(r"(?<=\p{M}{4})[\p{M}&&\p{Script=Inherited}--\uFE0F]+", regex.V1), ""),
    (regex.compile(r"(?<=\p{M}{6})\p{M}+"), ""),
)
_GAP = regex.compile(r"\n{3,}")
_BULLET = regex.compile(r"^(?:(?:[-*+–—·]|\(?\d{1,3}[.)])(?:\s+|$)|[•‣◦▪▫●○■□]\s*)+")
# Two halves of a flag are taken by themselves: the library looks back over the whole run for each of them.
_TAIL = r"[\p{Grapheme_Cluster_Break=Extend}\p{Grapheme_Cluster_Break=ZWJ}\p{Grapheme_Cluster_Break=SpacingMark}]*"
_GRAPHEME = regex.compile(rf"\p{{Regional_Indicator}}{{2}}{_TAIL}|\X")
_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")


def clean_line(text: str, limit: int, field: str) -> str:
    """*text* as one clean line: every run of white space is one space.

    Args:
        limit: how many graphemes fit.
        field: the input's name, for the error.

    Raises:
        errors.Empty: nothing visible is left.
        errors.TooLong: with ``over`` and ``limit``.
    """
    return _within(_line(text), limit, field, required=True)


def clean_block(text: str, limit: int, field: str, required: bool = False) -> str:
    """*text* as clean lines, at most one blank line between two; otherwise as `clean_line`."""
    text = "\n".join(" ".join(line.split()) for line in _fixed(_visible, text).split("\n"))
    return _within(_GAP.sub("\n\n", text).strip(), limit, field, required)


def name_key(name: str) -> str:
    """The key under which an organisation's name is one: NFKC, case-folded, one space, nothing invisible."""
    return _fixed(_folded, _fixed(_visible, name))


def normalise_code(text: str) -> str:
    """A code as typed, in upper case without hyphens, spaces and other separators; not checked."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def is_code(text: str) -> bool:
    """Whether *text*, as typed, has the shape of a session's code."""
    code = normalise_code(text)
    return len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)


def graphemes(text: str) -> int:
    """How many characters a person sees in *text* (UAX 29 extended grapheme clusters)."""
    return len(_GRAPHEME.findall(text))


def lines(text: str) -> list[str]:
    """A pasted list, one entry per line: cleaned, without bullets and numbers, blanks and repetitions."""
    entries = (_BULLET.sub("", _line(line)) for line in _NEWLINE.sub("\n", text).split("\n"))
    unique: dict[str, str] = {}
    for entry in filter(None, entries):
        unique.setdefault(name_key(entry), entry)
    return list(unique.values())


def _within(text: str, limit: int, field: str, required: bool) -> str:
    if required and not text:
        raise errors.Empty(field)
    # One endless chain of joined emoji is a single grapheme: the code points are bounded, too.
    over = max(graphemes(text) - limit, -(-len(text) // WIDEST) - limit)
    if over > 0:
        raise errors.TooLong(field, over=over, limit=limit)
    return text


def _line(text: str) -> str:
    return " ".join(_fixed(_visible, text).split())


def _fixed(step: Callable[[str], str], text: str) -> str:
    """*step* until it changes nothing more, so that cleaning is idempotent whatever one removal lays bare."""
    while (after := step(text)) != text:
        text = after
    return text


def _visible(text: str) -> str:
    text = _SPACE.sub(" ", _NEWLINE.sub("\n", text))
    text = _UNSEEN.sub("", text)
    text = unicodedata.normalize("NFC", _JOINERS.sub(_joiner, text))
    for tower, short in _TOWERS:
        text = tower.sub(short, text)
    return text


def _joiner(found: regex.Match[str]) -> str:
    """The first of a run of joiners where its neighbours need it, else nothing."""
    text, start, end = found.string, found.start(), found.end()
    joiner, before, after = found[0][0], text[max(0, start - 2) : start], text[end : end + 1]
    emoji = joiner == "\u200d" and _BEFORE_IN_EMOJI.search(before) and _AFTER_IN_EMOJI.match(after)
    shaped = _BEFORE_IN_WORD.search(before) and (joiner == "\u200d" or _AFTER_IN_WORD.match(after))
    return joiner if emoji or shaped else ""


def _folded(name: str) -> str:
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(_IGNORABLE.sub("", name).split())
