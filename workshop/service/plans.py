"""What an organizer writes down: an event and a session, cleaned and checked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TypeVar

from workshop import errors
from workshop.model import GROUPINGS, METHODS, NAME_LIMIT, QUOTES, TITLE_LIMIT, Event, GroupBy, Method, Quote, Session
from workshop.rules import text
from workshop.rules.agenda import Outline

LANGUAGES = ("en", "sv")
QUESTION_LIMIT = 300  # graphemes of a session's question and of a theme's prompt
MARK = "|"  # between a theme's title and its prompt, an organisation and its sector, in a pasted line
THEMES_LIMIT = 30
MOST = 20  # the largest ballot size and number of drafts
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event as written by the organizer; ``date`` is an ISO day or empty."""

    name: str
    date: str = ""
    place: str = ""
    host: str = ""
    language: str = "en"

    def onto(self, event: Event) -> Event:
        """The event with this plan's words, cleaned.

        Raises:
            errors.Empty, errors.TooLong, errors.Invalid: naming the field.
        """
        return replace(
            event, name=text.clean_line(self.name, TITLE_LIMIT, "name"), date=_day(self.date),
            place=_optional(self.place, NAME_LIMIT, "place"), host=_optional(self.host, NAME_LIMIT, "host"),
            language=_one_of(self.language, LANGUAGES, "language"),
        )


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme as written; ``id`` is empty for a new one, ``removed`` takes one away that nobody has used."""

    title: str
    prompt: str = ""
    id: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as written by the organizer.

    Args:
        themes: the themes that there are, then new ones.
        ballot_size: how many ideas a ballot may tick, or how many dots it has; None for the formula.
        take: how many ideas of each theme become drafts.
        agenda: the steps of a new session; a session that is changed keeps its own.
        idea_cap: the most dots of a ballot on one idea; None for all of them.
        group_by: what makes a group of the consensus.
        hosts_vote: whether those who host the event count.
        hold: whether ideas wait for approval; None: above fifty people.
    """

    title: str
    question: str = ""
    themes: tuple[ThemeLine, ...] = ()
    method: Method = "approval"
    ballot_size: int | None = None
    take: int = 3
    quote_default: Quote = "organisation"
    hide_ideas: bool = True
    show_authors: bool = False
    agenda: tuple[Outline, ...] = ()
    idea_cap: int | None = None
    group_by: GroupBy = "organisation"
    hosts_vote: bool = False
    hold: bool | None = None

    def onto(self, session: Session) -> Session:
        """The session with this plan's words and choices, cleaned.

        Raises:
            errors.Empty, errors.TooLong, errors.Invalid: naming the field.
        """
        return replace(
            session, title=text.clean_line(self.title, TITLE_LIMIT, "title"),
            question=_optional(self.question, QUESTION_LIMIT, "question"),
            method=_one_of(self.method, METHODS, "method"), quote_default=_one_of(self.quote_default, QUOTES, "quote_default"),
            ballot_size=_or_none(self.ballot_size, "ballot_size"), take=_in_range(self.take, "take"), idea_cap=self._cap(),
            group_by=_one_of(self.group_by, GROUPINGS, "group_by"), hosts_vote=self.hosts_vote, hold=self.hold,
            hide_ideas=self.hide_ideas, show_authors=self.show_authors,
        )

    def _cap(self) -> int | None:
        """The cap, which fits into the ballot where both are set."""
        cap = _or_none(self.idea_cap, "idea_cap")
        if cap and self.ballot_size and self.method == "dots" and cap > self.ballot_size:
            raise errors.CapTooLarge("idea_cap", cap=cap, dots=self.ballot_size)
        return cap

    def lines(self) -> tuple[ThemeLine, ...]:
        """The themes, cleaned; at least one stays.

        Raises:
            errors.Empty, errors.TooLong, errors.TooManyThemes: field ``themes``.
        """
        kept = [line for line in self.themes if not line.removed]
        if not kept:
            raise errors.Empty("themes")
        if len(kept) > THEMES_LIMIT:
            raise errors.TooManyThemes("themes", limit=THEMES_LIMIT)
        return tuple(_cleaned(line) for line in self.themes)


def pasted_themes(block: str) -> tuple[ThemeLine, ...]:
    """One theme for each line that is not empty; what follows a "|" is its prompt."""
    parts = (line.partition(MARK) for line in text.lines(block))
    return tuple(ThemeLine(title.strip(), prompt.strip()) for title, _mark, prompt in parts)


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation as written; ``sector`` is None where nobody said."""

    name: str
    sector: str | None = None


def pasted_organisations(block: str) -> tuple[Invited, ...]:
    """One organisation for each line that is not empty; what follows a "|" is its sector.

    Raises:
        errors.Empty, errors.TooLong: field ``organisations``.
    """
    parts = (line.partition(MARK) for line in text.lines(block))
    return tuple(
        Invited(text.clean_line(name, NAME_LIMIT, "organisations"), _optional(sector, NAME_LIMIT, "organisations") or None)
        for name, _mark, sector in parts
    )


def sector_of(written: str) -> str:
    """A sector as typed, cleaned; "" for none.

    Raises:
        errors.TooLong: field ``sector``.
    """
    return _optional(written, NAME_LIMIT, "sector")


def _cleaned(line: ThemeLine) -> ThemeLine:
    if line.removed:
        return line
    title = text.clean_line(line.title, TITLE_LIMIT, "themes")
    return replace(line, title=title, prompt=_optional(line.prompt, QUESTION_LIMIT, "themes"))


def _optional(written: str, limit: int, field: str) -> str:
    try:
        return text.clean_line(written, limit, field)
    except errors.Empty:
        return ""


def _day(written: str) -> str:
    if not written.strip():
        return ""
    try:
        return datetime.date.fromisoformat(written.strip()).isoformat()
    except ValueError:
        raise errors.Invalid("date", what=written[:20]) from None


def _one_of(written: Choice, allowed: tuple[Choice, ...], field: str) -> Choice:
    if written not in allowed:
        raise errors.Invalid(field, what=written[:40])
    return written


def _or_none(number: int | None, field: str) -> int | None:
    return _in_range(number, field) if number else None


def _in_range(number: int, field: str) -> int:
    if not 1 <= number <= MOST:
        raise errors.OutOfRange(field, what=number, most=MOST)
    return number
