"""One organisation in turn: the order in which a theme's ideas are read out.

Round robin, as in a meeting where everybody has the floor once before anybody has it twice. Who begins is drawn by a seed that
stays, so that the order is the same for everybody and after a restart, and whoever comes late takes a place without moving the
others.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshop.model import Idea, Organisation, Participant

OTHERS = None  # the turn of people without an organisation, and of those who chose to be anonymous


@dataclass(frozen=True, slots=True)
class Turns:
    """Where the reading out of one theme stands.

    Args:
        now: the idea read out last, in whatever state it is by now; None before the first.
        read: how many have been read out.
        ahead: what is still to be read out, in order.
        voices: whose turn each idea takes, by idea: an organisation's id, or `OTHERS`.
    """

    now: Idea | None
    read: int
    ahead: tuple[Idea, ...]
    voices: Mapping[str, str | None]

    def order(self) -> list[tuple[str | None, int]]:
        """Who has ideas left, in the order in which they speak next, and how many."""
        return list(Counter(self.voices[idea.id] for idea in self.ahead).items())


def turns(seed: str, ideas: Iterable[Idea], people: Mapping[str, Participant], organisations: Mapping[str, Organisation]) -> Turns:
    """The turns of one theme.

    Args:
        seed: draws who begins; the same for the same session and theme (`seed_of`).
        ideas: all of the theme, in every state.
        people: the authors by id.
        organisations: those of the event by id.
    """
    ideas = list(ideas)
    voices = {idea.id: voice(people.get(idea.participant_id), organisations) for idea in ideas}
    read = sorted((idea for idea in ideas if idea.shared_at is not None), key=lambda idea: (idea.shared_at, idea.id))
    waiting = [idea for idea in ideas if idea.shared_at is None and idea.stands]
    spoken = Counter(voices[idea.id] for idea in read)  # merged ones too: their organisation has had the floor
    return Turns(read[-1] if read else None, len(read), tuple(_in_turn(seed, waiting, voices, spoken)), voices)


def seed_of(session: str, theme: str) -> str:
    """The seed of a theme of a session."""
    return f"{session}/{theme}"


def voice(author: Participant | None, organisations: Mapping[str, Organisation]) -> str | None:
    """Whose turn the author's ideas take. Who is anonymous has been promised that no organisation is named with them."""
    if author is None or author.quote == "anonymous" or author.organisation_id not in organisations:
        return OTHERS
    return author.organisation_id


def _in_turn(seed: str, waiting: Iterable[Idea], voices: Mapping[str, str | None], spoken: Counter[str | None]) -> list[Idea]:
    """Each organisation's ideas oldest first; of several, those come first whose organisation has spoken least by then."""
    rounds: defaultdict[str | None, int] = defaultdict(int, spoken)
    placed = []
    for idea in sorted(waiting, key=lambda idea: (idea.created_at, idea.id)):
        placed.append((rounds[voices[idea.id]], _draw(seed, voices[idea.id]), idea.id, idea))
        rounds[voices[idea.id]] += 1
    return [idea for *_, idea in sorted(placed, key=lambda place: place[:3])]


def _draw(seed: str, voice: str | None) -> str:
    """The lot of one organisation: it depends on nobody else's."""
    return hashlib.sha256(f"{seed}/{voice or ''}".encode()).hexdigest()
