"""What the files of Word, PowerPoint and Excel have in common: bytes that stay the same, properties, colours, words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from workshop.documents.packing import packed, unpacked
from workshop.documents.sections import TITLES
from workshop.documents.shape import Report
from workshop.documents.words import Words, plain
from workshop.errors import N_
from workshop.rules import light
from workshop.rules.light import Run

# The light colours of static/css/tokens.css; a test holds the two together.
INK, INK_2, PAPER, CARD, SUNK, LINE, EDGE = "16241F", "4D5D56", "FAF8F3", "FFFFFF", "F1EEE5", "E3DFD4", "858E86"
GREEN, GREEN_SOFT, AMBER, AMBER_SOFT = "0B6B50", "DCEFE7", "985000", "FDEED6"
RED, RED_SOFT = "B3261E", "FBE6E3"
TINTS = ("985000", "1F5FA8", "8A3A6D", "0B6673", "A23C22", "5343A8", "5A6410", "475A6B")  # of the themes, by their number
FONT = "Calibri"  # on every computer with these programs, or a face of the same widths
LOCALES = {"en": "en-GB", "sv": "sv-SE"}
KINDS = {
    "do": N_("We do this"), "would": N_("We would"), "not": N_("Not for us"), "obstacle": N_("Obstacle"), "measure": N_("Measure"),
    "comment": N_("Comment"),
}  # fmt: skip
_CREATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def locale(report: Report) -> str:
    """The language of the documents as a tag that spelling checkers know."""
    return LOCALES.get(Words(report.language).language, "en-GB")


def made_at(report: Report) -> datetime:
    """When the report was made; UTC, without saying so, as these formats want it."""
    return datetime.strptime(report.generated_at, "%Y-%m-%dT%H:%M:%SZ")


def credit(by: str | None, w: Words) -> str:
    """Who said it, as consented."""
    return plain(by) if by else w._("anonymous")


def runs(sentence: str) -> tuple[Run, ...]:
    """A sentence of ours with its looks; not for what people wrote, in which a star is a star."""
    return light.runs(sentence.replace("`", ""))


def unmarked(sentence: str) -> str:
    """The same without its looks."""
    return "".join(run.text for run in runs(sentence))


def section(key: str, w: Words) -> str:
    """What a section of a practice is called."""
    return w._(TITLES[key])


def status(report: Report, w: Words) -> str:
    """What the document is: an interim version while something is not revealed, then a draft."""
    return w._("Interim version: not everything is revealed yet") if report.interim else w._("Draft")


def settled(archive: bytes, report: Report, parts: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The file without what differs from one run to the next: the times of its parts and of the workbooks inside charts.

    Args:
        parts: put in the place of those in the file, by name.
    """
    return packed({name: parts.get(name) or _settled_part(name, content, report) for name, content in unpacked(archive).items()})


def _settled_part(name: str, content: bytes, report: Report) -> bytes:
    if name.endswith(".xlsx"):
        return settled(content, report)
    if name == "docProps/core.xml":
        return _CREATED.sub(rb"\g<1>" + report.generated_at.encode(), content)
    return content
