"""The agenda: steps and templates, going from step to step, changing them, and what everybody sees of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support import World
from workshop import documents, errors, views
from workshop.model import PHASES
from workshop.room import open_room
from workshop.rules import agenda
from workshop.rules.agenda import BY_KEY, TEMPLATES, Outline
from workshop.service import commands as c
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.store.queries import record, steps

HOUR = BY_KEY["academy-60"]
MINUTES = {"academy-60": 60, "academy-90": 90, "academy-180": 180, "quick": 15, "1-2-4-all": 12, "ratify": 40}
HOURLONG = pytest.mark.parametrize("world", [{"agenda": HOUR.steps}], indirect=True)


def rows(world):
    """The steps of the agenda, in order."""
    return agenda.in_order(world.record.steps)


def titles(world):
    return [step.title for step in rows(world)]


def states(world):
    return [step.state for step in rows(world)]


def find(world, title):
    return next(step for step in rows(world) if step.title == title)


def goes(world, title, **more):
    """The facilitator goes to a step."""
    world.runs("step.go", c.StepGo, step=find(world, title).id, seen=more.get("seen", world.record.session.step_id))


def phases(world):
    session = world.record.session
    return [theme.phase_in(session) for theme in world.record.themes]


def undo_last(world):
    entry = [e for e in world.record.log if e.before != "{}" and not e.undone_at][-1]
    world.runs("undo", c.Undo, log=entry.id)


def seen(world, role):
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    return views.every(room)[role]


def written(**words):
    return {"phase": "share", "title": "Break", "prompt": "Coffee", "minutes": 15, "themes": []} | words


# -- what comes with the product -------------------------------------------------------------------


def test_every_template_is_valid_and_takes_the_minutes_that_its_name_says():
    assert {template.key: agenda.total(agenda.checked(template.steps)) for template in TEMPLATES} == MINUTES
    assert all(template.name.endswith(f"{MINUTES[template.key]} minutes") for template in TEMPLATES)


@pytest.mark.parametrize(("step", "error", "field"), [
    (Outline("coffee", "Break"), errors.UnknownPhase, "phase"),
    (Outline("share", " "), errors.Empty, "title"),
    (Outline("share", "Break", "x" * 301), errors.TooLong, "prompt"),
    (Outline("share", "Break", minutes=0), errors.OffMinutes, "minutes"),
    (Outline("share", "Break", minutes=241), errors.OffMinutes, "minutes"),
    (Outline("share", "Break", minutes=True), errors.OffMinutes, "minutes"),
])
def test_a_step_that_cannot_be_run_is_refused_by_the_field_at_fault(step, error, field):
    with pytest.raises(error) as refused:
        agenda.checked([Outline("write", "Write", minutes=5), step])
    assert refused.value.field == field


def test_an_agenda_has_a_step_and_not_too_many():
    with pytest.raises(errors.NoSteps):
        agenda.checked([])
    with pytest.raises(errors.ManySteps):
        agenda.checked([Outline("write", "Write")] * (agenda.STEPS_LIMIT + 1))


@pytest.mark.parametrize("saved", ["{", "[1]", '{"a": 1}', '[{"phase": "write"}]', "[[]]", "7"])
def test_what_is_no_saved_agenda_is_told(saved):
    with pytest.raises(errors.Invalid):
        agenda.unpacked(saved)


# -- from step to step -----------------------------------------------------------------------------


@HOURLONG
def test_a_step_sets_its_phase_and_timer_and_leaves_the_earlier_ones_done(world):
    goes(world, "Welcome")
    goes(world, "Write")
    assert phases(world) == ["write", "write"]
    assert world.record.session.timer_ends_at == world.clock.now + 10 * 60_000
    assert states(world) == ["done", *["ahead"] * 5]
    assert world.record.session.step_id == find(world, "Write").id


@HOURLONG
def test_what_is_passed_over_is_skipped_and_back_makes_ahead_what_was_done(world):
    goes(world, "Write")
    goes(world, "Vote")
    assert states(world) == ["skipped", "done", "skipped", "ahead", "ahead", "ahead"]
    goes(world, "Write")
    assert states(world) == ["skipped", "ahead", "skipped", "ahead", "ahead", "ahead"]
    assert phases(world) == ["write", "write"]


@HOURLONG
def test_two_who_press_next_at_once_go_one_step(world):
    before = world.record.session.step_id
    goes(world, "Welcome", seen=before)
    with pytest.raises(errors.MovedOn) as refused:
        goes(world, "Write", seen=before)
    assert (refused.value.field, world.record.session.step_id) == ("seen", find(world, "Welcome").id)


@HOURLONG
def test_run_again_starts_the_timer_anew_and_moves_nothing(world):
    goes(world, "Write")
    world.clock.forward(400)
    goes(world, "Write")
    assert world.record.session.timer_ends_at == world.clock.now + 600_000
    assert states(world) == ["skipped", *["ahead"] * 5]


@HOURLONG
def test_a_step_for_one_theme_leaves_the_others_open(world):
    goes(world, "Share")
    after = find(world, "Share").id
    world.runs("step.add", c.StepAdd, after=after, **written(phase="vote", title="Vote on waste", themes=[world.waste]))
    goes(world, "Vote on waste")
    assert phases(world) == ["vote", "share"]
    assert json.loads(world.record.session.wall)["theme"] == world.waste
    goes(world, "Share")
    assert phases(world) == ["share", "share"]


@HOURLONG
def test_on_from_results_to_a_vote_is_another_round_and_back_is_not(world):
    world.runs("step.add", c.StepAdd, after=find(world, "Results").id, **written(phase="vote", title="Vote again"))
    goes(world, "Vote")
    goes(world, "Results")
    goes(world, "Vote")
    assert {theme.round for theme in world.record.themes} == {1}
    goes(world, "Results")
    goes(world, "Vote again")
    assert {theme.round for theme in world.record.themes} == {2}
    goes(world, "Results")
    goes(world, "Vote again")
    assert {theme.round for theme in world.record.themes} == {3}
    undo_last(world)
    assert ({theme.round for theme in world.record.themes}, phases(world)) == ({2}, ["reveal", "reveal"])


@HOURLONG
def test_the_agenda_follows_a_phase_that_is_set_by_hand_and_a_new_round(world):
    world.phase("vote")
    assert world.record.session.step_id == find(world, "Vote").id
    goes(world, "Results")
    world.runs("round.next", c.RoundNext)
    assert world.record.session.step_id == find(world, "Vote").id
    undo_last(world)
    assert world.record.session.step_id == find(world, "Results").id
    world.phase("share", theme=world.waste)
    assert world.record.session.step_id == find(world, "Results").id


def test_a_session_without_steps_goes_by_phases_as_ever(world):
    world.phase("write")
    assert (world.record.session.step_id, world.record.steps) == (None, ())
    assert seen(world, "console")["agenda"] == {"steps": [], "now": None, "next": None, "back": None}
    assert "step" not in seen(world, "phone")


# -- changing the steps ----------------------------------------------------------------------------


@HOURLONG
def test_no_step_is_for_a_theme_that_is_gone(world):
    world.runs("theme.add", c.ThemeAdd, title="Longer life")
    added, theme = world.record.log[-1], world.record.themes[-1]
    step = find(world, "Share").id
    world.runs("step.edit", c.StepEdit, step=step, **written(themes=[theme.id]))
    with pytest.raises(errors.ThemeInUse) as caught:
        world.runs("undo", c.Undo, log=added.id)
    assert (caught.value.field, str(caught.value).split(" ", 2)[:2]) == ("log", ["“Longer", "life”"])
    world.runs("step.remove", c.StepRemove, step=step)
    removed = world.record.log[-1]
    world.runs("undo", c.Undo, log=added.id)
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=removed.id)
    assert [one for one in rows(world) if theme.id in one.themes] == []


@HOURLONG
def test_steps_are_added_changed_moved_skipped_and_removed_and_each_can_be_undone(world):
    first = find(world, "Welcome").id
    for name, kind, body in (
        ("step.add", c.StepAdd, {"after": first, **written()}),
        ("step.edit", c.StepEdit, {"step": find(world, "Share").id, **written(themes=[world.use])}),
        ("step.move", c.StepMove, {"step": first, "to": 4}),
        ("step.skip", c.StepSkip, {"step": first, "skipped": True}),
        ("step.remove", c.StepRemove, {"step": first}),
        ("agenda.use", c.AgendaUse, {"template": "quick"}),
        ("agenda.use", c.AgendaUse, {"template": None}),
    ):
        before = [(s.title, s.state, s.themes) for s in rows(world)]
        world.runs(name, kind, **body)
        after = [(s.title, s.state, s.themes) for s in rows(world)]
        assert after != before, name
        undo_last(world)
        assert [(s.title, s.state, s.themes) for s in rows(world)] == before, name
        undo_last(world)
        assert [(s.title, s.state, s.themes) for s in rows(world)] == after, name
        undo_last(world)


@HOURLONG
def test_a_new_step_stands_behind_the_one_named_or_first(world):
    world.runs("step.add", c.StepAdd, after=find(world, "Share").id, **written())
    world.runs("step.add", c.StepAdd, after=None, **written(title="Set up"))
    assert titles(world) == ["Set up", "Welcome", "Write", "Share", "Break", "Vote", "Results", "Close"]


@HOURLONG
def test_the_step_that_is_run_cannot_be_taken_away_or_become_another(world):
    goes(world, "Write")
    step = find(world, "Write").id
    for name, kind, body in (
        ("step.remove", c.StepRemove, {}), ("step.skip", c.StepSkip, {"skipped": True}), ("step.edit", c.StepEdit, written()),
    ):
        with pytest.raises(errors.StepIsNow):
            world.runs(name, kind, step=step, **body)
    world.runs("step.edit", c.StepEdit, step=step, **written(phase="write", title="Write on", minutes=None))
    assert find(world, "Write on").minutes is None


@HOURLONG
def test_no_undo_leads_to_a_step_that_is_gone_or_into_another_phase(world):
    goes(world, "Write")
    goes(world, "Share")
    goes(world, "Write")
    back = world.record.log[-1]
    world.runs("step.remove", c.StepRemove, step=find(world, "Share").id)
    before = world.record
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=back.id)
    world.runs("step.edit", c.StepEdit, step=find(world, "Vote").id, **written(phase="write"))
    edit = world.record.log[-1]
    goes(world, "Break")
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=edit.id)
    assert before.session.phase == world.record.session.phase == "write"


@HOURLONG
def test_a_step_that_became_another_is_not_gone_to_again_by_undoing_an_undo(world):
    goes(world, "Welcome")
    undo_last(world)
    undo = world.record.log[-1]
    world.runs("step.edit", c.StepEdit, step=find(world, "Welcome").id, **written(phase="write"))
    with pytest.raises(errors.Conflict):
        world.runs("undo", c.Undo, log=undo.id)
    assert world.record.session.step_id is None


@HOURLONG
@pytest.mark.parametrize(("body", "error", "field"), [
    ({"minutes": 0}, errors.OffMinutes, "minutes"), ({"title": ""}, errors.Empty, "title"),
    ({"prompt": "x" * 400}, errors.TooLong, "prompt"), ({"themes": ["elsewhere"]}, errors.NotFound, "themes"),
    ({"after": "elsewhere"}, errors.NotFound, "step"),
])
def test_a_step_that_makes_no_sense_is_refused_and_nothing_is_kept(world, body, error, field):
    before = world.record
    with pytest.raises(error) as refused:
        world.runs("step.add", c.StepAdd, **{"after": None} | written(**body))
    assert (refused.value.field, world.record) == (field, before)


@HOURLONG
def test_a_step_of_another_session_does_not_exist(world):
    other = world.organize.copy_session(world.session.id)
    step = find(world, "Write").id
    for command in (
        c.StepGo(id="command-1", step=step), c.StepRemove(id="command-2", step=step), c.StepMove(id="command-3", step=step, to=0),
    ):
        with pytest.raises(errors.NotFound):
            world.facilitate.command(world.signin, other.id, "step", command)


# -- templates, own ones, copies -------------------------------------------------------------------


def test_a_template_speaks_the_language_of_the_wall(world):
    event = world.organize.create_event(EventPlan("Dag", language="sv"))
    session = world.organize.create_session(event.id, SessionPlan("Pass", themes=(ThemeLine("Tema"),)), "quick", "")
    found = world.store.read(lambda tx: steps.of_session(tx, session.id))
    assert [step.title for step in found] == ["Skriv", "Dela", "Rösta", "Resultat"]


def test_another_agenda_in_the_middle_of_the_day_goes_on_from_there(world):
    world.phase("share")
    world.runs("agenda.use", c.AgendaUse, template="academy-60")
    assert world.record.session.step_id == find(world, "Share").id
    assert states(world)[:2] == ["skipped", "skipped"]
    undo_last(world)
    assert (rows(world), world.record.session.step_id) == ([], None)


@HOURLONG
def test_an_agenda_is_kept_listed_used_again_and_forgotten(world):
    world.runs("step.edit", c.StepEdit, step=find(world, "Share").id, **written(themes=[world.use]))
    for _ in range(2):  # under the same name it is replaced
        world.runs("agenda.save", c.AgendaSave, name=" Half  day ")
    account = world.record.log[-1].actor
    own = [one for one in world.organize.templates(account, "en") if one.own]
    assert [(one.name, one.steps, one.minutes) for one in own] == [("Half day", 6, 55)]
    assert not any(one.own for one in world.organize.templates("somebody", "en"))
    world.runs("agenda.use", c.AgendaUse, template=own[0].id)
    assert (titles(world)[2], find(world, "Break").themes) == ("Break", "[]")
    world.runs("agenda.forget", c.AgendaForget, template=own[0].id)
    with pytest.raises(errors.NotFound):
        world.runs("agenda.use", c.AgendaUse, template=own[0].id)


def test_no_agenda_cannot_be_kept_and_a_broken_one_is_listed_and_told(world):
    with pytest.raises(errors.NoSteps):
        world.runs("agenda.save", c.AgendaSave, name="Nothing")
    world.runs("agenda.use", c.AgendaUse, template="quick")
    world.runs("agenda.save", c.AgendaSave, name="Quick")
    account = world.record.log[-1].actor
    saved = world.store.read(lambda tx: steps.templates(tx, account))[0]
    world.store.write(lambda tx: tx.run("UPDATE templates SET steps = :steps", steps=saved.steps.replace('"write"', '"coffee"')))
    assert world.organize.templates(account, "en")[0].steps == 0
    with pytest.raises(errors.UnknownPhase) as refused:
        world.runs("agenda.use", c.AgendaUse, template=saved.id)
    assert "coffee" in str(refused.value)


@HOURLONG
def test_a_copy_has_the_agenda_from_its_beginning_with_its_own_themes(world):
    world.runs("step.edit", c.StepEdit, step=find(world, "Share").id, **written(themes=[world.use]))
    world.runs("step.remove", c.StepRemove, step=find(world, "Vote").id)
    goes(world, "Results")
    copy = world.organize.copy_session(world.session.id)
    found = world.store.read(lambda tx: record.load(tx, copy.id))
    assert [(s.title, s.state) for s in found.steps] == [(title, "ahead") for title in ("Welcome", "Write", "Break", "Results", "Close")]
    assert [json.loads(s.themes) for s in found.steps if s.themes != "[]"] == [[found.themes[1].id]]
    assert found.session.step_id is None


def test_the_sample_has_an_hour(world):
    session = world.organize.make_sample()
    assert [s.title for s in world.store.read(lambda tx: steps.of_session(tx, session.id))] == [step.title for step in HOUR.steps]


@HOURLONG
def test_the_report_tells_of_a_step_as_of_its_phase(world):
    world.runs("step.edit", c.StepEdit, step=find(world, "Share").id, **written(phase="vote", title="Vote on use", themes=[world.use]))
    goes(world, "Write")
    goes(world, "Vote on use")
    told = [change.text for change in documents.build(world.record).changes]
    assert told == ["Writing began: all themes", "Voting opened: Better use of resources"]


# -- what everybody sees ---------------------------------------------------------------------------


@HOURLONG
def test_the_console_sees_every_step_and_the_room_the_one_that_is_run(world):
    assert all("step" not in seen(world, role) for role in ("phone", "screen", "console"))
    goes(world, "Write")
    board = seen(world, "console")["agenda"]
    assert [step["state"] for step in board["steps"]] == ["skipped", "now", *["ahead"] * 4]
    assert (board["next"], board["back"]) == (find(world, "Share").id, None)
    for role in ("phone", "screen", "console"):
        assert seen(world, role)["step"] == {
            "title": "Write", "prompt": HOUR.steps[1].prompt, "phase": "write", "themes": [], "n": 1, "of": 5, "next": "Share",
        }
    assert all("agenda" not in seen(world, role) for role in ("phone", "screen"))


@HOURLONG
def test_a_prompt_is_not_shown_in_another_phase_than_its_step_s(world):
    world.runs("step.remove", c.StepRemove, step=find(world, "Vote").id)
    goes(world, "Share")
    world.phase("vote")  # no step for it: the agenda stays where it is
    assert world.record.session.step_id == find(world, "Share").id
    assert "step" not in seen(world, "screen")


def test_the_room_takes_over_what_changed_of_the_steps(world):
    world.runs("agenda.use", c.AgendaUse, template="quick")
    room = open_room(world.store.read(lambda tx: record.changes(tx, world.session.id, -1)))
    assert views.every(room)["console"]["agenda"]["now"] is None
    goes(world, "Share")
    room.apply(world.store.read(lambda tx: record.changes(tx, world.session.id, room.session.rev)))
    assert views.every(room) == {role: seen(world, role) for role in ("phone", "screen", "console")}


# -- whatever is done, in whatever order -----------------------------------------------------------

ANY = st.integers(0, 30)


class Facilitating(RuleBasedStateMachine):
    """Next, back, jumps, skips, changes and undos at random: there is one step that is run, and the room is in its phase."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name) / "workshop.db", {"agenda": HOUR.steps})
        goes(self.world, "Welcome")

    def teardown(self):
        self.world.close()
        self.folder.cleanup()

    def tries(self, name, kind, **body):
        """A command that may be refused; refused, it changes nothing."""
        before = self.world.record
        try:
            self.world.runs(name, kind, **body)
        except errors.WorkshopError:
            assert self.world.record == before

    def pick(self, at):
        """One of the steps, removed ones too: what is done to those is refused."""
        found = self.world.record.steps
        return found[at % len(found)]

    def go(self, step):
        if step:
            self.tries("step.go", c.StepGo, step=step.id, seen=self.world.record.session.step_id)

    @rule()
    def next(self):
        self.go(agenda.following(rows(self.world), self.world.record.session.step_id))

    @rule()
    def back(self):
        self.go(agenda.preceding(rows(self.world), self.world.record.session.step_id))

    @rule(at=ANY)
    def jump(self, at):
        self.go(self.pick(at))

    @rule(at=ANY, skipped=st.booleans())
    def skip(self, at, skipped):
        self.tries("step.skip", c.StepSkip, step=self.pick(at).id, skipped=skipped)

    @rule(at=ANY, to=ANY)
    def reorder(self, at, to):
        self.tries("step.move", c.StepMove, step=self.pick(at).id, to=to)

    @rule(at=ANY)
    def remove(self, at):
        self.tries("step.remove", c.StepRemove, step=self.pick(at).id)

    @precondition(lambda self: len(rows(self.world)) < 9)
    @rule(at=ANY, phase=st.sampled_from(PHASES), one=st.booleans())
    def add(self, at, phase, one):
        themes = [self.world.waste] if one else []
        self.tries("step.add", c.StepAdd, after=self.pick(at).id, **written(phase=phase, themes=themes))

    @rule(at=ANY, phase=st.sampled_from(PHASES), one=st.booleans())
    def edit(self, at, phase, one):
        themes = [self.world.use] if one else []
        self.tries("step.edit", c.StepEdit, step=self.pick(at).id, **written(phase=phase, themes=themes))

    @rule(at=ANY)
    def undo(self, at):
        entries = self.world.record.log
        self.tries("undo", c.Undo, log=entries[-1 - at % len(entries)].id)

    @invariant()
    def there_is_one_step_and_the_room_is_in_its_phase(self):
        found, now = rows(self.world), self.world.record.session.step_id
        if now is None:
            return  # the very first going was undone
        here = [step for step in found if step.id == now]
        assert [step.state for step in here] == ["ahead"]
        named = agenda.themes_of(here[0])
        meant = [theme for theme in self.world.record.themes if theme.id in named or not named]
        assert {theme.phase_in(self.world.record.session) for theme in meant} == {here[0].phase}
        assert len({step.position for step in found}) == len(found)


Facilitating.TestCase.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestWhateverIsDone = Facilitating.TestCase
