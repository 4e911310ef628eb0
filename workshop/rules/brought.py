"""What an imported practice brings along: what was said of it elsewhere, as far as it was named there.

The editor's words and figures become rows, like those of any practice, and can be changed. What a room said is evidence: it is
kept whole and read as it came. A consent that is taken back where it was given cannot be heard of here.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from workshop.rules.practice import SECTIONS, Answer, Field, Practice, Source, Stance


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


def _sources(rows: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(Source(**row) for row in rows)
