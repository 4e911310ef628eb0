"""What simulated participants say: the committed sample ideas, dealt so that few people say the same."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from importlib import resources
from typing import Any

FIRST_NAMES = (
    "Alva", "Bengt", "Cecilia", "David", "Elin", "Farid", "Greta", "Hugo", "Ingrid", "Jonas", "Karin", "Leila",
    "Maja", "Nils", "Olga", "Peter", "Ravi", "Sara", "Tove", "Ulf", "Vera", "Wiktor", "Yasmin", "Åke", "Örjan",
)
MARK = "(rehearsal"  # in the name of everybody who is not a person


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample idea with what people may add to it, as in the body of ``experience.put``."""

    title: str
    detail: str
    experiences: tuple[dict[str, Any], ...]


class Script:
    """A deck of sample ideas for each theme of a session.

    Args:
        themes: theme ids and titles, in order; one that the samples do not know borrows another's.
        chance: where all chance comes from.
    """

    def __init__(self, themes: dict[str, str], chance: random.Random) -> None:
        samples = json.loads(resources.files("workshop").joinpath("sample_ideas.json").read_text("utf-8"))["themes"]
        by_title = {sample["title"].casefold(): sample for sample in samples}
        self._chance = chance
        self._samples = {theme: _ideas(by_title.get(title.casefold(), samples[number % len(samples)]))
                         for number, (theme, title) in enumerate(themes.items())}
        self._remarks = {idea.title: idea.experiences for ideas in self._samples.values() for idea in ideas}
        self._anything = tuple(said for sample in samples for said in _experiences(sample))
        self._decks: dict[str, list[Sample]] = {theme: [] for theme in themes}

    def idea(self, theme: str) -> Sample:
        """The next idea for the theme; all are used before one comes again."""
        deck = self._decks[theme]
        if not deck:
            deck.extend(self._chance.sample(self._samples[theme], len(self._samples[theme])))
        return deck.pop()

    def experience(self, title: str) -> dict[str, Any]:
        """Something to add to the idea with the title: kind, text, and perhaps what came of it and when."""
        return self._chance.choice(self._remarks.get(title) or self._anything)

    def name(self, number: int) -> str:
        """The name of the participant with the number."""
        return f"{self._chance.choice(FIRST_NAMES)} {MARK} {number})"


def is_rehearsed(name: str) -> bool:
    """Whether a participant of that name was made by a rehearsal."""
    return MARK in name


def _ideas(theme: dict[str, Any]) -> list[Sample]:
    return [Sample(idea["title"], idea.get("detail", ""), _experiences(idea)) for idea in theme["ideas"]]


def _experiences(owner: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(owner.get("experiences", ()))
