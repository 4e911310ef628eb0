"""Acknowledged means stored, once, whatever breaks: kills, repetitions, and the checker that would see it if it were not so."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import socketio
from aiohttp import web

from bench import check, faults
from tests import failpoint
from tests.apart import apart, played
from tests.server import Hall, House, prepare
from tests.support import World
from workshop import cli
from workshop.model import Participant, new_id
from workshop.rehearse import replay
from workshop.rehearse.browser import Cookies, join
from workshop.rehearse.client import Console, Journal, Phone
from workshop.rehearse.conversation import read
from workshop.rehearse.desk import DATABASE, Desk
from workshop.rehearse.server import PrivateServer, free_port
from workshop.rehearse.wire import CONNECT_SECONDS, Wire
from workshop.service import commands as c

CONVERSATION = Path(__file__).parent / "data" / "conversation"
COPIES = 20
IDEA, TOPIC, EXPERIENCE = "idea-0001", "topic-0001", "experience-0001"


def rows(data: Path, sql: str, *params: object) -> list[tuple[Any, ...]]:
    """The rows of *sql* in the database of the data folder, read past the product."""
    with closing(sqlite3.connect(data / DATABASE)) as connection:
        return connection.execute(sql, params).fetchall()


# -- kills at chance moments -----------------------------------------------------------------------


def test_kills_in_a_storm_lose_and_double_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert apart(lambda: faults.main(["--kills", "3", "--phones", "30", "--pace", "0.2", "--calm", "1"])) == 0
    said = capsys.readouterr().out
    for kind in ("idea", "experience", "ballot"):
        assert re.search(rf"{kind}\.put acknowledged +[1-9]", said)


def test_a_replay_ends_equal_though_the_server_is_killed_while_people_join_and_write(tmp_path: Path) -> None:
    talk = read(CONVERSATION)
    conversation, record = apart(lambda: replay.play(talk, tmp_path, kills=2))
    assert replay.differences(talk, conversation, record) == []
    assert conversation.counts["kills"] == 2


def test_the_kills_of_a_replay_come_in_turn_while_people_join_write_and_vote() -> None:
    moments = replay.moments(read(CONVERSATION), 7)
    stages = [stage for (stage, _), count in moments.items() for _ in range(count)]
    assert sorted(stages) == ["joining"] * 3 + ["voting"] * 2 + ["writing"] * 2
    assert replay.moments(read(CONVERSATION), 0) == {}


@pytest.mark.parametrize("arguments", [["CFGHJM", "--kills", "1"], ["--replay", ".", "--kills", "-1"]])
def test_kills_belong_to_a_replay(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["rehearse", *arguments])
    assert "--kills counts the kills of a --replay" in capsys.readouterr().err


def test_somebody_who_joins_gives_up_in_the_end() -> None:
    with pytest.raises(TimeoutError):
        played(join(f"http://127.0.0.1:{free_port()}", "CFGHJM", patience=0.3))


def test_a_server_that_dies_while_it_lets_one_in_is_missed_at_once() -> None:
    async def die(request: web.Request) -> web.WebSocketResponse:
        """Shake hands, and end when the client asks to be let in."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('0{"sid":"a","upgrades":[],"pingInterval":10000,"pingTimeout":10000,"maxPayload":65536}')
        assert (await socket.receive_str()).startswith("40")
        request.transport.abort()
        return socket

    async def play() -> None:
        app = web.Application()
        app.router.add_get("/socket.io/", die)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port := free_port()).start()
            async with asyncio.timeout(CONNECT_SECONDS / 2), Wire({"connect": lambda: None}) as wire:
                with pytest.raises(socketio.exceptions.ConnectionError):
                    await wire.connect(f"http://127.0.0.1:{port}", {}, {}, ("websocket",))
        finally:
            await runner.cleanup()

    played(play())


# -- a kill between commit and acknowledgement -----------------------------------------------------


@pytest.fixture
def deadly(tmp_path: Path) -> Iterator[tuple[PrivateServer, Hall, Cookies]]:
    """A server with a failpoint, a session in which ideas are shared, and a facilitator."""
    data = tmp_path / "data"
    data.mkdir()

    def begin() -> tuple[Hall, Cookies]:
        with Desk(data) as desk:
            return prepare(desk), desk.facilitator()

    with PrivateServer(data, "tests.failpoint") as server:
        yield server, *apart(begin)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_around_the_commit_leaves_one_row_and_one_answer(deadly: Any, moment: str) -> None:
    server, hall, frida = deadly
    one, two = hall.themes

    async def killed(asking: Any) -> Any:
        """The answer to what was under way when the server ended at its commit."""
        (server.data / failpoint.NAME).write_text(moment)
        asked = asyncio.create_task(asking)
        assert await asyncio.to_thread(server.wait) == -signal.SIGKILL
        before = kept()
        await asyncio.to_thread(server.start)
        answer = await asked
        assert len(before) == len(kept()) - (moment == "before")
        return answer, kept()[-1], before[-1]

    def kept() -> list[tuple[str, str]]:
        return rows(server.data, "SELECT command_id, answer FROM answers ORDER BY rowid")

    async def play() -> None:
        async with Console(server.url, hall.code, frida) as console:
            await console.do("phase.set", {"phase": "share"})
            cookies, _, _ = await killed(join(server.url, hall.code, "Bank", "Alice"))
            async with Phone(server.url, hall.code, cookies) as phone:
                await phone.do("idea.put", {"idea": TOPIC, "theme": two, "title": "Repair first"})
                await console.do("phase.set", {"phase": "vote", "theme": two})
                for command, body in (
                    ("idea.put", {"idea": IDEA, "theme": one, "title": "Share spare parts"}),
                    ("experience.put", {"experience": EXPERIENCE, "idea": TOPIC, "kind": "do"}),
                    ("ballot.put", {"theme": two, "round": 1, "choices": {TOPIC: 1}}),
                ):
                    answer, (id_, stored), before = await killed(phone.call(command, body, id=f"the-{command[:4]}"))
                    assert answer == {"ok": True, **json.loads(stored)}
                    assert id_ == f"the-{command[:4]}"
                    if moment == "after":
                        assert before == (id_, stored)  # what the first try would have been told

    played(play())
    counts = rows(server.data, """SELECT (SELECT COUNT(*) FROM participants), (SELECT COUNT(*) FROM ideas),
        (SELECT COUNT(*) FROM experiences), (SELECT COUNT(*) FROM ballots), (SELECT COUNT(*) FROM choices)""")
    assert counts == [(1, 2, 1, 1, 1)]


# -- the same command again and again ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "key", "first", "second"),
    [
        ("idea.put", "idea/idea-0001", {"idea": IDEA, "title": "Share spare parts"}, {"idea": IDEA, "title": "Share them all"}),
        ("experience.put", "experience/experience-0001", {"experience": EXPERIENCE, "idea": TOPIC, "kind": "do", "text": "Since May"},
         {"experience": EXPERIENCE, "idea": TOPIC, "kind": "not", "text": ""}),
        ("ballot.put", "ballot/{two}", {"round": 1, "choices": {TOPIC: 1}}, {"round": 1, "choices": {}}),
    ],
    ids=["idea", "experience", "ballot"],
)
def test_one_id_twenty_times_in_any_order_is_one_row_and_one_answer(
    house: House, hall: Hall, ada: Cookies, frida: Cookies, command: str, key: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    one, two = hall.themes
    theme = {"idea.put": {"theme": one}, "ballot.put": {"theme": two}}.get(command, {})
    letters = {f"command-{number}": {**body, **theme} for number, body in enumerate((first, second))}
    # Ids of things are unique in the whole database, and the tests of this file share one.
    letters = json.loads(json.dumps(letters).replace("-0001", f"-{hall.code}"))
    key = key.replace("-0001", f"-{hall.code}").format(two=two)

    async def play() -> tuple[dict[str, list[Any]], Any]:
        async with Console(house.url, hall.code, frida) as console:
            await console.do("phase.set", {"phase": "share"})
            phones = [await Phone(house.url, hall.code, ada, transports=(way,)).open()
                      for way in ("websocket", "polling", "websocket", "polling", "websocket")]
            await phones[0].do("idea.put", {"idea": f"topic-{hall.code}", "theme": two, "title": "Repair first"})
            await console.do("phase.set", {"phase": "vote", "theme": two})
        answers = await _sent_over(phones, command, letters)
        mine = phones[0].mine[key]
        await asyncio.gather(*(phone.close() for phone in phones))
        return answers, mine

    answers, mine = played(play())
    for told in answers.values():
        assert len(told) == COPIES + 1
        assert all(answer == told[0] and answer["ok"] for answer in told)
    last = max((told[0] for told in answers.values()), key=lambda answer: answer["rev"])
    assert len({told[0]["rev"] for told in answers.values()}) == 2
    assert last["set"][f"mine/{key}"] == mine
    _is_stored_once(house, hall, command, mine)


async def _sent_over(phones: list[Phone], command: str, letters: dict[str, dict[str, Any]]) -> dict[str, list[Any]]:
    """The answers to each of the letters, sent many times at once in chance order, and once more after all."""
    answers: dict[str, list[Any]] = defaultdict(list)
    order = random.Random(command).sample([*letters] * COPIES, COPIES * len(letters))

    async def send(phone: Phone, id_: str) -> None:
        answers[id_].append(await phone.call(command, letters[id_], id=id_))

    await asyncio.gather(*(send(phones[number % len(phones)], id_) for number, id_ in enumerate(order)))
    for id_ in reversed(letters):
        await send(phones[1], id_)
    return answers


def _is_stored_once(house: House, hall: Hall, command: str, mine: dict[str, Any]) -> None:
    record = house.desk.record(hall.code)
    if command == "idea.put":
        assert [(idea.id, idea.rev, idea.title) for idea in record.ideas[1:]] == [(mine["id"], mine["rev"], mine["title"])]
    elif command == "experience.put":
        assert [(e.id, e.rev, e.kind, e.text) for e in record.experiences] == [(mine["id"], mine["rev"], mine["kind"], mine["text"])]
    else:
        assert [(ballot.rev, dict(ballot.choices)) for ballot in record.ballots] == [(mine["rev"], mine["choices"])]


# -- the journal ---------------------------------------------------------------------------------------


def test_a_journal_on_file_has_every_entry_at_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with path.open("a", encoding="utf-8", buffering=1) as file:
        journal = Journal(file=file)
        body = {"id": "command-1", "idea": IDEA, "title": "återbruk\n"}
        for what, answer in (("invoke", None), ("unknown", None), ("ok", {"ok": True, "rev": 1, "set": {}})):
            journal.add("ada", what, "idea.put", body, answer)
            assert json.loads(path.read_text("utf-8").splitlines()[-1])["what"] == what  # before the file is closed
    command, = check.history_of(check.read(path)).values()
    assert (command.body, command.answers) == (body, [{"rev": 1, "set": {}}])
    assert [command.invoked, command.acked] == [journal.entries[0].at, journal.entries[2].at]


# -- the checker -----------------------------------------------------------------------------------------


class Evidence:
    """A database, and the journal of those who filled it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.database, self.path = world, world.path, folder / "journal.jsonl"
        self.journal = Journal(file=self.path.open("a", encoding="utf-8", buffering=1))
        self.ada, self.bo = world.come("Ada"), world.come("Bo")
        world.phase("share")
        self.does(self.ada, "idea.put", c.IdeaPut, idea=IDEA, theme=world.waste, title="Share  spare parts")
        self.does(self.bo, "idea.put", c.IdeaPut, idea=TOPIC, theme=world.use, title="Repair first", detail="Then\nbuy.")
        self.does(self.ada, "idea.put", c.IdeaPut, idea=IDEA, theme=world.waste, title="Share them all")
        self.does(self.bo, "experience.put", c.ExperiencePut, experience="earlier-01", idea=IDEA, kind="would")
        self.does(self.bo, "experience.put", c.ExperiencePut, experience=EXPERIENCE, idea=IDEA, kind="do", text="Since May")
        world.phase("vote")
        for choices in ({IDEA: 1}, {}, {IDEA: 1}):
            self.does(self.ada, "ballot.put", c.BallotPut, theme=world.waste, round=1, choices=choices)

    def close(self) -> None:
        self.journal.file.close()

    def does(self, who: Participant, name: str, command: type[c.Command], told: bool = True, carried_out: bool = True, **body: Any) -> None:
        """A command and its entries in the journal; *told* says whether the answer arrived."""
        body = {"id": new_id(), **body}
        self.journal.add(who.id, "invoke", name, body)
        answer = {"ok": True, **self.world.participate.command(who.id, command(**body))} if carried_out else None
        self.journal.add(who.id, "ok" if told else "unknown", name, body, answer if told else None)

    def tamper(self, *statements: str) -> None:
        """Change the database past everybody."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(";".join(statements))

    def rewrite(self, change: Callable[[list[dict[str, Any]]], None]) -> None:
        """Change the journal."""
        entries = [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]
        change(entries)
        self.path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), "utf-8")

    @property
    def faults(self) -> set[str]:
        """The kinds of what the checker finds."""
        return {fault for fault, _ in check.check(check.history_of(check.read(self.path)), self.database).findings}


@pytest.fixture
def evidence(world: World, tmp_path: Path) -> Iterator[Evidence]:
    with closing(Evidence(world, tmp_path)) as evidence:
        yield evidence


def test_what_is_as_it_was_acknowledged_is_well(evidence: Evidence, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([str(evidence.path), str(evidence.database)]) == 0
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in ("acknowledged 8", "ideas stored 2", "experiences stored 2", "ballots stored 1", "lost 0", "doubled 0", "damaged 0"):
        assert line in said


OTHERS = "session_id, theme_id, participant_id, title, detail, state, merged_into, rev, created_at, updated_at"
SAID = "session_id, idea_id, participant_id, kind, text, state, rev, created_at, updated_at"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"DELETE FROM ideas WHERE id = '{TOPIC}'", "lost"),
        (f"UPDATE ideas SET title = 'Repair last' WHERE id = '{TOPIC}'", "lost"),
        ("UPDATE ideas SET title = 'Share spare parts', rev = rev - 2 WHERE title = 'Share them all'", "lost"),
        ("UPDATE ideas SET state = 'withdrawn'", "lost"),
        ("UPDATE experiences SET state = 'active'", "lost"),
        ("DELETE FROM choices", "lost"),
        ("UPDATE choices SET value = -1", "lost"),
        ("DELETE FROM choices; DELETE FROM ballots", "lost"),
        ("DELETE FROM answers WHERE answer LIKE '%Repair first%'", "lost"),
        ("UPDATE sessions SET rev = rev - 1", "lost"),
        ("DELETE FROM participants WHERE name = 'Ada'", "lost"),
        (f"UPDATE ideas SET participant_id = (SELECT id FROM participants WHERE name = 'Ada') WHERE id = '{TOPIC}'", "lost"),
        (f"INSERT INTO ideas (id, {OTHERS}) SELECT 'another-1', {OTHERS} FROM ideas WHERE id = '{IDEA}'", "made up"),
        (f"INSERT INTO experiences (id, {SAID}) SELECT 'another-1', {SAID} FROM experiences LIMIT 1", "made up"),
        ("INSERT INTO ballots SELECT theme_id, participant_id, 2, session_id, rev, 1, 1 FROM ballots", "made up"),
        ("INSERT INTO participants (id, session_id, quote, return_code, rev, joined_at) "
         "SELECT 'nobody', session_id, quote, 'CODE', 1, 1 FROM participants LIMIT 1", "made up"),
        ("INSERT INTO answers SELECT actor, 'never-sent', answer, at FROM answers WHERE answer LIKE '%Repair%'", "made up"),
        ("CREATE TABLE copy AS SELECT * FROM experiences; DROP TABLE experiences; ALTER TABLE copy RENAME TO experiences;"
         "INSERT INTO experiences SELECT * FROM experiences", "doubled"),
        ("CREATE TABLE copy AS SELECT * FROM answers; DROP TABLE answers; ALTER TABLE copy RENAME TO answers;"
         "INSERT INTO answers SELECT * FROM answers", "doubled"),
        ("UPDATE answers SET answer = replace(answer, 'Repair', 'Replace')", "answered differently"),
        (f"DELETE FROM ideas WHERE id = '{IDEA}'", "damaged"),
    ],
)
def test_a_change_in_the_database_is_found(evidence: Evidence, statement: str, fault: str) -> None:
    assert evidence.faults == set()
    evidence.tamper(statement)
    assert fault in evidence.faults


def test_a_damaged_file_is_found(evidence: Evidence) -> None:
    evidence.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
    evidence.world.store.close()
    content = bytearray(evidence.database.read_bytes())
    content[4096 * 3 : 4096 * 8] = bytes(4096 * 5)
    evidence.database.write_bytes(content)
    assert evidence.faults == {"damaged"}
    assert check.check({}, evidence.database.with_name("none.db")).findings


def _answers(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["what"] == "ok"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda entries: entries.append({**_answers(entries)[0], "answer": {"ok": True, "rev": 99, "set": {}}}), "answered differently"),
        (lambda entries: _answers(entries)[0]["answer"].update(rev=99), "answered differently"),
        (lambda entries: entries[0]["body"].update(title="Never share"), "made up"),
        (lambda entries: _answers(entries)[0]["answer"].update(set={}), "lost"),
        (lambda entries: entries.__delitem__(slice(2, 4)), "made up"),  # both lines of one command
        (lambda entries: entries[3].update(what="fail"), "made up"),
        (lambda entries: entries[0].update(at=entries[2]["at"] + 1000) or entries[1].update(at=entries[2]["at"] + 1001), "out of order"),
    ],
    ids=["told twice", "told other", "sent other", "told nothing", "not sent", "refused", "too late"],
)
def test_a_change_in_the_journal_is_found(evidence: Evidence, change: Callable[[list[dict[str, Any]]], None], fault: str) -> None:
    evidence.rewrite(change)
    assert fault in evidence.faults


@pytest.mark.parametrize("carried_out", [True, False])
def test_what_nobody_was_told_may_have_happened_or_not(evidence: Evidence, carried_out: bool) -> None:
    hidden = {"told": False, "carried_out": carried_out}
    evidence.does(evidence.ada, "ballot.put", c.BallotPut, theme=evidence.world.waste, round=1, choices={}, **hidden)
    evidence.does(evidence.bo, "experience.put", c.ExperiencePut, experience="later-0001", idea=IDEA, kind="not", **hidden)
    assert evidence.faults == set()
    evidence.tamper("UPDATE ballots SET rev = rev + 100")
    assert evidence.faults >= {"made up"}


def test_an_open_command_explains_nothing_but_itself(evidence: Evidence) -> None:
    evidence.does(evidence.ada, "ballot.put", c.BallotPut, told=False, theme=evidence.world.waste, round=1, choices={})
    evidence.tamper("UPDATE experiences SET rev = rev + 1, text = 'Since June'")
    assert evidence.faults >= {"lost"}


def test_a_line_cut_by_a_kill_is_left_out_and_any_other_is_an_error(evidence: Evidence, capsys: pytest.CaptureFixture[str]) -> None:
    with evidence.path.open("a") as file:
        file.write('{"at": 1, "who": "a')
    assert evidence.faults == set()
    with evidence.path.open("a") as file:
        file.write("\n")
    assert check.main([str(evidence.path), str(evidence.database)]) == 2
    assert "line 17" in capsys.readouterr().err
