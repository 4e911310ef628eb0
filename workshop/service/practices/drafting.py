"""From chosen ideas to draft practices: made, split and joined. What is there already is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workshop import errors
from workshop.model import FieldText, Idea, Record, Session, StoredPractice, Theme, new_id
from workshop.rules import brought, tally
from workshop.rules.reading import Reading
from workshop.rules.tags import together
from workshop.service.practices import versions
from workshop.service.practices.act import Act, note
from workshop.store import Tx
from workshop.store.queries import practices, record


@dataclass(frozen=True, slots=True)
class Choice:
    """Which ideas become practices.

    Args:
        top: the first so many of each revealed theme, a tie at the cut included; None: by *line* or by hand.
        line: all ideas of each revealed theme from this score on, as in `rules.tally.Standing`.
        ideas: ids chosen by hand, in their order.
        as_one: those chosen by hand become one practice, the first one leading.
    """

    top: int | None = None
    line: float | None = None
    ideas: tuple[str, ...] = ()
    as_one: bool = False


def draft(tx: Tx, event_id: str, session_id: str, choice: Choice, actor: str, at: int) -> list[StoredPractice]:
    """Make the practices that *choice* asks for and that are missing; those made.

    By the result, an idea that stands in any practice is passed over, also in one set aside: who did that had a reason.

    Raises:
        errors.NotFound: the event has no such session, or the session no such idea to be seen.
        errors.NoIdeaChosen, errors.NothingRevealed, errors.AlreadyDrafted
    """
    found = record.load(tx, session_id)
    if found is None or found.event.id != event_id:
        raise errors.NotFound("session")
    maker = _Maker(tx, found, actor, at)
    groups = maker.by_hand(choice) if choice.ideas else [[idea] for idea in maker.by_result(choice)]
    return [maker.make(ideas) for ideas in groups]


def split(act: Act, ideas: Iterable[str]) -> StoredPractice:
    """Make a practice of its own from some ideas of *act*'s practice; what the editor wrote stays with the first one.

    Raises:
        errors.NoIdeaChosen, errors.AllIdeas, errors.NotFound: an idea that is not in it.
    """
    have, off = [one.idea_id for one in practices.ideas(act.tx, act.practice.id)], list(dict.fromkeys(ideas))
    if not off:
        raise errors.NoIdeaChosen("ideas")
    if not set(off) <= set(have):
        raise errors.NotFound("ideas")
    if len(off) == len(have):
        raise errors.AllIdeas("ideas")
    practices.put_ideas(act.tx, act.practice.id, [idea for idea in have if idea not in off])
    made = _Maker(act.tx, _record(act), act.actor, act.at).make_of(off)
    act.change()
    act.note("practice.split", into=made.id)
    return made


def join(act: Act, other_id: str) -> StoredPractice:
    """Take another practice of the same session into *act*'s. Its ideas follow, its texts come behind; it is set aside, with all it had.

    Raises:
        errors.NotFound, errors.Frozen, errors.OtherSession
    """
    other = Act(act.tx, act.practice.event_id, other_id, act.actor, act.at).open()
    if other.practice.id == act.practice.id or other.practice.session_id != act.practice.session_id:
        raise errors.OtherSession("practice")
    ids = [one.idea_id for who in (act, other) for one in practices.ideas(act.tx, who.practice.id)]
    practices.put_ideas(act.tx, act.practice.id, list(dict.fromkeys(ids)))
    for field in practices.fields(act.tx, other.practice.id):
        if field.section != "title":
            _take_over(act, field)
    _take_measures(act, other)
    _take_evidence(act, other)
    other.change(state="aside")
    other.note("practice.aside", into=act.practice.id)
    act.note("practice.join", other=other.practice.id)
    return act.change()


def _take_over(act: Act, field: FieldText) -> None:
    """Put what another practice says in a section behind what this one says."""
    mine = practices.field(act.tx, act.practice.id, field.section)
    parts = [mine.text if mine else "", field.text]
    text = "\n\n".join(dict.fromkeys(part for part in parts if part))
    act.write(field.section, text, together(field.section, mine.tags if mine else "[]", field.tags), (mine and mine.owner) or field.owner)


def _take_measures(act: Act, other: Act) -> None:
    have = len(practices.measures(act.tx, act.practice.id))
    moved = [one for one in practices.measures(act.tx, other.practice.id) if one.state == "active"]
    for place, measure in enumerate(moved, start=have + 1):
        practices.put_measure(act.tx, replace(measure, id=new_id(act.at), practice_id=act.practice.id, position=place, rev=act.rev))


def _take_evidence(act: Act, other: Act) -> None:
    """What an imported practice brought along has no ideas by which it would follow."""
    mine, theirs = (practices.brought(act.tx, one.practice.id) for one in (act, other))
    if mine and theirs:
        practices.put_brought(act.tx, act.practice.id, "", brought.together(mine, theirs, other.practice.title))


def _record(act: Act) -> Record:
    found = record.load(act.tx, act.practice.session_id or "")
    if found is None:
        raise errors.NotFound("session")
    return found


class _Maker:
    """Makes practices from the ideas of one session."""

    def __init__(self, tx: Tx, found: Record, actor: str, at: int) -> None:
        self._tx, self._record, self._actor, self._at = tx, found, actor, at
        self._reading = Reading(found)
        used = practices.ideas_in_use(tx, found.session.id)
        self._used = {self._reading.stands_as(idea): practice for idea, practice in used.items()}
        self._themes = {theme.id: theme for theme in found.themes}

    def by_hand(self, choice: Choice) -> list[list[str]]:
        """The chosen ideas, each for a practice or all for one; a merged idea stands for the one it is merged into."""
        ids = list(dict.fromkeys(self._standing(idea).id for idea in choice.ideas))
        for idea in ids:
            self._refuse_used(idea)
        return [ids] if choice.as_one else [[idea] for idea in ids]

    def by_result(self, choice: Choice) -> Iterator[str]:
        """The ideas that the counts of the revealed themes choose, but for those that stand in a practice."""
        revealed = [theme for theme in sorted(self._record.themes, key=lambda t: t.position) if theme.revealed]
        if choice.top is None and choice.line is None:
            raise errors.NoIdeaChosen("ideas")
        if not revealed:
            raise errors.NothingRevealed("themes")
        for theme in revealed:
            yield from (idea for idea in self._chosen(theme, choice) if idea not in self._used)

    def make(self, ids: Sequence[str]) -> StoredPractice:
        """A practice of these ideas; where one is an earlier year's practice, it follows that one and begins with its words."""
        earlier = next((found for found in (practices.origin(self._tx, idea) for idea in ids) if found), None)
        made = self.make_of(ids, earlier)
        if earlier:
            versions.copy(Act(self._tx, earlier.event_id, earlier.id, self._actor, self._at), made)
        note(self._tx, made, self._actor, self._at, "practice.draft", ideas=len(ids))
        return made

    def make_of(self, ids: Sequence[str], earlier: StoredPractice | None = None) -> StoredPractice:
        """A practice of these ideas, led by the first, that follows *earlier*; not noted."""
        lead = self._idea(ids[0])
        theme = self._themes[lead.theme_id]
        session = self._record.session
        made = StoredPractice(
            id=new_id(self._at), event_id=session.event_id, session_id=session.id, theme_id=theme.id, theme=theme.title, title=lead.title,
            position=self._next_place(theme), state="draft", confirmed="", review_on="", follows=earlier and earlier.id, published_at=None,
            rev=1, created_at=self._at, updated_at=self._at, number=versions.following(earlier.number, large=True) if earlier else "1.0",
        )
        practices.insert(self._tx, made)
        practices.put_ideas(self._tx, made.id, list(ids))
        return made

    def _chosen(self, theme: Theme, choice: Choice) -> list[str]:
        """By rank, or by score; what nobody wants is never chosen, and a shared rank comes along whole."""
        rows, session = self._record, self._counting(choice)
        result = tally.theme_result(session, theme.id, theme.round, rows.ideas, rows.participants, rows.ballots, rows.organisations)
        line = choice.line if choice.top is None else None
        return [one.idea for one in result.standings if one.chosen and (line is None or one.score >= line)]

    def _counting(self, choice: Choice) -> Session:
        return replace(self._record.session, take=len(self._record.ideas) if choice.top is None else choice.top)

    def _standing(self, idea_id: str) -> Idea:
        found = self._reading.idea(idea_id)
        if found is None:
            raise errors.NotFound("ideas")
        return self._reading.root(found)

    def _refuse_used(self, idea_id: str) -> None:
        used = self._used.get(idea_id)
        if used and used.state != "aside":
            raise errors.AlreadyDrafted("ideas", idea=self._idea(idea_id).title, practice=used.title)

    def _idea(self, idea_id: str) -> Idea:
        """The idea in whatever state: one of a practice may have been hidden since."""
        return next(idea for idea in self._record.ideas if idea.id == idea_id)

    def _next_place(self, theme: Theme) -> int:
        there = practices.of_session(self._tx, self._record.session.id)
        return max((one.position for one in there if one.theme_id == theme.id), default=0) + 1
