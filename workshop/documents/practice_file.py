"""One practice as a Markdown file of its own: front matter that a program reads, sections that a person reads and changes.

`incoming_markdown` reads it back. The editor's words stand under a section's heading; what follows under *Beside it* (chosen tags,
measures, what the room said) and after the sections is for readers, and is read back from the front matter or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from workshop.documents import markdown
from workshop.documents.marks import front_matter, joined
from workshop.documents.outline import notices
from workshop.documents.outline import practice as told
from workshop.documents.outline.blocks import Block, Heading, Paragraph, light_blocks, plain
from workshop.documents.outline.sources import Lineage, Sources
from workshop.documents.sections import TITLES
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.errors import N_
from workshop.rules.practice import Field, Practice

FORMAT, VERSION = "workshop-practice", 1
BESIDE = N_("Beside it")
AFTER = (N_("Also said"), N_("What organisations say"), N_("To complete"), N_("Sources"))  # headings of what is no section


def write(report: Report) -> dict[str, bytes]:
    """A file for each practice of the report, by name."""
    lineage = Lineage(report)
    return {f"practice-{draft.number}.md": one(report, draft, lineage) for draft in report.practices}


def one(report: Report, draft: Draft, lineage: Lineage | None = None) -> bytes:
    """The file of one practice, UTF-8; its sources have the numbers that they have in the report."""
    w, practice = Words(report.language), draft.practice
    sources = Sources(draft, lineage or Lineage(report), w)
    blocks: list[Block] = [Heading(1, practice.title, ""), *(Paragraph(plain(notice), "notice") for notice in notices(report, w))]
    blocks += [*told.facts(draft, report, sources, w), *told.merged(practice, sources, w)]
    for field in practice.fields:
        if field.complete:
            blocks += _section(field, practice, sources, w)
    blocks += _raised(told.after(practice, sources, w))
    return joined([_front(report, draft), *markdown.blocks(blocks, w)]).encode()


def _front(report: Report, draft: Draft) -> str:
    practice = draft.practice
    theme = next((theme.title for theme in report.themes if theme.id == draft.theme), "")
    return front_matter({
        "format": FORMAT, "format_version": VERSION, "title": practice.title, "theme": theme, "event": report.event_name,
        "date": report.date, "place": report.place, "host": report.host, "language": report.language, "id": practice.id,
        "version": practice.version, "content_hash": practice.content_hash, "maturity": practice.maturity,
        "confirmed": practice.confirmed, "review_on": practice.review_on,
        "tags": [tag for field in practice.fields for tag in field.tags],
        "owners": {field.key: field.owner for field in practice.fields if field.owner},
        "measures": [asdict(measure) for field in practice.fields for measure in field.measures],
    })


def _section(field: Field, practice: Practice, sources: Sources, w: Words) -> list[Block]:
    """The editor's words without a mark, which would be read back as theirs."""
    own, chosen = light_blocks(field.text), told.chosen(field, w)
    by = [told.by_editor(sources.editor(), w)] if own or chosen else []
    beside = [*chosen, *by, *told.said(field, practice, sources, w)]
    return [Heading(2, w._(TITLES[field.key]), ""), *own, Heading(3, w._(BESIDE), ""), *beside]


def _raised(blocks: Iterable[Block]) -> list[Block]:
    """What stands four headings deep in a report, under the title."""
    return [replace(block, level=2) if isinstance(block, Heading) else block for block in blocks]
