"""What the page of an editor is told, as plain JSON values: never a name that is not consented to, never a participant's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import current_app, url_for
from flask_wtf.csrf import generate_csrf

from workshop import i18n
from workshop.documents import sections
from workshop.model import Account, FieldText, StoredMeasure, StoredPractice
from workshop.rules import kpi, tags
from workshop.rules.practice import SECTIONS, Practice
from workshop.service.practices import Opened
from workshop.service.practices.presence import Here
from workshop.web import language, sentences

Body = dict[str, Any]
Names = Mapping[str, str]  # of accounts, by id


def boot(opened: Opened, account: Account) -> Body:
    """All that the page needs at first."""
    assets, locale, stored = current_app.extensions["assets"], language.current(), opened.dossier.practice
    return {
        "role": "editor", "locale": locale, "strings": sentences.at_first(assets, "editor", locale), "csrf": generate_csrf(),
        "me": {"id": account.id, "name": account.name, "freezes": account.role == "organizer"},
        "practice": kept(stored), "said": said(opened.practice),
        "fields": [field(one, opened.names) for one in opened.dossier.fields],
        "measures": [measure(one) for one in opened.dossier.measures], "hash": opened.practice.content_hash, "labels": _labels(locale),
        "links": {
            "list": url_for("practices.show", event_id=stored.event_id), "lineage": url_for(".lineage", practice_id=stored.id),
            "review": url_for("review_desk.show", event_id=stored.event_id, _anchor=f"p-{stored.id}"),
        },
    }


def said(practice: Practice) -> Body:
    """What the room said, and what follows from it."""
    return {
        "by": practice.by, "maturity": practice.maturity, "sources": {f.key: [asdict(s) for s in f.sources] for f in practice.fields},
        "stances": [asdict(one) for one in practice.stances], "merged": [asdict(one) for one in practice.merged],
        "comments": [asdict(one) for one in practice.comments],
    }


def kept(one: StoredPractice) -> Body:
    """How a practice stands."""
    shown = ("id", "event_id", "theme", "title", "state", "confirmed", "review_on", "number", "rev", "updated_at")
    return {name: getattr(one, name) for name in shown}


def field(one: FieldText, names: Names) -> Body:
    """What stands in a section, and who wrote it."""
    return {
        "section": one.section, "text": one.text, "tags": list(tags.stored(one.tags)), "owner": one.owner, "rev": one.rev,
        "at": one.updated_at, "by": names.get(one.updated_by, ""),
    }


def measure(one: StoredMeasure) -> Body:
    """A measure."""
    return {name: getattr(one, name) for name in StoredMeasure.__slots__ if name != "practice_id"}


def here(one: Here, names: Names) -> Body:
    """Another page that has the practice open."""
    return {"name": names.get(one.account, ""), "section": one.section}


def _labels(locale: str) -> Body:
    """What the sections, tags and indicators are called."""
    def say(words: dict[str, str]) -> dict[str, str]:
        return {key: i18n.gettext(locale, text) for key, text in words.items()}

    return {
        "titles": say(sections.TITLES), "hints": say(sections.HINTS), "maturity": say(sections.MATURITY), "stances": say(sections.STANCES),
        "tags": say(sections.TAGS), "kinds": say(sections.TAG_KINDS), "kpis": say(sections.KPIS), "units": say(sections.UNITS),
        "sections": list(SECTIONS), "of_section": {key: list(kinds) for key, kinds in tags.OF_SECTION.items()}, "all_tags": list(tags.TAGS),
        "seeds": [asdict(one) for one in kpi.KPIS],
    }
