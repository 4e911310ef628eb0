"""One practice as a Markdown file of its own: front matter that a program reads, sections that a person reads and changes.

`incoming_markdown` reads it back. The editor's words stand under a section's heading; what follows under *Beside it* (chosen tags,
measures, what the room said) is for readers, and is read back from the front matter or not at all.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from workshop.documents import markdown_practice
from workshop.documents.marks import escape, heading, joined, light
from workshop.documents.sections import TITLES
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules.practice import Field, Practice

FORMAT, VERSION = "workshop-practice", 1
BESIDE = N_("Beside it")


def write(report: Report) -> dict[str, bytes]:
    """A file for each practice of the report, by name."""
    return {f"practice-{draft.number}.md": one(report, draft) for draft in report.practices}


def one(report: Report, draft: Draft) -> bytes:
    """The file of one practice, UTF-8."""
    w, practice = Words(report.language), draft.practice
    blocks = [_front(report, draft), heading(1, escape(practice.title)), markdown_practice.standing(practice, w)]
    blocks += markdown_practice.state(practice, w)
    for field in practice.fields:
        if field.complete:
            blocks += _section(field, practice, w)
    return joined(blocks).encode()


def _front(report: Report, draft: Draft) -> str:
    practice = draft.practice
    theme = next((theme.title for theme in report.themes if theme.id == draft.theme), "")
    values: dict[str, Any] = {
        "format": FORMAT, "format_version": VERSION, "title": practice.title, "theme": theme, "event": report.event_name,
        "date": report.date, "place": report.place, "host": report.host, "language": report.language, "id": practice.id,
        "version": practice.version, "content_hash": practice.content_hash, "maturity": practice.maturity,
        "confirmed": practice.confirmed, "review_on": practice.review_on,
        "tags": [tag for field in practice.fields for tag in field.tags],
        "owners": {field.key: field.owner for field in practice.fields if field.owner},
        "measures": [asdict(measure) for field in practice.fields for measure in field.measures],
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())  # JSON is YAML, whatever it holds
    return "\n".join(("---", *lines, "---"))


def _section(field: Field, practice: Practice, w: Words) -> list[str]:
    beside = [block for block in markdown_practice.evidence(field, practice, w) if block]
    return [heading(2, w._(TITLES[field.key])), light(field.text), *([heading(3, w._(BESIDE)), *beside] if beside else [])]
