"""One's own words in the practices: a contributor reads them, puts them right, and says how they may be quoted.

The consent is the participant's (`commands.MePut`), and documents read it where it stands: what is changed is changed everywhere
from then on. The change log says that something changed, and names nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from workshop import errors
from workshop.model import DETAIL_LIMIT, STANCES, TITLE_LIMIT, Experience, Idea, Participant, StoredPractice, now_ms
from workshop.rules import text
from workshop.service.holding import holding
from workshop.service.reviews import places
from workshop.store import Store, Tx
from workshop.store.queries import ideas, participants, reviews, sessions

OPEN = ("draft", "review")  # states in which the words of a practice may still change
PARTICIPANT = "participant"  # the actor in the log: never which


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one's own, an idea or an experience, and the practices that they stand in."""

    row: Idea | Experience
    practices: tuple[StoredPractice, ...]

    @property
    def of(self) -> Literal["idea", "experience"]:
        """Which of the two."""
        return "idea" if isinstance(self.row, Idea) else "experience"

    @property
    def kind(self) -> str:
        """What it is to people: an idea, or what an experience says."""
        return "idea" if isinstance(self.row, Idea) else self.row.kind

    @property
    def words(self) -> dict[str, str]:
        """What may be put right, by its name; a result goes with "we do this" alone."""
        if isinstance(self.row, Idea):
            return {"title": self.row.title, "detail": self.row.detail}
        return {"text": self.row.text} | ({"result": self.row.result} if self.row.kind == "do" else {})

    @property
    def correctable(self) -> bool:
        """Whether one of the practices is still open."""
        return any(one.state in OPEN for one in self.practices)


class Quotes:
    """What contributors may do with their own words after the day. Who they are is known before (`entrance.participant`).

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    def of(self, participant_id: str) -> tuple[Quote, ...]:
        """The participant's words that stand in practices, ideas first."""
        return self._store.read(lambda tx: _quotes(tx, participants.by_id(tx, participant_id)))

    def correct(self, participant_id: str, of: str, id: str, words: dict[str, str]) -> bool:
        """Put own words right; whether that changed any. The log keeps those from before.

        Args:
            words: as in `Quote.words`; what is missing stays.

        Raises:
            errors.NotFound: the participant has no such words in a practice.
            errors.FrozenQuote: no practice that they stand in is open any more.
            errors.WrongPhase: the session votes, or it goes on and holds what nobody has approved.
            errors.Empty, errors.TooLong: naming the field.
        """
        return self._store.write(lambda tx: self._correct(tx, participant_id, of, id, words))

    def _correct(self, tx: Tx, participant_id: str, of: str, id: str, words: dict[str, str]) -> bool:
        quote = next((q for q in _quotes(tx, participants.by_id(tx, participant_id)) if (q.of, q.row.id) == (of, id)), None)
        if quote is None:
            raise errors.NotFound("quote")
        if not quote.correctable:
            raise errors.FrozenQuote("quote")
        if _is_watched(tx, quote.row.session_id):
            raise errors.WrongPhase("quote")
        new = _cleaned(quote, quote.words | {name: words[name] for name in quote.words if name in words})
        if new == quote.words:
            return False
        _save(tx, quote, new, self._clock())
        for practice in quote.practices:
            places.note(tx, practice, self._clock(), PARTICIPANT, "quote.correct", of=of, id=id, was=quote.words, now=new)
        return True


def consent_changed(tx: Tx, who: Participant, at: int) -> None:
    """Let the log of every practice with words of *who* say that a consent has changed, and not whose.

    Args:
        at: epoch milliseconds.
    """
    for practice in {one.id: one for quote in _quotes(tx, who) for one in quote.practices}.values():
        places.note(tx, practice, at, PARTICIPANT, "consent.change")


def _quotes(tx: Tx, who: Participant | None) -> tuple[Quote, ...]:
    if who is None:
        return ()
    standing = _standing(tx, who.session_id)
    written = [i for i in ideas.of_participant(tx, who.id) if i.state == "active" and i.id in standing]
    said = [e for e in ideas.experiences_of(tx, who.id) if e.state == "active" and e.idea_id in standing and (e.text or e.result)]
    return (*(Quote(i, standing[i.id]) for i in written), *(Quote(e, standing[e.idea_id]) for e in said))


def _is_watched(tx: Tx, session_id: str) -> bool:
    """Whether a room votes on the words, or would see some that nobody has approved. Later the organizer sees what was and what is."""
    session = sessions.by_id(tx, session_id)
    assert session is not None, "what stands in it has its session by a foreign key"
    if any((theme.phase or session.phase) == "vote" for theme in sessions.themes(tx, session_id)):
        return True
    return session.phase != "closed" and holding(tx, session_id)


def _standing(tx: Tx, session_id: str) -> dict[str, tuple[StoredPractice, ...]]:
    """The practices that each idea stands in."""
    found: dict[str, list[StoredPractice]] = defaultdict(list)
    for idea, practice in reviews.uses(tx, session_id):
        found[idea].append(practice)
    return {idea: tuple(practices) for idea, practices in found.items()}


def _cleaned(quote: Quote, words: dict[str, str]) -> dict[str, str]:
    if quote.of == "idea":
        title, detail = text.clean_line(words["title"], TITLE_LIMIT, "title"), text.clean_block(words["detail"], DETAIL_LIMIT, "detail")
        return {"title": title, "detail": detail}
    needed = quote.kind not in STANCES
    return {name: text.clean_block(words[name], DETAIL_LIMIT, name, required=needed and name == "text") for name in quote.words}


def _save(tx: Tx, quote: Quote, words: dict[str, str], at: int) -> None:
    """Whoever still holds the room open sees the new words, too."""
    row = replace(quote.row, **words, rev=sessions.bump(tx, quote.row.session_id), updated_at=at)
    if isinstance(row, Idea):
        ideas.save(tx, row)
    else:
        ideas.save_experience(tx, row)
