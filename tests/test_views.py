"""What each audience sees, phase by phase; and that the hub sends exactly that."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import gevent
import orjson
import pytest

from tests.support import World
from workshop import views
from workshop.live.hub import Hub, Listener
from workshop.model import PHASES
from workshop.room import open_room
from workshop.service import commands as c
from workshop.service.plans import SessionPlan, ThemeLine
from workshop.store.queries import record

ROLES = ("phone", "screen", "console")


def look(world, role, here=()):
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    room.gather(here)
    return views.every(room)[role]


@pytest.fixture
def day(world):
    """Two ideas and an experience; Ada of the City is named, Bo of the Bank is anonymous."""
    ada, bo = world.come("Ada", "City", "name"), world.come("Bo", "Bank", "anonymous")
    world.phase("write")
    ideas = [world.writes(ada, "Take-back with reuse"), world.writes(bo, "Supplier takes back")]
    world.phase("share")
    world.does(bo, c.ExperiencePut, experience="stance-1", idea=ideas[0], kind="do", text="since 2023")
    return ideas


def titles(view):
    return {value["title"] for key, value in view.items() if key.startswith("idea/")}


@pytest.mark.parametrize("phase", PHASES)
def test_others_ideas_reach_phones_and_screen_only_once_they_are_shared(world, day, phase):
    world.phase(phase)
    public = {"Take-back with reuse", "Supplier takes back"} if phase in ("share", "vote", "reveal", "closed") else set()
    for role in ("phone", "screen"):
        assert titles(look(world, role)) == public
        assert any(key.startswith("experience/") for key in look(world, role)) is bool(public)
        assert look(world, role)[f"theme/{world.waste}"]["ideas"] == 2


@pytest.mark.parametrize("world", [{"hide_ideas": False}], indirect=True)
def test_ideas_are_seen_while_writing_where_the_session_says_so(world, day):
    world.phase("write")
    assert len(titles(look(world, "phone"))) == 2


def test_a_theme_in_another_phase_is_seen_by_its_own(world, day):
    world.phase("write")
    world.phase("share", theme=world.use)
    assert titles(look(world, "phone")) == set()
    world.phase("share", theme=world.waste)
    assert len(titles(look(world, "phone"))) == 2


def test_hidden_and_withdrawn_ideas_are_for_the_console_alone(world, day):
    world.runs("idea.hide", c.IdeaHide, idea=day[0], hidden=True)
    assert titles(look(world, "phone")) == titles(look(world, "screen")) == {"Supplier takes back"}
    assert look(world, "console")[f"idea/{day[0]}"]["state"] == "hidden"
    assert "experience/stance-1" not in look(world, "phone")


def test_authors_are_not_shown_unless_the_session_says_so(world, day):
    assert all(value["by"] is None for key, value in look(world, "phone").items() if key.startswith(("idea/", "experience/")))


@pytest.mark.parametrize("world", [{"show_authors": True}], indirect=True)
def test_authors_are_shown_as_each_consented(world, day):
    view = look(world, "screen")
    assert view[f"idea/{day[0]}"]["by"] == "Ada, City"
    assert view[f"idea/{day[1]}"]["by"] is None


def test_a_merged_idea_shows_within_the_one_it_is_merged_into(world, day):
    world.runs("idea.merge", c.IdeaMerge, idea=day[0], into=day[1])
    view = look(world, "phone")
    assert titles(view) == {"Supplier takes back"}
    assert [m["title"] for m in view[f"idea/{day[1]}"]["merged"]] == ["Take-back with reuse"]
    assert view["experience/stance-1"]["idea"] == day[1]
    assert view[f"idea/{day[1]}"]["stances"] == {"do": 1, "would": 0, "not": 0}


def test_stances_count_organisations_not_heads(world, day):
    for n in range(3):
        world.does(world.come(f"Banker {n}", "Bank"), c.ExperiencePut, experience=f"stance-of-{n}", idea=day[0], kind="do")
    assert look(world, "phone")[f"idea/{day[0]}"]["stances"]["do"] == 1


def test_presence_counts_by_organisation_and_lists_who_was_invited(world, day):
    ada = next(p for p in world.record.participants if p.name == "Ada")
    room = look(world, "screen", here=[ada.id])["room"]
    assert (room["here"], room["joined"]) == (1, 2)
    assert {o["name"]: (o["here"], o["joined"]) for o in room["organisations"]} == {
        "City": (1, 1), "Bank": (0, 1), "University": (0, 0), "Energy company": (0, 0), "Furniture retailer": (0, 0)}


def test_turnout_says_how_many_never_what(world, day):
    voter = world.come("Cy", "City")
    world.phase("vote")
    world.votes(voter, day[0])
    assert look(world, "screen")[f"turnout/{world.waste}"] == {
        "theme": world.waste, "round": 1, "voted": 1, "of": 3, "organisations": [], "others": {"organisations": 2, "voted": 1, "of": 3}}
    rows = look(world, "console")[f"turnout/{world.waste}"]["organisations"]
    assert [(row["name"], row["voted"], row["of"]) for row in rows] == [("Bank", 0, 1), ("City", 1, 2)]
    assert not any(key.startswith("turnout/") for key in look(world, "phone"))


def test_what_is_seen_does_not_depend_on_what_was_voted_before_reveal(world, day):
    """Non-interference: two histories that differ only in the choices give the same views."""
    voter = world.come("Cy", "City")
    world.phase("vote")
    seen = []
    for choice in (day[0], day[1]):
        world.does(voter, c.BallotPut, id=f"command-{choice[-8:]}", theme=world.waste, round=1, choices={choice: 1})
        seen.append([look(world, role) for role in ROLES])
    assert seen[0] == seen[1]


# -- the hub on a real store ---------------------------------------------------------------------------


class Ears:
    """Keeps what is emitted as clients would: the state of each socket."""

    def __init__(self):
        self.states, self.heard = {}, []

    def __call__(self, event, body, sids):
        body = orjson.loads(orjson.dumps(body))
        self.heard.append((event, body, list(sids)))
        for sid in sids:
            state = self.states.setdefault(sid, {})
            if event == "snapshot":
                state.clear()
            state.update(body.get("set", {}) if event != "mine" else {})
            for key in body.get("gone", []):
                state.pop(key, None)


@pytest.fixture
def hub(world):
    ears = Ears()
    hub = Hub(world.store, ears, world.clock)
    hub.ears = ears
    yield hub
    hub.close()


def until(condition):
    with gevent.Timeout(10):
        while not condition():
            gevent.sleep(0.01)


def test_every_listener_ends_with_the_view_recomputed_from_the_tables(world, day, hub):
    bo = next(p for p in world.record.participants if p.name == "Bo")
    for role in ROLES:
        hub.join(Listener(role, world.session.id, role, bo.id if role == "phone" else None), None)
    for phase in ("write", "share", "vote", "share", "closed"):
        world.phase(phase)
        if phase == "write":
            world.writes(bo, f"Another one while {phase}")
        if phase == "vote":
            world.votes(bo, day[0])
        until(lambda: all(hub.ears.states[role] == look(world, role, here=[bo.id]) for role in ROLES))


def test_results_reach_everybody_on_reveal_and_leave_when_the_vote_opens_again(world, day, hub):
    voter = world.come("Cy", "City")
    hub.join(Listener("screen", world.session.id, "screen"), None)
    world.phase("vote")
    world.votes(voter, day[0])
    world.phase("reveal")
    until(lambda: f"results/{world.waste}" in hub.ears.states["screen"])
    result = hub.ears.states["screen"][f"results/{world.waste}"]
    assert [(r["idea"], r["rank"], r["approvals"]) for r in result["ranking"]] == [(day[0], 1, 1), (day[1], 2, 0)]
    assert (result["voters"], result["organisations"], result["eligible"]) == (1, 1, 3)
    world.phase("vote")
    until(lambda: f"results/{world.waste}" not in hub.ears.states["screen"])


def test_what_was_voted_is_not_even_read_before_the_reveal(world, day, hub):
    hub.join(Listener("screen", world.session.id, "screen"), None)
    world.phase("vote")
    world.votes(world.come("Cy", "City"), day[0])
    until(lambda: hub.ears.states["screen"].get(f"turnout/{world.waste}", {}).get("voted") == 1)
    (stage,) = hub._stages.values()
    assert stage.room.results == {}
    world.phase("reveal", world.waste)
    until(lambda: f"results/{world.waste}" in hub.ears.states["screen"])
    assert stage.room.results.keys() == {world.waste}


def test_a_change_that_could_not_be_read_is_sent_once_it_can(world, hub, caplog, monkeypatch):
    monkeypatch.setattr("workshop.live.hub.RETRY", 0.01)
    hub.join(Listener("screen", world.session.id, "screen"), None)
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE organisations RENAME TO away")
        world.phase("write")
        until(lambda: caplog.text.count("failed and is tried again") > 2)  # more often than anything has happened
        other.execute("ALTER TABLE away RENAME TO organisations")
    until(lambda: hub.ears.states["screen"]["session"]["phase"] == "write")


def plans(world, *, removed=(), **changes):
    """The organizer saves the session's form with *changes*, and without the themes *removed*."""
    session, themes = world.organize.session(world.session.id)
    lines = tuple(ThemeLine(theme.title, theme.prompt, theme.id, theme.id in removed) for theme in themes)
    world.organize.update_session(session.id, SessionPlan(session.title, themes=lines, **changes))


def test_a_removed_theme_leaves_every_view(world, hub):
    for role in ROLES:
        hub.join(Listener(role, world.session.id, role), None)
    key = f"theme/{world.use}"
    assert all(key in hub.ears.states[role] for role in ROLES)
    plans(world, removed=[world.use])
    until(lambda: not any(key in hub.ears.states[role] for role in ROLES))
    assert all(hub.ears.states[role] == look(world, role) for role in ROLES)


def test_only_those_who_may_count_are_told_as_eligible(world, day, hub):
    world.store.write(lambda tx: tx.run("UPDATE participants SET host = 1 WHERE name = 'Ada'"))
    hub.join(Listener("screen", world.session.id, "screen"), None)
    world.phase("reveal")
    until(lambda: f"results/{world.waste}" in hub.ears.states["screen"])
    shown = hub.ears.states["screen"]
    assert (shown[f"results/{world.waste}"]["eligible"], shown["room"]["joined"]) == (1, 2)


@pytest.mark.parametrize(("plan", "budget"), [
    ({"method": "approval"}, 2), ({"method": "dots", "ballot_size": 6}, 6), ({"method": "agree"}, None), ({"method": "adoption"}, None),
    ({"method": "impact"}, None),
])  # fmt: skip
def test_a_phone_is_told_the_budget_of_a_ballot(tmp_path, plan, budget):
    world = World(tmp_path / "budget.db", plan)
    ada = world.come("Ada")
    world.phase("write")
    for title in ("Repair", "Reuse"):
        world.writes(ada, title)
    world.store.write(lambda tx: tx.run("UPDATE sessions SET idea_cap = 4"))
    view = look(world, "phone")
    assert (view[f"theme/{world.waste}"]["budget"], view["session"]["idea_cap"]) == (budget, 4)
    world.close()


def test_how_many_are_taken_may_change_after_reveal_and_the_results_follow(world, day, hub):
    hub.join(Listener("screen", world.session.id, "screen"), None)
    world.phase("vote")
    world.votes(world.come("Cy", "City"), *day)
    world.votes(world.come("Di", "Bank"), day[0])
    world.phase("reveal")

    def chosen():
        ranking = hub.ears.states["screen"].get(f"results/{world.waste}", {}).get("ranking", [])
        return [row["idea"] for row in ranking if row["chosen"]]

    until(lambda: chosen() == day)
    plans(world, take=1)
    until(lambda: chosen() == day[:1])


def test_one_change_makes_one_message_for_all_sockets_of_an_audience(world, hub):
    people = [world.come(f"Person {n}") for n in range(5)]
    for who in people:
        hub.join(Listener(who.id, world.session.id, "phone", who.id), None)
    until(lambda: len(hub.ears.states) == 5)
    world.phase("write")
    until(lambda: all(s.get("session", {}).get("phase") == "write" for s in hub.ears.states.values()))
    sent = [sids for event, body, sids in hub.ears.heard if event == "changes" and body["set"].get("session", {}).get("phase") == "write"]
    assert [len(sids) for sids in sent] == [5]


def test_an_own_change_reaches_the_other_tab(world, hub):
    who = world.come("Ada")
    world.phase("write")
    for sid in ("tab one", "tab two"):
        hub.join(Listener(sid, world.session.id, "phone", who.id), None)
    idea = world.writes(who, "Buy less")
    until(lambda: any(event == "mine" and f"mine/idea/{idea}" in body["set"] and "tab two" in sids for event, body, sids in hub.ears.heard))


def test_a_client_that_was_away_gets_only_what_it_lacks(world, day, hub):
    hub.join(Listener("stays", world.session.id, "screen"), None)
    world.phase("write")
    until(lambda: hub.ears.states["stays"]["session"]["phase"] == "write")
    rev = world.record.session.rev
    world.phase("share")
    until(lambda: hub.ears.states["stays"]["session"]["phase"] == "share")
    hub.ears.states["returns"] = look(world, "screen")
    hub.join(Listener("returns", world.session.id, "screen"), rev)
    until(lambda: "returns" in hub.ears.heard[-1][2])
    assert hub.ears.heard[-1][0] == "changes"
    assert "session" in hub.ears.heard[-1][1]["set"]
