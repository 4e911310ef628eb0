"""The door of the live core, on a real server: who is let in, and who is thrown out again."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.apart import played
from tests.server import SOCKET, House, Wire
from workshop.rehearse.client import Console, Phone

EVIL = "http://evil.example"


# -- who is let in ---------------------------------------------------------------------------------------

REFUSED = [
    ("phone", lambda code, p, a: {}, "not_signed_in"),
    ("phone", lambda code, p, a: {f"p-{code}": "made-up"}, "not_signed_in"),
    ("phone", lambda code, p, a: {"account": a}, "not_signed_in"),
    ("phone", lambda code, p, a: {f"p-{code}": a}, "not_signed_in"),
    ("console", lambda code, p, a: {}, "not_signed_in"),
    ("console", lambda code, p, a: {f"p-{code}": p}, "not_signed_in"),
    ("console", lambda code, p, a: {"account": p}, "not_signed_in"),
    ("screen", lambda code, p, a: {"account": p, f"p-{code}": p}, "not_signed_in"),
    ("organizer", lambda code, p, a: {"account": a, f"p-{code}": p}, "invalid"),
]


@pytest.mark.parametrize(("role", "cookies", "code"), REFUSED)
def test_who_has_no_right_is_refused_with_a_code_and_a_sentence(house, hall, ada, frida, role, cookies, code):
    async def play() -> Any:
        held = cookies(hall.code, ada[f"p-{hall.code}"], frida["account"])
        async with Wire(house.url, held) as wire:
            return await wire.connect({"session": hall.code, "role": role, "since": None})

    refusal = played(play())
    assert refusal["data"]["code"] == code
    assert refusal["message"] == refusal["data"]["message"]
    assert refusal["message"].endswith(".")


def test_a_strange_cookie_of_somebody_else_keeps_nobody_out(house, hall, ada):
    cookie = f'prefs={{"a":1}}; =; [x]="; p-{hall.code}={ada[f"p-{hall.code}"]}'

    async def play() -> Any:
        async with Wire(house.url, {}, Cookie=cookie) as wire:
            await wire.come(hall, "phone")
            return await wire.ask("done", {"id": "command-1", "phase": "lobby", "done": True})

    assert played(play())["ok"]


def test_a_pass_is_good_for_its_own_session_alone(house, hall, ada):
    other = house.hall()

    async def play() -> Any:
        async with Wire(house.url, {f"p-{other.code}": ada[f"p-{hall.code}"]}) as wire:
            return await wire.connect({"session": other.code, "role": "phone"})

    assert played(play())["data"]["code"] == "not_signed_in"


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        # No word on whether the code exists: a guess teaches nothing.
        ({"session": "CFGHJM", "role": "phone"}, "not_signed_in"), ({"session": "", "role": "phone"}, "not_signed_in"),
        (None, "invalid"), ([], "invalid"), ("CFGHJM", "invalid"), ({"session": "CFGHJM"}, "invalid"),
        ({"session": 1, "role": "phone"}, "invalid"), ({"session": "CFGHJM", "role": "phone", "since": "x"}, "invalid"),
    ],
)
def test_what_names_no_session_is_refused(house, ada, auth, code):
    async def play() -> Any:
        async with Wire(house.url, ada) as wire:
            return await wire.connect(auth)

    assert played(play())["data"]["code"] == code


def test_who_was_refused_can_do_nothing(house, hall, ada, frida):
    command = {"id": "mallory-1", "idea": "idea-0001", "theme": hall.themes[0], "title": "Sneaked in"}

    async def play() -> None:
        async with Console(house.url, hall.code, frida) as console, Wire(house.url, {}) as mallory:
            await console.do("phase.set", {"phase": "write"})
            assert await mallory.connect({"session": hall.code, "role": "phone"})
            await mallory.send("421" + json.dumps(["idea.put", command]))
            assert await mallory.connect({"session": hall.code, "role": "phone"})  # the next answer: there was none between
            async with Phone(house.url, hall.code, ada) as phone:
                await phone.do("idea.put", {key: value for key, value in command.items() if key != "id"})

    played(play())
    assert [row.title for row in house.desk.record(hall.code).ideas] == ["Sneaked in"]  # by Ada: the id was still free


async def knock(house: House, transport: str, headers: dict[str, str]) -> int:
    """The status of a first request."""
    async with aiohttp.ClientSession() as http:
        try:
            if transport == "websocket":
                async with http.ws_connect(house.url + SOCKET + transport, headers=headers):
                    return 101
            async with http.get(house.url + SOCKET + transport, headers=headers) as answer:
                return answer.status
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_only_pages_of_our_own_open_sockets(house, frida, transport):
    async def play() -> None:
        cookie = {"Cookie": f"account={frida['account']}"}
        good = 101 if transport == "websocket" else 200
        for origin in (house.url, f"http://localhost:{house.server.port}"):
            assert await knock(house, transport, {**cookie, "Origin": origin}) == good
        for origin in (EVIL, "null", house.url + "0", "https" + house.url[4:]):
            assert await knock(house, transport, {**cookie, "Origin": origin}) == 400
        evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Origin": EVIL}
        assert await knock(house, transport, {**cookie, **evil}) == 400  # what a rebound name would send

    played(play())


# -- who is dropped ------------------------------------------------------------------------------------------

DROPPED = [
    '42["no.such",{}]', '42["connect",{},{}]', '42["disconnect"]', '42["*",{}]', '42["beat",{}]', '42["idea.put"', "42{}", "42[]",
    "42[1]", "42[null]", "42" + "[" * 5000, '42["sync",{},{}]', "4hello", '4{"a":1}', "44{}", "xyz", "", b"\x04\x00",
    '451-["idea.put",{"_placeholder":true,"num":0}]', '459999999-["idea.put",{}]', "461-[]", "4" + "2" * 65536,
]


@pytest.mark.parametrize("packet", DROPPED, ids=lambda packet: repr(packet[:24]))
def test_who_sends_what_means_nothing_is_dropped_alone(house, hall, ada, packet):
    bo = house.guest(hall, "Bo", "Bank")

    async def play() -> None:
        async with Phone(house.url, hall.code, bo) as other, Wire(house.url, ada) as mallory, Wire(house.url, ada) as tab:
            await mallory.come(hall, "phone")
            await tab.come(hall, "phone")
            await mallory.send(packet)
            await mallory.end()
            assert (await tab.ask("sync", {}))["ok"]
            assert (await other.do("done", {"phase": "lobby", "done": True}))["ok"]
            assert other.connects == 1

    played(play())


def test_an_event_named_connect_lets_nobody_in_once_more(house, hall, ada, frida):
    environ = {"HTTP_COOKIE": f"account={frida['account']}"}  # a right that the sender has, in a request that never was

    async def play() -> None:
        async with Wire(house.url, ada) as wire:
            await wire.come(hall, "phone")
            await wire.send("42" + json.dumps(["connect", environ, {"session": hall.code, "role": "console"}]))
            await wire.end()

    played(play())
