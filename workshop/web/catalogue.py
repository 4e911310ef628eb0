"""What the pages of the library say about what is in it, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.documents import sections
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules import light, tags
from workshop.rules.practice import MATURITIES, Practice
from workshop.service.library import USES, Entry, Shelf
from workshop.web import language

PAGE = 40  # practices
USE_NAMES = {"do": N_("Somebody does it"), "will": N_("Somebody will or would")}


@dataclass(frozen=True, slots=True)
class Pages:
    """A page of what was found, and the numbers of those before and behind it, None for none."""

    shown: list[Entry]
    before: int | None
    behind: int | None


def ordered(found: list[Entry]) -> list[Entry]:
    """Theme by theme, within a theme year by year, the newest first, and there in the places that the room gave them."""
    in_place = sorted(found, key=lambda entry: entry.kept.position)
    by_year = sorted(in_place, key=lambda entry: entry.year, reverse=True)
    return sorted(by_year, key=lambda entry: entry.kept.theme.casefold())


def paged(found: list[Entry], number: int) -> Pages:
    """The page of that number, from 1; where there is none, the nearest."""
    last = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), last)
    return Pages(found[(number - 1) * PAGE:number * PAGE], number - 1 or None, number + 1 if number < last else None)


def groups(found: list[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """What is ordered, by theme (its title) and year."""
    parts = (list(members) for _place, members in groupby(found, lambda entry: (entry.kept.theme.casefold(), entry.year)))
    return [(part[0].kept.theme, part[0].year, part) for part in parts]


def choices(shelf: Shelf) -> dict[str, list[tuple[str, str]]]:
    """By filter, the values that occur at all, and what they are called."""
    entries = shelf.entries
    themes = {entry.kept.theme.casefold(): entry.kept.theme for entry in entries}
    kpis = {kpi for entry in entries for kpi in entry.kpis}
    stages = {tag for entry in entries for tag in entry.tags}
    maturities = {entry.practice.maturity for entry in entries}
    return {
        "theme": [(title, title) for _key, title in sorted(themes.items())],
        "year": [(year, year) for year in sorted({entry.year for entry in entries}, reverse=True)],
        "maturity": [(one, maturity(one)) for one in reversed(MATURITIES) if one in maturities],
        "stage": [(one, _(sections.TAGS[f"stage.{one}"])) for one in tags.STAGES if f"stage.{one}" in stages],
        "measure": [(kpi, _(title)) for kpi, title in sections.KPIS.items() if kpi in kpis],
        "use": [(use, _(USE_NAMES[use])) for use in USES if any(entry.uses[use] for entry in entries)],
    }


def maturity(key: str) -> str:
    """Its name, without what it means."""
    return _(sections.MATURITY[key]).partition(":")[0]


def made_from(practice: Practice) -> str:
    """In one sentence, what it stands on."""
    told = {source.id for field in practice.fields for source in field.sources if source.of == "experience"}
    ideas = len(practice.merged) + bool(practice.idea_id)
    if not ideas and not told:
        return _("Written by its editor.")
    return Words(language.current()).listed([
        ngettext("Made from %(num)s idea", "Made from %(num)s ideas", ideas),
        ngettext("%(num)s contribution of those who know it", "%(num)s contributions of those who know it", len(told)),
    ]) + "."


def remeasured(years: list[Entry]) -> list[tuple[str, str, list[float | None]]]:
    """The known indicators that were measured in more than one year: name, unit, and by year the figure then."""
    found = []
    for kpi, title in sections.KPIS.items():
        measures = [next((m for m in one.practice.field("measures").measures if m.kpi == kpi), None) for one in years]
        figures = [measure.baseline if measure else None for measure in measures]
        if sum(figure is not None for figure in figures) > 1:
            unit = next(measure.unit for measure in measures if measure)
            found.append((_(title), _(sections.UNITS.get(unit, unit)), figures))
    return found


def citation(entry: Entry, address: str) -> str:
    """How to cite it, in the language of its event: event, year, title, version, content hash, address."""
    version = Words(entry.event.language)._("Version %(number)s", number=entry.practice.version)
    parts = (f"{entry.event.name} ({entry.year})", entry.practice.title, f"{version}, {entry.practice.content_hash}", address)
    return ". ".join(part.rstrip(".") for part in parts)


def grouped(text: str) -> list[tuple[str, list[light.Block]]]:
    """Light Markdown for a template: paragraphs, and lists whole."""
    found: list[tuple[str, list[light.Block]]] = []
    for block in light.blocks(text):
        if found and found[-1][0] == block.kind != "paragraph" and block.number != 1:
            found[-1][1].append(block)
        else:
            found.append((block.kind, [block]))
    return found


def by_kind(chosen: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Tags, which come in their order, by their kinds."""
    return [(kind, list(members)) for kind, members in groupby(chosen, lambda tag: tag.partition(".")[0])]


WORDS = {
    "titles": sections.TITLES, "tag_kinds": sections.TAG_KINDS, "by_kind": by_kind, "tag_names": sections.TAGS,
    "kpi_names": sections.KPIS, "units": sections.UNITS,
    "stance_names": sections.STANCES, "ratification_names": sections.RATIFICATIONS,
    "maturity": maturity, "maturity_told": sections.MATURITY,
}
