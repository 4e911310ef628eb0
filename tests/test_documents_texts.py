"""Documents of odd sessions and of any text: whole files, where text stays text."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.records import Day, crowd, data, everything, files, made, markdown, rows, voted
from workshop.documents.csv_set import harmless
from workshop.model import KINDS
from workshop.rules.safe import plain

NASTY = (
    "<script>alert(1)</script>", "| a | b |", "# not a heading", "1. not a list", "- nor this", "=== nor this", "> no quote",
    "**bold** _it_ `code` ~~gone~~", "[link](https://evil.example) ![i](x)", "https://evil.example www.evil.example",
    "&amp; &lt; &#60;", "back\\slash \\| pipe", "$x$ ends with #", "😀 👩‍👩‍👧 é å", "שלום עולם", "---", "[ ] task", "```fence",
    "two\nlines\n\nand a gap", "*", "|", "\\", "first\n- second\n1. third\n# fourth\n---\n===\n    fifth\n> sixth",
)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("method", ["approval", "agree"])
@pytest.mark.parametrize("ideas", [0, 1, 2])
@pytest.mark.parametrize("voters", [0, 1, 3])
def test_small_sessions_make_whole_documents(language, method, ideas, voters):
    day = Day(language=language, method=method)
    day.theme("Only theme")
    people = [day.person(f"p{n}", day.organisation(f"O{n}")) for n in range(3)]
    found = [day.idea(f"Idea {n}", "p0") for n in range(ideas)]
    for who in people[:voters]:
        day.vote(who, *found[:1])
    assert all(files(day.record()).values())


def test_of_each_character_it_is_known_whether_a_file_may_hold_it():
    turning = {*"\u061c\u200e\u200f\ufeff\ufffe\uffff", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    breaking = {*"\t\n\r\x0b\x0c\x85"}
    for sign in map(chr, range(sys.maxunicode + 1)):
        dropped = sign in turning or (sign not in breaking and unicodedata.category(sign) in ("Cc", "Cs"))
        assert (plain(f"a{sign}b") == "ab") == dropped, hex(ord(sign))


def test_a_session_without_anything_is_a_document_too():
    text = markdown(Day())
    assert "Nobody has joined the session yet." in text
    assert "No result is revealed yet." in text


def test_without_a_vote_nothing_is_chosen():
    text = markdown(crowd(4))
    assert "Nobody voted here, so nothing is chosen." in text
    assert "## Draft practices" not in text


def test_a_tie_at_the_cut_takes_all():
    day = crowd(6)
    day.vote("ada", *(idea.id for idea in day.ideas))
    assert [p["number"] for p in data(day)["practices"]] == [f"1.{n}" for n in range(1, 7)]
    assert markdown(day).count("| 1= |") == 6


def test_two_hundred_ideas_fit():
    day = crowd(200)
    day.vote("ada", "idea-7")
    assert len(rows("results.csv", day)) == 200
    assert markdown(day).count("\n| 2= | Idea ") == 199


def everywhere(text: str) -> Day:
    """A day on which *text* stands wherever somebody may write something."""
    name = " ".join(text.split())
    day = Day(title=text)
    day.theme("Less waste", prompt=text)
    day.person("ada", day.organisation(name), "name", name)
    day.person("ben", day.organisation("Bank"))
    day.idea(text, "ada", text)
    day.idea("Other", "ben", text, into="idea-0")
    for kind in KINDS:
        day.say("idea-0", "ada", kind, text)
    day.vote("ada", "idea-0")
    day.did("idea.edit", "idea-0")
    return day


def parsed(day: Day) -> list[Token]:
    """The Markdown report below its front matter, as a renderer of GitHub's dialect reads it."""
    return MarkdownIt("gfm-like").parse(markdown(day).split("\n---\n", 1)[1])


def words(token: Token) -> str:
    """What a reader sees of an inline token."""
    shown = (c.content if c.type in ("text", "code_inline", "text_special") else " " for c in token.children or [])
    return " ".join("".join(shown).split())


def times(text: str, tokens: list[Token]) -> int:
    """In how many places a reader finds *text*."""
    return sum(" ".join(text.split()) in words(token) for token in tokens if token.type == "inline")


@pytest.mark.parametrize("text", NASTY)
def test_text_stays_text_in_markdown(text):
    """The page is built exactly as with harmless words, and holds the text word for word."""
    plain = "\n".join("Qqq" * bool(line) for line in text.split("\n"))
    tokens, expected = parsed(everywhere(text)), parsed(everywhere(plain))
    assert [token.type for token in tokens] == [token.type for token in expected]
    children = [child for token in tokens for child in token.children or []]
    assert not {child.type for child in children} & {"link_open", "image", "s_open"}
    assert {child.content for child in children if child.type == "html_inline"} <= {"<br>"}
    assert times(text, tokens) == times(plain, expected) >= 10


@pytest.mark.parametrize("text", [*NASTY, "\x00\x1b[31m", "a\u202eb", "\ud800", "'apostrophe'", "--- x: [y", "tab\there"])
def test_any_text_survives_every_format(text):
    day = voted(title=f"x{text}")
    day.idea(f"x{text}", "ada", f"x{text}")
    day.say("idea-0", "ada", "do", f"x{text}")
    found = data(day)
    assert found["session"]["title"].startswith("x")
    assert not {"\x00", "\x1b", "\u202e", "\ud800"} & set(everything(files(day)))


def test_front_matter_is_plain_yaml():
    day = voted(title='A: "quoted" # {and} - [odd]\n')
    head = markdown(day).split("---\n")[1]
    values = dict(line.split(": ", 1) for line in head.strip().splitlines())
    assert json.loads(values["title"]) == 'A: "quoted" # {and} - [odd]'
    assert values["sample"] == "false"
    assert json.loads(values["status"]) == "draft"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"
    day = voted()
    day.idea("X", "ada", text)
    assert [row["detail"][:1] for row in rows("ideas.csv", day) if row["title"] == "X"] == ["'"]


def test_csv_is_utf8_with_bom_and_crlf():
    content = made("csv", voted())["ideas.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 3
