"""What an imported practice brings along: what was said of it elsewhere, as far as it was named there.

The editor's words and figures become rows, like those of any practice, and can be changed. What a room said is evidence: it is
kept whole and read as it came. A consent that is taken back where it was given cannot be heard of here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from workshop.rules.practice import MATURITIES, SECTIONS, Answer, Field, Practice, Source, Stance


def packed(found: Practice) -> str:
    """What *found* brings along, as JSON."""
    kept = {
        "idea": found.idea_id, "by": found.by, "maturity": found.maturity,
        "sources": {field.key: [asdict(source) for source in field.sources] for field in found.fields if field.sources},
        "stances": [asdict(stance) for stance in found.stances],
        "merged": [asdict(source) for source in found.merged], "comments": [asdict(source) for source in found.comments],
        "answers": [asdict(answer) for answer in found.answers],
    }
    return json.dumps(kept, ensure_ascii=False)


def unpacked(text: str) -> Practice:
    """The practice of what was packed, without the words that stand in rows."""
    kept: dict[str, Any] = json.loads(text)
    return Practice(
        idea_id=kept["idea"], title="", by=kept["by"], maturity=kept["maturity"],
        fields=tuple(Field(key, _sources(kept["sources"].get(key, []))) for key in SECTIONS),
        stances=tuple(Stance(**stance | {"named": tuple(stance["named"])}) for stance in kept["stances"]),
        merged=_sources(kept["merged"]), comments=_sources(kept["comments"]),
        answers=tuple(Answer(**answer) for answer in kept["answers"]),
    )


def continued(text: str) -> str:
    """What a new version of it stands on: all but what organisations answered in review, which was of the old words."""
    found = unpacked(text)
    return packed(replace(found, fields=tuple(replace(field, sources=_of_the_room(field)) for field in found.fields), answers=()))


def together(text: str, other: str, title: str) -> str:
    """What a practice stands on that takes in another, whose title is *title*; answers of a review to that one stay with it.

    Organisations of both may be the same, so that the larger count stands, unless more of them are named.
    """
    mine, theirs = unpacked(text), unpacked(other)
    pairs = zip(mine.fields, theirs.fields, strict=True)
    lead = (Source("idea", theirs.idea_id, title, theirs.by),) if theirs.idea_id else ()
    return packed(replace(
        mine, fields=tuple(replace(field, sources=_once(field.sources, _of_the_room(more))) for field, more in pairs),
        stances=tuple(map(_counted, mine.stances, theirs.stances)), merged=_once(mine.merged, lead, theirs.merged),
        comments=_once(mine.comments, theirs.comments), maturity=max(mine.maturity, theirs.maturity, key=MATURITIES.index),
    ))


def _of_the_room(field: Field) -> tuple[Source, ...]:
    return tuple(source for source in field.sources if source.of != "review")


def _once(*sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources behind each other, each of them once."""
    return tuple({(source.of, source.id, source.text): source for part in sources for source in part}.values())


def _counted(mine: Stance, theirs: Stance) -> Stance:
    named = tuple(sorted({*mine.named, *theirs.named}))
    return replace(mine, organisations=max(mine.organisations, theirs.organisations, len(named)), named=named)


def _sources(rows: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(Source(**row) for row in rows)
