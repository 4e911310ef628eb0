"""The live core over real sockets of a real server: what is answered, who hears of it, what is healed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.apart import played
from tests.server import PATIENCE, Hall, Wire
from workshop.rehearse.browser import Browser, forms, join
from workshop.rehearse.client import Client, Console, Phone, Screen

POLLING = ("polling",)


def titles(client: Client) -> set[str]:
    return {value["title"] for key, value in client.state.items() if key.startswith("idea/")}


def key(hall: Hall, number: int = 1) -> str:
    """An idea's id; no two sessions may have the same."""
    return f"{hall.code}-{number:04}"


def idea(hall: Hall, title: str, number: int = 1) -> dict[str, Any]:
    return {"idea": key(hall, number), "theme": hall.themes[0], "title": title}


# -- commands --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "command", "body"),
    [
        ("phone", "phase.set", {"phase": "reveal"}), ("phone", "undo", {"log": "anything"}),
        ("screen", "phase.set", {"phase": "reveal"}), ("screen", "idea.put", {}), ("console", "idea.put", {}),
        ("console", "ballot.put", {}),
    ],
)
def test_a_command_of_another_role_is_refused_and_logged(house, hall, ada, frida, role, command, body):
    before = house.server.log.count(f"a {role} tried {command}")

    async def play() -> Any:
        async with Wire(house.url, ada | frida) as wire:
            return await (await wire.come(hall, role)).ask(command, {"id": "wrong-role", **body})

    error = played(play())["error"]
    assert (error["code"], error["message"][-1]) == ("forbidden", ".")
    assert house.server.log.count(f"a {role} tried {command}") == before + 1
    assert house.desk.record(hall.code).session.phase == "lobby"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ((), None), ((None,), None), (([],), None), ((7,), None), (({},), None),
        (({"id": "short"},), "id"), (({"id": "x" * 41},), "id"), (({"id": "with space"},), "id"),
        (({"id": "good-id-1", "idea": "idea-0001", "theme": "theme-01", "title": 5},), "title"),
        (({"id": "good-id-1", "idea": "idea-0001", "theme": "theme-01", "title": "t", "participant": "somebody"},), None),
        (({"id": "good-id-1", "idea": "idea-0001", "theme": "theme-01", "title": "t"},), "theme"),
    ],
)
def test_a_malformed_command_is_answered_and_its_client_stays(house, hall, ada, body, field):
    async def play() -> None:
        async with Wire(house.url, ada) as wire:
            await wire.come(hall, "phone")
            error = (await wire.ask("idea.put", *body))["error"]
            assert (error["code"], error["field"]) == ("not_found" if field == "theme" else "invalid", field)
            assert (await wire.ask("sync", {}))["ok"]

    played(play())


def test_the_same_id_by_another_way_gets_the_same_answer_and_one_row(house, hall, ada, frida):
    other = house.guest(hall, "Bo", "Bank")

    async def play() -> list[Any]:
        async with Console(house.url, hall.code, frida) as console:
            await console.do("phase.set", {"phase": "write"})
        answers = []
        for cookies, transport, title in [
            (ada, "websocket", "First"), (ada, "polling", "First"), (ada, "polling", "Another body"), (other, "polling", "Bo's own"),
        ]:
            async with Phone(house.url, hall.code, cookies, transports=(transport,)) as phone:
                body = idea(hall, title, number=1 if cookies is ada else 2)
                answers.append(await phone.call("idea.put", body, id="same-command-id"))
        return answers

    first, again, edited, bo = played(play())
    assert first["ok"] and first == again == edited
    assert bo["ok"] and bo["rev"] > first["rev"]  # command ids are one's own
    assert sorted(row.title for row in house.desk.record(hall.code).ideas) == ["Bo's own", "First"]


def test_after_signing_out_an_open_console_can_do_nothing(house, hall, frida):
    async def play() -> Any:
        async with Console(house.url, hall.code, frida) as console, Browser(house.url) as browser:
            browser._http.cookie_jar.update_cookies(frida)
            _, base, page = await browser.get("/account")
            (form,) = [form for form in forms(page) if form.action.endswith("/sign-out")]
            await browser.submit(base, form, {})
            return await console.call("phase.set", {"phase": "reveal"})

    assert played(play())["error"]["code"] == "not_signed_in"
    assert house.desk.record(hall.code).session.phase == "lobby"


# -- staying up to date ------------------------------------------------------------------------------------


def test_who_says_a_revision_gets_what_is_newer_and_others_a_snapshot(house, hall, ada, frida):
    async def first(since: int | None) -> tuple[str, Any]:
        async with Wire(house.url, ada) as wire:
            return await (await wire.come(hall, "phone", since)).first()

    async def play() -> None:
        async with Console(house.url, hall.code, frida) as console, Phone(house.url, hall.code, ada) as phone:
            floor = phone.mirror.rev
            await console.do("phase.set", {"phase": "write"})
            for number in (1, 2):
                await phone.do("idea.put", idea(hall, f"Idea {number}", number))
            shared = await console.do("phase.set", {"phase": "share"})
            await phone.until(lambda: phone.mirror.rev >= shared["rev"], PATIENCE)
            hidden = await console.do("idea.hide", {"idea": key(hall), "hidden": True})
            await phone.until(lambda: phone.mirror.rev >= hidden["rev"] and f"idea/{key(hall)}" not in phone.state, PATIENCE)

            name, caught_up = await first(shared["rev"])
            assert (name, caught_up["rev"], caught_up["gone"]) == ("changes", hidden["rev"], [f"idea/{key(hall)}"])
            name, nothing = await first(hidden["rev"])
            assert (name, "session" in nothing["set"]) == ("changes", False)
            for unknown in (None, floor - 1, hidden["rev"] + 1000):
                name, whole = await first(unknown)
                assert (name, whole["set"], whole["rev"]) == ("snapshot", public(phone), hidden["rev"])
                assert whole["mine"].keys() == {f"mine/{key}" for key in phone.mine}

    played(play())


def public(client: Client) -> dict[str, Any]:
    return {key: value for key, value in client.state.items() if not key.startswith("mine/")}


def test_two_tabs_of_one_participant_agree_and_nobody_else_hears(house, hall, ada, frida):
    bo = house.guest(hall, "Bo", "Bank")

    async def play() -> None:
        async with (
            Console(house.url, hall.code, frida) as console, Phone(house.url, hall.code, bo) as stranger,
            Phone(house.url, hall.code, ada) as one, Phone(house.url, hall.code, ada, transports=POLLING) as two,
        ):
            await console.do("phase.set", {"phase": "write"})
            for tab, number in ((one, 1), (two, 2)):
                await tab.do("idea.put", idea(hall, f"Idea {number}", number))
            await console.do("phase.set", {"phase": "vote"})
            for tab, choices in ((one, {key(hall): 1}), (two, {key(hall, 2): 1})):
                await tab.do("ballot.put", {"theme": hall.themes[0], "round": 1, "choices": choices})
            ballot = f"ballot/{hall.themes[0]}"
            await one.until(lambda: one.mine == two.mine and one.mine[ballot]["choices"] == {key(hall, 2): 1}, PATIENCE)
            assert one.mine.keys() == {"me", f"idea/{key(hall)}", f"idea/{key(hall, 2)}", ballot}
            assert stranger.mine.keys() == {"me"}

    played(play())


def test_a_heartbeat_heals_who_heard_nothing(house, hall, ada, frida):
    bo = house.guest(hall, "Bo", "Bank")

    async def play() -> None:
        async with (
            Phone(house.url, hall.code, ada) as phone, Phone(house.url, hall.code, bo) as voter, Wire(house.url, ada) as wire,
        ):
            await wire.come(hall, "phone")
            done = await voter.do("done", {"phase": "lobby", "done": True})  # nothing that other phones see
            beat = await wire.event("beat")
            assert beat.keys() == {"rev", "now"}
            await phone.until(lambda: phone.mirror.rev >= done["rev"], PATIENCE)

    played(play())


# -- long-polling alone ------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["approval", "agree"])
def test_a_whole_session_over_long_polling(house, frida, method):
    hall = house.hall(method=method)

    async def play() -> None:
        cookies = await join(house.url, hall.code, "A new one", "Ada")
        async with (
            Console(house.url, hall.code, frida, transports=POLLING) as console,
            Screen(house.url, hall.code, frida, transports=POLLING) as screen,
            Phone(house.url, hall.code, cookies, transports=POLLING) as phone,
        ):
            await screen.until(lambda: screen.state["room"]["here"] == 1, PATIENCE)
            await console.do("phase.set", {"phase": "write"})
            await phone.do("idea.put", idea(hall, "Share spare parts"))
            await console.do("phase.set", {"phase": "share"})
            await screen.until(lambda: titles(screen) == {"Share spare parts"}, PATIENCE)
            await phone.do("experience.put", {"experience": key(hall), "idea": key(hall), "kind": "do"})
            await console.do("phase.set", {"phase": "vote"})
            await phone.do("ballot.put", {"theme": hall.themes[0], "round": 1, "choices": {key(hall): 1}})
            await screen.until(lambda: screen.state.get(f"turnout/{hall.themes[0]}", {}).get("voted") == 1, PATIENCE)
            await console.do("phase.set", {"phase": "reveal"})
            for client in (phone, screen, console):
                await client.until(lambda client=client: f"results/{hall.themes[0]}" in client.state, PATIENCE)
                (line,) = client.state[f"results/{hall.themes[0]}"]["ranking"]
                assert (line["idea"], line["approvals"], line["reach"]) == (key(hall), 1, 1)
            assert {client.connects for client in (phone, screen, console)} == {1}

    played(play())


# -- the server goes and comes ---------------------------------------------------------------------------------


def test_a_killed_server_loses_nothing_and_everybody_catches_up(house, hall, ada, frida):
    async def play() -> None:
        async with (
            Console(house.url, hall.code, frida) as console, Screen(house.url, hall.code, frida, transports=POLLING) as screen,
            Phone(house.url, hall.code, ada) as phone,
        ):
            await console.do("phase.set", {"phase": "write"})
            await phone.do("idea.put", idea(hall, "Stored before"))
            await house.again(house.server.kill)
            await phone.do("idea.put", idea(hall, "Stored after", 2))
            await console.do("phase.set", {"phase": "share"})
            for client in (screen, phone):
                await client.until(lambda client=client: titles(client) == {"Stored before", "Stored after"}, PATIENCE)
            assert {client.connects for client in (console, screen, phone)} == {2}
            assert phone.mine.keys() >= {f"idea/{key(hall)}", f"idea/{key(hall, 2)}"}

    played(play())


def test_a_stopping_server_says_goodbye(house, hall, ada, frida):
    async def play() -> None:
        async with (
            Phone(house.url, hall.code, ada) as phone, Screen(house.url, hall.code, frida, transports=POLLING) as screen,
            Wire(house.url, ada) as wire,
        ):
            await wire.come(hall, "phone")
            await house.again(house.server.stop)
            assert await wire.event("bye") == {"reason": "restarting", "message": ""}
            for client in (phone, screen):
                await client.until(lambda client=client: client.connects == 2, PATIENCE)
            assert [bye["reason"] for bye in phone.byes] == ["restarting"]

    played(play())
