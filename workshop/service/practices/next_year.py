"""Next year's session: what was practice stands before the room again, to be kept, revised or dropped.

It is counted by adoption grades, which ask each organisation just that of itself: *already do* and *would adopt* keep a practice,
*with changes* revises it, *not for us* drops it.
"""

from __future__ import annotations

from collections.abc import Sequence

from workshop import errors, i18n
from workshop.errors import N_
from workshop.model import DETAIL_LIMIT, Event, Idea, Participant, Session, StoredPractice, Theme, new_id
from workshop.rules import light, opaque, tally, text
from workshop.rules.practice import Practice
from workshop.rules.reading import Reading
from workshop.service import prepare
from workshop.service.plans import SessionPlan, ThemeLine
from workshop.service.practices import versions
from workshop.store import Tx
from workshop.store.queries import events, ideas, participants, practices, sessions

LIBRARY = N_("Library")
TITLE = N_("Keep, revise or drop")
QUESTION = N_("Which of these practices do we keep, which do we revise, which do we drop?")
PROMPT = N_("“Already do” or “would adopt”: keep it. “With changes”: revise it. “Not for us”: drop it.")
NO_ENTRY = "library/"  # begins a return code that nobody can type


def ready(tx: Tx, event_id: str) -> list[StoredPractice]:
    """The event's frozen practices that have no newer frozen version, theme by theme."""
    frozen = [one for one in practices.of_event(tx, event_id) if one.state == "frozen"]
    overtaken = {one.follows for one in frozen}
    return [one for one in frozen if one.id not in overtaken]


def sources(tx: Tx, event_id: str) -> list[Event]:
    """The events with frozen practices from which a session of the event can start; what is invented stays among samples.

    Raises:
        errors.NotFound: there is no such event.
    """
    event = events.by_id(tx, event_id)
    if event is None:
        raise errors.NotFound("event")
    return [one for one in events.all_events(tx) if (event.sample or not one.sample) and ready(tx, one.id)]


def start(tx: Tx, event_id: str, source_id: str, at: int) -> Session:
    """A session of the event whose themes and ideas are the frozen practices of the event *source_id*.

    Raises:
        errors.NotFound: there is no such event; errors.NothingFrozen: the source has no frozen practice, or invented ones alone.
        errors.Invalid: they stand under more themes than a session has.
    """
    if source_id not in {one.id for one in sources(tx, event_id)}:
        raise errors.NothingFrozen("practice")
    event, found = events.by_id(tx, event_id), ready(tx, source_id)
    assert event is not None, "its sources were found by it"
    titles = list(dict.fromkeys(one.theme for one in found))
    session = prepare.create(tx, event, _plan(event, titles), at)
    themes = {theme.title: theme for theme in sessions.themes(tx, session.id)}
    who = _library(event, session, at)
    participants.insert(tx, who)
    read = versions.readings(tx, found)
    for place, one in enumerate(found):
        _enter(tx, who, themes[text.clean_line(one.theme, 1000, "theme")], read[one.id][0], at + place)
    return session


def verdict(tx: Tx, practice: StoredPractice, reading: Reading | None) -> tally.Verdict | None:
    """What the room said of the earlier practice that this one continues; None where no room was asked, or no result is revealed.

    Args:
        reading: of the practice's session, with ids as documents print them.
    """
    seen = [reading.idea(opaque.opaque(idea)) for idea in practices.put_again(tx, practice.id)] if reading else []
    if reading is None or not seen or seen[0] is None or reading.record.session.method != "adoption":
        return None
    record, idea = reading.record, reading.root(seen[0])
    theme = next(theme for theme in record.themes if theme.id == idea.theme_id)
    votes = tally.votes_of(record.session, theme.id, theme.round, record.ideas, record.participants, record.ballots)
    return tally.verdict(idea.id, votes) if theme.revealed else None


def _plan(event: Event, titles: Sequence[str]) -> SessionPlan:
    say = i18n.translations(event.language).gettext
    themes = tuple(ThemeLine(title, say(PROMPT)) for title in titles)
    return SessionPlan(say(TITLE), say(QUESTION), themes, method="adoption", hide_ideas=False)


def _library(event: Event, session: Session, at: int) -> Participant:
    """Who the practices stand by: a proxy that is away, so that it counts nowhere and nobody enters anything for it."""
    id_, name = new_id(at), i18n.gettext(event.language, LIBRARY)
    return Participant(
        id=id_, session_id=session.id, organisation_id=None, name=name, quote="name", return_code=NO_ENTRY + id_, done="",
        rev=session.rev, joined_at=at, proxy=name, removed_at=at,
    )


def _enter(tx: Tx, who: Participant, theme: Theme, read: Practice, at: int) -> None:
    idea = Idea(new_id(at), who.session_id, theme.id, who.id, read.title, _detail(read), "active", None, theme.rev, at, at)
    ideas.insert(tx, idea)
    practices.put_origin(tx, idea.id, read.id)


def _detail(read: Practice) -> str:
    """The practice in one sentence: the editor's, else a contributor's own."""
    field = read.field("sentence")
    words = light.plain(field.text) or (field.sources[0].text if field.sources else "")
    return text.clean_block(words, DETAIL_LIMIT, "detail") if len(words) <= DETAIL_LIMIT else ""
