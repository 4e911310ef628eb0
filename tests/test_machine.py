"""Whatever happens, in any order: after every step everybody holds what the tables say, and no more than they may see.

`python3 -m bench machine` looks longer.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import gevent
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.afternoon import PHASES, Afternoon, Tab
from tests.recomputed import audiences, difference, own
from tests.test_leak import counted
from workshop.live import hub
from workshop.model import Idea, new_id
from workshop.recounting import count_twice
from workshop.service import commands as c

SETTLED_S = 3.0  # seconds within which everybody must hold what the tables say
PUBLIC = ("share", "vote", "reveal", "closed")  # phases in which everybody reads the ideas
PLANS = st.fixed_dictionaries({
    "method": st.sampled_from(["approval", "agree"]), "ballot_size": st.sampled_from([None, 1, 2]),
    "hide_ideas": st.booleans(), "show_authors": st.booleans(),
})
DEEDS = (  # as often as they are tried
    "votes", "votes", "votes", "votes_wildly", "sets_a_phase", "sets_a_phase", "sets_a_phase", "begins_a_round",
    "writes", "writes", "changes_an_idea", "takes_an_idea_back", "adds_experience", "adds_experience", "takes_experience_back",
    "joins", "says_who_they_are", "says_it_again", "merges", "merges", "splits", "leads", "dismisses", "hides", "moves",
    "edits", "hides_experience",
    "reads_out", "reads_out", "undoes", "undoes", "turns_to_timer_and_wall", "renames_an_organisation",
    "commands_meet", "opens_a_tab", "loses_or_finds_it", "loses_or_finds_it", "loses_or_finds_it", "asks",
)
# Of more examples Hypothesis makes most by changing a few; and it has no time here to shrink one that fails.
QUICK = settings(max_examples=10, stateful_step_count=40, database=None, deadline=None,
                 phases=[Phase.generate], suppress_health_check=list(HealthCheck))


class Machine(RuleBasedStateMachine):
    """The machine.

    Args:
        path: of the database, which must not exist.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def teardown(self) -> None:
        """After the last step."""
        self.day.close()

    @initialize(plan=PLANS, phase=st.sampled_from(PHASES))
    def a_session_begins(self, plan: dict[str, Any], phase: Any) -> None:
        self.day = Afternoon(self.path, plan, phase)

    @rule(data=st.data(), deed=st.sampled_from(DEEDS))  # one rule: of many, Hypothesis leaves most out of a run
    def somebody(self, data: st.DataObject, deed: str) -> None:
        getattr(self.day, deed)(data.draw)

    # -- what must always hold -------------------------------------------------------------------------

    @invariant()
    def everybody_holds_what_the_tables_say(self) -> None:
        settled(self.day)

    @invariant()
    def nobody_reads_others_ideas_before_their_time(self) -> None:
        public = {idea.title for idea in self.day.record.ideas if self.is_public(idea)}
        for tab in [tab for tab in listening(self.day) if tab.role != "console"]:
            own = {idea.title for idea in self.day.record.ideas if idea.participant_id == tab.who}
            assert self.titles_in({key: value for key, value in tab.mirror.state.items() if not key.startswith("mine/")}) == public
            assert self.titles_in(tab.mirror.state) == public | own

    @invariant()
    def totals_are_shown_after_reveal_alone(self) -> None:
        for tab in listening(self.day):
            shown = {key for key in tab.mirror.state if key.startswith("results/")}
            assert shown == {f"results/{theme}" for theme in self.day.shown}
            assert not counted({key: value for key, value in tab.mirror.state.items() if key not in shown})

    @invariant()
    def the_stored_ballots_are_those_acknowledged_last(self) -> None:
        assert {(b.participant_id, b.theme_id, b.round): dict(b.choices) for b in self.day.record.ballots} == self.day.ballots

    @invariant()
    def both_counts_agree(self) -> None:
        assert count_twice(self.day.world.store, self.day.world.session.code).differences == []

    @invariant()
    def a_merge_is_one_level_deep_and_in_one_theme(self) -> None:
        ideas = {idea.id: idea for idea in self.day.record.ideas}
        for idea in ideas.values():
            into = ideas.get(idea.merged_into or "")
            assert into is None or (into.merged_into is None and into.theme_id == idea.theme_id)

    # -- how that is seen ------------------------------------------------------------------------------

    def titles_in(self, state: dict[str, Any]) -> set[str]:
        text = json.dumps(state)
        return {idea.title for idea in self.day.record.ideas if idea.title in text}

    def is_public(self, idea: Idea) -> bool:
        """Whether everybody may read an idea: it stands, or is merged into one that does, and the phase shows ideas."""
        record = self.day.record
        phase = self.day.in_force(next(theme for theme in record.themes if theme.id == idea.theme_id))
        root = next((other for other in record.ideas if other.id == idea.merged_into), idea)
        shown = phase in PUBLIC or (phase == "write" and not record.session.hide_ideas)
        return shown and idea.state == root.state == "active"


def listening(day: Afternoon) -> list[Tab]:
    """The tabs with a network."""
    return [tab for tab in day.tabs if tab.listens]


def settled(day: Afternoon) -> None:
    """Wait until every tab with a network holds what the tables say."""
    day.look()
    due = expected(day)
    with gevent.Timeout(SETTLED_S, False):
        while any(tab.mirror.state != due[id(tab)] for tab in listening(day)):
            gevent.sleep(0.001)  # not 0: a thread that never rests keeps the interpreter from those that read
    for tab in listening(day):
        assert tab.mirror.state == due[id(tab)], f"{tab.role}: {difference(tab.mirror.state, due[id(tab)])}"


def expected(day: Afternoon) -> dict[int, dict[str, Any]]:
    """What every tab ought to hold."""
    store, session = day.world.store, day.world.session.id
    here = {tab.who for tab in day.tabs if tab.who and tab.sid}
    views = store.read(lambda tx: audiences(tx, session, here))
    mine = store.read(lambda tx: {who: own(tx, who) for who in here})
    return {id(tab): views[tab.role] | mine.get(tab.who, {}) for tab in listening(day)}


def explore(folder: Path, chance: int, chosen: settings) -> None:
    """Let the machine run as the seed *chance* has it; each of its sessions has a database of its own in *folder*."""
    numbers = itertools.count()
    run_state_machine_as_test(seed(chance)(lambda: Machine(folder / f"{next(numbers)}.db")), settings=chosen)


@pytest.mark.parametrize("chance", range(3))
def test_whatever_happens_everybody_holds_what_the_tables_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chance: int) -> None:
    monkeypatch.setattr(hub, "TICK", 0.0)
    explore(tmp_path, chance, QUICK)


@pytest.mark.parametrize("left", range(3))
def test_a_line_that_breaks_between_two_messages_lacks_nothing_when_it_is_back(tmp_path: Path, left: int) -> None:
    day = Afternoon(tmp_path / "workshop.db", {}, "share")
    settled(day)
    phone = day.tabs[0]
    phone.left = left
    idea = next(idea for idea in day.record.ideas if idea.participant_id == phone.who)
    day.runs("idea.edit", c.IdeaEdit(id=new_id(), idea=idea.id, title="What all see, and what is one's own."))
    settled(day)
    day.hub.leave(str(phone.sid))
    day.connect(phone)
    settled(day)
    day.close()


def test_merged_ideas_stand_in_one_order_also_where_the_clock_was_set_back(tmp_path: Path) -> None:
    day = Afternoon(tmp_path / "workshop.db", {}, "share")
    day.world.clock.forward(-3600)
    root, first, *_ = [idea for idea in day.record.ideas if idea.theme_id == day.world.waste]
    late = day.world.writes(day.record.participants[0], "Written last, by the clock an hour earlier.")
    settled(day)
    for idea in (first.id, late):
        day.runs("idea.merge", c.IdeaMerge(id=new_id(), idea=idea, into=root.id))
    settled(day)
    day.close()
