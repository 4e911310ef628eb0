"""Reading recorded conversations, and replaying them through a real server to the exact tallies."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from tests.apart import apart
from workshop import rehearse
from workshop.config import Settings
from workshop.model import DETAIL_LIMIT, TITLE_LIMIT, Record
from workshop.rehearse import conversation, replay
from workshop.rehearse.conversation import Unreadable, read
from workshop.rules.text import graphemes

OURS = Path(__file__).parent / "data" / "conversation"
# The collection stands beside the checkout, where it is there at all; the made-up one always runs.
SHARED = Path(__file__).parents[2] / "shared" / "data" / "scoop-hivemind.freshwater"
FOLDERS = [OURS, *([SHARED] if SHARED.is_dir() else [])]

COMMENTS = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A conversation of two comments and one vote."""
    (tmp_path / "comments.csv").write_text(COMMENTS + "1,a,ann,0,0,1,Repair first\n2,b,bo,0,0,-1,Buy now\n", "utf-8")
    (tmp_path / "votes.csv").write_text(VOTES + "5,x,a,cy,1\n", "utf-8")
    return tmp_path


def add(path: Path, *rows: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


# -- reading -----------------------------------------------------------------------------------


def test_comments_are_read_with_authors_and_moderation(folder: Path) -> None:
    talk = read(folder)
    assert [(c.id, c.author, c.body, c.kept) for c in talk.comments] == [("a", "ann", "Repair first", True), ("b", "bo", "Buy now", False)]
    assert talk.people == ["ann", "bo", "cy"]
    assert talk.tally() == {"a": (1, 0, 0), "b": (0, 0, 0)}


def test_unmoderated_comments_are_kept(folder: Path) -> None:
    add(folder / "comments.csv", "3,c,ann,0,0,0,Not looked at yet")
    assert [c.kept for c in read(folder).comments] == [True, False, True]


def test_the_topic_names_the_conversation_else_the_folder(folder: Path) -> None:
    assert read(folder).topic == folder.name
    (folder / "summary.csv").write_text('topic,"Water, for all"\nvoters,3\n', "utf-8")
    assert read(folder).topic == "Water, for all"


def test_the_greatest_timestamp_stands_wherever_its_row_is(folder: Path) -> None:
    add(folder / "votes.csv", "900,x,b,cy,-1", "100,x,b,cy,1")
    assert read(folder).standing["cy", "b"] == -1


def test_of_equal_timestamps_the_later_row_stands(folder: Path) -> None:
    add(folder / "votes.csv", "7,x,b,cy,1", "7,x,b,cy,0", "7,x,b,cy,-1")
    talk = read(folder)
    assert talk.standing["cy", "b"] == -1
    assert [v.value for v in talk.votes if v.comment == "b"] == [1, 0, -1]


def test_votes_are_replayed_in_the_order_of_time(folder: Path) -> None:
    add(folder / "votes.csv", "3,x,b,cy,1", "1,x,b,di,1", "10,x,a,di,1")
    assert [v.at for v in read(folder).votes] == [1, 3, 5, 10]


def test_numbers_are_compared_as_numbers(folder: Path) -> None:
    add(folder / "votes.csv", "1000,x,b,cy,0", "999,x,b,cy,1")
    assert read(folder).standing["cy", "b"] == 0


def test_votes_on_missing_comments_are_counted_and_left_out(folder: Path) -> None:
    add(folder / "votes.csv", "6,x,nowhere,cy,1", "6,x,nowhere,di,1")
    talk = read(folder)
    assert (talk.ignored, len(talk.votes), talk.people) == (2, 1, ["ann", "bo", "cy"])


def test_a_comment_that_comes_twice_is_one(folder: Path) -> None:
    add(folder / "comments.csv", "9,a,ann,0,0,1,Repair first, if it can be")
    talk = read(folder)
    assert (len(talk.comments), talk.repeated) == (2, 1)


@pytest.mark.parametrize(
    ("encoding", "header", "row"),
    [
        ("utf-8-sig", "comment-id,author-id,comment-body\r\n", "a,ann,Laga\r\n"),
        ("utf-8", "comment-body,author-id,agrees,comment-id\n", "Laga,ann,4,a\n"),
        ("utf-8", "Comment_ID , Author ID,comment-body\n", "a,ann,Laga\n\n"),
        ("utf-8", "comment-id;author-id;comment-body\n", "a;ann;Laga\n"),
        ("utf-8", "comment-id\tauthor-id\tcomment-body\n", "a\tann\tLaga\n"),
    ],
    ids=["mark and CRLF", "other order", "other spelling", "semicolons", "tabs"],
)
def test_columns_are_found_by_name(folder: Path, encoding: str, header: str, row: str) -> None:
    (folder / "comments.csv").write_text(header + row, encoding, newline="")
    comment, = read(folder).comments
    assert (comment.id, comment.author, comment.body, comment.kept) == ("a", "ann", "Laga", True)


def test_line_breaks_and_quotes_in_a_body_are_kept(folder: Path) -> None:
    add(folder / "comments.csv", '3,c,ann,0,0,1,"One,\r\n""two""\n\nthree"')
    assert read(folder).comments[-1].body == 'One,\r\n"two"\n\nthree'


@pytest.mark.parametrize(
    ("file", "row", "problem"),
    [
        ("votes.csv", "5,x,a,cy,2", "line 3: vote is 2"),
        ("votes.csv", "5,x,a,cy,yes", "line 3: “yes” in vote is not a number"),
        ("votes.csv", "5,x,a,cy", "line 3: 4 fields instead of 5"),
        ("votes.csv", "later,x,a,cy,1", "“later” in timestamp"),
        ("votes.csv", "5,x,,cy,1", "comment-id is empty"),
        ("comments.csv", "5,c,ann,0,0,3,Hm", "line 4: moderated is 3"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(folder: Path, file: str, row: str, problem: str) -> None:
    add(folder / file, row)
    with pytest.raises(Unreadable) as caught:
        read(folder)
    assert file in str(caught.value)
    assert problem in str(caught.value)


def test_a_missing_column_or_file_is_named(folder: Path) -> None:
    (folder / "votes.csv").write_text("comment-id,voter-id,vote\n", "utf-8")
    with pytest.raises(Unreadable, match=r"votes\.csv: the column timestamp is missing"):
        read(folder)
    (folder / "votes.csv").unlink()
    with pytest.raises(Unreadable, match=r"votes\.csv: No such file"):
        read(folder)


def test_other_encodings_are_refused_rather_than_guessed(folder: Path) -> None:
    (folder / "comments.csv").write_bytes((COMMENTS + "1,a,ann,0,0,1,Återbruk\n").encode("latin-1"))
    with pytest.raises(Unreadable, match="not UTF-8"):
        read(folder)


# -- texts -------------------------------------------------------------------------------------


def test_a_short_text_is_the_title() -> None:
    assert replay.split("Laga\n  först") == ("Laga först", "", False)


def test_a_long_text_is_cut_at_a_word_and_kept_whole_in_the_detail() -> None:
    body = "återbruk " * 30
    title, detail, cut = replay.split(body)
    assert title == "återbruk " * 14 + "återbruk…"
    assert (detail, cut) == (body.strip(), False)


def test_an_endless_word_is_cut_anywhere() -> None:
    title, detail, _ = replay.split("å" * 300)
    assert title == "å" * (TITLE_LIMIT - 1) + "…"
    assert detail == "å" * 300


def test_a_detail_that_is_too_long_is_cut_and_said_so() -> None:
    title, detail, cut = replay.split("修理する " * 400)
    assert cut
    assert graphemes(detail) == DETAIL_LIMIT
    assert graphemes(title) <= TITLE_LIMIT


@pytest.mark.parametrize("body", ["", "  \n", "\u200b\u2060"])
def test_a_text_without_a_visible_character_gets_a_placeholder(body: str) -> None:
    assert replay.split(body) == (replay.NO_TEXT, "", False)


# -- replaying -----------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_replay_ends_with_exactly_the_tallies_of_the_rows(folder: Path, tmp_path: Path) -> None:
    talk = read(folder)
    played, record = apart(lambda: replay.play(talk, tmp_path))
    assert replay.differences(talk, played, record) == []
    counted = talk.tally()
    assert played.results == {played.ideas[c.id]: counted[c.id] for c in talk.comments if c.kept}
    assert len(record.participants) == len(talk.people)
    assert {i.id for i in record.ideas if i.state == "hidden"} == {played.ideas[c.id] for c in talk.comments if not c.kept}
    assert replay.judge(talk, played, record) == 0
    _and_the_comparison_sees_every_kind_of_fault(talk, played, record)


def _and_the_comparison_sees_every_kind_of_fault(talk: conversation.Conversation, played: replay.Played, record: Record) -> None:
    idea, (agree, disagree, passes) = next(iter(played.results.items()))
    wrong = replace(played, results={**played.results, idea: (agree + 1, disagree, passes)})
    assert len(replay.differences(talk, wrong, record)) == 1
    missing = replace(played, results={key: value for key, value in played.results.items() if key != idea})
    assert len(replay.differences(talk, missing, record)) == 1
    ballot = next(b for b in record.ballots if b.choices)
    lost = replace(record, ballots=tuple(b for b in record.ballots if b is not ballot))
    assert len(replay.differences(talk, played, lost)) == len(ballot.choices)
    turned = replace(ballot, choices={**ballot.choices, next(iter(ballot.choices)): 7})
    assert len(replay.differences(talk, played, replace(lost, ballots=(*lost.ballots, turned)))) == 1


def test_the_command_line_names_a_folder_without_a_conversation(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"comments\.csv"):
        rehearse.main(argparse.Namespace(replay=str(tmp_path)), settings)


def test_a_difference_is_printed_and_makes_the_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    talk = read(OURS)
    ideas = {comment.id: f"c{comment.id}" for comment in talk.comments}
    played = replay.Played(ideas, people={voter: voter for voter, _ in talk.standing})
    empty = Record(None, None, (), (), (), (), (), (), ())  # type: ignore[arg-type]
    assert replay.judge(talk, played, empty) == 1
    printed = capsys.readouterr().out
    assert "The tallies differ from the rows." in printed
    assert "results of c0: rows (12, 4, 4), screen None" in printed
