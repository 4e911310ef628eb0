"""The board: groups and who leads them, suggestions that are not wanted, and themes in the middle of the day."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import World
from workshop import errors, views
from workshop.recounting import count_twice
from workshop.room import open_room
from workshop.rules import tally
from workshop.service import commands as c
from workshop.service.plans import THEMES_LIMIT
from workshop.store.queries import record


@pytest.fixture
def board(world):
    """Three ideas of three people in the first theme, while sharing."""
    world.phase("write")
    texts = {"City": "Take-back with reuse first", "Bank": "Supplier takes back", "University": "Deposit per device"}
    ideas = [world.writes(world.come("Ada", house), title) for house, title in texts.items()]
    world.phase("share")
    return ideas


def into(world):
    return {idea.id: idea.merged_into for idea in world.record.ideas}


def merge(world, idea, lead):
    world.runs("idea.merge", c.IdeaMerge, idea=idea, into=lead)


def look(world, role="console"):
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    return views.every(room)[role]


def themes(world):
    return [theme.title for theme in world.record.themes]


def last(world, action):
    return [entry for entry in world.record.log if entry.action == action][-1]


def undo(world, action):
    world.runs("undo", c.Undo, log=last(world, action).id)


def counted(world, theme=None):
    """Approvals by idea, from the stored ballots."""
    held = world.record
    theme = theme or world.waste
    result = tally.theme_result(held.session, theme, 1, held.ideas, held.participants, held.ballots, held.organisations)
    return {standing.idea: standing.approvals for standing in result.standings}


# -- groups ------------------------------------------------------------------------------------------


def test_another_text_can_lead_and_every_text_author_and_experience_stays(world, board):
    world.does(world.come("Di", "Bank"), c.ExperiencePut, experience="stance-1", idea=board[0], kind="do", text="since 2023")
    said = {(idea.id, idea.title, idea.participant_id) for idea in world.record.ideas}
    merge(world, board[1], board[0])
    merge(world, board[2], board[0])
    world.runs("idea.lead", c.IdeaLead, idea=board[2])
    assert into(world) == {board[0]: board[2], board[1]: board[2], board[2]: None}
    assert {(idea.id, idea.title, idea.participant_id) for idea in world.record.ideas} == said
    lead = look(world, "phone")[f"idea/{board[2]}"]
    assert [part["id"] for part in lead["merged"]] == [board[0], board[1]]
    assert lead["stances"]["do"] == 1
    undo(world, "idea.lead")
    assert into(world) == {board[0]: None, board[1]: board[0], board[2]: board[0]}


def test_a_new_wording_of_the_lead_is_undone_by_itself(world, board):
    merge(world, board[1], board[0])
    world.runs("idea.edit", c.IdeaEdit, idea=board[0], title="Suppliers take back, and reuse first")
    undo(world, "idea.edit")
    assert look(world)[f"idea/{board[0]}"]["title"] == "Take-back with reuse first"
    assert into(world)[board[1]] == board[0]


@pytest.mark.parametrize(("wrong", "error", "field"), [
    ("itself", errors.SameIdea, "into"), ("into merged", errors.AlreadyMerged, "into"), ("merged", errors.AlreadyMerged, "idea"),
    ("elsewhere", errors.OtherTheme, "into"), ("hidden", errors.NotShown, "into"), ("foreign", errors.NotFound, "idea"),
])
def test_a_wrong_merge_names_the_field_and_the_remedy(world, board, wrong, error, field):
    one, other = board[0], board[1]
    if wrong == "itself":
        other = one
    elif wrong == "into merged":
        merge(world, other, board[2])
    elif wrong == "merged":
        merge(world, one, board[2])
    elif wrong == "elsewhere":
        world.runs("idea.move", c.IdeaMove, idea=other, theme=world.use)
    elif wrong == "hidden":
        world.runs("idea.hide", c.IdeaHide, idea=other, hidden=True)
    else:
        one, other = "another-session-s", one
    before = world.record
    with pytest.raises(error) as caught:
        merge(world, one, other)
    assert (caught.value.field, world.record) == (field, before)


def test_an_idea_of_another_session_is_nobody_s_to_group(world, board):
    other = world.organize.copy_session(world.session.id)
    apart = c.AlikeDismiss(id="command-2", one=board[0], other=board[1], dismissed=True)
    for command in (c.IdeaMerge(id="command-1", idea=board[0], into=board[1]), apart):
        with pytest.raises(errors.NotFound):
            world.facilitate.command(world.signin, other.id, "any", command)


def test_of_two_facilitators_who_group_the_same_the_second_is_told_what_the_first_did(world, board):
    merge(world, board[1], board[0])
    before = world.record
    for idea, lead in ((board[1], board[0]), (board[0], board[1]), (board[1], board[2])):
        with pytest.raises(errors.AlreadyMerged) as caught:
            merge(world, idea, lead)
        assert caught.value.params == {"title": "Supplier takes back", "into": "Take-back with reuse first"}
    assert world.record == before


def test_what_stands_by_itself_cannot_be_taken_out_or_led(world, board):
    merge(world, board[1], board[0])
    world.runs("idea.split", c.IdeaSplit, idea=board[1])
    for name, kind in (("idea.split", c.IdeaSplit), ("idea.lead", c.IdeaLead)):
        with pytest.raises(errors.NotMerged):
            world.runs(name, kind, idea=board[1])
    with pytest.raises(errors.Conflict):
        undo(world, "idea.merge")


def test_a_hidden_text_does_not_lead(world, board):
    merge(world, board[1], board[0])
    world.runs("idea.hide", c.IdeaHide, idea=board[1], hidden=True)
    with pytest.raises(errors.NotShown):
        world.runs("idea.lead", c.IdeaLead, idea=board[1])


@pytest.mark.parametrize("way", ["undo", "split"])
def test_a_merge_taken_back_after_the_vote_gives_both_ideas_their_own_ballots(world, board, way):
    merge(world, board[1], board[0])
    world.phase("vote")
    people = [world.come(f"Voter {n}", house) for n, house in enumerate(("City", "City", "Bank", "University"))]
    for who, choice in zip(people, (board[0], board[0], board[2], board[0]), strict=True):
        world.votes(who, choice)
    world.phase("share")  # one more was grouped by mistake, and voted on before by some
    merge(world, board[2], board[0])
    world.phase("reveal")
    assert counted(world) == {board[0]: 4}
    if way == "undo":
        undo(world, "idea.merge")
    else:
        world.runs("idea.split", c.IdeaSplit, idea=board[2])
    assert counted(world) == {board[0]: 3, board[2]: 1}
    world.runs("idea.split", c.IdeaSplit, idea=board[1])
    assert counted(world) == {board[0]: 3, board[1]: 0, board[2]: 1}
    assert count_twice(world.store, world.session.code).differences == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_was_grouped_taking_it_all_out_counts_as_if_it_never_was(tmp_path_factory, data):
    world = World(tmp_path_factory.mktemp("groups") / "workshop.db")
    world.phase("write")
    author = world.come("Ada")
    ideas = [world.writes(author, f"Idea {n}") for n in range(4)]
    world.phase("vote")
    for n in range(4):
        world.votes(world.come(f"Voter {n}", "Bank"), *data.draw(st.lists(st.sampled_from(ideas), max_size=3, unique=True)))
    before = counted(world)
    for _ in range(6):
        kind, one, other = data.draw(st.tuples(st.sampled_from(["merge", "lead", "split"]), st.sampled_from(ideas), st.sampled_from(ideas)))
        try:
            if kind == "merge":
                merge(world, one, other)
            else:
                world.runs(f"idea.{kind}", {"lead": c.IdeaLead, "split": c.IdeaSplit}[kind], idea=one)
        except errors.Conflict:
            pass
        assert count_twice(world.store, world.session.code).differences == []
    for idea in [idea for idea, lead in into(world).items() if lead]:
        world.runs("idea.split", c.IdeaSplit, idea=idea)
    assert counted(world) == before
    world.close()


# -- suggestions -------------------------------------------------------------------------------------


def dismiss(world, one, other, dismissed=True):
    world.runs("alike.dismiss", c.AlikeDismiss, one=one, other=other, dismissed=dismissed)


def test_a_dismissed_suggestion_is_dismissed_for_every_console_and_for_no_phone(world, board):
    dismiss(world, board[1], board[0])
    assert look(world)["dismissed"] == {"pairs": [sorted(board[:2])]}
    assert "dismissed" not in look(world, "phone") | look(world, "screen")
    undo(world, "alike.dismiss")
    assert look(world)["dismissed"] == {"pairs": []}
    undo(world, "undo")
    assert look(world)["dismissed"] == {"pairs": [sorted(board[:2])]}


def test_a_dismissal_said_twice_is_one_and_can_be_taken_back(world, board):
    for pair in (board[:2], board[1::-1]):
        dismiss(world, *pair)
    assert [entry.action for entry in world.record.log].count("alike.dismiss") == 1
    dismiss(world, *board[:2], dismissed=False)
    assert look(world)["dismissed"] == {"pairs": []}


def test_an_idea_is_not_like_itself(world, board):
    with pytest.raises(errors.SameIdea):
        dismiss(world, board[0], board[0])


# -- themes ------------------------------------------------------------------------------------------


def test_a_theme_is_added_renamed_and_taken_away_by_undo(world):
    world.runs("theme.add", c.ThemeAdd, title=" Longer  life ", prompt="What lasts?")
    new = world.record.themes[-1]
    assert (new.title, new.prompt, new.position, new.phase, new.round, new.revealed) == ("Longer life", "What lasts?", 2, None, 1, False)
    assert look(world, "phone")[f"theme/{new.id}"]["title"] == "Longer life"
    world.runs("theme.edit", c.ThemeEdit, theme=new.id, title="Long lives")
    undo(world, "theme.edit")
    undo(world, "theme.add")
    assert themes(world) == ["Less electronic waste", "Better use of resources"]
    assert f"theme/{new.id}" not in look(world, "phone")


def test_a_theme_that_holds_ideas_is_not_taken_away_by_undo(world):
    world.phase("write")
    world.runs("theme.add", c.ThemeAdd, title="Longer life")
    world.writes(world.come("Ada"), "Spare parts for ten years", theme=world.record.themes[-1].id)
    with pytest.raises(errors.Conflict):
        undo(world, "theme.add")
    assert len(world.record.ideas) == 1


def test_a_split_takes_along_what_is_grouped_and_undo_brings_all_back(world, board):
    merge(world, board[1], board[0])
    world.phase("vote", theme=world.waste)
    world.runs("theme.split", c.ThemeSplit, theme=world.waste, title="Take-back", ideas=[board[0], board[0]])
    new = world.record.themes[-1]
    assert {idea.id: idea.theme_id for idea in world.record.ideas} == {board[0]: new.id, board[1]: new.id, board[2]: world.waste}
    assert new.phase_in(world.record.session) == "vote"
    undo(world, "theme.split")
    assert {idea.theme_id for idea in world.record.ideas} == {world.waste}
    assert len(world.record.themes) == 2


def test_a_ballot_counts_where_its_theme_is_though_an_idea_moved_on(world, board):
    world.phase("vote")
    world.votes(world.come("Di", "Bank"), board[0], board[2])
    world.runs("theme.split", c.ThemeSplit, theme=world.waste, title="Take-back", ideas=[board[0]])
    new = world.record.themes[-1].id
    world.phase("reveal")
    assert (counted(world), counted(world, new)) == ({board[1]: 0, board[2]: 1}, {board[0]: 0})
    assert count_twice(world.store, world.session.code).differences == []


@pytest.mark.parametrize(("body", "error", "field"), [
    ({"title": " "}, errors.Empty, "title"), ({"title": "x" * 141}, errors.TooLong, "title"), ({"ideas": []}, errors.NoIdeas, "ideas"),
    ({"ideas": ["nobody-s-idea"]}, errors.NotFound, "idea"), ({"theme": "no-such-theme"}, errors.NotFound, "theme"),
    ({"theme": "use"}, errors.Conflict, "ideas"), ({"ideas": "merged"}, errors.Conflict, "ideas"),
])
def test_a_wrong_split_names_the_field_and_makes_nothing(world, board, body, error, field):
    merge(world, board[1], board[0])
    named = {"use": world.use, "merged": [board[1]]}
    given = {name: named.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
    asked = {"theme": world.waste, "title": "Take-back", "ideas": board[:1]} | given
    before = world.record
    with pytest.raises(error) as caught:
        world.runs("theme.split", c.ThemeSplit, **asked)
    assert (caught.value.field, world.record) == (field, before)


def test_thirty_themes_fit(world, board):
    for n in range(THEMES_LIMIT - 2):
        world.runs("theme.add", c.ThemeAdd, title=f"Theme {n}")
    assert len(look(world)["session"]["themes"]) == THEMES_LIMIT == 30
    for name, kind, body in (("theme.add", c.ThemeAdd, {}), ("theme.split", c.ThemeSplit, {"theme": world.waste, "ideas": board[:1]})):
        with pytest.raises(errors.TooManyThemes):
            world.runs(name, kind, title="One more", **body)
    assert len(world.record.themes) == THEMES_LIMIT
