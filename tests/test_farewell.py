"""Who may not listen any more is told so and hears nothing further; what is full or gone says so."""

from __future__ import annotations

import gevent
import pytest

from tests.apart import played
from tests.server import Wire
from workshop import errors
from workshop.live.hub import Hub, Listener
from workshop.rehearse.browser import Browser, forms
from workshop.room import open_room
from workshop.service import commands as c
from workshop.store.queries import record
from workshop.views import every


def test_a_browser_that_signs_out_takes_its_console_and_screen_along(house, hall, frida):
    link = house.desk.link()

    async def play() -> None:
        async with Browser(house.url) as olga:
            _, base, text = await olga.get(link)
            await olga.submit(base, forms(text)[-1], {})
            async with Wire(house.url, olga.cookies) as wall, Wire(house.url, frida) as other:
                await wall.come(hall, "screen")
                await other.come(hall, "console")
                _, base, text = await olga.get("/account")
                (out,) = (form for form in forms(text) if form.action.endswith("/account/sign-out"))
                await olga.submit(base, out, {})
                assert (await wall.event("bye"))["reason"] == "signed_out"
                await wall.end()
                assert (await other.ask("sync", {}))["ok"]

    played(play())


def test_who_listens_to_a_removed_session_is_told_and_nothing_of_it_stays(world):
    heard = []
    hub = Hub(world.store, lambda event, body, sids: heard.append((event, body, list(sids))), world.clock)
    event = world.organize.event(world.event.id)
    hub.join(Listener("wall", world.session.id, "screen"), None)
    world.organize.remove_event(event.event.id)
    with gevent.Timeout(10):
        while not any(name == "bye" for name, _, _ in heard):
            gevent.sleep(0.01)
    assert [(body["reason"], list(sids)) for name, body, sids in heard if name == "bye"] == [("removed", ["wall"])]
    hub.close()


def test_a_removed_sample_takes_the_kept_answers_along(world):
    sample = world.organize.make_sample()
    who = world.entrance.join(sample.code, "City", "Ada", "name").participant
    world.facilitate.command(world.signin, sample.id, "phase.set", c.PhaseSet(id="command-1", phase="write"))
    world.does(who, c.MePut, name="Ada Lovelace", quote="name")
    world.organize.remove_event(sample.event_id)
    assert not any("Lovelace" in row["answer"] for row in world.store.read(lambda tx: tx.all("SELECT answer FROM answers")))


def progress(world):
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    return every(room)["console"]["progress"]["done"]


def test_done_is_asked_anew_in_every_phase_and_follows_a_theme_of_its_own(world):
    ada, bo = world.come("Ada"), world.come("Bo", "Bank")
    world.phase("write")
    world.does(ada, c.Done, phase="write", done=True)
    assert progress(world) == 1
    world.phase("share")
    world.phase("write")
    assert progress(world) == 0
    world.phase("vote", theme=world.waste)
    world.does(bo, c.Done, phase="vote", done=True)
    assert progress(world) == 1


def test_one_person_cannot_flood_the_session(world, monkeypatch):
    monkeypatch.setattr("workshop.service.participate.IDEAS_EACH", 2)
    ada = world.come("Ada")
    world.phase("write")
    first, _ = world.writes(ada, "One"), world.writes(ada, "Two")
    with pytest.raises(errors.Enough, match="2 already"):
        world.writes(ada, "Three")
    world.writes(ada, "One, better", idea=first)
    assert {idea.title for idea in world.record.ideas} == {"One, better", "Two"}


def test_the_console_does_not_bring_back_what_its_author_took_back(world):
    ada = world.come("Ada")
    world.phase("write")
    idea = world.writes(ada, "Mine")
    world.does(ada, c.IdeaWithdraw, idea=idea, withdrawn=True)
    with pytest.raises(errors.Conflict):
        world.runs("idea.hide", c.IdeaHide, idea=idea, hidden=False)


def test_one_command_id_in_two_sessions_is_two_commands(world):
    other = world.organize.copy_session(world.session.id)
    command = c.PhaseSet(id="command-1", phase="write")
    for session in (world.session.id, other.id):
        world.facilitate.command(world.signin, session, "phase.set", command)
    assert world.organize.session(other.id)[0].phase == "write"
