"""The product's words in the reader's language.

The source strings are English. Catalogues are .po files, read once when first asked for: there is
no compiled copy that could be older. ``messages`` holds Python and Jinja, ``client`` the phone, screen and
console (JavaScript `t` and `tn`).
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from babel.core import negotiate_locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from workshop.errors import WorkshopError

SOURCE = "en"
LOCALES = {"en": "English", "sv": "Svenska"}  # each language's own name
ROLES = ("phone", "screen", "console", "editor")
Domain = Literal["messages", "client"]


@cache
def catalogue(locale: str, domain: Domain = "messages") -> Catalog:
    """The catalogue of a language; an empty one for the source language.

    Raises:
        FileNotFoundError: the language is not one of `LOCALES`.
    """
    if locale == SOURCE:
        return Catalog(locale=SOURCE)
    text = resources.files("workshop").joinpath("translations", locale, f"{domain}.po").read_bytes()
    return read_po(io.BytesIO(text), locale=locale, domain=domain, abort_invalid=True)


@cache
def translations(locale: str) -> NullTranslations:
    """The catalogue of Python and Jinja strings as gettext functions, in memory."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(locale))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def gettext(locale: str, message: str) -> str:
    """*message* in the language; itself where there is no translation."""
    return translations(locale).gettext(message)


def explain(locale: str, error: WorkshopError) -> str:
    """What *error* says, in the language."""
    return gettext(locale, error.message) % error.params


@cache
def client_strings(locale: str, role: str, modules: frozenset[str] | None = None) -> dict[str, str | list[str]]:
    """What the scripts of one page say: from the English string to the translation, or to its plural forms.

    Args:
        role: one of `ROLES`; what only the others say stays at home.
        modules: only what these files say (as catalogues name them); None for all.
    """
    done = (entry for entry in catalogue(locale, "client") if entry.id and all(entry.string or [""]))
    return {_key(entry.id): _value(entry.string) for entry in done if _said_by(role, entry) and _said_in(modules, entry)}


def pick(header: str | None, cookie: str | None) -> str:
    """The language for a reader.

    Args:
        header: the browser's Accept-Language.
        cookie: what the reader chose with the switch; it goes first.
    """
    if cookie in LOCALES:
        return cookie
    return _negotiated((header or "")[:500])


@lru_cache(maxsize=256)
def _negotiated(header: str) -> str:
    """The language for a browser; the phones of a room say few different things, and each several times."""
    return negotiate_locale(_preferred(header), list(LOCALES), sep="-") or SOURCE


def _preferred(header: str) -> list[str]:
    weighed = [_weigh(part) for part in header.split(",") if part.strip()]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weigh(part: str) -> tuple[float, str]:
    tag, _semicolon, rest = part.strip().partition(";")
    try:
        return float(rest.strip().removeprefix("q=") or 1), tag.strip()
    except ValueError:
        return 0.0, tag.strip()


def _said_by(role: str, entry: Message) -> bool:
    others = tuple(f"static/js/{other}/" for other in ROLES if other != role)
    return not all(place.startswith(others) for place, _line in entry.locations)


def _said_in(modules: frozenset[str] | None, entry: Message) -> bool:
    return modules is None or any(place in modules for place, _line in entry.locations)


def _key(source: str | tuple[str, ...] | list[str]) -> str:
    return source if isinstance(source, str) else source[0]


def _value(translated: str | tuple[str, ...] | list[str]) -> str | list[str]:
    return translated if isinstance(translated, str) else list(translated)
