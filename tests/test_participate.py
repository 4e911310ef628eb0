"""What a participant may do and may not: Ada of the City, Bo of the Bank, and Mallory who tries it on."""

from __future__ import annotations

import gevent
import msgspec
import pytest

from tests.support import World
from workshop import errors
from workshop.model import CODE_ALPHABET, new_id
from workshop.service import commands as c
from workshop.store.queries import participants


@pytest.fixture
def ada(world):
    return world.come("Ada")


@pytest.fixture
def mallory(world):
    return world.come("Mallory", "Bank")


# -- coming in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str.lower, lambda code: f"{code[:3]}-{code[3:]}", lambda code: f"  {code} "])
def test_a_code_is_found_however_it_is_typed(world, typed):
    assert world.entrance.session(typed(world.session.code))[0].id == world.session.id


def test_an_unknown_code_says_so_and_names_it(world):
    with pytest.raises(errors.UnknownCode, match="ZZZZZZ"):
        world.entrance.session("ZZZZZZ")


def test_an_organisation_is_found_whatever_the_case(world):
    assert world.come(organisation="  cITy ").organisation_id == world.come(organisation="City").organisation_id


def test_an_unknown_organisation_is_offered_as_new_with_what_may_be_meant(world):
    with pytest.raises(errors.NewOrganisation) as caught:
        world.come(organisation="Energi company")
    assert "Energy company" in caught.value.params["closest"]
    joined = world.entrance.join(world.session.code, "Region North", "", "anonymous", new_organisation_ok=True)
    added = world.store.read(lambda tx: participants.organisation_by_id(tx, joined.participant.organisation_id))
    assert (added.name, added.invited) == ("Region North", False)


def test_one_may_come_without_an_organisation(world):
    assert world.come(organisation="").organisation_id is None


def test_a_cookie_brings_back_the_same_participant_and_only_in_its_session(world):
    joined = world.entrance.join(world.session.code, "City", "Ada", "name")
    assert world.entrance.participant(world.session.code, joined.token).id == joined.participant.id
    other = world.organize.copy_session(world.session.id)
    for code, token in [(other.code, joined.token), (world.session.code, "guess"), (world.session.code, None)]:
        with pytest.raises(errors.NotSignedIn):
            world.entrance.participant(code, token)


def test_a_return_code_opens_another_phone_while_the_first_stays(world):
    joined = world.entrance.join(world.session.code, "City", "Ada", "name")
    code = joined.participant.return_code
    assert len(code) == 4 and set(code) <= set(CODE_ALPHABET)
    again = world.entrance.come_back(world.session.code, f" {code[:2]}-{code[2:].lower()}")
    for token in (joined.token, again.token):
        assert world.entrance.participant(world.session.code, token).id == joined.participant.id
    with pytest.raises(errors.NotFound):
        world.entrance.come_back(world.session.code, "0000")


# -- ideas -----------------------------------------------------------------------------------------


def test_an_idea_is_stored_cleaned_and_answered_with_the_own_entry(world, ada):
    world.phase("write")
    answer = world.does(ada, c.IdeaPut, idea="idea-ada-1", theme=world.waste, title="  Buy\u202e  less\x07 ", detail="a\n\n\n\nb")
    own = answer["set"]["mine/idea/idea-ada-1"]
    assert (own["title"], own["detail"], own["state"]) == ("Buy less", "a\n\nb", "active")
    assert answer["rev"] == own["rev"] == world.record.session.rev


def test_the_same_command_twice_is_one_row_and_one_answer(world, ada):
    world.phase("write")
    body = {"id": "command-1", "idea": "idea-ada-1", "theme": world.waste, "title": "Buy less"}
    answers = [world.does(ada, c.IdeaPut, **body) for _ in range(20)]
    assert all(answer == answers[0] for answer in answers)
    assert [idea.id for idea in world.record.ideas] == ["idea-ada-1"]


def test_an_old_command_repeated_after_an_edit_does_not_bring_the_old_text_back(world, ada):
    world.phase("write")
    first = {"id": "command-1", "idea": "idea-ada-1", "theme": world.waste, "title": "Buy less"}
    world.does(ada, c.IdeaPut, **first)
    world.writes(ada, "Buy nothing", idea="idea-ada-1")
    world.does(ada, c.IdeaPut, **first)
    assert world.record.ideas[0].title == "Buy nothing"


def test_withdrawing_can_be_taken_back(world, ada):
    world.phase("write")
    idea = world.writes(ada, "Buy less")
    world.does(ada, c.IdeaWithdraw, idea=idea, withdrawn=True)
    assert world.record.ideas[0].state == "withdrawn"
    world.does(ada, c.IdeaWithdraw, idea=idea, withdrawn=False)
    assert world.record.ideas[0].state == "active"


def test_an_idea_that_holds_others_cannot_be_withdrawn_until_they_are_split_off(world, ada, mallory):
    world.phase("share")
    kept, merged = world.writes(ada, "Buy less"), world.writes(mallory, "Buy fewer things")
    world.runs("idea.merge", c.IdeaMerge, idea=merged, into=kept)
    with pytest.raises(errors.Conflict):
        world.does(ada, c.IdeaWithdraw, idea=kept, withdrawn=True)
    assert {idea.state for idea in world.record.ideas} == {"active"}
    world.runs("idea.split", c.IdeaSplit, idea=merged)
    world.does(ada, c.IdeaWithdraw, idea=kept, withdrawn=True)
    assert {idea.title: idea.state for idea in world.record.ideas} == {"Buy less": "withdrawn", "Buy fewer things": "active"}


@pytest.mark.parametrize("phase", ["lobby", "vote", "reveal", "closed"])
def test_no_idea_outside_write_and_share(world, ada, phase):
    world.phase(phase)
    with pytest.raises(errors.WrongPhase):
        world.writes(ada, "Too late or too early")
    assert world.record.ideas == ()


@pytest.mark.parametrize(("title", "detail", "error", "field"), [
    ("", "", errors.Empty, "title"), ("\u200b \u202e", "", errors.Empty, "title"),
    ("x" * 141, "", errors.TooLong, "title"), ("x", "y" * 1001, errors.TooLong, "detail"),
])
def test_an_empty_or_too_long_idea_names_the_field_and_stores_nothing(world, ada, title, detail, error, field):
    world.phase("write")
    with pytest.raises(error) as caught:
        world.writes(ada, title, detail=detail)
    assert caught.value.field == field
    assert world.record.ideas == ()


def test_mallory_cannot_touch_ada_s_idea(world, ada, mallory):
    world.phase("write")
    idea = world.writes(ada, "Buy less")
    with pytest.raises(errors.NotFound):
        world.writes(mallory, "Buy more", idea=idea)
    with pytest.raises(errors.NotFound):
        world.does(mallory, c.IdeaWithdraw, idea=idea, withdrawn=True)
    assert (world.record.ideas[0].title, world.record.ideas[0].state) == ("Buy less", "active")


def test_mallory_cannot_write_into_a_theme_of_another_session(world, mallory):
    other = world.organize.copy_session(world.session.id)
    theirs = world.organize.session(other.id)[1][0].id
    world.phase("write")
    with pytest.raises(errors.NotFound):
        world.writes(mallory, "Hello", theme=theirs)


def test_mallory_cannot_take_an_idea_s_id_of_another_session(world, ada, mallory, tmp_path):
    world.phase("write")
    idea = world.writes(ada, "Buy less")
    other = world.organize.copy_session(world.session.id)
    stranger = world.entrance.join(other.code, "City", "", "anonymous").participant
    world.facilitate.command(world.signin, other.id, "phase.set", c.PhaseSet(id="command-1", phase="write"))
    with pytest.raises(errors.Conflict):
        world.does(stranger, c.IdeaPut, idea=idea, theme=world.organize.session(other.id)[1][0].id, title="Mine now")
    assert world.record.ideas[0].title == "Buy less"


# -- experiences -----------------------------------------------------------------------------------


def test_a_new_stance_replaces_the_earlier_one_and_notes_add_up(world, ada, mallory):
    world.phase("share")
    idea = world.writes(ada, "Buy less")
    for experience, kind, words in [("stance-1", "would", ""), ("stance-2", "do", "since 2023"), ("note-one", "obstacle", "price")]:
        world.does(mallory, c.ExperiencePut, experience=experience, idea=idea, kind=kind, text=words)
    assert {(e.kind, e.state) for e in world.record.experiences} == {("would", "withdrawn"), ("do", "active"), ("obstacle", "active")}


def test_a_stance_that_is_put_back_replaces_the_one_of_now(world, ada, mallory):
    world.phase("share")
    idea = world.writes(ada, "Buy less")
    for experience, kind in [("stance-1", "would"), ("stance-2", "do")]:
        world.does(mallory, c.ExperiencePut, experience=experience, idea=idea, kind=kind)
    answer = world.does(mallory, c.ExperienceWithdraw, experience="stance-1", withdrawn=False)
    assert {e.kind: e.state for e in world.record.experiences} == {"would": "active", "do": "withdrawn"}
    assert {key: own["state"] for key, own in answer["set"].items()} == {
        "mine/experience/stance-1": "active", "mine/experience/stance-2": "withdrawn"}


def test_a_hidden_experience_cannot_be_brought_back_by_its_author(world, ada, mallory):
    world.phase("share")
    note = {"experience": "note-one", "idea": world.writes(ada, "Buy less"), "kind": "obstacle"}
    world.does(mallory, c.ExperiencePut, **note, text="Ada is a fool")
    world.runs("experience.hide", c.ExperienceHide, experience="note-one", hidden=True)
    with pytest.raises(errors.Conflict):
        world.does(mallory, c.ExperiencePut, **note, text="Ada is a fool, I said")
    with pytest.raises(errors.Conflict):
        world.does(mallory, c.ExperienceWithdraw, experience="note-one", withdrawn=False)
    assert [(e.state, e.text) for e in world.record.experiences] == [("hidden", "Ada is a fool")]


def test_an_obstacle_needs_words_and_a_hidden_idea_takes_none(world, ada):
    world.phase("share")
    idea = world.writes(ada, "Buy less")
    with pytest.raises(errors.Empty):
        world.does(ada, c.ExperiencePut, experience="note-one", idea=idea, kind="obstacle")
    world.runs("idea.hide", c.IdeaHide, idea=idea, hidden=True)
    with pytest.raises(errors.NotFound):
        world.does(ada, c.ExperiencePut, experience="note-one", idea=idea, kind="obstacle", text="price")


# -- ballots ---------------------------------------------------------------------------------------


@pytest.fixture
def ballot(world, ada):
    """Five ideas of the theme, open for the vote: the budget is three."""
    world.phase("write")
    ideas = [world.writes(ada, f"Idea {n}") for n in range(5)]
    foreign = world.writes(ada, "Of the other theme", theme=world.use)
    world.phase("vote")
    return [*ideas, foreign]


def stored(world):
    return {ballot.participant_id: dict(ballot.choices) for ballot in world.record.ballots}


def test_a_ballot_replaces_the_one_before(world, ada, ballot):
    world.votes(ada, *ballot[:3])
    answer = world.votes(ada, ballot[4])
    assert stored(world) == {ada.id: {ballot[4]: 1}}
    assert answer["set"][f"mine/ballot/{world.waste}"]["choices"] == {ballot[4]: 1}


def test_over_budget_foreign_or_hidden_ideas_leave_the_ballot_unchanged(world, ada, ballot):
    world.votes(ada, *ballot[:2])
    world.runs("idea.hide", c.IdeaHide, idea=ballot[4], hidden=True)
    foreign = [ballot[4:5], ballot[5:], ["no-such-idea"]]
    for wrong, error in [(ballot[:4], errors.OverBudget), *((ideas, errors.ForeignIdea) for ideas in foreign)]:
        with pytest.raises(error):
            world.votes(ada, *wrong)
    with pytest.raises(errors.Invalid):
        world.does(ada, c.BallotPut, theme=world.waste, round=1, choices={ballot[0]: -1})
    assert stored(world) == {ada.id: dict.fromkeys(ballot[:2], 1)}


@pytest.mark.parametrize("phase", ["lobby", "write", "share", "reveal", "closed"])
def test_no_ballot_outside_the_vote_or_of_another_round(world, ada, ballot, phase):
    world.votes(ada, ballot[0])
    with pytest.raises(errors.VoteClosed):
        world.votes(ada, ballot[1], round=2)
    world.phase(phase)
    with pytest.raises(errors.VoteClosed):
        world.votes(ada, ballot[1])
    assert stored(world) == {ada.id: {ballot[0]: 1}}


def test_fifty_ballots_at_once_from_two_tabs_never_exceed_the_budget(world, ada, ballot):
    tries = [gevent.spawn(world.votes, ada, *(ballot[:3] if n % 2 else ballot[:5])) for n in range(100)]
    gevent.wait(tries)
    assert sum(isinstance(t.exception, errors.OverBudget) for t in tries) == 50
    assert stored(world) == {ada.id: dict.fromkeys(ballot[:3], 1)}


def test_ballots_that_race_the_close_are_stored_or_refused_never_both(world, ada, ballot):
    voters = [world.come(f"Voter {n}") for n in range(30)]
    tries = {who.id: gevent.spawn(world.votes, who, ballot[0]) for who in voters[:15]}
    close = gevent.spawn(world.phase, "closed")
    tries |= {who.id: gevent.spawn(world.votes, who, ballot[0]) for who in voters[15:]}
    gevent.joinall([close, *tries.values()])
    accepted = {who for who, job in tries.items() if job.exception is None}
    assert all(isinstance(job.exception, errors.VoteClosed) for who, job in tries.items() if who not in accepted)
    assert stored(world).keys() == accepted


def test_the_list_of_typed_organisations_has_an_end(world, monkeypatch):
    monkeypatch.setattr("workshop.service.entrance.TYPED_ORGANISATIONS", 1)
    join = world.entrance.join
    assert join(world.session.code, "Region North", "", "name", new_organisation_ok=True)
    with pytest.raises(errors.ListFull):
        join(world.session.code, "Region South", "", "name", new_organisation_ok=True)
    assert join(world.session.code, "region north", "", "name").participant.organisation_id


@pytest.mark.parametrize(("method", "good", "bad", "code"), [
    ("dots", 2, 0, "no_dot"), ("dots", 2, 21, "over_dots"), ("agree", -1, 2, "off_scale"), ("adoption", 4, 5, "off_scale"),
    ("impact", 42, 16, "off_scales"),
])  # fmt: skip
def test_a_ballot_off_the_scale_of_its_method_leaves_the_stored_one(tmp_path, method, good, bad, code):
    world = World(tmp_path / "method.db", {"method": method})
    ada = world.come("Ada")
    world.phase("write")
    ideas = [world.writes(ada, title) for title in ("One", "Two")]
    world.phase("vote")
    world.does(ada, c.BallotPut, theme=world.waste, round=1, choices={ideas[0]: good})
    with pytest.raises(errors.WorkshopError) as refused:
        world.does(ada, c.BallotPut, theme=world.waste, round=1, choices={ideas[1]: bad})
    assert (refused.value.code, refused.value.field) == (code, "choices")
    assert [dict(ballot.choices) for ballot in world.record.ballots] == [{ideas[0]: good}]
    world.close()


@pytest.mark.parametrize(("value", "understood"), [(-1, True), (55, True), (-2, False), (56, False)])
def test_a_value_that_no_method_has_is_not_even_read(value, understood):
    body = {"id": new_id(), "theme": new_id(), "round": 1, "choices": {new_id(): value}}
    if understood:
        assert msgspec.convert(body, c.BallotPut).choices == body["choices"]
    else:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(body, c.BallotPut)
