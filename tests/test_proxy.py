"""By proxy: what the facilitator enters for a table is checked as a participant's own, counted once, and can be taken back."""

from __future__ import annotations

import json

import pytest

from tests.records import everything
from workshop import documents, errors, views
from workshop.model import new_id
from workshop.room import open_room
from workshop.rules import tally
from workshop.service import commands as c
from workshop.store.queries import record

TABLE = "table-000001"


def home(world, name="City"):
    return next(o.id for o in world.record.organisations if o.name == name)


def makes(world, label="Table 3", organisation=None, proxy=TABLE):
    world.runs("proxy.put", c.ProxyPut, proxy=proxy, label=label, organisation=organisation)


def enters(world, title="Repair before replacing", theme=None, idea=None, proxy=TABLE):
    idea = idea or new_id()
    world.runs("proxy.idea", c.ProxyIdea, idea=idea, proxy=proxy, theme=theme or world.waste, title=title)
    return idea


def casts(world, *ideas, proxy=TABLE, round=1, **choices):
    world.runs("proxy.ballot", c.ProxyBallot, proxy=proxy, theme=world.waste, round=round, choices=dict.fromkeys(ideas, 1) | choices)


def undo_last(world):
    entries = [e for e in world.record.log if e.before != "{}" and not e.undone_at]
    world.runs("undo", c.Undo, log=entries[-1].id)


def look(world, role="console"):
    return views.every(open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1))))[role]


def result(world):
    stored = world.record
    return tally.theme_result(stored.session, world.waste, 1, stored.ideas, stored.participants, stored.ballots, stored.organisations)


@pytest.fixture
def table(world):
    """A table of the City that has written an idea, while voting; Bo of the Bank has written one too."""
    world.phase("write")
    makes(world, organisation=home(world))
    ideas = [enters(world), world.writes(world.come("Bo", "Bank"), "Deposit per device")]
    world.phase("vote")
    return ideas


def test_a_proxy_s_ballot_counts_once_however_often_it_is_entered(world, table):
    casts(world, table[0])
    casts(world, table[1])
    casts(world, *table)
    found = result(world)
    assert (found.voters, [row["approvals"] for row in found.as_dict({})["ranking"]]) == (1, [1, 1])
    assert look(world)[f"turnout/{world.waste}"] | {"organisations": []} == {
        "theme": world.waste, "round": 1, "voted": 1, "of": 2, "organisations": [], "proxies": 1}
    assert look(world)[f"proxy/{TABLE}"] == {
        "id": TABLE, "label": "Table 3", "organisation": {"id": home(world), "name": "City"}, "ideas": 1, "voted": [world.waste]}


def test_it_is_checked_as_a_participant_s_own(world, table):
    with pytest.raises(errors.WrongPhase):
        enters(world)
    with pytest.raises(errors.VoteClosed):
        casts(world, table[0], round=2)
    with pytest.raises(errors.ForeignIdea):
        casts(world, "no-such-idea")
    with pytest.raises(errors.OffScale):
        casts(world, **{table[0]: 4})
    world.phase("write")
    with pytest.raises(errors.TooLong):
        enters(world, "x" * 141)
    with pytest.raises(errors.VoteClosed):
        casts(world, table[0])
    assert world.record.ballots == ()


@pytest.mark.parametrize("world", [{"method": "dots", "ballot_size": 3}], indirect=True)
def test_a_table_has_no_more_dots_than_anybody(world, table):
    casts(world, **{table[0]: 3})
    with pytest.raises(errors.OverDots):
        casts(world, **{table[0]: 3, table[1]: 1})
    assert [dict(b.choices) for b in world.record.ballots] == [{table[0]: 3}]


def test_nobody_enters_anything_for_a_person(world, table):
    bo = next(p for p in world.record.participants if not p.proxy)
    for entering in (lambda: casts(world, table[0], proxy=bo.id), lambda: makes(world, "Bo", proxy=bo.id),
                     lambda: casts(world, table[0], proxy="nobody-at-all")):
        with pytest.raises(errors.NotFound):
            entering()
    with pytest.raises(errors.NotFound):
        enters(world, idea=table[1])  # somebody else's


def test_no_browser_can_be_a_proxy(world, table):
    stored = next(p for p in world.record.participants if p.proxy)
    for typed in (stored.return_code, stored.return_code.upper(), stored.id, ""):
        with pytest.raises(errors.NotFound):
            world.entrance.come_back(world.session.code, typed)


def test_a_proxy_is_renamed_but_keeps_its_organisation(world, table):
    makes(world, "Table by the window", organisation=home(world))
    assert look(world)[f"idea/{table[0]}"]["proxy"] == "Table by the window"
    assert look(world)[f"idea/{table[0]}"]["by"] == "Table by the window, City"
    with pytest.raises(errors.Conflict):
        makes(world, organisation=home(world, "Bank"))
    with pytest.raises(errors.NotFound):
        makes(world, organisation="of-another-event", proxy="table-000002")
    with pytest.raises(errors.Empty):
        makes(world, " ", proxy="table-000003")


@pytest.mark.parametrize("world", [{"quote_default": "anonymous"}], indirect=True)
def test_where_the_session_names_nobody_a_table_is_not_named(world, table):
    assert look(world)[f"idea/{table[0]}"] | {"by": None} == look(world)[f"idea/{table[0]}"]


def test_a_ballot_is_taken_back_to_the_one_before_and_then_to_none_and_forth_again(world, table):
    casts(world, table[0])
    casts(world, table[1])
    undo_last(world)
    assert [dict(b.choices) for b in world.record.ballots] == [{table[0]: 1}]
    first = next(e for e in world.record.log if e.action == "proxy.ballot")
    world.runs("undo", c.Undo, log=first.id)
    assert (world.record.ballots, result(world).voters) == ((), 0)
    undo_last(world)
    assert [dict(b.choices) for b in world.record.ballots] == [{table[0]: 1}]


def test_an_idea_and_a_proxy_are_taken_back(world, table):
    entered = {e.action: e for e in world.record.log}
    world.runs("undo", c.Undo, log=entered["proxy.idea"].id)
    assert look(world)[f"idea/{table[0]}"]["state"] == "withdrawn"
    world.runs("undo", c.Undo, log=entered["proxy.put"].id)
    assert f"proxy/{TABLE}" not in look(world)
    with pytest.raises(errors.NotFound):
        casts(world, table[1])
    makes(world, organisation=home(world))
    assert f"proxy/{TABLE}" in look(world)


def test_a_proxy_is_not_among_those_who_are_here(world, table):
    room = look(world)["room"]
    assert room["joined"] == 1
    assert {o["name"]: o["joined"] for o in room["organisations"]}["City"] == 0
    assert look(world)["progress"]["of"] == 1
    assert not any(key.startswith("proxy/") for role in ("phone", "screen") for key in look(world, role))
    assert not any("proxy" in value or "proxies" in value for role in ("phone", "screen") for value in look(world, role).values())


def test_what_a_table_voted_leaves_on_no_channel_before_reveal(world, table):
    before = look(world)
    casts(world, table[0])
    one = look(world)
    casts(world, table[1])
    other = look(world)
    steady = {key for key in one if key != "log"}
    assert {key: one[key] for key in steady} == {key: other[key] for key in steady} != {key: before.get(key) for key in steady}
    assert table[0] not in json.dumps(one["log"]) and table[1] not in json.dumps(other["log"])


def test_the_method_says_how_many_ballots_were_entered_by_proxy(world, table, tmp_path):
    casts(world, table[0])
    world.votes(next(p for p in world.record.participants if not p.proxy), table[1])
    world.phase("reveal")
    for path in documents.export(world.store, world.session.code, tmp_path):
        if path.name.startswith("report.") and path.suffix in (".md", ".docx", ".pptx", ".xlsx"):
            said = everything({path.name: path.read_bytes()})
            assert "1 ballot was entered by proxy: by the facilitator, for a table or an organisation. It counts once." in said
    assert '"proxies": 1' in next(p for p in tmp_path.rglob("report.json")).read_text("utf-8")
