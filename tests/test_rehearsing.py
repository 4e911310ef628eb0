"""A rehearsal from the console: it plays with real connections, and a wipe leaves every table as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from tests.apart import played
from workshop import errors, views
from workshop.model import new_id
from workshop.rehearse.client import Console, Phone
from workshop.room import open_room
from workshop.rules.kpi import Measure
from workshop.rules.review import Said
from workshop.service import commands as c
from workshop.service.entrance import hashed
from workshop.service.practices import Choice, Practices, Written
from workshop.service.rehearsing import Rehearsing
from workshop.service.reviews import ReviewDesk, Reviewing
from workshop.service.reviews.desk import EVENT
from workshop.store.queries import record

Tables = dict[str, list[dict[str, Any]]]
KEPT = ("wordings", "measures", "reviews", "review_comments")  # what people wrote in practices


def tables(path: Path) -> Tables:
    """Every row of every table; revisions aside, which only ever grow."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {name: [{key: value for key, value in dict(row).items() if key != "rev"} for row in connection.execute(f"SELECT * FROM {name}")]
             for name in names}
    connection.close()
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


@pytest.fixture
def day(world):
    """A session at work: Bo has written in the first round and is done, a timer runs."""
    world.phase("write", seconds=600)
    bo = world.come("Bo", "Bank")
    world.bo, world.idea = bo, world.writes(bo, "Deposit per device")
    world.does(bo, c.Done, phase="write", done=True)
    world.rehearsing = Rehearsing(world.store, world.clock)
    return world


def begins(world, confirmed=True):
    return world.rehearsing.begin(world.session.id, confirmed)[1]


def plays(world, token):
    """What a rehearsal does to a session, and what the facilitator tries out meanwhile; the simulated participant's idea."""
    def tell(name, kind, **body):
        world.facilitate.command(hashed(token), world.session.id, name, kind(id=new_id(), **body))

    who = [world.entrance.join(world.session.code, organisation, "Alva", "name", True, new_id(), account_token=token).participant
           for organisation in ("City", "Typed by nobody")]
    assert all(one.simulated for one in who)
    ideas = [world.writes(one, f"Made up {n}") for n, one in enumerate(who)]
    tell("phase.set", c.PhaseSet, phase="share")
    world.does(who[1], c.ExperiencePut, experience=new_id(), idea=world.idea, kind="do", text="We do")
    world.runs("idea.merge", c.IdeaMerge, idea=ideas[1], into=ideas[0])
    world.runs("idea.merge", c.IdeaMerge, idea=world.idea, into=ideas[0])
    tell("phase.set", c.PhaseSet, phase="vote")
    world.votes(who[0], ideas[0])
    tell("round.next", c.RoundNext)
    tell("phase.set", c.PhaseSet, phase="reveal")
    return ideas[0]


def test_a_wipe_leaves_every_table_as_it_was(day):
    before = tables(day.path)
    token = begins(day)
    plays(day, token)
    assert tables(day.path) != before
    day.rehearsing.wipe(day.session.id, confirmed=False)
    after = tables(day.path)
    # What the facilitator sent by hand meanwhile is answered for good: the ids of those commands, nothing of what they did.
    practice = [row for row in after["answers"] if row not in before["answers"]]
    assert len(practice) == 2 and {row["actor"] for row in practice} == {f"{day.record.log[0].actor}/{day.session.id}"}
    assert after | {"answers": 0, "ideas": 0} == before | {"answers": 0, "ideas": 0}
    assert [row | {"updated_at": 0} for row in after["ideas"]] == [row | {"updated_at": 0} for row in before["ideas"]]


def answers(desk, day, practice, said, comments):
    """What the organisation that nobody but a simulated participant came for says in review."""
    reviews, reviewing = ReviewDesk(day.store, day.clock), Reviewing(day.store, day.clock)
    typed = next(one.id for one in day.organize.event(day.event.id).organisations if one.name == "Typed by nobody")
    reviews.start("olga", day.event.id, [practice])
    [link] = reviews.make_links("olga", day.event.id, EVENT)
    reviewing.answer(link.token, typed, practice, said, comments)


WRITING = {
    "nothing": lambda desk, day, one: None,
    "a section": lambda desk, day, one: desk.save(day.event.id, one, Written("problem", "The editor's own words", 0), "editor"),
    "a measure": lambda desk, day, one: desk.put_measure(day.event.id, one, Measure("e_waste", "", "kg", 3, 1, "", "", "m1"), 0, "editor"),
    "a reason": lambda desk, day, one: desk.confirm(day.event.id, one, "It works.", "editor"),
    "an answer": lambda desk, day, one: answers(desk, day, one, Said("agree"), {}),
    "a comment": lambda desk, day, one: answers(desk, day, one, Said(), {"": "Say who collects."}),
}


@pytest.mark.parametrize("written", WRITING)
def test_a_practice_of_made_up_ideas_goes_unless_somebody_has_written_in_it(day, written):
    desk, made_up = Practices(day.store, day.clock), plays(day, begins(day))
    [made] = desk.draft(day.event.id, day.session.id, Choice(ideas=(made_up,)), "editor")
    WRITING[written](desk, day, made.id)
    before = {table: len(rows) for table, rows in tables(day.path).items()}
    day.rehearsing.wipe(day.session.id, confirmed=True)
    after = {table: len(rows) for table, rows in tables(day.path).items()}
    assert [one.practice.state for one in desk.of_event(day.event.id)] == ([] if written == "nothing" else ["aside"])
    assert [after[table] for table in KEPT] == [before[table] for table in KEPT]


def test_whoever_plays_can_no_more_after_the_wipe(day):
    token = begins(day)
    plays(day, token)
    day.rehearsing.wipe(day.session.id, confirmed=False)
    before = tables(day.path)
    with pytest.raises(errors.NotSignedIn):
        day.entrance.join(day.session.code, "City", "Late", "name", False, new_id(), account_token=token)
    with pytest.raises(errors.NotSignedIn):
        day.facilitate.command(hashed(token), day.session.id, "phase.set", c.PhaseSet(id=new_id(), phase="closed"))
    with pytest.raises(errors.NotFound):
        day.rehearsing.wipe(day.session.id, confirmed=True)
    assert tables(day.path) == before


def test_a_rehearsal_s_token_lets_nobody_simulate_in_another_session(day):
    other = day.organize.copy_session(day.session.id)
    with pytest.raises(errors.NotSignedIn):
        day.entrance.join(other.code, "City", "Alva", "name", False, new_id(), account_token=begins(day))


def test_where_people_have_written_it_begins_only_when_confirmed(day):
    with pytest.raises(errors.RealPeopleHere):
        begins(day, confirmed=False)
    quiet = day.organize.copy_session(day.session.id)
    day.entrance.join(quiet.code, "City", "Early", "name")  # here, but has said nothing
    assert day.rehearsing.begin(quiet.id, confirmed=False)[0] == quiet.code


def test_real_answers_to_made_up_ideas_go_only_when_confirmed(day):
    idea = plays(day, begins(day))
    day.phase("vote")
    said = new_id()
    day.does(day.bo, c.ExperiencePut, experience=said, idea=idea, kind="would")
    day.votes(day.bo, idea, round=2)
    before = tables(day.path)
    with pytest.raises(errors.RealAnswers):
        day.rehearsing.wipe(day.session.id, confirmed=False)
    assert tables(day.path) == before
    day.rehearsing.wipe(day.session.id, confirmed=True)
    stored = day.record
    assert ([i.id for i in stored.ideas], stored.experiences) == ([day.idea], ())
    assert [(b.participant_id, dict(b.choices)) for b in stored.ballots] == [(day.bo.id, {})]


def test_what_was_done_to_real_words_meanwhile_stays_in_the_log(day):
    plays(day, begins(day))
    day.runs("idea.split", c.IdeaSplit, idea=day.idea)
    day.runs("idea.edit", c.IdeaEdit, idea=day.idea, title="A deposit on every device")
    known = [entry.action for entry in day.record.log][:1]
    day.rehearsing.wipe(day.session.id, confirmed=True)
    assert [entry.action for entry in day.record.log] == [*known, "idea.split", "idea.edit"]
    assert day.record.ideas[0].title == "A deposit on every device"


def test_a_second_rehearsal_before_the_wipe_keeps_how_it_was_at_first(day):
    before = day.record
    plays(day, begins(day))
    plays_again = begins(day)
    day.entrance.join(day.session.code, "City", "Alva", "name", False, new_id(), account_token=plays_again)
    day.rehearsing.wipe(day.session.id, confirmed=True)
    assert (day.record.session.phase, len(day.record.participants)) == (before.session.phase, 1)


def test_one_that_a_restart_has_cut_short_is_still_there_to_be_wiped(day):
    plays(day, begins(day))
    seen = views.every(open_room(day.store.read(lambda tx: record.changes(tx, day.session.id, -1))))
    assert seen["console"]["rehearsal"] == {
        "state": "left", "step": "", "of": 2, "lost": None, "problem": "", "joined": 2, "ideas": 2, "experiences": 1, "ballots": 1}
    assert not any("rehearsal" in seen[role] for role in ("phone", "screen"))


def test_a_signed_out_browser_neither_begins_nor_wipes(day):
    for ask in (day.rehearsing.begin, day.rehearsing.wipe):
        with pytest.raises(errors.NotSignedIn):
            ask(day.session.id, True, hashed("nobody"))


# -- on a running server -----------------------------------------------------------------------------------


def seen(state: dict[str, Any]) -> dict[str, Any]:
    """A client's state without what only counts up or says who is connected."""
    return {key: {name: one for name, one in value.items() if name != "rev"} for key, value in state.items() if key != "room"}


def test_the_console_rehearses_and_wipes_and_every_open_view_is_as_before(house, hall, ada, frida):
    async def play() -> tuple[list[Any], list[Any], dict[str, Any]]:
        async with Console(house.url, hall.code, frida) as console, Phone(house.url, hall.code, ada) as phone:
            before = [seen(console.state), seen(phone.state), tables(house.data / "workshop.db")]
            for command in ("rehearse.start", "rehearse.start"):
                answer = await console.call(command, {"participants": 5, "pace": 0})
            assert answer["error"]["code"] == "rehearsing"
            await console.until(lambda: console.state.get("rehearsal", {}).get("state") in ("done", "failed"))
            told = console.state["rehearsal"]
            await phone.until(lambda: f"results/{hall.themes[0]}" in phone.state)
            await console.do("rehearse.wipe")
            for client, was in ((console, before[0]), (phone, before[1])):
                await client.until(lambda client=client, was=was: seen(client.state) == was)
            return before, [seen(console.state), seen(phone.state), tables(house.data / "workshop.db")], told

    before, after, told = played(play())
    assert after == before
    assert (told["state"], told["joined"], told["of"], told["lost"], told["problem"]) == ("done", 5, 5, 0, "")
    assert told["ideas"] >= 5 and told["experiences"] >= 1 and told["ballots"] == 5 * len(hall.themes)


def test_a_rehearsal_is_stopped_on_the_way(house, hall, frida):
    async def play() -> None:
        async with Console(house.url, hall.code, frida) as console:
            before = tables(house.data / "workshop.db")
            await console.do("rehearse.start", {"participants": 8, "pace": 2})
            await console.until(lambda: console.state.get("rehearsal", {}).get("joined", 0) > 0)
            await console.do("rehearse.stop")
            await console.until(lambda: console.state["rehearsal"]["state"] == "stopped")
            await console.do("rehearse.stop")
            await console.do("rehearse.wipe")
            await console.until(lambda: "rehearsal" not in console.state)
            assert tables(house.data / "workshop.db") == before

    played(play())
