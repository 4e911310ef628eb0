"""What a report holds, before any format: every writer gets this and nothing else.

Only what may leave the house is in here: names as consented, no participant ids, no single ballots,
no totals of a theme that is not revealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.model import Kind, Method
from workshop.rules.practice import Practice
from workshop.rules.tally import Move


@dataclass(frozen=True, slots=True)
class Said:
    """An experience: what somebody added to an idea. *by* is the credit as consented, or None.

    *result* and *year* are of what is done: what came of it ("" where nothing is said) and when.
    """

    id: str
    kind: Kind
    text: str
    by: str | None
    result: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Merged:
    """An idea that was merged into another; its words and its author stay."""

    id: str
    title: str
    detail: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An idea that stands on its own, with everything said about it. *do*, *would*, *against* count organisations."""

    id: str
    title: str
    detail: str
    by: str | None
    merged: tuple[Merged, ...]
    said: tuple[Said, ...]
    do: int
    would: int
    against: int


@dataclass(frozen=True, slots=True)
class Line:
    """One idea in a ranking. *score* is what it is ranked by, as in `rules.tally.Standing`.

    *agree* to *consensus* are of agree / pass / disagree alone; *figures* are what dots, adoption grades, and impact and
    effort tell beside.
    """

    idea: str
    title: str
    rank: int
    chosen: bool
    score: float
    reach: int
    approvals: int
    raw: float
    close_to: tuple[str, ...]
    agree: int | None
    disagree: int | None
    passes: int | None
    consensus: float | None
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """The result of one round in one theme, with its honesty figures.

    *organisations* counts the voters without one as one; *independents* says how many they are, None where they are too few to be told.
    *eligible* is how many could vote; *proxies* is how many of the voters are tables that the facilitator entered for; *budget* is
    the ticks or dots of a ballot, None by other methods; *raw_order* lists idea ids by heads; *changed_by* names the organisations
    without which the top *top* would be another, *small* counts those among them that are too small to be named; *moved* compares
    with the round before, where somebody voted in it.
    """

    round: int
    voters: int
    eligible: int
    organisations: int
    independents: int | None
    proxies: int
    budget: int | None
    ranking: tuple[Line, ...]
    raw_order: tuple[str, ...]
    raw_differs: bool
    top: int
    stable: bool
    changed_by: tuple[str, ...]
    small: int
    moved: tuple[Move, ...]

    @property
    def chosen(self) -> tuple[Line, ...]:
        """What became practices."""
        return tuple(line for line in self.ranking if line.chosen)

    @property
    def rest(self) -> tuple[Line, ...]:
        """What was not selected."""
        return tuple(line for line in self.ranking if not line.chosen)


@dataclass(frozen=True, slots=True)
class ThemePart:
    """A theme: its ideas, and its count once revealed. *earlier* holds the earlier rounds, oldest first."""

    id: str
    number: int
    title: str
    prompt: str
    revealed: bool
    ideas: tuple[Entry, ...]
    count: Count | None
    earlier: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A practice of a chosen idea, numbered "1.2" for the second of the first theme. *line* is None where its idea is not counted."""

    number: str
    theme: str
    line: Line | None
    practice: Practice


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An idea on which organisations take opposite stances, or that divided the vote."""

    theme: str
    idea: str
    title: str
    do: int
    would: int
    against: int
    agree: int | None
    disagree: int | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """One organisation: how many came, and how many of them voted in a revealed theme; None while there is none, or where that is told
    of several together (`Room.together`)."""

    name: str
    invited: bool
    joined: int
    voted: int | None


@dataclass(frozen=True, slots=True)
class Together:
    """The organisations of which few voted, those without one counted as one: how many they are, came and voted."""

    organisations: int
    joined: int
    voted: int


@dataclass(frozen=True, slots=True)
class Room:
    """Who was in the room and who was not. *independent* is those without an organisation; *together* those whose turnout is not told
    apart (`rules.pooling`)."""

    joined: int
    organisations: tuple[Present, ...]
    absent: tuple[str, ...]
    independent: Present | None
    together: Together | None = None

    @property
    def present(self) -> tuple[Present, ...]:
        """Everybody who came, by organisation; those without one last."""
        return (*self.organisations, *([self.independent] if self.independent else []))

    def figures(self, one: Present) -> tuple[str, ...]:
        """What stands beside an organisation: who came, and once a result is revealed who voted, or – where that is told together."""
        counted = self.together or any(each.voted is not None for each in self.present)
        voted = "–" if one.voted is None else str(one.voted)
        return (str(one.joined), voted) if counted else (str(one.joined),)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log; *at* is ISO 8601, UTC."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole session, ready to be written in any format; *alone* is one practice by itself, of whose session nothing is told."""

    generated_at: str
    product_version: str
    content_hash: str
    event_name: str
    date: str
    place: str
    host: str
    language: str
    sample: bool
    session: str
    title: str
    question: str
    method: Method
    take: int
    themes: tuple[ThemePart, ...]
    practices: tuple[Draft, ...]
    disagreements: tuple[Disagreement, ...]
    room: Room
    changes: tuple[Change, ...]
    alone: bool = False

    @property
    def interim(self) -> bool:
        """Whether the session still runs as far as a reader is concerned: something is not revealed yet."""
        return not self.alone and (not all(theme.revealed for theme in self.themes) or not self.themes)

    def titled(self, draft: Draft) -> str:
        """The heading of a practice: with its number, where there are several."""
        return draft.practice.title if self.alone else f"{draft.number} {draft.practice.title}"

    @property
    def ideas(self) -> int:
        """How many ideas were written, merged ones included."""
        return sum(1 + len(idea.merged) for theme in self.themes for idea in theme.ideas)

    @property
    def experiences(self) -> int:
        """How many experiences were added."""
        return sum(len(idea.said) for theme in self.themes for idea in theme.ideas)
