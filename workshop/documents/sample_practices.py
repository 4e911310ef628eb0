"""The practices of the sample day: one that an editor has nearly finished, the others as they were drafted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from workshop.model import Dossier, FieldText, PracticeEntry, Record, StoredMeasure, StoredPractice, Theme
from workshop.rules import tally

EDITED = "Ask for a product carbon footprint per model and configuration"
OWNER = "Buyer at the City"
TEXTS = {  # section: text, tags
    "sentence": ("Buyers should ask for the carbon footprint of the very configuration they buy, and say how they will use it.", ()),
    "problem": (
        "Most of the greenhouse gases of a laptop come from making it. Buyers compare prices to the cent and footprints "
        "**not at all**.", ()),
    "stage": ("", ("stage.specification", "stage.review", "strategy.reduce")),
    "clause": (
        "*For each model and configuration offered, the tenderer states the product carbon footprint in kg CO₂e, calculated to ISO 14067 "
        "or an equivalent, and the year of the calculation.*", ("clause.specification",)),
    "verification": (
        "1. The figure and its report come with the tender.\n2. A sample of models is recalculated once a year.\n"
        "3. A corrected figure is told within a month.", ()),
    "success": ("- One form for all buyers of the network\n- One person at each buyer who can read a footprint report", ()),
    "references": ("ISO 14067, Greenhouse gases – Carbon footprint of products.", ("sdg.12", "sdg.13")),
}  # fmt: skip
MEASURE = ("co2e", "kg CO₂e per device and year", 82.0, 60.0, "Suppliers' yearly reports", OWNER)


def with_practices(record: Record, at: int) -> Record:
    """*record* with a practice for every chosen idea, drafted at *at* (epoch ms)."""
    drafted = [one for theme in record.themes for one in _of_theme(record, theme, at)]
    entries = tuple(_noted(one.practice, "practice.draft", at) for one in drafted)
    edited = tuple(_noted(one.practice, "field.save", at + 1) for one in drafted if one.fields)
    return replace(record, dossiers=tuple(drafted), practice_log=(*entries, *edited))


def _of_theme(record: Record, theme: Theme, at: int) -> Iterator[Dossier]:
    titles = {idea.id: idea.title for idea in record.ideas}
    result = tally.theme_result(
        record.session, theme.id, theme.round, record.ideas, record.participants, record.ballots, record.organisations
    )
    for place, one in enumerate((one for one in result.standings if one.chosen), start=1):
        yield _drafted(_practice(record, theme, titles[one.idea], place, at), one.idea, at)


def _practice(record: Record, theme: Theme, title: str, place: int, at: int) -> StoredPractice:
    return StoredPractice(
        f"practice-{theme.position}-{place}", record.event.id, record.session.id, theme.id, theme.title, title, place, "draft", "",
        "2027-11-24" if title == EDITED else "", None, None, 1, at, at,
    )


def _drafted(practice: StoredPractice, idea: str, at: int) -> Dossier:
    if practice.title != EDITED:
        return Dossier(practice, (idea,), (), ())
    fields = [FieldText(practice.id, section, text, json.dumps(tags), "", 1, at, "editor") for section, (text, tags) in TEXTS.items()]
    owner = FieldText(practice.id, "lessons", "", "[]", OWNER, 1, at, "editor")
    kpi, unit, baseline, target, source, who = MEASURE
    measure = StoredMeasure("measure-1", practice.id, kpi, "", unit, baseline, target, source, who, 1, "active", 1)
    return Dossier(practice, (idea,), (*fields, owner), (measure,))


def _noted(practice: StoredPractice, action: str, at: int) -> PracticeEntry:
    return PracticeEntry(f"{practice.id}-{action}", practice.event_id, practice.id, at, "editor", action, "{}")
