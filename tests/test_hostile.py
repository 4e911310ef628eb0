"""A room goes on whatever one client does to it: the attacks of `bench.hostile` that no other file tests, in short."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import time
from typing import Any

import gevent
import gevent.socket
import pytest

from bench._lines import MIB, Line, Target, line, opened_with
from bench.crowd import Bench
from bench.hostile import Server
from tests.apart import played
from tests.phones import HANDSHAKE
from tests.server import PATIENCE, Hall, House, Wire
from workshop.live import limits, manners
from workshop.rehearse.browser import Cookies
from workshop.rehearse.client import Phone


@pytest.fixture
def target(house: House, hall: Hall) -> Target:
    return Target(house.server.port, hall.code, hall.themes[0], seconds=2.0)


@pytest.fixture
def bo(house: House, hall: Hall) -> Cookies:
    return house.guest(hall, "Bo", "Bank")


def done(number: int) -> tuple[str, dict[str, Any]]:
    return "done", {"id": f"command-{number}", "phase": "lobby", "done": True}


async def sent(wire: Wire, count: int, command: Any = done) -> None:
    """*count* commands, without waiting for an answer."""
    for number in range(count):
        await wire.send(f"42{number}" + json.dumps(command(number)))


async def answers(wire: Wire) -> tuple[list[Any], list[str]]:
    """Everything that comes until the connection ends: the answers, and the reasons of goodbyes."""
    found, byes = [], []
    async with asyncio.timeout(PATIENCE):  # heartbeats may go on for ever
        while (packet := await wire.packet()) is not None:
            if packet.startswith("43"):
                found += json.loads(packet[packet.index("["):])
            elif packet.startswith('42["bye"'):
                byes.append(json.loads(packet[2:])[1]["reason"])
    return found, byes


# -- too often -----------------------------------------------------------------------------------------


def test_who_sends_too_much_is_told_then_dropped_then_kept_out_and_nobody_else(house, hall, ada, bo):
    async def play() -> None:
        async with Phone(house.url, hall.code, ada) as other, Wire(house.url, bo) as mallory:
            await mallory.come(hall, "phone")
            await sent(mallory, 1000)
            told, byes = await answers(mallory)
            stored = [answer for answer in told if answer["ok"]]
            refused = [answer["error"] for answer in told if not answer["ok"]]
            assert 200 <= len(stored) <= 400  # the second window may have begun
            assert {error["code"] for error in refused} == {"too_many"}
            assert {error["wait"] for error in refused} <= {1, 2}
            assert 200 <= len(refused) < 300  # it does not go on for long
            assert byes == ["too_many"]
            async with Wire(house.url, bo) as again:
                refusal = (await again.connect({"session": hall.code, "role": "phone"}))["data"]
            assert refusal["code"] == "too_many" and 1 <= refusal["wait"] <= 10
            assert (await other.do("done", {"phase": "lobby", "done": True}))["ok"]
            assert other.connects == 1

    played(play())


def test_the_tabs_of_one_participant_share_what_they_may_send(house, hall, ada, bo):
    async def play() -> None:
        async with Wire(house.url, bo) as one, Wire(house.url, bo) as two, Wire(house.url, ada) as other:
            for wire in (one, two, other):
                await wire.come(hall, "phone")
            await sent(one, 200)
            await one._find("43199[")
            assert (await two.ask(*done(1000)))["error"]["code"] == "too_many"
            assert (await other.ask(*done(1000)))["ok"]

    played(play())


def test_a_simulated_phone_waits_as_it_is_told(house, hall, ada):
    async def play() -> None:
        async with Phone(house.url, hall.code, ada) as phone:
            many = [phone.call(*done(number)[:1], done(number)[1] | {"id": f"patient-{number}"}) for number in range(250)]
            assert all(answer["ok"] for answer in await asyncio.gather(*many))
            assert phone.connects == 1

    played(play())


def test_the_whole_state_is_given_some_times_a_second(house, hall, bo):
    async def play() -> None:
        async with Wire(house.url, bo) as mallory:
            await mallory.come(hall, "phone")
            await sent(mallory, 100, lambda _: ("sync", {"since": None}))
            told, byes = await answers(mallory)
            assert sum(answer["ok"] for answer in told) <= 2 * manners.AT_ONCE.amount / manners.SYNC
            assert byes == ["too_many"]

    played(play())


def test_who_goes_on_trying_what_is_another_s_is_dropped(house, hall, bo):
    async def play() -> None:
        async with Wire(house.url, bo) as mallory:
            await mallory.come(hall, "phone")
            await sent(mallory, 500, lambda number: ("phase.set", {"id": f"wrong-{number}", "phase": "reveal"}))
            told, byes = await answers(mallory)
            assert {answer["error"]["code"] for answer in told} == {"forbidden"}
            assert byes == ["too_many"]

    before = house.server.log.count("a phone tried phase.set")
    played(play())
    assert house.server.log.count("a phone tried phase.set") - before < 30


# -- those who never come in --------------------------------------------------------------------------------


def test_of_those_who_only_shake_hands_some_hundred_may_stay(house, hall, ada, target):
    async def play() -> None:
        async with Phone(house.url, hall.code, ada) as other:
            lines = [await opened_with(target, HANDSHAKE) for _ in range(manners.MOST_OUTSIDE + 50)]
            try:
                for opened in lines[:50]:
                    assert (await opened.rest(10))[1], "the server holds it"
                assert not any(opened.ended() for opened in lines[-400:])
                assert (await other.do("done", {"phase": "lobby", "done": True}))["ok"]
            finally:
                for opened in lines:
                    opened.close()
            assert other.connects == 1

    before = Server(house).memory()
    played(play())
    assert Server(house).memory() - before < 50


def test_a_storm_of_newcomers_does_not_go_before_those_who_are_here(house, hall, ada, target):
    async def play() -> list[float]:
        ask = [sys.executable, "-m", "bench._attacks", "handshake storm"]
        storm = await asyncio.create_subprocess_exec(*ask, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        assert storm.stdin and storm.stdout
        storm.stdin.write(json.dumps({"port": target.port, "code": target.code, "theme": target.theme, "seconds": 4.0}).encode())
        storm.stdin.close()
        times = []
        async with Wire(house.url, ada) as wire:
            await wire.come(hall, "phone")
            assert await storm.stdout.readline() == b"on\n"
            tally = asyncio.create_task(storm.stdout.read())
            while not tally.done():
                start = time.monotonic()
                await wire.ask(*done(len(times)))
                times.append(time.monotonic() - start)
                await asyncio.sleep(0.02)
        await storm.wait()
        assert json.loads(tally.result())["tried"] > 100
        return times

    times = played(play())
    # What one waits who comes at any moment. Where a hundred connections were taken at a time, it soon was a second.
    assert sum(one * one for one in times) / sum(times) < 0.25


# -- codes --------------------------------------------------------------------------------------------------


def test_a_guesser_keeps_nobody_out(house, frida):
    rooms = Bench(house, phones=30, seconds=1.0, guessers=100)
    played(rooms.run([house.hall(), house.hall()], frida))
    (peace,), (siege,) = rooms.peace, rooms.siege
    assert (peace.refused, siege.refused) == ([], [])
    assert (len(siege.joins), len(siege.votes)) == (30, 30)
    assert sum(count for name, count in siege.guesses.items() if "turned away" in name) < 150  # each has waited
    assert siege.told * siege.guesses["seconds"] <= siege.guesses["seconds"] + 1  # the first does not wait
    assert {status for status, _ in (*peace.typos, *siege.typos)} <= {404, 429}


# -- bodies ---------------------------------------------------------------------------------------------------


def test_a_packed_form_is_not_unpacked(house, hall, target):
    async def play() -> bytes:
        body = gzip.compress(bytes(60 * MIB), 9)
        kind = "Connection: close", "Content-Encoding: gzip", f"Content-Length: {len(body)}"
        lines = f"POST /{hall.code} HTTP/1.1", "Host: localhost", *kind
        async with line(target, "\r\n".join((*lines, "", "")).encode() + body) as opened:
            return (await opened.rest())[0]

    before = Server(house).memory()
    assert b" 400 " in played(play()).split(b"\r\n")[0]
    assert Server(house).memory() - before < 5


def test_of_bodies_that_never_end_only_so_much_is_kept(house, hall, target):
    async def play() -> float:
        head = f"POST /{hall.code} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {MIB}\r\n\r\n".encode()
        lines: list[Line] = [await opened_with(target, head + bytes(MIB - 1)) for _ in range(60)]
        try:
            assert (await lines[0].rest(10))[1], "the longest is not broken off"
            async with line(target, head.replace(str(MIB).encode(), b"5") + b"hello") as small:
                assert (await small.receive()).startswith(b"HTTP/1.1 400")  # no form of ours, but read
            return Server(house).memory()
        finally:
            for opened in lines:
                opened.close()

    before = Server(house).memory()
    assert played(play()) - before < 40


def test_who_does_not_read_an_answer_is_left(monkeypatch):
    monkeypatch.setattr(limits, "SEND_SECONDS", 0.05)
    ours, theirs = gevent.socket.socketpair()
    handler = limits.Handler.__new__(limits.Handler)
    handler.socket, handler.code = ours, 200
    with gevent.Timeout(5), pytest.raises(BrokenPipeError):  # as from one that is gone: the server closes and says nothing
        handler._sendall(bytes(10 * MIB))
    ours.close()
    theirs.close()
