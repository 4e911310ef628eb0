"""Reading a conversation of the Polis open data form: comments.csv, votes.csv and summary.csv.

Columns are found by their header names. Of a (voter, comment) pair the vote with the greatest
timestamp stands, of equal ones the later row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop import errors
from workshop.errors import N_

REJECTED = -1  # in the column "moderated"
LONGEST_FIELD = 2**24  # characters of one field
SEPARATORS = ",;\t"


class Unreadable(errors.WorkshopError, code="unreadable"):
    """The folder does not hold a conversation."""

    message = N_("%(place)s: %(problem)s.")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; ``kept`` is false where the moderators rejected it."""

    id: str
    author: str
    body: str
    kept: bool
    at: float


@dataclass(frozen=True, slots=True)
class Vote:
    """One row of votes.csv; ``value`` is 1 agree, 0 pass, -1 disagree."""

    comment: str
    voter: str
    value: int
    at: float


@dataclass(frozen=True, slots=True)
class Conversation:
    """Comments and votes in the order of time; ``standing`` is the recount: (voter, comment) → value.

    ``ignored`` counts the vote rows on comments that are not there, ``repeated`` the comment rows
    whose id came again later.
    """

    topic: str
    comments: tuple[Comment, ...]
    votes: tuple[Vote, ...]
    standing: dict[tuple[str, str], int]
    ignored: int
    repeated: int

    @property
    def people(self) -> list[str]:
        """Everybody who wrote or voted, in the order of their first appearance."""
        return list(dict.fromkeys([*(c.author for c in self.comments), *(v.voter for v in self.votes)]))

    def tally(self) -> dict[str, tuple[int, int, int]]:
        """Agree, disagree and pass of every comment, counted from the standing rows."""
        counts = Counter((comment, value) for (_, comment), value in self.standing.items())
        return {c.id: (counts[c.id, 1], counts[c.id, -1], counts[c.id, 0]) for c in self.comments}


def read(folder: Path) -> Conversation:
    """The conversation in *folder*.

    Raises:
        Unreadable: naming the file, the line and the problem.
    """
    rows = [_comment(row) for row in _rows(folder / "comments.csv", "comment-id", "author-id", "comment-body")]
    comments = {comment.id: comment for comment in rows}
    votes = [_vote(row) for row in _rows(folder / "votes.csv", "comment-id", "voter-id", "vote", "timestamp")]
    known = [vote for vote in votes if vote.comment in comments]
    return Conversation(
        topic=_topic(folder / "summary.csv") or folder.name,
        comments=tuple(sorted(comments.values(), key=lambda c: c.at)),
        votes=tuple(sorted(known, key=lambda v: v.at)),
        standing=_standing(known),
        ignored=len(votes) - len(known),
        repeated=len(rows) - len(comments),
    )


def _standing(votes: list[Vote]) -> dict[tuple[str, str], int]:
    # Not taken from the sorted rows that are replayed: a recount has to find the order by itself.
    last: dict[tuple[str, str], Vote] = {}
    for vote in votes:
        before = last.get((vote.voter, vote.comment))
        if before is None or vote.at >= before.at:
            last[vote.voter, vote.comment] = vote
    return {pair: vote.value for pair, vote in last.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a file, by column name, with its place for messages."""

    place: str
    values: dict[str, str]

    def text(self, column: str) -> str:
        return self.values[column]

    def number(self, column: str, default: float | None = None) -> float:
        written = self.values.get(column, "")
        if not written.strip() and default is not None:
            return default
        try:
            return float(written)
        except ValueError:
            raise Unreadable(place=self.place, problem=f"“{written[:40]}” in {column} is not a number") from None

    def one_of(self, column: str, allowed: tuple[int, ...], default: int | None = None) -> int:
        number = self.number(column, default)
        if number not in allowed:
            raise Unreadable(place=self.place, problem=f"{column} is {number:g}, not one of {allowed}")
        return int(number)


def _comment(row: _Row) -> Comment:
    kept = row.one_of("moderated", (1, 0, REJECTED), default=1) != REJECTED
    return Comment(_id(row, "comment-id"), row.text("author-id").strip(), row.text("comment-body"), kept,
                   row.number("timestamp", default=0))


def _vote(row: _Row) -> Vote:
    return Vote(_id(row, "comment-id"), _id(row, "voter-id"), row.one_of("vote", (1, 0, -1)), row.number("timestamp"))


def _id(row: _Row, column: str) -> str:
    written = row.text(column).strip()
    if not written:
        raise Unreadable(place=row.place, problem=f"{column} is empty")
    return written


def _rows(path: Path, *needed: str) -> Iterator[_Row]:
    """The rows of a CSV file that are not blank.

    Args:
        needed: the columns that must be there; others may be.
    """
    reader = _reader(path)
    header = [name.strip().lower().replace("_", "-").replace(" ", "-") for name in next(reader, [])]
    missing = [name for name in needed if name not in header]
    if missing:
        raise Unreadable(place=path, problem=f"the column {missing[0]} is missing")
    for cells in reader:
        place = f"{path}, line {reader.line_num}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(header):
            raise Unreadable(place=place, problem=f"{len(cells)} fields instead of {len(header)}")
        yield _Row(place, dict(zip(header, cells, strict=False)))


def _reader(path: Path) -> Any:
    csv.field_size_limit(LONGEST_FIELD)
    text = _text(path)
    first = text.partition("\n")[0]
    # newline="" keeps the line breaks that stand inside quotes as they are.
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise Unreadable(place=path, problem=problem.strerror or problem) from problem
    except UnicodeDecodeError as problem:
        raise Unreadable(place=path, problem=f"it is not UTF-8 text (byte {problem.start})") from problem


def _topic(path: Path) -> str:
    """The topic in summary.csv, which is no condition: empty where there is none."""
    if not path.exists():
        return ""
    return next((cells[1].strip() for cells in _reader(path) if len(cells) > 1 and cells[0].strip() == "topic"), "")
