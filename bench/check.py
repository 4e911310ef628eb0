"""Compare a journal of what clients sent and were told with a database: nothing lost, doubled or made up.

    python3 -m bench check JOURNAL DATABASE

The journal holds one JSON object a line (`workshop.rehearse.journal`): ``invoke`` with the body of a command, ``ok`` or
``fail`` with its answer, ``unknown`` where no answer came. This checker shares no line with the product: it reads the
file with the standard library and the database, read-only, with Python's own sqlite3.

What counts is the revision that every answer and every row carries. Of each idea, experience and ballot the newest
acknowledged state must be the stored one, or one that a command still without an answer has made out of it.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

KINDS = ("idea", "experience", "ballot")
STANCES = ("do", "would", "not")
SHOWN = 20  # findings that are printed
FAULTS = ("lost", "doubled", "made up", "answered differently", "out of order", "damaged")

Value = dict[str, Any]
Key = tuple[str, str, str]  # whose, kind, id; of a ballot THEME/ROUND
Finding = tuple[str, str]  # one of FAULTS, and a sentence


class Unreadable(Exception):
    """The journal cannot be read."""


# -- what was said -------------------------------------------------------------------------------


@dataclass
class Command:
    """All that a journal tells of one command. Times are seconds; ``acked`` is infinite until it is."""

    who: str
    id: str
    name: str
    body: Value = field(default_factory=dict)
    invoked: float = inf
    acked: float = inf
    answers: list[Value] = field(default_factory=list)
    refused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it was sent and nobody knows what became of it."""
        return not self.answers and not self.refused and self.invoked < inf


History = dict[tuple[str, str], Command]  # by whose and id


def read(path: Path) -> list[Value]:
    """The entries of a journal. A last line without an end is left out: whoever wrote it was killed.

    Raises:
        Unreadable: a line is no entry of a journal.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1], start=1):
        try:
            entry = json.loads(line)
            _note({}, entry)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise Unreadable(f"{path}, line {number}: {problem!r}") from problem
        found.append(entry)
    return found


def history_of(entries: Iterable[Value], until: float = inf) -> History:
    """The commands in a journal, as far as they were known at the time *until* (seconds of its own clock)."""
    history: History = {}
    for entry in entries:
        if entry["at"] <= until:
            _note(history, entry)
    return history


def _note(history: History, entry: Value) -> None:
    who, id_ = entry["who"], entry["id"]
    command = history.setdefault((who, id_), Command(who, id_, entry["command"]))
    if entry["what"] == "invoke":
        command.body, command.invoked = entry["body"], min(command.invoked, entry["at"])
    elif entry["what"] == "ok":
        command.acked = min(command.acked, entry["at"])
        command.answers.append({name: value for name, value in entry["answer"].items() if name != "ok"})
    elif entry["what"] == "fail":
        command.refused = True
    elif entry["what"] != "unknown":
        raise ValueError(entry["what"])


# -- what is stored --------------------------------------------------------------------------------


@dataclass
class Stored:
    """The rows of the sessions that the journal's people are in, each as the protocol tells it to its owner."""

    rows: dict[Key, list[Value]]
    answers: dict[tuple[str, str], list[Value]]
    people: dict[str, str]  # participant → session
    rev: dict[str, int]  # session → revision
    revs: set[int]  # of every answer to anybody


def load(connection: sqlite3.Connection, people: set[str]) -> Stored:
    """What the database holds of the sessions of *people*."""
    connection.row_factory = sqlite3.Row
    everybody = {row["id"]: row["session_id"] for row in connection.execute("SELECT id, session_id FROM participants")}
    sessions = {everybody[who] for who in people if who in everybody}
    ours = {who: session for who, session in everybody.items() if session in sessions}
    rows: dict[Key, list[Value]] = defaultdict(list)
    for key, value in (*_ideas(connection), *_experiences(connection), *_ballots(connection)):
        if key[0] in ours:
            rows[key].append(value)
    answers, revs = defaultdict(list), set()
    for row in connection.execute("SELECT actor, command_id, answer FROM answers WHERE actor NOT LIKE 'join/%'"):
        answer = json.loads(row["answer"])
        revs.add(answer.get("rev"))
        if row["actor"] in ours:
            answers[row["actor"], row["command_id"]].append(answer)
    rev = {row["id"]: row["rev"] for row in connection.execute("SELECT id, rev FROM sessions") if row["id"] in sessions}
    return Stored(rows, answers, ours, rev, revs)


def _ideas(connection: sqlite3.Connection) -> Iterator[tuple[Key, Value]]:
    for row in connection.execute("SELECT * FROM ideas"):
        yield (row["participant_id"], "idea", row["id"]), {
            "rev": row["rev"], "id": row["id"], "theme": row["theme_id"], "title": row["title"], "detail": row["detail"],
            "state": row["state"], "reason": row["reason"], "into": row["merged_into"],
        }


def _experiences(connection: sqlite3.Connection) -> Iterator[tuple[Key, Value]]:
    for row in connection.execute("SELECT * FROM experiences"):
        yield (row["participant_id"], "experience", row["id"]), {
            "rev": row["rev"], "id": row["id"], "idea": row["idea_id"], "kind": row["kind"], "text": row["text"],
            "result": row["result"], "year": row["year"], "state": row["state"], "reason": row["reason"],
        }


def _ballots(connection: sqlite3.Connection) -> Iterator[tuple[Key, Value]]:
    choices: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM choices"):
        choices[row["theme_id"], row["participant_id"], row["round"]][row["idea_id"]] = row["value"]
    for row in connection.execute("SELECT * FROM ballots"):
        yield (row["participant_id"], "ballot", f"{row['theme_id']}/{row['round']}"), {
            "rev": row["rev"], "theme": row["theme_id"], "round": row["round"], "at": row["updated_at"],
            "choices": choices[row["theme_id"], row["participant_id"], row["round"]],
        }


# -- comparing -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """How much there was, and everything that is wrong."""

    counts: Counter[str]
    findings: list[Finding]


def check(history: History, database: Path) -> Report:
    """Compare what clients sent and were told with what *database* holds."""
    counts = Counter(acknowledged=sum(bool(c.answers) for c in history.values()),
                     refused=sum(c.refused for c in history.values()), open=sum(c.is_open for c in history.values()))
    counts.update(f"{c.name} acknowledged" for c in history.values() if c.answers)
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("BEGIN")  # one state, also where a server goes on beside
            findings = list(_damage(connection))
            stored = load(connection, {who for who, _ in history})
    except sqlite3.Error as problem:
        return Report(counts, [("damaged", f"{database}: {problem}")])
    counts.update(f"{kind}s stored" for _, kind, _ in stored.rows)
    parts = (_people, _answers, _promises, _rows, _revisions, _order)
    return Report(counts, [*findings, *(finding for part in parts for finding in part(history, stored))])


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield "damaged", f"integrity_check: {line}"
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield "damaged", f"foreign_key_check: {tuple(row)}"


def _people(history: History, stored: Stored) -> Iterator[Finding]:
    known = {who for who, _ in history}
    yield from (("made up", f"participant {who} joined, and no phone knows of it") for who in stored.people.keys() - known)
    acknowledged = {command.who for command in history.values() if command.answers}
    yield from (("lost", f"participant {who}") for who in acknowledged - stored.people.keys())


def _answers(history: History, stored: Stored) -> Iterator[Finding]:
    """What was answered is kept, once, as it was given; nothing is kept that nobody asked."""
    for place, command in history.items():
        for answer in command.answers[1:]:
            if answer != command.answers[0]:
                yield "answered differently", f"{_named(command)}: {command.answers[0]}, then {answer}"
        if command.answers and place not in stored.answers:
            yield "lost", f"the answer to {_named(command)}"
        if command.answers and any(kept != command.answers[0] for kept in stored.answers.get(place, ())):
            yield "answered differently", f"{_named(command)}: {command.answers[0]}, but {stored.answers[place]} is kept"
    for place, kept in stored.answers.items():
        if place not in history:
            yield "made up", f"an answer to {place[1]} of {place[0]}, which was never sent"
        elif history[place].refused and not history[place].answers:
            yield "made up", f"an answer to {_named(history[place])}, which was refused"
        if len(kept) > 1:
            yield "doubled", f"the answer to {place[1]} of {place[0]} is there {len(kept)} times"


def _promises(history: History, stored: Stored) -> Iterator[Finding]:
    """What was acknowledged is what was sent, and is stored, or what a newer command has made of it."""
    for command in history.values():
        for answer in command.answers:
            own = _own(command, answer)
            if command.name.endswith(".put") and command.name != "me.put" and not own:
                yield "lost", f"{_named(command)} was acknowledged as nothing"
            yield from (("made up", f"{_named(command)} was acknowledged as {value}")
                        for key, value in own.items() if not _makes(command, key, value))
    openly = _open(history)
    for key, value in _promised(history).items():
        rows = stored.rows.get(key, [])
        if not rows:
            yield "lost", f"{_place(key)}: acknowledged as {value}, and not there"
        elif not any(_stands(key, value, row, openly) for row in rows):
            yield "lost", f"{_place(key)}: acknowledged as {value}, stored as {rows[0]}"


def _rows(history: History, stored: Stored) -> Iterator[Finding]:
    """Every row is there once, and was sent."""
    promised, openly = _promised(history), _open(history)
    for key, rows in stored.rows.items():
        if len(rows) > 1:
            yield "doubled", f"{_place(key)} is there {len(rows)} times"
        if key not in promised and not any(_makes(command, key, rows[0]) for command in openly[key[0]]):
            yield "made up", f"{_place(key)} is stored as {rows[0]}, and nobody sent it"
        yield from (("made up", f"{_place(key)} has revision {row['rev']}, which no answer has")
                    for row in rows if row["rev"] not in stored.revs)


def _revisions(_history: History, stored: Stored) -> Iterator[Finding]:
    """Every command has a revision of its own, and none is beyond its session's."""
    owners = defaultdict(list)
    for (who, id_), kept in stored.answers.items():
        for answer in kept:
            owners[stored.people[who], answer["rev"]].append(id_)
    for (session, rev), ids in owners.items():
        if len(ids) > 1:
            yield "doubled", f"revision {rev} belongs to {', '.join(ids)}"
        if rev > stored.rev[session]:
            yield "lost", f"revision {rev} is answered, and the session is at {stored.rev[session]}"


def _order(history: History, stored: Stored) -> Iterator[Finding]:
    """What was sent after another's acknowledgement has the higher revision."""
    sessions = defaultdict(list)
    for command in history.values():
        if command.answers and command.who in stored.people:
            sessions[stored.people[command.who]].append(command)
    for commands in sessions.values():
        waiting = iter(sorted(commands, key=lambda command: command.acked))
        earlier, newest = next(waiting, None), -1
        for command in sorted(commands, key=lambda command: command.invoked):
            while earlier and earlier.acked < command.invoked:
                newest, earlier = max(newest, _rev(earlier)), next(waiting, None)
            if _rev(command) <= newest:
                yield "out of order", f"{_named(command)} has revision {_rev(command)}, and {newest} was acknowledged before"


def _promised(history: History) -> dict[Key, Value]:
    """The newest acknowledged state of everything."""
    newest: dict[Key, Value] = {}
    for command in history.values():
        for answer in command.answers:
            for key, value in _own(command, answer).items():
                if value["rev"] > newest.get(key, {"rev": -1})["rev"]:
                    newest[key] = value
    return newest


def _own(command: Command, answer: Value) -> dict[Key, Value]:
    found = {}
    for name, value in answer.get("set", {}).items():
        kind = name.split("/")[1]
        if kind in KINDS:
            found[command.who, kind, f"{value['theme']}/{value['round']}" if kind == "ballot" else value["id"]] = value
    return found


def _open(history: History) -> dict[str, list[Command]]:
    found = defaultdict(list)
    for command in history.values():
        if command.is_open:
            found[command.who].append(command)
    return found


def _stands(key: Key, promised: Value, row: Value, openly: dict[str, list[Command]]) -> bool:
    if row["rev"] == promised["rev"]:
        return row == promised
    return row["rev"] > promised["rev"] and any(_makes(command, key, row) for command in openly[key[0]])


def _makes(command: Command, key: Key, value: Value) -> bool:
    """Whether the command may have made *value* of what stands at *key*."""
    body, (who, kind, id_) = command.body, key
    if command.who != who or command.name.partition(".")[0] != kind:
        return False
    if kind == "ballot":
        return id_ == f"{body['theme']}/{body['round']}" and value["choices"] == body["choices"]
    told = value["state"] == ("withdrawn" if body.get("withdrawn") else "active")
    if body[kind] != id_:  # another experience: a new stance withdraws the earlier one
        return kind == "experience" and value["state"] == "withdrawn" and value["kind"] in STANCES
    if command.name.endswith(".withdraw"):
        return told
    same = partial(_same, body, value)
    if kind == "idea":
        return told and same("title", "detail")
    return told and same("idea", "kind", "text", "result") and body.get("year") == value["year"]


def _same(body: Value, value: Value, *names: str) -> bool:
    return all(_tidy(body.get(name, "")) == _tidy(value[name]) for name in names)


def _tidy(text: str) -> str:
    """Texts are cleaned on their way in; white space and composition may differ."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _rev(command: Command) -> int:
    return command.answers[0]["rev"]


def _named(command: Command) -> str:
    return f"{command.name} {command.id} of {command.who}"


def _place(key: Key) -> str:
    return f"{key[1]} {key[2]} of {key[0]}"


# -- saying it ---------------------------------------------------------------------------------------


def lines(report: Report) -> Iterator[str]:
    """The report as a table, and its first findings."""
    faults = Counter(fault for fault, _ in report.findings)
    rows: Iterable[tuple[str, int]] = (*sorted(report.counts.items()), *((fault, faults[fault]) for fault in FAULTS))
    yield from (f"  {name:<34}{count:>10,}" for name, count in rows)
    yield from (f"  {fault}: {sentence}" for fault, sentence in report.findings[:SHOWN])


def main(arguments: list[str]) -> int:
    """Check one pair of files; 0 where all is well, 1 where it is not, 2 where the journal cannot be read."""
    parser = argparse.ArgumentParser(prog="python3 -m bench check", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("journal", type=Path)
    parser.add_argument("database", type=Path)
    given = parser.parse_args(arguments)
    try:
        report = check(history_of(read(given.journal)), given.database)
    except (Unreadable, OSError) as problem:
        print(f"bench check: {problem}", file=sys.stderr)
        return 2
    print("\n".join(lines(report)))
    return 1 if report.findings else 0
