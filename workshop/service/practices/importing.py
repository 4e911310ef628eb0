"""Practices that come from elsewhere: checked word by word, and brought into an event in one transaction or not at all."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from workshop import errors
from workshop.model import NAME_LIMIT, STANCES, TITLE_LIMIT, Event, StoredMeasure, StoredPractice, new_id
from workshop.rules import brought, kpi, tags, text
from workshop.rules.practice import ADOPTIONS, RATIFICATIONS, SECTIONS, Answer, Field, Practice, Source, Stance
from workshop.service.plans import EventPlan
from workshop.service.practices import editing, versions
from workshop.service.practices.act import Act
from workshop.store import Tx
from workshop.store.queries import events, practices

CREDIT_LIMIT = 2 * NAME_LIMIT + 2  # "name, organisation"
SAID_LIMIT = 6000  # graphemes of what was said; far above what a phone takes
JOINED = 20  # practices may stand in one: then a section holds the words and the measures of all of them
TEXT_LIMIT = JOINED * editing.TEXT_LIMIT  # graphemes of a section
MEASURES_EACH = JOINED * editing.MEASURES_EACH
SOURCES_EACH = 2000  # of a section
MOST_ORGANISATIONS = 100_000
YEARS = range(1950, 2101)
ID, VERSION, HASH = re.compile(r"[\w-]{0,64}"), re.compile(r"(\d{1,4}\.\d{1,4})?", re.ASCII), re.compile(r"(sha256:[0-9a-f]{64})?")
BY_WHEN = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?", re.ASCII)
T = TypeVar("T")


class Misfit(Exception):
    """Something that a practice cannot hold. *path* leads to it as in the JSON; *problem* says what is wrong."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = path, problem


@dataclass(frozen=True, slots=True)
class Arrival:
    """A practice from a file, checked, and the title of its theme."""

    theme: str
    practice: Practice


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file holds: its event as it is to be made where it is missing, and whether everything in it is invented."""

    file: str
    event: EventPlan
    sample: bool
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the event by name, the practices made, and how many were there already."""

    event: str
    made: tuple[StoredPractice, ...]
    known: int


def bring(tx: Tx, batches: Iterable[Batch], name: str, actor: str, at: int) -> list[Brought]:
    """Bring what the files hold into events; what came by an earlier import in the same version, or is the event's own, is passed over.

    Args:
        name: of the event that takes it all, made where it is missing; "" takes each file's own.

    Raises:
        errors.CannotImport: a sample would come among what is real, or the file's event cannot be made.
    """
    return [_bring(tx, batch, name, actor, at) for batch in batches]


def _bring(tx: Tx, batch: Batch, name: str, actor: str, at: int) -> Brought:
    event = _event(tx, batch, name or batch.event.name, at)
    known, own = practices.origins(tx, event.id), {one.id for one in practices.of_event(tx, event.id)}
    new = [one for one in batch.arrivals if one.practice.id not in own and (one.practice.id, one.practice.version or "1.0") not in known]
    made = tuple(_make(tx, event, one, actor, at) for one in new)
    return Brought(event.name, made, len(batch.arrivals) - len(new))


def _event(tx: Tx, batch: Batch, name: str, at: int) -> Event:
    try:
        planned = replace(batch.event, name=name).onto(Event(new_id(at), "", "", "", "", "en", batch.sample, at))
    except errors.WorkshopError as problem:
        raise errors.CannotImport(problem.field, file=batch.file, line=1, where=f"event.{problem.field}", problem=problem) from None
    key = text.name_key(planned.name)
    found = next((one for one in events.all_events(tx) if text.name_key(one.name) == key), None)
    if found and batch.sample and not found.sample:
        raise errors.CannotImport("event", file=batch.file, line=1, where="event.sample",
                                  problem=f"everything in it is invented, and the event “{found.name}” is real; name another with --event")
    if found is None:
        events.insert(tx, planned)
    return found or planned


def _make(tx: Tx, event: Event, arrival: Arrival, actor: str, at: int) -> StoredPractice:
    found, theme = arrival.practice, arrival.theme
    place = 1 + max((one.position for one in practices.of_event(tx, event.id) if one.theme == theme), default=0)
    made = StoredPractice(
        id=new_id(at), event_id=event.id, session_id=None, theme_id=None, theme=theme, title=found.title, position=place, state="draft",
        confirmed=found.confirmed, review_on=found.review_on, follows=None, published_at=None, rev=1, created_at=at, updated_at=at,
        number=found.version or "1.0",
    )
    practices.insert(tx, made)
    practices.put_brought(tx, made.id, found.id, brought.packed(found))
    act = Act(tx, event.id, made.id, actor, at)
    _write(act, found)
    act.note("practice.import", origin=found.id)
    return _frozen(act, found)


def _write(act: Act, found: Practice) -> None:
    for field in found.fields:
        if field.text or field.tags or field.owner:
            act.write(field.key, field.text, json.dumps(field.tags), field.owner)
        for place, one in enumerate(field.measures, start=1):
            practices.put_measure(act.tx, StoredMeasure(
                new_id(act.at), act.practice.id, one.kpi, one.name, one.unit, one.baseline, one.target, one.source, one.owner, place,
                "active", act.rev,
            ))


def _frozen(act: Act, found: Practice) -> StoredPractice:
    """It stays frozen where its words give the content hash that it came with; else it is a draft, for its words are others now."""
    now, _ = versions.reading(act.tx, act.practice)
    if found.version and versions.fingerprint(versions.written_out(now)) == found.content_hash:
        versions.freeze(act)
    return act.practice


# -- checking, field by field --------------------------------------------------------------------------


def cleaned(theme: str, found: Practice) -> Arrival:
    """The practice, each of its words and figures checked as if an editor had typed it.

    Raises:
        Misfit: naming the field.
    """
    if found.maturity == "good" and not found.confirmed.strip():
        raise Misfit("maturity", "“good” needs the reason in “confirmed”")
    found = replace(
        found, idea_id=_shaped("idea", found.idea_id, ID), id=_shaped("id", found.id, ID), title=_line("title", found.title, TITLE_LIMIT),
        by=_credit("by", found.by), fields=_fields(found.fields), stances=_stances(found.stances),
        merged=_sources("merged", found.merged), comments=_sources("comments", found.comments),
        confirmed=_block("confirmed", found.confirmed, editing.REASON_LIMIT), version=_shaped("version", found.version, VERSION),
        content_hash=_shaped("content_hash", found.content_hash, HASH), review_on=_day("review_on", found.review_on),
        answers=tuple(_answer(f"answers[{n}]", one) for n, one in enumerate(found.answers)),
    )
    return Arrival(_line("theme", theme or "–", TITLE_LIMIT), found)


def _fields(fields: Sequence[Field]) -> tuple[Field, ...]:
    counts = Counter(field.key for field in fields)
    for n, field in enumerate(fields):
        if field.key not in SECTIONS:
            raise Misfit(f"fields[{n}].key", f"there is no section “{field.key[:20]}”")
        if counts[field.key] > 1:
            raise Misfit(f"fields[{n}].key", f"the section “{field.key}” stands here twice")
    found = {field.key: _field(f"fields[{n}]", field) for n, field in enumerate(fields)}
    return tuple(found.get(key, Field(key)) for key in SECTIONS)


def _field(path: str, field: Field) -> Field:
    if field.measures and field.key != "measures":
        raise Misfit(f"{path}.measures", "measures stand in the section “measures” alone")
    if len(field.measures) > MEASURES_EACH:
        raise Misfit(f"{path}.measures", f"a practice has {MEASURES_EACH} measures at most")
    return replace(
        field, sources=_sources(f"{path}.sources", field.sources), text=_block(f"{path}.text", field.text, TEXT_LIMIT),
        tags=_tried(f"{path}.tags", lambda: tags.chosen(field.key, field.tags)), owner=_word(f"{path}.owner", field.owner),
        measures=tuple(_measure(f"{path}.measures[{n}]", one) for n, one in enumerate(field.measures)),
    )


def _measure(path: str, one: kpi.Measure) -> kpi.Measure:
    words = {name: _word(f"{path}.{name}", getattr(one, name)) for name in ("name", "unit", "source", "owner")}
    try:
        return kpi.check(replace(one, id=_shaped(f"{path}.id", one.id, ID), **words))  # type: ignore[arg-type]
    except errors.WorkshopError as problem:
        raise Misfit(f"{path}.{problem.field}", str(problem)) from None


def _stances(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    found = {}
    for n, one in enumerate(stances):
        path = f"stances[{n}]"
        if one.kind not in STANCES or one.kind in found:
            raise Misfit(f"{path}.kind", f"each of {', '.join(STANCES)} stands here once")
        if not len(one.named) <= one.organisations <= MOST_ORGANISATIONS:
            raise Misfit(f"{path}.organisations", "it counts at least the organisations that are named")
        found[one.kind] = replace(one, named=tuple(_line(f"{path}.named[{m}]", name, NAME_LIMIT) for m, name in enumerate(one.named)))
    return tuple(found.get(kind, Stance(kind, 0, ())) for kind in STANCES)


def _sources(path: str, sources: Sequence[Source]) -> tuple[Source, ...]:
    if len(sources) > SOURCES_EACH:
        raise Misfit(path, f"a section has {SOURCES_EACH} sources at most")
    return tuple(_source(f"{path}[{n}]", one) for n, one in enumerate(sources))


def _source(path: str, one: Source) -> Source:
    if one.year is not None and one.year not in YEARS:
        raise Misfit(f"{path}.year", f"a year is a number from {YEARS[0]} to {YEARS[-1]}, or null")
    return replace(
        one, id=_shaped(f"{path}.id", one.id, ID), text=_block(f"{path}.text", one.text, SAID_LIMIT), by=_credit(f"{path}.by", one.by),
        result=_block(f"{path}.result", one.result, SAID_LIMIT),
    )


def _answer(path: str, one: Answer) -> Answer:
    for name, known in (("ratification", RATIFICATIONS), ("adoption", ADOPTIONS)):
        if getattr(one, name) not in ("", *known):
            raise Misfit(f"{path}.{name}", f"it is one of {', '.join(known)}, or empty")
    return replace(
        one, organisation=_word(f"{path}.organisation", one.organisation), sentence=_block(f"{path}.sentence", one.sentence, SAID_LIMIT),
        by_when=_shaped(f"{path}.by_when", one.by_when, BY_WHEN),
    )


def _line(path: str, words: str, limit: int) -> str:
    return _tried(path, lambda: text.clean_line(words, limit, path))


def _word(path: str, words: str) -> str:
    """A line that may be empty."""
    return _line(path, words, editing.OWNER_LIMIT) if words.strip() else ""


def _credit(path: str, words: str | None) -> str | None:
    return None if words is None else _line(path, words, CREDIT_LIMIT)


def _block(path: str, words: str, limit: int) -> str:
    return _tried(path, lambda: text.clean_block(words, limit, path))


def _shaped(path: str, words: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(words):
        raise Misfit(path, f"“{words[:40]}” is not what belongs here")
    return words


def _day(path: str, words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat() if words else ""
    except ValueError:
        raise Misfit(path, f"“{words[:20]}” is no day, such as 2027-03-31") from None


def _tried(path: str, work: Callable[[], T]) -> T:
    try:
        return work()
    except errors.WorkshopError as problem:
        raise Misfit(path, str(problem)) from None
