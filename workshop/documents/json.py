"""The report as one JSON document, described by ``report-2.schema.json``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from workshop.documents.shape import Count, Draft, Report, ThemePart
from workshop.rules.practice import Practice

FORMAT = "workshop-report"
VERSION = 2  # grows with every change that a reader of the old one would stumble over
SCHEMA_NAME = "report-2.schema.json"


def write(report: Report) -> bytes:
    """The JSON document, UTF-8, indented for people."""
    document = {"$schema": SCHEMA_NAME, "made": _made(report), **content(report)}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def schema() -> bytes:
    """The JSON Schema (2020-12) of the document."""
    return files("workshop.documents").joinpath(SCHEMA_NAME).read_bytes()


def content_hash(report: Report) -> str:
    """The fingerprint of what the report says, however often and by which version it is written.

    SHA-256 over the JSON document without ``$schema`` and ``made``: keys sorted, no spaces, UTF-8.
    """
    canonical = json.dumps(content(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def content(report: Report) -> dict[str, Any]:
    """Everything the report says, as plain JSON values."""
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "event": {
            "name": report.event_name, "date": report.date, "place": report.place, "host": report.host,
            "language": report.language, "sample": report.sample,
        },
        "session": {
            "id": report.session, "title": report.title, "question": report.question, "method": report.method, "take": report.take,
        },
        "themes": [_theme(theme) for theme in report.themes],
        "practices": [_draft(draft) for draft in report.practices],
        "disagreements": [asdict(found) for found in report.disagreements],
        "room": asdict(report.room),
        "changes": [asdict(change) for change in report.changes],
    }


def _made(report: Report) -> dict[str, str]:
    return {
        "generated_at": report.generated_at, "product_version": report.product_version, "content_hash": report.content_hash,
    }


def _theme(theme: ThemePart) -> dict[str, Any]:
    return {
        "id": theme.id, "number": theme.number, "title": theme.title, "prompt": theme.prompt, "revealed": theme.revealed,
        "ideas": [asdict(idea) for idea in theme.ideas],
        "result": _count(theme.count) if theme.count else None,
        "earlier": [_count(count) for count in theme.earlier],
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "round": count.round, "voters": count.voters, "eligible": count.eligible, "organisations": count.organisations,
        "independents": count.independents, "proxies": count.proxies,
        "budget": count.budget, "ranking": [asdict(line) for line in count.ranking],
        "raw_order": list(count.raw_order), "raw_differs": count.raw_differs,
        "stability": {"top": count.top, "stable": count.stable, "changed_by": list(count.changed_by), "small": count.small},
        "moved": [asdict(move) for move in count.moved],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    practice = draft.practice
    return {
        "number": draft.number, "theme": draft.theme, "idea": practice.idea_id, "title": practice.title, "by": practice.by,
        "maturity": practice.maturity, "filled": practice.filled, "sections": len(practice.fields),
        "stances": [
            {"kind": s.kind, "organisations": s.organisations, "named": list(s.named)} for s in practice.stances
        ],
        "fields": _fields(practice),
        "merged": [asdict(source) for source in practice.merged],
        "comments": [asdict(source) for source in practice.comments],
        "id": practice.id, "version": practice.version, "content_hash": practice.content_hash, "confirmed": practice.confirmed,
        "review_on": practice.review_on, "answers": [asdict(answer) for answer in practice.answers],
    }


def _fields(practice: Practice) -> list[dict[str, Any]]:
    """Every section; an empty one is to complete by its owner, where the editor has named one."""
    return [
        {
            "key": field.key, "state": "filled" if field.complete else "to complete", "owner": field.owner,
            "text": field.text, "tags": list(field.tags), "measures": [asdict(measure) for measure in field.measures],
            "sources": [asdict(source) for source in field.sources],
        }
        for field in practice.fields
    ]
