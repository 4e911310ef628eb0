"""What the console may do: every step can be taken back, and rights are looked up at every command."""

from __future__ import annotations

import json

import pytest

from tests.support import NOON
from workshop import errors, views
from workshop.room import open_room
from workshop.service import commands as c
from workshop.store.queries import record


def theme(world, theme_id):
    return next(t for t in world.record.themes if t.id == theme_id)


def idea(world, idea_id):
    return next(i for i in world.record.ideas if i.id == idea_id)


@pytest.fixture
def board(world):
    """Three ideas in the first theme, while sharing."""
    world.phase("write")
    ada = world.come("Ada")
    ideas = [world.writes(ada, title) for title in ("Take-back with reuse first", "Supplier takes back", "Deposit per device")]
    world.phase("share")
    return ideas


def undo_last(world):
    entries = [e for e in world.record.log if e.before != "{}" and not e.undone_at]
    world.runs("undo", c.Undo, log=entries[-1].id)


# -- rights ----------------------------------------------------------------------------------------


def test_a_signed_out_browser_runs_nothing(world):
    account = world.accounts.account_of(world.accounts.spend_link(world.accounts.new_link()))
    world.accounts.sign_out_everywhere(account)
    with pytest.raises(errors.NotSignedIn):
        world.phase("write")
    assert world.record.session.phase == "lobby"


def test_a_participant_s_token_is_no_sign_in(world):
    who = world.come("Mallory")
    with pytest.raises(errors.NotSignedIn):
        world.facilitate.command(who.id, world.session.id, "phase.set", c.PhaseSet(id="command-1", phase="closed"))


def test_the_same_command_twice_is_carried_out_once(world):
    for _ in range(3):
        world.runs("timer.set", c.TimerSet, id="command-1", action="start", seconds=60)
        world.clock.forward(5)
    assert world.record.session.timer_ends_at == NOON + 60_000


# -- phases ----------------------------------------------------------------------------------------


def test_a_phase_holds_for_every_theme_and_a_theme_may_depart_from_it(world):
    world.phase("write")
    world.phase("share", theme=world.waste)
    session = world.record.session
    assert (theme(world, world.waste).phase_in(session), theme(world, world.use).phase_in(session)) == ("share", "write")
    world.phase("share")
    assert theme(world, world.waste).phase is None


def test_reveal_opens_totals_closing_keeps_them_and_going_back_hides_them(world):
    seen = []
    for phase in ("vote", "reveal", "closed", "vote", "closed", "reveal", "lobby"):
        world.phase(phase)
        seen.append(theme(world, world.waste).revealed)
    assert seen == [False, True, True, False, False, True, False]


def test_revealing_one_theme_leaves_the_other_hidden(world):
    world.phase("vote")
    world.phase("reveal", theme=world.waste)
    assert (theme(world, world.waste).revealed, theme(world, world.use).revealed) == (True, False)


def test_a_new_round_opens_the_vote_again_and_keeps_the_first_on_record(world, board):
    voter = world.come("Bo", "Bank")
    world.phase("vote")
    world.votes(voter, board[0])
    world.phase("reveal")
    world.runs("round.next", c.RoundNext)
    assert theme(world, world.waste).phase_in(world.record.session) == "vote"
    world.votes(voter, board[1], round=2)
    assert {b.round: dict(b.choices) for b in world.record.ballots} == {1: {board[0]: 1}, 2: {board[1]: 1}}


def test_a_phase_may_start_a_timer_and_the_timer_keeps_its_rest_while_paused(world):
    world.phase("write", seconds=300)
    world.clock.forward(100)
    world.runs("timer.set", c.TimerSet, action="pause")
    world.clock.forward(1000)
    assert world.record.session.timer_left == 200_000
    world.runs("timer.set", c.TimerSet, action="add", seconds=60)
    world.runs("timer.set", c.TimerSet, action="resume")
    assert world.record.session.timer_ends_at == world.clock.now + 260_000
    world.runs("timer.set", c.TimerSet, action="clear")
    assert (world.record.session.timer_ends_at, world.record.session.timer_left) == (None, None)


def test_pausing_no_timer_is_a_conflict(world):
    with pytest.raises(errors.Conflict):
        world.runs("timer.set", c.TimerSet, action="pause")


# -- moderation and undo -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "kind", "body", "column", "changed"), [
    ("idea.edit", c.IdeaEdit, {"title": "Clearer"}, "title", "Clearer"),
    ("idea.hide", c.IdeaHide, {"hidden": True}, "state", "hidden"),
    ("idea.move", c.IdeaMove, {"theme": "use"}, "theme_id", "use"),
    ("idea.merge", c.IdeaMerge, {"into": "second"}, "merged_into", "second"),
])
def test_what_is_done_to_an_idea_can_be_undone_and_the_undo_too(world, board, name, kind, body, column, changed):
    names = {"use": world.use, "second": board[1]}
    before = getattr(idea(world, board[0]), column)
    world.runs(name, kind, idea=board[0], **{key: names.get(value, value) for key, value in body.items()})
    assert getattr(idea(world, board[0]), column) == names.get(changed, changed)
    undo_last(world)
    assert getattr(idea(world, board[0]), column) == before
    undo_last(world)
    assert getattr(idea(world, board[0]), column) == names.get(changed, changed)


def test_an_undo_that_would_overwrite_something_newer_is_refused(world, board):
    world.runs("idea.edit", c.IdeaEdit, idea=board[0], title="First edit")
    first = world.record.log[-1]
    world.runs("idea.edit", c.IdeaEdit, idea=board[0], title="Second edit")
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=first.id)
    assert idea(world, board[0]).title == "Second edit"


def test_undo_leaves_alone_what_the_command_did_not_change(world, board):
    world.runs("idea.hide", c.IdeaHide, idea=board[0], hidden=True)
    hide = world.record.log[-1]
    world.runs("idea.edit", c.IdeaEdit, idea=board[0], title="Clearer")
    world.runs("undo", c.Undo, log=hide.id)
    assert (idea(world, board[0]).state, idea(world, board[0]).title) == ("active", "Clearer")


def test_a_step_back_can_be_undone_and_the_totals_with_it(world, board):
    world.phase("vote")
    world.phase("reveal")
    world.phase("share")
    assert [theme.revealed for theme in world.record.themes] == [False, False]
    undo_last(world)
    assert world.record.session.phase == "reveal"
    assert [theme.revealed for theme in world.record.themes] == [True, True]


def test_a_round_that_was_undone_and_begun_again_begins_with_empty_ballots(world, board):
    world.phase("vote")
    world.runs("round.next", c.RoundNext)
    bo = world.come("Bo", "Bank")
    world.does(bo, c.BallotPut, theme=world.waste, round=2, choices={board[0]: 1})
    undo_last(world)
    assert {theme.round for theme in world.record.themes} == {1}
    world.runs("round.next", c.RoundNext)
    assert {theme.id: theme.round for theme in world.record.themes}[world.waste] == 3


def shown(world):
    """The ideas that phones see: by themselves, or within the one that they are merged into."""
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    ideas = [value for key, value in views.every(room)["phone"].items() if key.startswith("idea/")]
    return {title for value in ideas for title in (value["title"], *(merged["title"] for merged in value["merged"]))}


def refuses_to_undo(world, entry):
    before = world.record
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=entry.id)
    assert world.record == before


def test_no_undo_merges_two_ideas_into_each_other(world, board):
    world.runs("idea.merge", c.IdeaMerge, idea=board[0], into=board[1])
    world.runs("idea.split", c.IdeaSplit, idea=board[0])
    split = world.record.log[-1]
    world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[0])
    refuses_to_undo(world, split)
    assert shown(world) == {i.title for i in world.record.ideas}


def test_no_undo_makes_a_merge_two_levels_deep(world, board):
    world.runs("idea.merge", c.IdeaMerge, idea=board[0], into=board[1])
    world.runs("idea.split", c.IdeaSplit, idea=board[0])
    split = world.record.log[-1]
    world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[2])
    refuses_to_undo(world, split)
    assert shown(world) == {i.title for i in world.record.ideas}


def test_no_undo_leaves_a_merge_across_two_themes(world, board):
    world.runs("idea.move", c.IdeaMove, idea=board[0], theme=world.use)
    move = world.record.log[-1]
    world.runs("idea.move", c.IdeaMove, idea=board[1], theme=world.use)
    world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[0])
    refuses_to_undo(world, move)
    assert {idea(world, i).theme_id for i in board[:2]} == {world.use}
    assert shown(world) == {i.title for i in world.record.ideas}


def test_an_undo_does_not_bring_back_an_experience_that_its_author_withdrew(world, board):
    bo = world.come("Bo", "Bank")
    world.does(bo, c.ExperiencePut, experience="stance-1", idea=board[0], kind="do")
    world.runs("experience.hide", c.ExperienceHide, experience="stance-1", hidden=True)
    hide = world.record.log[-1]
    world.runs("experience.hide", c.ExperienceHide, experience="stance-1", hidden=False)
    world.does(bo, c.ExperienceWithdraw, experience="stance-1", withdrawn=True)
    refuses_to_undo(world, hide)
    assert world.record.experiences[0].state == "withdrawn"


def test_a_hidden_experience_comes_back_by_undo(world, board):
    world.does(world.come("Bo", "Bank"), c.ExperiencePut, experience="stance-1", idea=board[0], kind="do")
    world.runs("experience.hide", c.ExperienceHide, experience="stance-1", hidden=True)
    undo_last(world)
    assert world.record.experiences[0].state == "active"


def test_a_merge_keeps_every_text_and_author_and_is_one_level_deep(world, board):
    texts = {(i.id, i.title, i.participant_id) for i in world.record.ideas}
    world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[0])
    world.runs("idea.merge", c.IdeaMerge, idea=board[0], into=board[2])
    assert {(i.id, i.title, i.participant_id) for i in world.record.ideas} == texts
    assert [idea(world, i).merged_into for i in board] == [board[2], board[2], None]
    undo_last(world)
    assert [idea(world, i).merged_into for i in board] == [None, board[0], None]


@pytest.mark.parametrize("wrong", ["itself", "merged", "hidden", "elsewhere"])
def test_a_merge_into_nowhere_is_refused(world, board, wrong):
    into = board[1]
    if wrong == "itself":
        into = board[0]
    elif wrong == "merged":
        world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[2])
    elif wrong == "hidden":
        world.runs("idea.hide", c.IdeaHide, idea=board[1], hidden=True)
    else:
        world.runs("idea.move", c.IdeaMove, idea=board[1], theme=world.use)
    with pytest.raises(errors.Conflict):
        world.runs("idea.merge", c.IdeaMerge, idea=board[0], into=into)


def test_a_moved_idea_takes_along_what_is_merged_into_it(world, board):
    world.runs("idea.merge", c.IdeaMerge, idea=board[1], into=board[0])
    world.runs("idea.move", c.IdeaMove, idea=board[0], theme=world.use)
    assert {idea(world, i).theme_id for i in board[:2]} == {world.use}


def test_a_hidden_idea_cannot_be_brought_back_by_its_author(world, board):
    author = idea(world, board[0])
    world.runs("idea.hide", c.IdeaHide, idea=board[0], hidden=True)
    back = c.IdeaWithdraw(id="command-1", idea=board[0], withdrawn=False)
    for command in (back, c.IdeaPut(id="command-2", idea=board[0], theme=world.waste, title="Again")):
        with pytest.raises(errors.Conflict):
            world.participate.command(author.participant_id, command)
    assert idea(world, board[0]).state == "hidden"


def test_a_foreign_idea_or_theme_does_not_exist_for_the_session(world, board):
    other = world.organize.copy_session(world.session.id)
    with pytest.raises(errors.NotFound):
        world.facilitate.command(world.signin, other.id, "idea.hide", c.IdeaHide(id="command-1", idea=board[0], hidden=True))
    with pytest.raises(errors.NotFound):
        world.facilitate.command(world.signin, other.id, "phase.set", c.PhaseSet(id="command-2", phase="vote", theme=world.waste))


def test_the_wall_is_what_the_facilitator_chose_until_the_phase_changes(world, board):
    world.runs("screen.show", c.ScreenShow, view="idea", idea=board[0], theme=world.waste)
    assert json.loads(world.record.session.wall)["idea"] == board[0]
    world.phase("vote")
    assert json.loads(world.record.session.wall) == {
        "view": "auto", "theme": None, "page": 0, "idea": None, "corner": True, "sound": True}


def test_every_command_raises_the_revision_by_one_and_every_touched_row_carries_it(world, board):
    before = world.record.session.rev
    answer = world.runs("idea.hide", c.IdeaHide, idea=board[0], hidden=True)
    assert answer["rev"] == world.record.session.rev == idea(world, board[0]).rev == before + 1
