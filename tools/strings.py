"""Collect the strings to translate into workshop/translations/*/*.po.

    python tools/strings.py            update the catalogues
    python tools/strings.py --check    exit 1 where they do not fit the source

Python and Jinja strings go to ``messages``, those of static/js to ``client``. Nothing is guessed (no fuzzy
entries) and no line numbers are written, so that a catalogue changes only when a string does.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "workshop" / "translations"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
STRING = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)"""
CALL = re.compile(rf"(?<![\w.$])(?:t\(\s*{STRING}|tn\(\s*{STRING}\s*,\s*{STRING})")
ESCAPE = re.compile(r"\\(u\{?[0-9a-fA-F]{4,6}\}?|.)", re.DOTALL)
Message = str | tuple[str, str]


def sources(domain: str) -> list[Path]:
    """The files that hold strings of *domain*, in a fixed order."""
    if domain == "client":
        return sorted((ROOT / "static" / "js").rglob("*.js"))
    return sorted([*(ROOT / "workshop").rglob("*.py"), *(ROOT / "templates").rglob("*.html")])


def messages(domain: str) -> Iterator[tuple[str, Message]]:
    """The place (a file, relative) and text of every string of *domain*."""
    read = _of_script if domain == "client" else _of_python_or_page
    for path in sources(domain):
        for message in read(path):
            yield path.relative_to(ROOT).as_posix(), message


def template(domain: str) -> Catalog:
    """What the source says, without translations."""
    catalog = Catalog(domain=domain)
    for place, message in messages(domain):
        catalog.add(message, locations=[(place, None)])
    return catalog


def updated(locale: str, domain: str) -> bytes:
    """The catalogue file as it should stand: the source's strings with the translations there are."""
    path = FOLDER / locale / f"{domain}.po"
    old = read_po(io.BytesIO(path.read_bytes()), locale=locale) if path.exists() else Catalog(locale=locale)
    new = Catalog(locale=locale, domain=domain, header_comment=f"# {domain}, {locale}", fuzzy=False)
    for entry in template(domain):
        if entry.id:
            known = old.get(entry.id)
            new.add(entry.id, known.string if known else "", locations=entry.locations)
    return _written(new)


def locales() -> list[str]:
    """The languages that have a folder."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def main(arguments: list[str]) -> int:
    """Update the catalogues, or with --check only tell."""
    stale = 0
    for locale in locales():
        for domain in ("messages", "client"):
            path, text = FOLDER / locale / f"{domain}.po", updated(locale, domain)
            if not path.exists() or path.read_bytes() != text:
                stale += 1
                print(f"{path.relative_to(ROOT)} is {'stale' if '--check' in arguments else 'updated'}")
                if "--check" not in arguments:
                    path.write_bytes(text)
    return 1 if stale and "--check" in arguments else 0


def _of_python_or_page(path: Path) -> Iterator[Message]:
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {"silent": "false", "newstyle_gettext": "true"}
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract(method, file, keywords=KEYWORDS, options=options):
            yield message if isinstance(message, str) else (message[0], message[1])


def _of_script(path: Path) -> Iterator[Message]:
    # A JavaScript parser would have to follow htm's nested templates; our calls are plain enough for a pattern.
    for match in CALL.finditer(path.read_text("utf-8")):
        alone, one, many = match.groups()
        yield _plain(alone) if alone else (_plain(one), _plain(many))


def _plain(literal: str) -> str:
    def meant(match: re.Match[str]) -> str:
        what = match[1]
        return chr(int(what[1:].strip("{}"), 16)) if len(what) > 1 else {"n": "\n", "t": "\t"}.get(what, what)

    return ESCAPE.sub(meant, literal[1:-1])


def _written(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, omit_header=False, include_lineno=False, sort_output=True)
    # The dates and the tool's version in the header would change with every run.
    churn = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team',
             b'"Project-Id', b'"Report-Msgid')
    return b"".join(line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(churn))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
