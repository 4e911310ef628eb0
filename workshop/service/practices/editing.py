"""Writing in a practice: sections, measures, its title and its standing. Nothing that anybody writes is lost.

Who saves a section says upon which revision of it. Where somebody else has saved since, theirs stands and the new wording is kept
beside it: the writer gets both and decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from workshop import errors
from workshop.model import TITLE_LIMIT, FieldText, StoredMeasure, StoredPractice
from workshop.rules import kpi, tags, text
from workshop.rules.practice import SECTIONS
from workshop.service.practices import figures
from workshop.service.practices.act import Act
from workshop.store.queries import practices

TEXT_LIMIT = 6000  # graphemes of a section
OWNER_LIMIT = NAME_LIMIT = SOURCE_LIMIT = 140  # graphemes
REASON_LIMIT = 1000  # graphemes of why it is good practice
MEASURES_EACH = 40
MAY_BE = {"draft": ("aside",), "aside": ("draft",), "review": ("aside",)}  # by hand; freezing and reviewing have their own ways


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor wants to stand in a section. *base* is the revision of the section that it was written upon, 0 for an empty one."""

    section: str
    text: str
    base: int
    tags: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it: what stands, and, where that is somebody else's, what was refused and kept."""

    stands: FieldText
    refused: FieldText | None = None


def save(act: Act, written: Written) -> Saved:
    """Save a section; the section "title" is the practice's title.

    Raises:
        errors.NotFound: no such section.
        errors.TooLong, errors.Empty: a title without words.
        errors.Invalid: a tag that does not belong there.
    """
    mine, before = _clean(act, written), standing(act, written.section)
    if _says(mine) == _says(before):
        return Saved(before)
    if written.base != before.rev:
        act.keep(mine, refused=True)
        return Saved(before, mine)
    stands = act.write(mine.section, mine.text, mine.tags, mine.owner)
    act.change(**({"title": mine.text} if written.section == "title" else {}))
    act.note("field.save", section=mine.section)
    return Saved(stands)


def standing(act: Act, section: str) -> FieldText:
    """What stands in the section; at revision 0 where nobody has written."""
    words = act.practice.title if section == "title" else ""
    return practices.field(act.tx, act.practice.id, section) or FieldText(act.practice.id, section, words, "[]", "", 0, 0, "")


def restore(act: Act, wording_id: str, base: int) -> Saved:
    """Let an earlier wording stand again; as `save`.

    Raises:
        errors.NotFound: the practice has no such wording.
    """
    found = practices.wording(act.tx, act.practice.id, wording_id)
    if found is None:
        raise errors.NotFound("wording")
    return save(act, Written(found.section, found.text, base, tags.stored(found.tags), found.owner))


def put_measure(act: Act, measure: kpi.Measure, base: int) -> StoredMeasure:
    """Add a measure, or change the one with its id.

    Args:
        base: the revision of the measure that the change was made upon; 0 for a new one.

    Raises:
        errors.Invalid, errors.Empty, errors.TooLong: naming the field.
        errors.Overtaken: somebody else has changed it since.
        errors.ManyMeasures; errors.NotFound: the id is a measure's of another practice.
    """
    measure = kpi.check(_clean_measure(measure))
    there = practices.measures(act.tx, act.practice.id)
    before = next((one for one in there if one.id == measure.id), None)
    if before is None and sum(one.state == "active" for one in there) >= MEASURES_EACH:
        raise errors.ManyMeasures("measures", limit=MEASURES_EACH)
    place = before.position if before else len(there) + 1
    mine = StoredMeasure(
        measure.id, act.practice.id, measure.kpi, measure.name, measure.unit, measure.baseline, measure.target, measure.source,
        measure.owner, place, "active", before.rev if before else 0,
    )
    if before == mine:
        return before
    if base != mine.rev:
        raise errors.Overtaken("measure", mine, before)
    return _store_measure(act, mine, before)


def remove_measure(act: Act, measure_id: str) -> StoredMeasure:
    """Take a measure away; its figures are kept.

    Raises:
        errors.NotFound: the practice has no such measure.
    """
    found = next((one for one in practices.measures(act.tx, act.practice.id) if one.id == measure_id), None)
    if found is None:
        raise errors.NotFound("measure")
    return _store_measure(act, replace(found, state="removed"), found)


def confirm(act: Act, reason: str | None) -> StoredPractice:
    """Confirm the practice as good practice, for a reason; None takes that back.

    Raises:
        errors.NoReason, errors.TooLong
    """
    if reason is None:
        act.note("practice.unconfirm", reason=act.practice.confirmed)
        return act.change(confirmed="")
    try:
        words = text.clean_block(reason, REASON_LIMIT, "reason", required=True)
    except errors.Empty:
        raise errors.NoReason("reason") from None
    act.note("practice.confirm", reason=words)
    return act.change(confirmed=words)


def review_on(act: Act, day: str) -> StoredPractice:
    """Say when the practice is looked at next; "" for no day.

    Raises:
        errors.OffDay
    """
    try:
        day = date.fromisoformat(day.strip()).isoformat() if day.strip() else ""
    except ValueError:
        raise errors.OffDay("review_on", what=day[:20]) from None
    act.note("practice.review_on", day=day)
    return act.change(review_on=day)


def set_state(act: Act, state: str) -> StoredPractice:
    """Set the practice aside, or take it up again.

    Raises:
        errors.Invalid: no such state; errors.Conflict: not from the state it is in.
    """
    if state not in ("draft", "aside"):
        raise errors.Invalid("state", what=state[:20])
    if state == act.practice.state:
        return act.practice
    if state not in MAY_BE.get(act.practice.state, ()):
        raise errors.Conflict("state")
    act.note("practice.aside" if state == "aside" else "practice.restore")
    return act.change(state=state)


def _clean(act: Act, written: Written) -> FieldText:
    if written.section == "title":
        words = text.clean_line(written.text, TITLE_LIMIT, "title")
    elif written.section in SECTIONS:
        words = text.clean_block(written.text, TEXT_LIMIT, "text")
    else:
        raise errors.NotFound("section")
    chosen = json.dumps(tags.chosen(written.section, written.tags))
    return FieldText(act.practice.id, written.section, words, chosen, _optional(written.owner, OWNER_LIMIT, "owner"), 0, act.at, act.actor)


def _says(field: FieldText) -> tuple[str, str, str]:
    return field.text, field.tags, field.owner


def _clean_measure(one: kpi.Measure) -> kpi.Measure:
    words: Iterable[tuple[str, int]] = (("name", NAME_LIMIT), ("unit", NAME_LIMIT), ("source", SOURCE_LIMIT), ("owner", OWNER_LIMIT))
    return replace(one, **{name: _optional(getattr(one, name), limit, name) for name, limit in words})  # type: ignore[arg-type]


def _optional(words: str, limit: int, field: str) -> str:
    """A line that may be empty."""
    return text.clean_line(words, limit, field) if words.strip() else ""


def _store_measure(act: Act, measure: StoredMeasure, before: StoredMeasure | None) -> StoredMeasure:
    stored = replace(measure, rev=act.rev)
    if not practices.put_measure(act.tx, stored):
        raise errors.NotFound("measure")
    act.note(figures.SAVED, **figures.noted(stored, before))
    act.change()
    return stored
