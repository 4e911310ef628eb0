"""Ids as documents may print them: those of the store begin with a time, and would tell who wrote when."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from workshop.model import LogEntry, Record

LENGTH = 16  # hex digits: enough that no two of a session are the same


def opaque(id: str) -> str:
    """An id that stands for *id* in documents, and from which it cannot be told."""
    return hashlib.sha256(id.encode()).hexdigest()[:LENGTH]


def with_opaque_ids(record: Record) -> Record:
    """*record* with other ids for its ideas and experiences, wherever they stand."""
    known = {i.id: opaque(i.id) for i in record.ideas} | {e.id: opaque(e.id) for e in record.experiences}
    return replace(
        record,
        ideas=tuple(replace(i, id=known[i.id], merged_into=known.get(i.merged_into or "")) for i in record.ideas),
        experiences=tuple(replace(e, id=known[e.id], idea_id=known[e.idea_id]) for e in record.experiences),
        ballots=tuple(replace(b, choices={known[i]: v for i, v in b.choices.items()}) for b in record.ballots),
        log=tuple(_entry(entry, known) for entry in record.log),
        dossiers=tuple(replace(d, ideas=tuple(known[i] for i in d.ideas)) for d in record.dossiers),
    )


def _entry(entry: LogEntry, known: dict[str, str]) -> LogEntry:
    after = entry.after
    for id_, other in known.items() if "merged_into" in after else ():
        after = after.replace(json.dumps(id_), json.dumps(other))
    return replace(entry, subject=known.get(entry.subject, entry.subject), after=after)
