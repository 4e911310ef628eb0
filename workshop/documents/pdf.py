"""The report as PDF, to be printed: cover, contents, charts, tagged and bookmarked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import singledispatch
from typing import Any

from workshop.documents.breaking import breakable
from workshop.documents.outline import outline
from workshop.documents.outline.blocks import Block, Figure, Table, Voices
from workshop.documents.press import chart, typeset
from workshop.documents.shape import Report
from workshop.documents.words import Words

FEW = 6  # columns of figures that leave room for words


def write(report: Report) -> bytes:
    """The PDF document.

    Raises:
        errors.NotTypeset: it could not be made in time.
    """
    return typeset("report.typ", job(report), int(datetime.fromisoformat(report.generated_at).timestamp()))


def job(report: Report) -> dict[str, Any]:
    """What the template is given."""
    w, told = Words(report.language), outline(report)
    made = w._("Made on %(day)s at %(time)s UTC with workshop %(version)s.", day=w.day(report.generated_at[:10]),
               time=report.generated_at[11:16], version=report.product_version)
    return breakable({
        "title": told.title or told.event or "–", "author": report.host or report.event_name, "lang": w.language, "event": told.event,
        "facts": told.facts, "question": told.question, "notices": told.notices, "made": made, "say": _labels(w),
        "blocks": [{"kind": type(block).__name__.lower(), **_parts(block, w)} for block in told.blocks], "hash": report.content_hash,
    })


def _labels(w: Words) -> dict[str, str]:
    return {
        "contents": w._("Contents"), "page": w._("Page %(n)s of %(all)s", n="{n}", all="{all}"), "owner": w._("Owner") + ":",
        "result": w._("Result:"),
        "lacking": w._("Some signs could not be printed, because no typeface here has them. The HTML document shows them."),
    }


@singledispatch
def _parts(block: Block, _w: Words) -> dict[str, Any]:
    """A block as the template takes it."""
    return asdict(block)


@_parts.register
def _voices(block: Voices, w: Words) -> dict[str, Any]:
    return {"voices": [{"words": w.quoted(v.words) if v.words else "", "result": w.quoted(v.result) if v.result else "", "by": v.by,
                        "mark": asdict(v.mark) if v.mark else None}
                       for v in block.voices]}


@_parts.register
def _figure(block: Figure, _w: Words) -> dict[str, Any]:
    return chart(block.drawing)


@_parts.register
def _table(block: Table, _w: Words) -> dict[str, Any]:
    return {"caption": block.caption, "head": block.head, "right": sorted(block.right), "widths": _widths(block),
            "rows": [[{"content": [asdict(run) for run in cell]} for cell in row] for row in block.rows]}


def _widths(block: Table) -> list[int]:
    """Parts of the width for columns of words, by how much stands in them; figures take what they need (0), or 3 where they are many."""
    figures = 0 if len(block.right) <= FEW else 3
    return [figures if n in block.right else block.weight(n) for n in range(len(block.head))]
