"""What a participant may do once in: write, add experience, vote. The lookup is the permission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workshop import errors, views
from workshop.model import (
    DETAIL_LIMIT,
    EXPERIENCES_EACH,
    IDEAS_EACH,
    NAME_LIMIT,
    STANCES,
    TITLE_LIMIT,
    Ballot,
    Experience,
    Idea,
    Participant,
    Phase,
    Poll,
    State,
    now_ms,
)
from workshop.rules import consent, experience, moderation, phases, tally, text
from workshop.service import commands as c
from workshop.service import quotes
from workshop.service.holding import holding
from workshop.service.once import Answer, once
from workshop.store import Store, Tx
from workshop.store.queries import ballots, ideas, participants, sessions

Handler = Callable[[Tx, Participant, Any], Answer]


class Participate:
    """Commands of participants.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._handlers: dict[type, Handler] = {
            c.IdeaPut: self._put_idea,
            c.IdeaWithdraw: self._withdraw_idea,
            c.ExperiencePut: self._put_experience,
            c.ExperienceWithdraw: self._withdraw_experience,
            c.BallotPut: self._put_ballot,
            c.Done: self._done,
            c.MePut: self._put_me,
        }

    def command(self, participant_id: str, command: c.Command) -> Answer:
        """Carry out *command* for the participant, once; the answer holds ``rev`` and the own entries changed (``set``).

        Raises:
            errors.WorkshopError: typed; nothing was stored.
        """
        return self._store.write(lambda tx: self._command(tx, participant_id, command))

    def _command(self, tx: Tx, participant_id: str, command: c.Command) -> Answer:
        who = participants.by_id(tx, participant_id)
        if who is None:
            raise errors.NotSignedIn()
        if who.removed_at is not None:
            raise errors.SentOut()
        return once(tx, who.id, command.id, self._clock(), lambda: self.carry_out(tx, who, command))

    def carry_out(self, tx: Tx, who: Participant, command: c.Command) -> Answer:
        """Carry out *command* inside a transaction, for whoever enters it for the participant: by the very same rules.

        Raises:
            errors.WorkshopError: typed.
        """
        return self._handlers[type(command)](tx, who, command)

    def _put_idea(self, tx: Tx, who: Participant, command: c.IdeaPut) -> Answer:
        title = text.clean_line(command.title, TITLE_LIMIT, "title")
        detail = text.clean_block(command.detail, DETAIL_LIMIT, "detail")
        old = ideas.in_session(tx, who.session_id, command.idea)
        if old and old.participant_id != who.id:
            raise errors.NotFound("idea")
        _open_theme(tx, who, old.theme_id if old else command.theme, phases.WRITABLE)
        _may_put(old, "idea", 0 if old else ideas.counts(tx, who.id)[0], IDEAS_EACH)
        changed = old is None or (title, detail) != (old.title, old.detail)
        state = _state_of_idea(tx, who, old, changed)
        at, rev = self._clock(), sessions.bump(tx, who.session_id)
        new = old or Idea(command.idea, who.session_id, command.theme, who.id, title, detail, state, None, rev, at, at)
        idea = replace(new, title=title, detail=detail, state=state, rev=rev, updated_at=at)
        (ideas.save if old else ideas.insert)(tx, idea)
        return _answer(rev, views.own_idea(idea))

    def _withdraw_idea(self, tx: Tx, who: Participant, command: c.IdeaWithdraw) -> Answer:
        old = _own(ideas.in_session(tx, who.session_id, command.idea), who, "idea")
        _open_theme(tx, who, old.theme_id, phases.WRITABLE)
        if old.state == "hidden" or (command.withdrawn and ideas.merged_into(tx, old.id)):  # others' ideas stand in it
            raise errors.Conflict("idea")
        idea = replace(old, state="withdrawn" if command.withdrawn else _state_of_idea(tx, who, old, changed=False),
                       rev=sessions.bump(tx, who.session_id), updated_at=self._clock())
        ideas.save(tx, idea)
        return _answer(idea.rev, views.own_idea(idea))

    def _put_experience(self, tx: Tx, who: Participant, command: c.ExperiencePut) -> Answer:
        words = text.clean_block(command.text, DETAIL_LIMIT, "text", required=command.kind not in STANCES)
        result, year = _outcome(command, self._clock())
        idea = _discussed(tx, who, command.idea)
        old = ideas.experience(tx, who.session_id, command.experience)
        if old and (old.participant_id != who.id or old.idea_id != idea.id):
            raise errors.NotFound("experience")
        _may_put(old, "experience", 0 if old else ideas.counts(tx, who.id)[1], EXPERIENCES_EACH)
        at, rev = self._clock(), sessions.bump(tx, who.session_id)
        new = Experience(command.experience, who.session_id, idea.id, who.id, command.kind, words, "active",
                         rev, old.created_at if old else at, at, result, year)
        new = replace(new, state=_state_of_experience(tx, old, new))
        (ideas.save_experience if old else ideas.insert_experience)(tx, new)
        replaced = self._replace_stances(tx, who, new) if new.kind in STANCES else []
        return _answer(rev, *(views.own_experience(e) for e in (new, *replaced)))

    def _replace_stances(self, tx: Tx, who: Participant, new: Experience) -> list[Experience]:
        """One stance per person and idea: an earlier one is withdrawn by a new one."""
        earlier = [replace(e, state="withdrawn", rev=new.rev, updated_at=new.updated_at)
                   for e in ideas.experiences_of(tx, who.id)
                   if e.idea_id == new.idea_id and e.kind in STANCES and e.id != new.id and e.state in ("active", "held")]
        for one in earlier:
            ideas.save_experience(tx, one)
        return earlier

    def _withdraw_experience(self, tx: Tx, who: Participant, command: c.ExperienceWithdraw) -> Answer:
        old = _own(ideas.experience(tx, who.session_id, command.experience), who, "experience")
        idea = ideas.in_session(tx, who.session_id, old.idea_id)
        _open_theme(tx, who, idea.theme_id if idea else "", phases.DISCUSSED)
        if old.state == "hidden":
            raise errors.Conflict("experience")
        new = replace(old, state="withdrawn" if command.withdrawn else _state_of_experience(tx, old, old),
                      rev=sessions.bump(tx, who.session_id), updated_at=self._clock())
        ideas.save_experience(tx, new)
        replaced = self._replace_stances(tx, who, new) if new.kind in STANCES and not command.withdrawn else []
        return _answer(new.rev, *(views.own_experience(e) for e in (new, *replaced)))

    def _put_ballot(self, tx: Tx, who: Participant, command: c.BallotPut) -> Answer:
        poll = sessions.poll(tx, who.session_id, command.theme)
        if poll is None:
            raise errors.NotFound("theme")
        if poll.phase != "vote" or poll.round != command.round:
            raise errors.VoteClosed("theme")
        choices = _checked_choices(poll, ideas.votable(tx, command.theme), command.choices)
        at, rev = self._clock(), sessions.bump(tx, who.session_id)
        ballot = Ballot(command.theme, who.id, poll.round, who.session_id, rev, at, at, choices)
        ballots.put(tx, ballot)
        return _answer(rev, views.own_ballot(ballot))

    def _done(self, tx: Tx, who: Participant, command: c.Done) -> Answer:
        return self._save_me(tx, replace(who, done=command.phase if command.done else ""))

    def _put_me(self, tx: Tx, who: Participant, command: c.MePut) -> Answer:
        name = text.clean_line(command.name, NAME_LIMIT, "name") if command.name.strip() else ""
        new = replace(who, name=name, quote=command.quote)
        if consent.credit(name, "–", new.quote) != consent.credit(who.name, "–", who.quote):
            quotes.consent_changed(tx, who, self._clock())
        return self._save_me(tx, new)

    def _save_me(self, tx: Tx, who: Participant) -> Answer:
        who = replace(who, rev=sessions.bump(tx, who.session_id))
        participants.save(tx, who)
        return _answer(who.rev, views.own_me(who, participants.organisation_by_id(tx, who.organisation_id)))


def own_entries(tx: Tx, participant_id: str) -> dict[str, Any]:
    """All own entries of a participant, by key; empty where there is no such participant."""
    who = participants.by_id(tx, participant_id)
    if who is None:
        return {}
    return dict([
        views.own_me(who, participants.organisation_by_id(tx, who.organisation_id)),
        *(views.own_idea(idea) for idea in ideas.of_participant(tx, who.id)),
        *(views.own_experience(one) for one in ideas.experiences_of(tx, who.id)),
        *(views.own_ballot(b) for b in sorted(ballots.of_participant(tx, who.id), key=lambda b: b.round)),
    ])


def _answer(rev: int, *entries: tuple[str, dict[str, Any]]) -> Answer:
    return {"rev": rev, "set": dict(entries)}


def _open_theme(tx: Tx, who: Participant, theme_id: str, allowed: tuple[Phase, ...]) -> None:
    """Refuse what the theme's phase does not take now."""
    session, theme = sessions.by_id(tx, who.session_id), sessions.theme(tx, who.session_id, theme_id)
    if session is None or theme is None:
        raise errors.NotFound("theme")
    if theme.phase_in(session) not in allowed:
        raise errors.WrongPhase("theme")


def _discussed(tx: Tx, who: Participant, idea_id: str) -> Idea:
    """The idea, which the room sees and whose theme is being discussed."""
    idea = ideas.in_session(tx, who.session_id, idea_id)
    if idea is None or idea.state != "active":
        raise errors.NotFound("idea")
    _open_theme(tx, who, idea.theme_id, phases.DISCUSSED)
    return idea


def _may_put(old: Idea | Experience | None, field: str, added: int, limit: int) -> None:
    """Refuse to write anew what the console has hidden, and one more than the *limit* that one person may add."""
    if old and old.state == "hidden":
        raise errors.Conflict(field)
    if old is None and added >= limit:
        raise errors.Enough(field, limit=limit)


def _outcome(command: c.ExperiencePut, at: int) -> tuple[str, int | None]:
    """What came of it, and when. Another stance keeps them unseen, so that a slip of the finger loses no word."""
    result, year = text.clean_block(command.result, DETAIL_LIMIT, "result"), command.year
    if command.kind not in STANCES and (result or year is not None):
        raise errors.NotDone("result" if result else "year")
    last = experience.latest_year(at)
    if year is not None and not experience.FIRST_YEAR <= year <= last:
        raise errors.OffYear("year", first=experience.FIRST_YEAR, last=last)
    return result, year


def _state_of_idea(tx: Tx, who: Participant, old: Idea | None, changed: bool) -> State:
    state = moderation.state_after(old and old.state, changed, holding(tx, who.session_id))
    if old and state == "held" != old.state and ideas.merged_into(tx, old.id):
        raise errors.Conflict("idea")  # others' ideas stand in it, and would wait with it
    return state


def _state_of_experience(tx: Tx, old: Experience | None, new: Experience) -> State:
    """A bare stance says no words that could be approved: it counts at once."""
    words = new.text, new.result
    if not any(words):
        return "active"
    return moderation.state_after(old and old.state, old is None or words != (old.text, old.result), holding(tx, new.session_id))


def _own(found: Any, who: Participant, field: str) -> Any:
    if found is None or found.participant_id != who.id:
        raise errors.NotFound(field)
    return found


def _checked_choices(poll: Poll, votable: set[str], choices: dict[str, int]) -> dict[str, int]:
    if not choices.keys() <= votable:
        raise errors.ForeignIdea("choices")
    tally.check(poll.method, choices, len(votable), poll.ballot_size, poll.idea_cap)
    return choices
