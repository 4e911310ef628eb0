"""The Markdown of one practice read back: its front matter and the words of its sections.

What was said in the room is printed there to be read. It is evidence, and evidence is not taken from a text that anybody may have
edited: a practice read from Markdown stands on its editor's words alone, and its maturity with them. `report.json` carries it all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from workshop import errors, i18n
from workshop.documents.incoming_file import IncomingFile
from workshop.documents.practice_file import AFTER, FORMAT, VERSION
from workshop.documents.sections import TITLES
from workshop.rules import practice, tags
from workshop.rules.kpi import Measure
from workshop.rules.practice import SECTIONS, Field, Practice
from workshop.service.plans import EventPlan
from workshop.service.practices.importing import Batch, Misfit, cleaned

FENCE = "---"
OF_A_REPORT = {"generated_at", "content_hash"}  # in the front matter of report.md
KEY = re.compile(r"([a-z_]+):[ \t]*(.*)")
HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|<(https?://[^\s<>]+)>")
NAMES = {i18n.gettext(locale, title).casefold(): key for locale in i18n.LOCALES for key, title in TITLES.items()}
FOR_READERS = {i18n.gettext(locale, title).casefold() for locale in i18n.LOCALES for title in AFTER}
IN_FIELD = re.compile(r"fields\[(\d+)\]")


class _Front(msgspec.Struct):
    title: str
    theme: str = ""
    event: str = ""
    date: str = ""
    place: str = ""
    host: str = ""
    language: str = "en"
    id: str = ""
    version: str = ""
    content_hash: str = ""
    confirmed: str = ""
    review_on: str = ""
    tags: tuple[str, ...] = ()
    owners: dict[str, str] = {}
    measures: tuple[Measure, ...] = ()


def read(file: IncomingFile) -> Batch:
    """What the file holds.

    Raises:
        errors.CannotImport, errors.NewerFile, errors.OtherFile
    """
    values, lines, body = _front(file)
    if values.get("format") != FORMAT and values.keys() >= OF_A_REPORT:
        raise errors.DocumentNotRead(file=file.name, format="Markdown")
    if values.get("format") != FORMAT:
        raise errors.OtherFile("format", file=file.name, line=lines.get("format", 1))
    if values.get("format_version") != VERSION:
        raise errors.NewerFile("format_version", file=file.name, line=lines.get("format_version", 1), where="format_version",
                               found=str(values.get("format_version"))[:20], known=VERSION)
    front = _typed(file, values, lines)
    texts = dict(_sections(file, body))
    lines |= {f"fields[{SECTIONS.index(key)}]": line for key, (line, _text) in texts.items()}
    try:
        arrival = cleaned(front.theme, _practice(front, {key: text for key, (_line, text) in texts.items()}))
    except Misfit as misfit:
        raise file.wrong(misfit.path, misfit.problem, _line(misfit.path, lines)) from None
    return Batch(file.name, EventPlan(front.event, front.date, front.place, front.host, front.language), False, (arrival,))


def _front(file: IncomingFile) -> tuple[dict[str, Any], dict[str, int], int]:
    """The values, the line of each, and how many lines the front matter has."""
    if file.lines[0].rstrip() != FENCE:
        raise errors.OtherFile(file=file.name, line=1)
    values, lines = {}, {}
    for number, line in enumerate(file.lines[1:], start=2):
        if line.rstrip() == FENCE:
            return values, lines, number
        key, value = _pair(file, number, line.rstrip())
        if key in values:
            raise file.wrong(key, "it stands in the front matter twice", number)
        values[key], lines[key] = value, number
    raise file.wrong("the front matter", "it has no end: a line of three hyphens", len(file.lines))


def _pair(file: IncomingFile, number: int, line: str) -> tuple[str, Any]:
    """A key and its value: JSON, or a text that somebody wrote without quotation marks."""
    found = KEY.fullmatch(line)
    if not found:
        raise file.wrong("the front matter", "a line is a name, a colon and a value", number)
    if found[2][:1] not in ('"', "[", "{") and not re.fullmatch(r"-?\d+|true|false|null", found[2]):
        return found[1], found[2]
    try:
        return found[1], json.loads(found[2])
    except ValueError as problem:
        raise file.wrong(found[1], problem, number) from None


def _typed(file: IncomingFile, values: dict[str, Any], lines: dict[str, int]) -> _Front:
    try:
        return msgspec.convert(values, _Front)
    except msgspec.ValidationError as problem:
        said, _at, path = str(problem).partition(" - at `$.")
        path = path.rstrip("`")
        raise file.wrong(path or "the front matter", said, _line(path, lines)) from None


def _sections(file: IncomingFile, body: int) -> Iterator[tuple[str, tuple[int, str]]]:
    """By section, the line of its heading and the words under it, as far as the next heading of any kind."""
    headings = [(n, found) for n, line in enumerate(file.lines[body:], start=body) if (found := HEADING.fullmatch(line.rstrip()))]
    ends = [*(n for n, _ in headings[1:]), len(file.lines)]
    seen = set()
    for (at, found), end in zip(headings, ends, strict=False):
        name = _unmarked(found[2]).casefold()
        if len(found[1]) != 2 or name in FOR_READERS:
            continue
        key = NAMES.get(name, "")
        if not key or key in seen:
            problem = "the section stands here twice" if key else "no section of a practice is called so"
            raise file.wrong(found[2][:60], problem, at + 1)
        seen.add(key)
        yield key, (at + 1, _unmarked("\n".join(file.lines[at + 1:end])))


def _unmarked(text: str) -> str:
    """Light Markdown, as an editor types it, of the Markdown that `marks.light` makes of it."""
    return MARKED.sub(lambda found: found[1] or found[2], text)


def _practice(front: _Front, texts: dict[str, str]) -> Practice:
    kinds = {kind: section for section, kinds in tags.OF_SECTION.items() for kind in kinds}
    unknown = [tag for tag in front.tags if tag not in tags.TAGS]
    if unknown:
        raise Misfit("tags", f"there is no tag “{unknown[0][:30]}”")
    chosen = {key: tuple(tag for tag in front.tags if kinds[tag.partition(".")[0]] == key) for key in SECTIONS}
    measures = {"measures": front.measures}
    fields = (Field(key, (), texts.get(key, ""), chosen[key], measures.get(key, ()), front.owners.get(key, "")) for key in SECTIONS)
    return Practice(
        "", front.title, None, "good" if front.confirmed.strip() else "idea", tuple(fields), practice.stances((), {}), (), (),
        front.confirmed, front.version, front.content_hash, front.review_on, (), front.id,
    )


def _line(path: str, lines: dict[str, int]) -> int:
    """The line of a path of the model: of its section where one stands in the text, else of its name in the front matter."""
    field = IN_FIELD.match(path)
    inner = path.partition(".")[2].partition("[")[0]
    return lines.get(field[0] if field else "", 0) or lines.get(inner, 0) or lines.get(re.split(r"[.\[]", path)[0], 1)
