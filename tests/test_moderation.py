"""What waits for approval, what is hidden and why, who is sent out: nothing is lost, and nobody sees what is not theirs."""

from __future__ import annotations

import gevent
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import World
from tests.test_views import hub, look, titles, until  # noqa: F401
from tests.test_web import Person, choice
from workshop import errors
from workshop.app import create
from workshop.live.hub import Listener
from workshop.model import new_id
from workshop.rules import moderation, written
from workshop.service import commands as c
from workshop.service.entrance import hashed
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store.queries import ideas as idea_rows
from workshop.store.queries import participants


def idea(world: World, idea_id: str):
    return next(i for i in world.record.ideas if i.id == idea_id)


def last(world: World):
    return world.record.log[-1]


@pytest.fixture
def held(world):
    """Ada's idea waits while the room shares."""
    world.phase("share")
    world.runs("hold.set", c.HoldSet, hold=True)
    ada = world.come("Ada", "City", "name")
    return ada, world.writes(ada, "Call Per on 070")


def decide(world: World, *ideas: str, approve: bool = True, reason: str = "", experiences: tuple[str, ...] = ()):
    return world.runs("held.decide", c.HeldDecide, ideas=ideas, experiences=experiences, approve=approve, reason=reason)


# -- the rule ------------------------------------------------------------------------------------------------


@given(before=st.sampled_from([None, "active", "withdrawn", "held"]), changed=st.booleans(), holding=st.booleans())
def test_words_that_nobody_approved_are_never_public_while_the_session_holds(before, changed, holding):
    state = moderation.state_after(before, changed, holding)
    assert state in ("active", "held")
    if holding and state == "active":
        assert before == "active" and not changed
    if before == "held":
        assert state == "held"


def test_by_itself_a_session_holds_above_fifty_people(world):
    world.phase("write")
    people = [world.come() for _ in range(50)]
    assert idea(world, world.writes(people[0], "Early")).state == "active"
    crowd = world.come()
    assert idea(world, world.writes(crowd, "Late")).state == "held"
    assert look(world, "console")["gate"] == {"locked": False, "hold": None, "holding": True, "many": 50}
    world.runs("participant.remove", c.ParticipantRemove, participant=people[1].id, removed=True)
    assert idea(world, world.writes(crowd, "Later")).state == "active"


# -- held ------------------------------------------------------------------------------------------------------


def test_what_waits_is_seen_by_its_author_and_the_console_alone(world, held):
    ada, waiting = held
    for role in ("phone", "screen"):
        view = look(world, role)
        assert "Call Per" not in str(view)
        assert view[f"theme/{world.waste}"]["ideas"] == 0
    assert look(world, "console")[f"idea/{waiting}"]["state"] == "held"
    answer = world.does(ada, c.IdeaPut, idea=waiting, theme=world.waste, title="Call Per")
    assert answer["set"][f"mine/idea/{waiting}"]["state"] == "held"


def test_what_waits_cannot_be_voted_for_nor_spoken_to_nor_shared(world, held):
    _ada, waiting = held
    bo = world.come("Bo", "Bank")
    with pytest.raises(errors.NotFound):
        world.does(bo, c.ExperiencePut, experience="stance-1", idea=waiting, kind="do")
    shown = world.writes(world.come("Cy"), "Another")
    with pytest.raises(errors.Conflict):
        world.runs("idea.merge", c.IdeaMerge, idea=shown, into=waiting)
    world.phase("vote")
    with pytest.raises(errors.ForeignIdea):
        world.votes(bo, waiting)
    assert world.store.read(lambda tx: idea_rows.votable(tx, world.waste)) == set()


def test_what_waits_reaches_no_socket_but_its_author_s(world, held, hub):  # noqa: F811
    ada, waiting = held
    bo = world.come("Bo", "Bank")
    for sid, role, who in (("ada", "phone", ada.id), ("bo", "phone", bo.id), ("wall", "screen", None)):
        hub.join(Listener(sid, world.session.id, role, who), None)
    second = world.writes(ada, "Call Per again, 070")
    until(lambda: any(f"mine/idea/{second}" in body["set"] for event, body, _ in hub.ears.heard if event == "mine"))
    world.writes(bo, "Lease monitors")
    decide(world, waiting, approve=False, reason="personal")
    own = f"mine/idea/{waiting}"
    until(lambda: any(body.get("set", {}).get(own, {}).get("reason") == "personal" for _, body, _ in hub.ears.heard))
    assert not [sids for _, body, sids in hub.ears.heard if "Call Per" in str(body) and set(sids) - {"ada"}]


def test_approved_all_at_once_by_one_step_that_can_be_undone(world, held):
    ada, first = held
    second = world.writes(ada, "Repair before replacing")
    decide(world, first, second)
    assert titles(look(world, "phone")) == {"Call Per on 070", "Repair before replacing"}
    world.runs("undo", c.Undo, log=last(world).id)
    assert titles(look(world, "phone")) == set()
    assert {idea(world, one).state for one in (first, second)} == {"held"}


def test_an_edit_waits_where_the_words_changed_and_only_there(world, held):
    ada, approved = held
    decide(world, approved)
    world.does(ada, c.IdeaPut, idea=approved, theme=world.waste, title="Call Per on 070")
    assert idea(world, approved).state == "active"
    world.does(ada, c.IdeaPut, idea=approved, theme=world.waste, title="Call Per on 070 123")
    assert idea(world, approved).state == "held"


def test_taking_back_and_forth_opens_no_way_past_the_approval(world, held):
    ada, waiting = held
    for withdrawn in (False, True, False):
        world.does(ada, c.IdeaWithdraw, idea=waiting, withdrawn=withdrawn)
        assert idea(world, waiting).state == ("withdrawn" if withdrawn else "held")
    world.runs("hold.set", c.HoldSet, hold=False)
    world.does(ada, c.IdeaPut, idea=waiting, theme=world.waste, title="Call Per now")
    assert idea(world, waiting).state == "held"


def test_an_idea_in_which_others_stand_is_not_taken_off_by_an_edit(world, held):
    ada, lead = held
    decide(world, lead)
    other = world.writes(world.come("Bo"), "The same")
    decide(world, other)
    world.runs("idea.merge", c.IdeaMerge, idea=other, into=lead)
    with pytest.raises(errors.Conflict):
        world.does(ada, c.IdeaPut, idea=lead, theme=world.waste, title="Something else")
    assert titles(look(world, "phone")) == {"Call Per on 070"}


def test_a_text_waits_and_a_bare_stance_does_not(world, held):
    _ada, shown = held
    decide(world, shown)
    bo = world.come("Bo", "Bank")
    world.does(bo, c.ExperiencePut, experience="stance-1", idea=shown, kind="do")
    world.does(bo, c.ExperiencePut, experience="comment-1", idea=shown, kind="comment", text="Ask Per, 070")
    assert {e.id: e.state for e in world.record.experiences} == {"stance-1": "active", "comment-1": "held"}
    view = look(world, "phone")
    assert "experience/comment-1" not in view and view[f"idea/{shown}"]["notes"] == 0 and view[f"idea/{shown}"]["stances"]["do"] == 1
    decide(world, experiences=("comment-1",))
    assert look(world, "phone")[f"idea/{shown}"]["notes"] == 1


# -- hidden, edited ----------------------------------------------------------------------------------------------


def test_the_author_reads_why_and_a_restored_idea_has_no_reason(world, held):
    _ada, one = held
    decide(world, one, approve=False, reason="  duplicate ")
    assert (idea(world, one).state, idea(world, one).reason) == ("hidden", "duplicate")
    world.runs("idea.hide", c.IdeaHide, idea=one, hidden=False)
    assert (idea(world, one).state, idea(world, one).reason) == ("active", "")
    with pytest.raises(errors.TooLong) as caught:
        world.runs("idea.hide", c.IdeaHide, idea=one, hidden=True, reason="x" * 141)
    assert caught.value.field == "reason"


def test_the_console_sees_what_the_author_wrote_until_the_author_writes_anew(world):
    world.phase("share")
    ada = world.come("Ada")
    one = world.writes(ada, "Les wase", detail="As is")
    world.runs("idea.edit", c.IdeaEdit, idea=one, title="Less waste", detail="As is")
    world.runs("idea.edit", c.IdeaEdit, idea=one, title="Less waste of devices", detail="As is")
    assert look(world, "console")[f"idea/{one}"]["written"] == {"title": "Les wase", "detail": "As is"}
    assert "written" not in look(world, "phone")[f"idea/{one}"]
    assert look(world, "console")["log"]["entries"][0]["was"] == "Less waste"
    world.does(ada, c.IdeaPut, idea=one, theme=world.waste, title="My own words", detail="As is")
    assert "written" not in look(world, "console")[f"idea/{one}"]


def test_an_edit_taken_back_stands_as_written(world):
    world.phase("share")
    one = world.writes(world.come("Ada"), "Les wase")
    world.runs("idea.edit", c.IdeaEdit, idea=one, title="Less waste")
    world.runs("undo", c.Undo, log=last(world).id)
    assert written.as_written(idea(world, one), written.take_over({}, world.record.log)) is None


# -- people --------------------------------------------------------------------------------------------------------


def test_a_locked_door_lets_nobody_new_in_and_everybody_back(world):
    ada = world.come("Ada")
    world.runs("join.lock", c.JoinLock, locked=True)
    with pytest.raises(errors.Locked):
        world.come("Mallory")
    assert world.entrance.come_back(world.session.code, ada.return_code).participant.id == ada.id
    assert look(world, "screen")["session"]["locked"] is True
    world.runs("undo", c.Undo, log=last(world).id)
    assert world.come("Bo").id


def test_who_is_sent_out_can_do_nothing_and_comes_back_with_everything(world):
    world.phase("share")
    ada, bo = world.come("Ada", "City", "name"), world.come("Bo", "Bank")
    mine, theirs = world.writes(ada, "Mine"), world.writes(bo, "Theirs")
    hidden_before = world.writes(ada, "Hidden before")
    world.runs("idea.hide", c.IdeaHide, idea=hidden_before, hidden=True, reason="test")
    world.does(ada, c.ExperiencePut, experience="stance-1", idea=theirs, kind="do")
    before = world.record
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=True)
    assert titles(look(world, "phone")) == {"Theirs"}
    assert look(world, "screen")["room"]["joined"] == 1
    for attempt in (lambda: world.writes(ada, "Still here"), lambda: world.entrance.come_back(world.session.code, ada.return_code)):
        with pytest.raises(errors.SentOut):
            attempt()
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=False)
    after = world.record
    assert [(i.id, i.state, i.reason) for i in after.ideas] == [(i.id, i.state, i.reason) for i in before.ideas]
    assert after.experiences[0].state == "active" and idea(world, mine).state == "active"
    assert world.writes(ada, "Back again")


def test_putting_back_leaves_alone_what_was_decided_since(world):
    world.phase("share")
    ada = world.come("Ada")
    one, two = world.writes(ada, "One"), world.writes(ada, "Two")
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=True)
    out = last(world)
    world.runs("idea.hide", c.IdeaHide, idea=one, hidden=False)
    world.runs("idea.hide", c.IdeaHide, idea=one, hidden=True, reason="personal")
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=False)
    assert (idea(world, two).state, idea(world, one).reason) == ("active", "personal")
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=out.id)


def test_the_author_of_an_idea_is_sent_out_without_being_told_to_the_console(world):
    world.phase("share")
    mallory = world.come("Mallory", "City", "anonymous")
    one = world.writes(mallory, "Rude")
    assert mallory.id not in str(look(world, "console")[f"idea/{one}"])
    world.runs("participant.remove", c.ParticipantRemove, idea=one, removed=True)
    assert next(p for p in world.record.participants if p.id == mallory.id).removed_at == world.clock.now


def test_others_ideas_stay_where_they_were_merged_into_one_of_somebody_sent_out(world):
    world.phase("share")
    ada, bo = world.come("Ada"), world.come("Bo", "Bank")
    lead, part, own = world.writes(ada, "Lead"), world.writes(bo, "Part"), world.writes(ada, "Own part")
    for one in (part, own):
        world.runs("idea.merge", c.IdeaMerge, idea=one, into=lead)
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=True)
    assert titles(look(world, "phone")) == {"Part"}
    assert look(world, "phone")[f"idea/{part}"]["merged"] == []
    world.runs("undo", c.Undo, log=last(world).id)
    assert [m["title"] for m in look(world, "phone")[f"idea/{lead}"]["merged"]] == ["Part", "Own part"]


def test_the_ballots_of_those_sent_out_and_of_hosts_do_not_count(world, hub):  # noqa: F811
    world.phase("share")
    ada, bo, cy = world.come("Ada"), world.come("Bo", "Bank"), world.come("Cy", "Bank")
    one = world.writes(ada, "One")
    world.phase("vote")
    hub.join(Listener("console", world.session.id, "console"), None)
    hub.join(Listener("bo", world.session.id, "phone", bo.id), None)
    for who in (ada, bo, cy):
        world.votes(who, one)
    turnout = f"turnout/{world.waste}"
    until(lambda: hub.ears.states["console"][turnout]["voted"] == 3)
    world.runs("participant.remove", c.ParticipantRemove, participant=bo.id, removed=True)
    world.runs("participant.host", c.ParticipantHost, participant=cy.id, host=True)
    until(lambda: (hub.ears.states["console"][turnout]["voted"], hub.ears.states["console"][turnout]["of"]) == (1, 1))
    assert ("bye", ["bo"]) in [(event, sids) for event, body, sids in hub.ears.heard if body.get("reason") == "sent_out"]
    world.phase("reveal")
    until(lambda: f"results/{world.waste}" in hub.ears.states["console"])
    assert hub.ears.states["console"][f"results/{world.waste}"]["voters"] == 1


def test_who_is_sent_out_while_their_browser_comes_in_hears_nothing(world, hub):  # noqa: F811
    ada = world.come("Ada")
    hub.join(Listener("wall", world.session.id, "screen"), None)
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=True)
    until(lambda: hub.ears.states["wall"]["room"]["joined"] == 0)
    hub.join(Listener("ada", world.session.id, "phone", ada.id), None)
    gevent.sleep(0)
    assert [event for event, _, sids in hub.ears.heard if "ada" in sids] == ["bye"]


def test_people_are_named_to_the_console_as_they_consented_and_to_nobody_else(world):
    for quote in ("name", "organisation", "anonymous"):
        world.come(f"Ada {quote}", "City", quote)
    view = look(world, "console")
    assert sorted(str(value["name"]) for key, value in view.items() if key.startswith("person/")) == ["Ada name", "None", "None"]
    for role in ("phone", "screen"):
        assert not any(key.startswith(("person/", "gate")) for key in look(world, role))


def test_the_last_minutes_go_in_one_step_and_come_back_in_one(world):
    world.phase("share")
    ada = world.come("Ada")
    early = world.writes(ada, "Early")
    world.clock.forward(300)
    since = world.clock.now
    mallory = world.come("Mallory", "Bank")
    world.writes(mallory, "Spam")
    world.writes(ada, "Late")
    world.does(mallory, c.ExperiencePut, experience="comment-1", idea=early, kind="comment", text="Spam")
    world.clock.forward(60)
    before = world.record
    world.runs("recent.remove", c.RecentRemove, since=since)
    assert titles(look(world, "phone")) == {"Early"}
    assert look(world, "phone")[f"idea/{early}"]["notes"] == 0
    assert look(world, "console")["log"]["entries"][0]["after"] == {"people": 1, "ideas": 2, "experiences": 1}
    with pytest.raises(errors.Conflict):  # there is nothing left
        world.runs("recent.remove", c.RecentRemove, since=since)
    world.runs("undo", c.Undo, log=last(world).id)
    assert [(i.id, i.state) for i in world.record.ideas] == [(i.id, i.state) for i in before.ideas]
    assert all(p.removed_at is None for p in world.record.participants)


def test_a_slip_does_not_take_the_whole_day(world):
    world.come("Ada")
    with pytest.raises(errors.Conflict):
        world.runs("recent.remove", c.RecentRemove, since=0)


def test_one_of_the_last_minutes_newcomers_is_put_back_alone(world):
    world.phase("share")
    since = world.clock.now
    ada, bo = world.come("Ada"), world.come("Bo", "Bank")
    mine, theirs = world.writes(ada, "Mine"), world.writes(bo, "Theirs")
    world.runs("recent.remove", c.RecentRemove, since=since)
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=False)
    assert (idea(world, mine).state, idea(world, theirs).state) == ("active", "hidden")


# -- two at once, and the log ----------------------------------------------------------------------------------------


@pytest.fixture
def second(world):
    """Another facilitator, signed in."""
    return hashed(world.accounts.spend_link(world.accounts.new_link("Gunilla", "facilitator")))


def test_two_facilitators_at_once_double_nothing_and_see_what_the_other_did(world, held, second):
    ada, waiting = held
    decide(world, waiting, approve=False, reason="personal")
    others = [
        ("held.decide", c.HeldDecide(id=new_id(), ideas=(waiting,), approve=True)),
        ("idea.hide", c.IdeaHide(id=new_id(), idea=waiting, hidden=True, reason="personal")),
    ]
    for name, command in others:
        with pytest.raises(errors.Conflict):
            world.facilitate.command(second, world.session.id, name, command)
    world.runs("participant.remove", c.ParticipantRemove, participant=ada.id, removed=True)
    with pytest.raises(errors.Conflict):
        again = c.ParticipantRemove(id=new_id(), participant=ada.id, removed=True)
        world.facilitate.command(second, world.session.id, "participant.remove", again)
    n = len(world.record.log)
    world.facilitate.command(second, world.session.id, "hold.set", c.HoldSet(id=new_id(), hold=True))  # as it is already
    assert len(world.record.log) == n
    world.facilitate.command(second, world.session.id, "join.lock", c.JoinLock(id=new_id(), locked=True))
    told = [(e["action"], e["who"]) for e in look(world, "console")["log"]["entries"][:3]]
    assert told == [("join.lock", "Gunilla"), ("participant.remove", "organizer"), ("held.decide", "organizer")]


def test_the_whole_log_tells_everything_newest_first_as_the_latest_are_told(world, held):
    for n in range(15):
        world.runs("join.lock", c.JoinLock, locked=n % 2 == 0)
    entries = world.facilitate.history(world.session.id)
    assert len(entries) == len(world.record.log) > 15
    assert entries[:12] == look(world, "console")["log"]["entries"]
    assert all(entry["who"] == "organizer" for entry in entries)


# -- at the door ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def house_door(settings):
    """A server's pages, a session, and a facilitator's account."""
    settings.ensure_data_folder()
    workshop = create(settings)
    event = workshop.organize.create_event(EventPlan("Learning Academy"), "City\nBank")
    session = workshop.organize.create_session(event.id, SessionPlan("Circular IT", themes=(ThemeLine("Less e-waste"),)))
    yield workshop, session
    workshop.close()


def joins(browser: Person, workshop, session, organisation: str = "City"):
    return browser.post(f"/{session.code}", organisation=choice(workshop, session, organisation), quote="organisation")


def tells(workshop, session, name: str, command) -> None:
    signin = hashed(workshop.accounts.spend_link(workshop.accounts.new_link()))
    workshop.facilitate.command(signin, session.id, name, command)


def test_a_newcomer_at_a_locked_door_reads_so_kindly_and_who_was_in_comes_in(house_door):
    workshop, session = house_door
    ada, late, bo = (Person(workshop.flask) for _ in range(3))
    joins(ada, workshop, session)
    late.get(f"/{session.code}")  # the form is open already
    tells(workshop, session, "join.lock", c.JoinLock(id=new_id(), locked=True))
    for answer in (joins(late, workshop, session), bo.get(f"/{session.code}")):
        assert answer.status_code == 403
        assert "The door is closed at the moment" in answer.text
    assert ada.get(f"/{session.code}").status_code == 200
    (code,) = workshop.store.read(lambda tx: [p.return_code for p in participants.of_session(tx, session.id)])
    wrong = bo.post(f"/{session.code}", f"/{session.code}/back", return_code="2222")
    assert wrong.status_code == 404 and "The door is closed" in wrong.text and 'value="2222"' in wrong.text
    assert bo.post(f"/{session.code}", f"/{session.code}/back", return_code=code).status_code == 302


def test_who_was_sent_out_reads_so_on_every_way_in(house_door):
    workshop, session = house_door
    ada, again = Person(workshop.flask), Person(workshop.flask)
    joins(ada, workshop, session)
    (who,) = workshop.store.read(lambda tx: participants.of_session(tx, session.id))
    tells(workshop, session, "participant.remove", c.ParticipantRemove(id=new_id(), participant=who.id, removed=True))
    again.get(f"/{session.code}")
    for answer in (ada.get(f"/{session.code}"), again.post(f"/{session.code}", f"/{session.code}/back", return_code=who.return_code)):
        assert answer.status_code == 403
        assert "You are not in the session at the moment" in answer.text
    tells(workshop, session, "participant.remove", c.ParticipantRemove(id=new_id(), participant=who.id, removed=False))
    assert ada.get(f"/{session.code}").status_code == 200


def test_who_is_signed_in_joins_as_a_host(house_door):
    workshop, session = house_door
    frida, ada = Person(workshop.flask), Person(workshop.flask)
    frida.client.set_cookie("account", workshop.accounts.spend_link(workshop.accounts.new_link()))
    for browser in (frida, ada):
        assert joins(browser, workshop, session).status_code == 302
    assert [p.host for p in workshop.store.read(lambda tx: participants.of_session(tx, session.id))] == [True, False]


def test_the_log_is_for_facilitators_alone(house_door):
    workshop, session = house_door
    ada, frida = Person(workshop.flask), Person(workshop.flask)
    joins(ada, workshop, session)
    assert ada.get(f"/console/{session.code}/log").status_code == 302
    frida.client.set_cookie("account", workshop.accounts.spend_link(workshop.accounts.new_link()))
    tells(workshop, session, "join.lock", c.JoinLock(id=new_id(), locked=True))
    (entry,) = frida.get(f"/console/{session.code}/log").json["entries"]
    assert (entry["action"], entry["after"], entry["undoable"]) == ("join.lock", {"locked": True}, True)
