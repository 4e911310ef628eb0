"""Simulated participants: the clients that everything here stands on, the rehearsal, and what it finds."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.apart import apart, played
from tests.support import World
from workshop.model import KINDS, METHODS, Participant, Record, Session, new_id
from workshop.recounting import count_twice
from workshop.rehearse import check, rehearsal, script
from workshop.rehearse.browser import Browser, Cookies, enter, join, sign_in
from workshop.rehearse.client import Console, Journal, Phone, Refused, Screen
from workshop.rehearse.desk import Desk
from workshop.rehearse.mirror import Mirror
from workshop.rehearse.rehearsal import Plan, RealPeople, Seen
from workshop.rehearse.report import Progress, percentile, table
from workshop.rehearse.server import NoServer, PrivateServer
from workshop.service import commands as c
from workshop.service.plans import SessionPlan, ThemeLine
from workshop.store import Store

CROWD = 8


class House:
    """A running server with the sample session, and a facilitator's cookies."""

    def __init__(self, data: Path) -> None:
        self.session, self.facilitator = apart(lambda: self._prepare(data))
        self.server = PrivateServer(data)
        self.url, self.code = self.server.url, self.session.code

    @staticmethod
    def _prepare(data: Path) -> tuple[Session, Cookies]:
        data.mkdir()
        with Desk(data) as desk:
            return desk.organize.make_sample(), desk.facilitator()

    def record(self) -> Record:
        def look() -> Record:
            with Desk(self.server.data) as desk:
                return desk.record(self.code)

        return apart(look)

    def console(self) -> Console:
        return Console(self.url, self.code, self.facilitator)

    async def phone(self, **more: object) -> Phone:
        """Somebody joins and holds a phone."""
        return await Phone(self.url, self.code, await join(self.url, self.code, "Bank", "Alice"), **more).open()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    with house.server:
        yield house


# -- the clients ---------------------------------------------------------------------------------


def test_a_phone_joins_by_the_form_and_knows_itself(house: House) -> None:
    async def play() -> None:
        phone = await house.phone()
        me = phone.state["mine/me"]
        assert (me["name"], me["quote"], me["organisation"]["name"]) == ("Alice", "organisation", "Bank")
        assert phone.who == me["id"]
        assert phone.state["session"]["phase"] == "lobby"
        await phone.close()

    played(play())


def test_a_listed_organisation_or_none_can_be_chosen(house: House) -> None:
    async def play() -> None:
        async with Browser(house.url) as browser:
            listed = (await enter(browser, house.code)).organisations
        assert len(listed) >= 15
        for choice in (listed[0], ""):
            async with Phone(house.url, house.code, await join(house.url, house.code, choice)) as phone:
                organisation = phone.state["mine/me"]["organisation"]
                assert (organisation and organisation["id"]) == (choice or None)

    played(play())


def test_a_one_time_link_signs_in_once(house: House) -> None:
    def link() -> str:
        with Desk(house.server.data) as desk:
            return desk.link()

    fresh = apart(link)

    async def play() -> None:
        async with Console(house.url, house.code, await sign_in(house.url, fresh)) as console:
            assert "log" in console.state
        with pytest.raises(Refused):
            await sign_in(house.url, fresh)

    played(play())


@pytest.mark.parametrize("kind", [Phone, Screen, Console])
def test_without_the_right_cookie_nobody_comes_in(house: House, kind: type[Phone]) -> None:
    async def play() -> None:
        client = kind(house.url, house.code, {"account": "made up", f"p-{house.code}": "made up"})
        with pytest.raises(Refused, match="not signed in"):
            await client.open()

    played(play())


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_the_state_follows_what_others_do(house: House, transport: str) -> None:
    async def play() -> None:
        phone = await house.phone(transports=(transport,))
        async with house.console() as console:
            await console.do("phase.set", {"phase": "write"})
            await phone.until(lambda: phone.state["session"]["phase"] == "write")
            await console.until(lambda: console.state["room"]["here"] == 1)
            theme = phone.state["session"]["themes"][0]
            answer = await phone.do("idea.put", {"idea": "idea-0001", "theme": theme, "title": "Repair first"})
            assert phone.mine["idea/idea-0001"] == answer["set"]["mine/idea/idea-0001"]
            await console.until(lambda: "idea/idea-0001" in console.state)
        await phone.close()

    played(play())


def test_the_same_command_again_gets_the_same_answer(house: House) -> None:
    async def play() -> None:
        phone = await house.phone()
        async with house.console() as console:
            await console.do("phase.set", {"phase": "write"})
        body = {"idea": "idea-0001", "theme": phone.state["session"]["themes"][0], "title": "Repair first"}
        first = await phone.call("idea.put", body, id="command-1")
        assert await phone.call("idea.put", body, id="command-1") == first
        await phone.close()

    played(play())
    assert [i.title for i in house.record().ideas] == ["Repair first"]


def test_a_lost_connection_comes_back_where_it_was(house: House) -> None:
    async def play() -> None:
        phone = await house.phone()
        await phone.drop()
        async with house.console() as console:
            await console.do("phase.set", {"phase": "write"})
        await phone.until(lambda: phone.connects == 2 and phone.state["session"]["phase"] == "write")
        await phone.close()

    played(play())


def test_a_command_outlives_the_server(house: House) -> None:
    journal = Journal()

    async def play() -> None:
        phone = await house.phone(journal=journal)
        async with house.console() as console:
            await console.do("phase.set", {"phase": "write"})
        theme = phone.state["session"]["themes"][0]
        house.server.kill()
        waiting = asyncio.create_task(phone.do("idea.put", {"idea": "idea-0001", "theme": theme, "title": "Repair first"}))
        await asyncio.to_thread(house.server.start)
        assert (await waiting)["ok"]
        await phone.close()

    played(play())
    assert [i.id for i in house.record().ideas] == ["idea-0001"]
    assert [e.what for e in journal.entries if e.what != "unknown"] == ["invoke", "ok"]
    assert len(journal.seconds("idea.put")) == 1


def test_a_refused_command_is_an_answer_to_call_and_an_error_to_do(house: House) -> None:
    async def play() -> None:
        phone = await house.phone()
        body = {"idea": "idea-0001", "theme": phone.state["session"]["themes"][0], "title": "Too early"}
        assert (await phone.call("idea.put", body))["error"]["code"] == "wrong_phase"
        with pytest.raises(Refused, match="wrong_phase"):
            await phone.do("idea.put", body)
        with pytest.raises(TimeoutError):
            await phone.until(lambda: False, patience=0.01)
        await phone.close()

    played(play())


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "workshop.db").mkdir()
    with pytest.raises(NoServer, match=r"workshop\.db"):
        PrivateServer(tmp_path).start()


# -- the rehearsal ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_a_rehearsal_loses_and_doubles_nothing(house: House, method: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = apart(lambda: _session_by(house, method))
    plan = Plan(code, CROWD, house.url, pace=0)
    assert apart(lambda: rehearsal.run(plan, house.server.data)) == 0
    assert apart(lambda: rehearsal.run(plan, house.server.data)) == 0  # those who are there already are simulated, too
    printed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (f"joined {CROWD}", f"ballots acknowledged {3 * CROWD}", "never shown on the screen 0", "lost 0", "doubled 0"):
        assert printed.count(line) == 2
    with_people = apart(lambda: _record(house, code))
    assert len(with_people.participants) == 2 * CROWD
    assert all(who.organisation_id for who in with_people.participants)
    assert apart(lambda: _recount_differs(house, code)) == []


def _recount_differs(house: House, code: str) -> list[str]:
    with closing(Store(house.server.data / "workshop.db")) as store:
        return count_twice(store, code).differences


def _session_by(house: House, method: str) -> str:
    lines = tuple(ThemeLine(title) for title in ("Less electronic waste", "Better use of resources", "Something else"))
    with Desk(house.server.data) as desk:
        plan = SessionPlan("Rehearsed", themes=lines, method=method)
        return desk.organize.create_session(house.session.event_id, plan).code


def _record(house: House, code: str) -> Record:
    with Desk(house.server.data) as desk:
        return desk.record(code)


def test_without_a_server_it_says_so_at_once(house: House) -> None:
    house.server.stop()
    with pytest.raises(Refused, match="No server answers at"):
        apart(lambda: rehearsal.run(Plan(house.code, CROWD, house.url), house.server.data))


def test_a_session_with_people_is_left_alone(house: House) -> None:
    async def somebody() -> None:
        await (await house.phone()).close()

    played(somebody())
    with pytest.raises(RealPeople, match="Copy the session"):
        apart(lambda: rehearsal.run(Plan(house.code, CROWD, house.url), house.server.data))
    assert len(house.record().participants) == 1


# -- what it finds -----------------------------------------------------------------------------------


@pytest.fixture
def seen(world: World) -> Seen:
    """One participant wrote, added and voted; everything was acknowledged, as it was stored."""
    seen, who = Seen(), world.come("Alva (rehearsal 1)")
    seen.people.add(who.id)
    world.phase("write")
    _done(world, seen, who, "idea.put", c.IdeaPut, {"idea": "idea-0001", "theme": world.waste, "title": " Repair  first "})
    world.phase("share")
    experience = {"experience": "exp-0001", "idea": "idea-0001", "kind": "do", "text": "Since 2024"}
    _done(world, seen, who, "experience.put", c.ExperiencePut, experience)
    world.phase("vote")
    _done(world, seen, who, "ballot.put", c.BallotPut, {"theme": world.waste, "round": 1, "choices": {}})
    _done(world, seen, who, "ballot.put", c.BallotPut, {"theme": world.waste, "round": 1, "choices": {"idea-0001": 1}})
    return seen


def _done(world: World, seen: Seen, who: Participant, name: str, command: type[c.Command], body: dict[str, Any]) -> None:
    body = {"id": new_id(), **body}
    seen.journal.add(who.id, "invoke", name, body)
    seen.journal.add(who.id, "ok", name, body, {"ok": True, **world.participate.command(who.id, command(**body))})


def _nothing(record: Record) -> Record:
    return replace(record, participants=(), ideas=(), experiences=(), ballots=())


def test_what_is_stored_as_acknowledged_is_neither_lost_nor_doubled(world: World, seen: Seen) -> None:
    assert check.compare(seen, _nothing(world.record), world.record) == check.Found(1, 1, 1, lost=0, doubled=0)


@pytest.mark.parametrize("rows", ["ideas", "experiences", "ballots"])
def test_an_acknowledged_row_that_is_not_there_is_lost(world: World, seen: Seen, rows: str) -> None:
    after = replace(world.record, **{rows: ()})
    assert check.compare(seen, _nothing(after), after).lost == 1


@pytest.mark.parametrize(
    ("rows", "change"),
    [("ideas", {"title": "Repair"}), ("experiences", {"text": ""}), ("ballots", {"choices": {}})],
)
def test_a_row_that_is_stored_otherwise_is_lost(world: World, seen: Seen, rows: str, change: dict[str, Any]) -> None:
    record = world.record
    after = replace(record, **{rows: tuple(replace(row, **change) for row in getattr(record, rows))})
    assert check.compare(seen, _nothing(after), after).lost == 1


@pytest.mark.parametrize("rows", ["ideas", "experiences", "participants"])
def test_a_row_that_nobody_sent_is_doubled(world: World, seen: Seen, rows: str) -> None:
    record = world.record
    after = replace(record, **{rows: (*getattr(record, rows), replace(getattr(record, rows)[0], id="another"))})
    assert check.compare(seen, _nothing(record), after).doubled == 1


def test_people_who_were_there_before_are_not_doubled(world: World, seen: Seen) -> None:
    world.come("Bob (rehearsal 1)")
    assert check.compare(seen, world.record, world.record).doubled == 0


def test_the_time_from_tap_to_screen_is_that_of_what_all_could_see(seen: Seen) -> None:
    first, second = (e.at for e in seen.journal.entries if e.what == "invoke" and e.command != "ballot.put")
    assert seen.taps() == {"idea/idea-0001": first, "experience/exp-0001": second}
    seen.shared = second
    assert seen.taps() == {"experience/exp-0001": second}


# -- what it says ------------------------------------------------------------------------------------


def test_percentiles_are_values_that_occurred() -> None:
    values = [0.4, 0.1, 0.3, 0.2]
    assert [percentile(values, share) for share in (0, 0.5, 0.75, 0.76, 1)] == [0.1, 0.2, 0.3, 0.4, 0.4]
    assert percentile([], 0.5) is None


def test_a_table_has_its_values_flush_right() -> None:
    assert table([("joined", 1200), ("p95", "8 ms")]) == "  joined  1,200\n  p95      8 ms"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "drawn"), [(io.StringIO(), False), (Terminal(), True)])
def test_progress_shows_on_a_terminal_alone(stream: io.StringIO, drawn: bool) -> None:
    with Progress("joining", 2, stream) as progress:
        progress.step()
        progress.step()
    assert (f"joining    {'█' * 24}      2/2" in stream.getvalue()) is drawn
    assert bool(stream.getvalue()) is drawn


def test_no_idea_comes_twice_before_all_have_come() -> None:
    deck = script.Script({"a": "Less electronic waste", "b": "A theme of this year"}, random.Random(1))
    for theme in "ab":
        titles = [deck.idea(theme).title for _ in range(20)]
        assert len(set(titles)) == 20
        assert {deck.experience(title)["kind"] for title in titles} <= set(KINDS)


def test_simulated_people_are_known_by_their_names() -> None:
    name = script.Script({"a": ""}, random.Random(1)).name(7)
    assert script.is_rehearsed(name)
    assert not script.is_rehearsed("Alva")


# -- the mirror --------------------------------------------------------------------------------------


def test_a_mirror_takes_nothing_older_and_starts_with_a_snapshot() -> None:
    mirror = Mirror(None)
    mirror.changes({"rev": 4, "set": {"wall": {"page": 4}}, "gone": []})
    assert (mirror.state, mirror.up_to_date) == ({}, False)
    mirror.snapshot({"rev": 5, "set": {"wall": {"page": 5}, "room": {}}, "mine": {"mine/me": {"rev": 2}}})
    mirror.changes({"rev": 4, "set": {"wall": {"page": 4}}, "gone": []})
    mirror.changes({"rev": 6, "set": {}, "gone": ["room"]})
    mirror.mine({"mine/me": {"rev": 1}, "mine/idea/a": {"rev": 1}})
    assert mirror.state == {"wall": {"page": 5}, "mine/me": {"rev": 2}, "mine/idea/a": {"rev": 1}}
    assert [mirror.is_behind(rev) for rev in (5, 6, 7)] == [False, False, True]


def test_a_mirror_that_knows_a_revision_goes_on_from_there() -> None:
    mirror = Mirror(5)
    mirror.changes({"rev": 7, "set": {"wall": {"page": 7}}, "gone": []})
    assert (mirror.state, mirror.rev, mirror.up_to_date) == ({"wall": {"page": 7}}, 7, True)
