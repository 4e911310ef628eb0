"""A session to which anything may happen: what people, the facilitator and the network may do next, drawn by Hypothesis.

The store, the services and the hub are the real ones; only the sockets are left out. What must always hold of it stands in
`tests.test_machine`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gevent
from hypothesis import strategies as st

from tests.recomputed import as_sent
from tests.support import World
from workshop import errors
from workshop.live.hub import Hub, Listener
from workshop.model import KINDS, QUOTES, STANCES, Idea, Record, Theme, new_id
from workshop.rehearse.mirror import Mirror
from workshop.service import commands as c

TOGETHER = 3  # commands that meet in one commit
TABS = 7  # pages that are open at most
PHASES = ("write", "share", "vote", "vote", "vote", "reveal", "reveal", "closed", "lobby")  # as often as they are tried

Answer = dict[str, Any]
Stored = Callable[[Answer], None]
Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass
class Tab:
    """A page that is open somewhere; ``sid`` is None while it has no network.

    ``left`` counts the messages that still arrive on a line that dies unseen; None where the line is good.
    """

    role: str
    who: str | None
    sid: str | None = None
    left: int | None = None
    mirror: Mirror = field(default_factory=lambda: Mirror(None))
    told: int = -1  # the newest revision that it was told of

    @property
    def listens(self) -> bool:
        """Whether all that is sent arrives."""
        return self.sid is not None and self.left is None


@dataclass(frozen=True)
class Move:
    """A command on its way, what to note when it is stored, and what is foretold.

    ``refusal`` is the code of an error, empty for none, None where it is left open.
    """

    send: Callable[[], Answer]
    stored: Stored
    refusal: str | None


def nothing(_answer: Answer) -> None:
    """To note nothing."""


class Afternoon:
    """One session: two people with a phone each, a screen, a console and six ideas, and then whatever comes.

    Args:
        path: of the database, which is made.
        plan: the session's, as of `SessionPlan`.

    ``ballots`` and ``shown`` are what the tests expect: the ballots that were acknowledged last, the themes with public totals.
    """

    def __init__(self, path: Path, plan: dict[str, Any], phase: Any) -> None:
        self.world = World(path, plan)
        self.hub = Hub(self.world.store, self._deliver, self.world.clock)
        self.numbers = itertools.count(1)
        self.tabs: list[Tab] = []
        self.ballots: dict[tuple[str, str, int], dict[str, int]] = {}
        self.shown: set[str] = set()
        self._turned: dict[str, tuple[set[str], set[str]]] = {}  # log entry → the totals that it hid, and showed
        self._held: list[Move] | None = None  # while commands are kept back, to be sent together
        self._answered: tuple[str, c.Command, Answer] | None = None
        ada, bo = self.world.come("Ada", "City", "name"), self.world.come("Bo", "Bank", "anonymous")
        self.world.phase("write")
        for number in range(6):
            theme = self.world.use if number % 3 == 2 else self.world.waste
            self.world.writes((ada, bo)[number % 2], self._words(), theme, idea=self._key())
        self.look()
        self._set_phase(phase, None)
        for role, who in (("phone", ada.id), ("phone", bo.id), ("screen", None), ("console", None)):
            self.connect(Tab(role, who))
        self.look()

    def close(self) -> None:
        """End it."""
        self.hub.close()
        self.world.close()

    def look(self) -> None:
        """Take notice of what is stored; what comes next is drawn from that."""
        self.record: Record = self.world.record

    # -- participants ----------------------------------------------------------------------------------

    def joins(self, draw: Draw) -> None:
        """Somebody comes, for a listed organisation, a new one or none."""
        known = [organisation.name for organisation in self.record.organisations]
        chosen, quote = draw(st.sampled_from(["", "One that was typed", *known])), draw(st.sampled_from(QUOTES))
        self.world.entrance.join(self.world.session.code, chosen, "Somebody", quote, new_organisation_ok=True)

    def writes(self, draw: Draw) -> None:
        """An idea, where that is open if it is open anywhere."""
        theme = draw(self._themes("write", "share"))
        refusal = "" if self.in_force(theme) in ("write", "share") else "wrong_phase"
        idea = c.IdeaPut(id=new_id(), idea=self._key(), theme=theme.id, title=self._words())
        self._does(draw(self._people()), idea, refusal=refusal)

    def changes_an_idea(self, draw: Draw) -> None:
        """One's own; in some cases another's."""
        who, idea, refusal = self._owner(draw)
        self._does(who, c.IdeaPut(id=new_id(), idea=idea.id, theme=idea.theme_id, title=self._words()), refusal=refusal)

    def takes_an_idea_back(self, draw: Draw) -> None:
        """Or puts it back again."""
        who, idea, refusal = self._owner(draw)
        self._does(who, c.IdeaWithdraw(id=new_id(), idea=idea.id, withdrawn=draw(st.booleans())), refusal=refusal)

    def adds_experience(self, draw: Draw) -> None:
        """To any idea."""
        kind, idea = draw(st.sampled_from(KINDS)), draw(self._ideas())
        words = "" if kind in STANCES else "It takes a year."
        outcome = draw(st.sampled_from([{}, {"result": "It pays.", "year": 2024}])) if kind in STANCES else {}
        said = c.ExperiencePut(id=new_id(), experience=self._key(), idea=idea.id, kind=kind, text=words, **outcome)
        self._does(draw(self._people()), said)

    def takes_experience_back(self, draw: Draw) -> None:
        """Or puts it back again."""
        if self.record.experiences:
            said, withdrawn = draw(st.sampled_from(self.record.experiences)), draw(st.booleans())
            self._does(said.participant_id, c.ExperienceWithdraw(id=new_id(), experience=said.id, withdrawn=withdrawn))

    def votes(self, draw: Draw) -> None:
        """A ballot as a phone would send it."""
        theme, who = draw(self._themes("vote")), draw(self._people())
        sides = [1] if self.world.session.method == "approval" else [1, 0, -1]
        standing = sorted(self.standing(theme))
        ticked = draw(st.lists(st.sampled_from(standing), unique=True)) if standing else []
        self._casts(who, theme, theme.round, {idea: draw(st.sampled_from(sides)) for idea in ticked[:self.budget(theme)]})

    def votes_wildly(self, draw: Draw) -> None:
        """For too many ideas, for merged and hidden ones, for those of the other theme, with a pass, in another round."""
        theme, ideas = draw(self._themes("vote")), [idea.id for idea in self.record.ideas]
        any_ideas = st.lists(st.sampled_from(ideas), unique=True, max_size=9)
        ticked, value = draw(st.just(sorted(self.standing(theme))) | any_ideas), draw(st.sampled_from([1, 1, 0]))
        self._casts(draw(self._people()), theme, theme.round + draw(st.sampled_from([0, 0, 0, 1])), dict.fromkeys(ticked, value))

    def says_who_they_are(self, draw: Draw) -> None:
        """And that they are done, or not yet."""
        who, phase = draw(self._people()), self.record.session.phase
        self._does(who, c.MePut(id=new_id(), name="Somebody else", quote=draw(st.sampled_from(QUOTES))))
        self._does(who, c.Done(id=new_id(), phase=phase, done=draw(st.booleans())))

    def says_it_again(self, _draw: Draw) -> None:
        """The same command under the same id gets the same answer and changes nothing."""
        if self._answered:
            who, command, answer = self._answered
            before = self.world.record
            assert as_sent(self.world.participate.command(who, command)) == answer
            assert self.world.record == before

    # -- the facilitator -------------------------------------------------------------------------------

    def sets_a_phase(self, draw: Draw) -> None:
        """Of the session or of a theme."""
        self._set_phase(draw(st.sampled_from(PHASES)), self._one_or_all(draw))

    def begins_a_round(self, draw: Draw) -> None:
        """In all themes or in one."""
        theme = self._one_or_all(draw)
        chosen = {theme} if theme else {one.id for one in self.record.themes}
        self.runs("round.next", c.RoundNext(id=new_id(), theme=theme), lambda answer: self._shows(answer, self.shown - chosen), "")

    def merges(self, draw: Draw) -> None:
        """Ideas of one theme, in most cases; often one into which others are merged."""
        idea = draw(self._ideas() | st.sampled_from([one for one in self.record.ideas if self._parts(one)] or self.record.ideas))
        near = [other for other in self.record.ideas if other.theme_id == idea.theme_id and other.id != idea.id]
        self.runs("idea.merge", c.IdeaMerge(id=new_id(), idea=idea.id, into=draw(st.sampled_from([*near * 3, *self.record.ideas])).id))

    def splits(self, draw: Draw) -> None:
        """A merged idea, where there is one."""
        merged = [idea for idea in self.record.ideas if idea.merged_into]
        self.runs("idea.split", c.IdeaSplit(id=new_id(), idea=draw(st.sampled_from(merged or self.record.ideas)).id))

    def reads_out(self, draw: Draw) -> None:
        """The next idea of a theme, where that is open if it is open anywhere; or takes back the last one."""
        theme, back = draw(self._themes("share")), draw(st.sampled_from([False, False, True]))
        read = [idea for idea in self.record.ideas if idea.theme_id == theme.id and idea.shared_at]
        now = max(read, key=lambda idea: idea.shared_at or 0).id if read else None
        if back and now:
            self.runs("turn.back", c.TurnBack(id=new_id(), theme=theme.id, idea=now))
        else:
            self.runs("turn.next", c.TurnNext(id=new_id(), theme=theme.id, idea=now))

    def leads(self, draw: Draw) -> None:
        """A merged idea, where there is one, of those it is merged with."""
        merged = [idea for idea in self.record.ideas if idea.merged_into]
        self.runs("idea.lead", c.IdeaLead(id=new_id(), idea=draw(st.sampled_from(merged or self.record.ideas)).id))

    def dismisses(self, draw: Draw) -> None:
        """That two ideas may be one, or suggests it again."""
        one, other = draw(self._ideas()).id, draw(self._ideas()).id
        self.runs("alike.dismiss", c.AlikeDismiss(id=new_id(), one=one, other=other, dismissed=draw(st.booleans())))

    def hides(self, draw: Draw) -> None:
        """An idea, or shows it again."""
        self.runs("idea.hide", c.IdeaHide(id=new_id(), idea=draw(self._ideas()).id, hidden=draw(st.booleans())))

    def moves(self, draw: Draw) -> None:
        """An idea to a theme."""
        self.runs("idea.move", c.IdeaMove(id=new_id(), idea=draw(self._ideas()).id, theme=draw(self._themes()).id))

    def edits(self, draw: Draw) -> None:
        """An idea."""
        self.runs("idea.edit", c.IdeaEdit(id=new_id(), idea=draw(self._ideas()).id, title=self._words()))

    def hides_experience(self, draw: Draw) -> None:
        """Or shows it again."""
        if self.record.experiences:
            said, hidden = draw(st.sampled_from(self.record.experiences)), draw(st.booleans())
            self.runs("experience.hide", c.ExperienceHide(id=new_id(), experience=said.id, hidden=hidden))

    def undoes(self, draw: Draw) -> None:
        """Something that can be undone, where there is anything."""
        undoable = [entry for entry in self.record.log if entry.before != "{}" and not entry.undone_at]
        entry = draw(st.sampled_from(undoable or self.record.log))

        def stored(answer: Answer) -> None:
            hid, showed = self._turned.get(entry.id, (set(), set()))
            self._shows(answer, (self.shown | hid) - showed)

        self.runs("undo", c.Undo(id=new_id(), log=entry.id), stored)

    def turns_to_timer_and_wall(self, draw: Draw) -> None:
        """While the clock jumps by up to an hour either way."""
        self.world.clock.forward(draw(st.integers(-3600, 3600)))
        action = draw(st.sampled_from(["start", "pause", "resume", "add", "clear"]))
        self.runs("timer.set", c.TimerSet(id=new_id(), action=action))
        self.runs("screen.show", c.ScreenShow(id=new_id(), view="idea", idea=draw(self._ideas()).id))

    def renames_an_organisation(self, draw: Draw) -> None:
        """In the middle of it all."""
        found = draw(st.sampled_from(self.record.organisations))
        self.world.organize.rename_organisation(self.world.event.id, found.id, f"Organisation {next(self.numbers)}")

    # -- the network -----------------------------------------------------------------------------------

    def commands_meet(self, _draw: Draw) -> None:
        """What is sent from now on arrives together, once there is enough of it."""
        self._held = self._held or []

    def opens_a_tab(self, draw: Draw) -> None:
        """Somewhere, unless there are enough."""
        if len(self.tabs) < TABS:
            role = draw(st.sampled_from(["phone", "phone", "screen", "console"]))
            self.connect(Tab(role, draw(self._people()) if role == "phone" else None))

    def loses_or_finds_it(self, draw: Draw) -> None:
        """A tab goes offline, at once or after some messages more, or comes back and says which revision it has."""
        tab = draw(st.sampled_from(self.tabs))
        if tab.listens and (left := draw(st.integers(0, 3))):
            tab.left = left
        elif tab.sid:
            self.hub.leave(tab.sid)
            tab.sid = None
        else:
            self.connect(tab)

    def asks(self, draw: Draw) -> None:
        """A tab believes to have missed something."""
        tab = draw(st.sampled_from(self.tabs))
        if tab.listens and tab.sid:
            self.hub.sync(tab.sid, tab.mirror.rev)

    # -- the rules, in words of their own ----------------------------------------------------------------

    def in_force(self, theme: Theme) -> str:
        """The phase that holds in a theme."""
        return theme.phase or self.record.session.phase

    def standing(self, theme: Theme) -> set[str]:
        """The ideas that may be voted on."""
        return {idea.id for idea in self.record.ideas
                if idea.theme_id == theme.id and idea.state == "active" and not idea.merged_into}

    def budget(self, theme: Theme) -> int:
        """How many ideas a ballot may tick."""
        ideas = len(self.standing(theme))
        return min(ideas, self.world.session.ballot_size or min(5, max(3, math.ceil(ideas / 4))))

    def _refusal(self, theme: Theme, ballot: c.BallotPut) -> str:
        if self.in_force(theme) != "vote" or ballot.round != theme.round:
            return "vote_closed"
        if not ballot.choices.keys() <= self.standing(theme):
            return "foreign_idea"
        if self.world.session.method == "agree":
            return ""
        return "off_scale" if set(ballot.choices.values()) - {1} else "over_budget" if len(ballot.choices) > self.budget(theme) else ""

    # -- how it is done --------------------------------------------------------------------------------

    def _casts(self, who: str, theme: Theme, round_: int, choices: dict[str, int]) -> None:
        ballot = c.BallotPut(id=new_id(), theme=theme.id, round=round_, choices=choices)
        self._does(who, ballot, lambda _: self.ballots.update({(who, theme.id, round_): choices}), self._refusal(theme, ballot))

    def _set_phase(self, phase: Any, theme: str | None) -> None:
        chosen = {theme} if theme else {one.id for one in self.record.themes}

        def stored(answer: Answer) -> None:
            kept = self.shown if phase == "closed" else self.shown - chosen
            self._shows(answer, self.shown | chosen if phase == "reveal" else kept)

        self.runs("phase.set", c.PhaseSet(id=new_id(), phase=phase, theme=theme), stored, "")

    def _shows(self, answer: Answer, shown: set[str]) -> None:
        """A command has made the totals of the themes *shown* public, and no others; what that changed goes back with it."""
        entry = next(entry for entry in self.world.record.log if entry.rev == answer["rev"])
        self._turned[entry.id] = self.shown - shown, shown - self.shown
        self.shown = set(shown)

    def _does(self, who: str, command: c.Command, stored: Stored = nothing, refusal: str | None = None) -> None:
        """A participant's command, from one of their tabs where they have any; its answer goes to all of them, as in `live.sockets`."""
        tab = next((tab for tab in self.tabs if tab.who == who and tab.listens), None)

        def send() -> Answer:
            answer = as_sent(self.world.participate.command(who, command))
            if tab and tab.sid:
                self._deliver("mine", {"set": answer["set"]}, [tab.sid])  # on the same line as everything else
            self.hub.tell(who, answer["set"], but=tab and tab.sid)
            return answer

        def kept(answer: Answer) -> None:
            self._answered = who, command, answer
            stored(answer)

        self._play(Move(send, kept, refusal))

    def runs(self, name: str, command: c.Command, stored: Stored = nothing, refusal: str | None = None) -> None:
        """A facilitator's command."""
        world = self.world
        self._play(Move(lambda: world.facilitate.command(world.signin, world.session.id, name, command), stored, refusal))

    def _play(self, move: Move) -> None:
        if self._held is not None:
            return self._hold(move)
        before = self.world.record
        answer, code = _attempt(move)
        after = self.world.record
        assert move.refusal in (None, code), f"{code or 'done'} instead of {move.refusal or 'done'}"
        if answer is None:
            assert after == before, f"refused as {code}, and yet something changed"
        else:
            assert answer["rev"] == after.session.rev > before.session.rev
            move.stored(answer)

    def _hold(self, move: Move) -> None:
        self._held = [*(self._held or ()), move]
        if len(self._held) < TOGETHER:
            return
        moves, self._held = self._held, None
        running = [gevent.spawn(_attempt, one) for one in moves]
        gevent.joinall(running, raise_error=True)
        answered = [(run.value[0], one) for run, one in zip(running, moves, strict=True) if run.value[0]]
        for answer, one in sorted(answered, key=lambda pair: pair[0]["rev"]):
            one.stored(answer)

    def connect(self, tab: Tab) -> None:
        """Open a tab, or bring it back to the network."""
        tab.sid, tab.left = f"tab-{next(self.numbers)}", None
        self.tabs += [] if any(tab is known for known in self.tabs) else [tab]
        self.hub.join(Listener(tab.sid, self.world.session.id, tab.role, tab.who), tab.mirror.rev)

    def _deliver(self, event: str, body: Answer, sids: Iterable[str]) -> None:
        """What the hub sends arrives; revisions never go back."""
        told, whom = as_sent(body), set(sids)
        for tab in [tab for tab in self.tabs if tab.sid in whom]:
            if tab.left == 0:
                continue
            tab.left = tab.left and tab.left - 1
            assert told.get("rev", tab.told) >= tab.told, f"{event} of revision {told['rev']} after {tab.told}"
            tab.told = told.get("rev", tab.told)
            if event in ("snapshot", "changes", "mine"):
                getattr(tab.mirror, event)(told["set"] if event == "mine" else told)

    def _owner(self, draw: Draw) -> tuple[str, Idea, str | None]:
        """Who changes which idea: its author in most cases; for others it must not exist."""
        idea = draw(self._ideas())
        who = draw(st.sampled_from([idea.participant_id] * 4 + [person.id for person in self.record.participants]))
        return who, idea, "not_found" if who != idea.participant_id else None

    def _parts(self, idea: Idea) -> list[Idea]:
        """What is merged into an idea."""
        return [other for other in self.record.ideas if other.merged_into == idea.id]

    def _one_or_all(self, draw: Draw) -> str | None:
        return draw(st.sampled_from([None, None, *(theme.id for theme in self.record.themes)]))

    def _people(self) -> st.SearchStrategy[str]:
        return st.sampled_from([who.id for who in self.record.participants])

    def _ideas(self) -> st.SearchStrategy[Idea]:
        return st.sampled_from(self.record.ideas)

    def _themes(self, *phases: str) -> st.SearchStrategy[Theme]:
        """Those in the phases where there are any, else all."""
        found = [theme for theme in self.record.themes if self.in_force(theme) in phases]
        return st.sampled_from(found or self.record.themes)

    def _words(self) -> str:
        return f"Idea number {next(self.numbers):04}."

    def _key(self) -> str:
        """An id that is the same when the same is tried again."""
        return f"made-{next(self.numbers):06}"


def _attempt(move: Move) -> tuple[Answer | None, str]:
    """The answer, or None and why not."""
    try:
        return move.send(), ""
    except errors.WorkshopError as refusal:
        return None, refusal.code
