"""A stored practice as it reads today: the editor's words, what the room said about its ideas, and what organisations answered.

What the room said is placed by rule and read where it stands, at each reading anew. So a consent that changes, changes it here, and
what is hidden, withdrawn or erased is gone. A frozen version keeps its words: of its sources those stay that may still be shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workshop.model import Dossier, Experience, FieldText, Idea, Review, StoredMeasure
from workshop.rules import brought, practice, review, tags
from workshop.rules.kpi import Measure
from workshop.rules.opaque import opaque
from workshop.rules.practice import SECTIONS, Answer, Field, Practice, Source
from workshop.rules.reading import Reading
from workshop.rules.review import Given
from workshop.rules.safe import line, plain


def read(dossier: Dossier, reading: Reading | None) -> Practice:
    """The practice as it may be shown.

    Args:
        reading: of the practice's session, with ids as in the dossier; None for one that comes from no session.
    """
    found = _answered(dossier, reading)
    written = {field.section: field for field in dossier.fields}
    fields = tuple(_written(field, written.get(field.key), dossier) for field in found.fields)
    kept = dossier.practice
    words = {"title": line(kept.title) or "–", "review_on": kept.review_on, "confirmed": plain(kept.confirmed)}
    found = replace(found, id=kept.id, fields=fields, **words)
    if kept.confirmed:
        found = replace(found, maturity="good")
    return _frozen(found, dossier) if dossier.edition else found


def _answered(dossier: Dossier, reading: Reading | None) -> Practice:
    """What the room and then the organisations said. Of an imported one the room's part is what it brought along."""
    found, given = _said(dossier, reading), _given(dossier)
    if reading is None:
        return review.added(found, given)
    return review.joined(found, given, _experiences(leads(dossier, reading), reading), reading.people)


def standing(dossiers: Sequence[Dossier]) -> list[Dossier]:
    """Those that documents hold: none set aside; of a practice's versions the newest frozen one, else the newest."""
    shown = {one.practice.id: one for one in dossiers if one.practice.state != "aside"}
    overtaken = {one.practice.follows for one in shown.values() if one.edition}
    waiting = {one.practice.id for one in shown.values() if one.edition is None and one.practice.follows in shown}
    return [one for one in shown.values() if one.practice.id not in overtaken | waiting]


def leads(dossier: Dossier, reading: Reading | None) -> list[Idea]:
    """The practice's ideas that may be seen, the leading one first; one that was merged since comes as what it is merged into."""
    if reading is None:
        return []
    seen = [found for found in map(reading.idea, dossier.ideas) if found]
    return list({idea.id: idea for idea in map(reading.root, seen)}.values())


def content(found: Practice) -> dict[str, Any]:
    """What is frozen of a practice, as plain JSON values: every word and figure, and nobody's name.

    The owners' and the contributors' names, and the organisations that may be named, are put in at each reading.
    """
    return {
        "title": found.title, "maturity": found.maturity, "confirmed": found.confirmed, "review_on": found.review_on,
        "fields": [_content_of(field) for field in found.fields],
        "stances": [{"kind": stance.kind, "organisations": stance.organisations} for stance in found.stances],
        "merged": [_words(source) for source in found.merged], "comments": [_words(source) for source in found.comments],
    }


def _said(dossier: Dossier, reading: Reading | None) -> Practice:
    """What the room said about the practice's ideas; where none may be seen any more, nothing. An imported one brought it along."""
    if dossier.brought:
        return brought.unpacked(dossier.brought)
    ideas = leads(dossier, reading)
    if not ideas or reading is None:
        return Practice("", "", None, "idea", tuple(map(Field, SECTIONS)), practice.stances((), {}), (), ())
    lead, *others = ideas
    merged = [*others, *(m for idea in ideas for m in reading.merged(idea))]
    return practice.draft(lead, merged, _experiences(ideas, reading), reading.people)


def _experiences(ideas: Sequence[Idea], reading: Reading | None) -> list[Experience]:
    return [one for idea in ideas for one in reading.said(idea)] if reading else []


def _given(dossier: Dossier) -> list[Given]:
    """What stands of the organisations' answers, by name and never by time; with ids that documents may print."""
    newest = sorted(review.standing(dossier.reviews).values(), key=lambda r: (r.organisation_name.casefold(), r.organisation_id))
    return [Given(opaque(r.id), r.organisation_id, _answer(r)) for r in newest]


def _answer(one: Review) -> Answer:
    return Answer(line(one.organisation_name), one.ratification, line(one.sentence), one.adoption, one.by_when)


def _written(field: Field, written: FieldText | None, dossier: Dossier) -> Field:
    measures = tuple(map(_measure, dossier.measures)) if field.key == "measures" else ()
    if written is None:
        return replace(field, measures=measures)
    return replace(field, text=plain(written.text), tags=tags.stored(written.tags), owner=line(written.owner), measures=measures)


def _measure(one: StoredMeasure) -> Measure:
    return Measure(one.kpi, line(one.name), line(one.unit), one.baseline, one.target, line(one.source), line(one.owner), one.id)


# -- frozen versions ---------------------------------------------------------------------------------


def _content_of(field: Field) -> dict[str, Any]:
    figures = ("kpi", "name", "unit", "baseline", "target", "source")
    measures = [{name: getattr(measure, name) for name in figures} for measure in field.measures]
    return {
        "key": field.key, "text": field.text, "tags": list(field.tags), "measures": measures, "sources": [_words(s) for s in field.sources],
    }


def _words(source: Source) -> dict[str, Any]:
    return {"of": source.of, "id": source.id, "text": source.text, "result": source.result, "year": source.year}


def _frozen(found: Practice, dossier: Dossier) -> Practice:
    """The practice with the sources and counts of its frozen version, credited as today; what is gone since is left out."""
    assert dossier.edition is not None
    was = json.loads(dossier.edition.content)
    fields = {field["key"]: field["sources"] for field in was["fields"]}
    counts = {stance["kind"]: stance["organisations"] for stance in was["stances"]}
    return replace(
        found, maturity=was["maturity"], version=dossier.edition.number, content_hash=dossier.edition.hash,
        fields=tuple(replace(field, sources=_as_frozen(field.sources, fields.get(field.key, []))) for field in found.fields),
        stances=tuple(replace(s, organisations=max(counts[s.kind], len(s.named))) for s in found.stances),
        merged=_as_frozen(found.merged, was["merged"]), comments=_as_frozen(found.comments, was["comments"]),
    )


def _as_frozen(sources: Sequence[Source], was: list[dict[str, Any]]) -> tuple[Source, ...]:
    today = {source.id: source for source in sources}
    words = [one for one in was if one["id"] in today]
    return tuple(replace(today[w["id"]], text=w["text"], result=w["result"], year=w["year"]) for w in words)
