"""What pages say and do not need at first, as files that they fetch: translations of later views, and how we count."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson

from workshop import i18n
from workshop.rules.tally import HOW, NAMES

if TYPE_CHECKING:
    from workshop.web.assets import Assets


LATER_STYLES = ("css/counts.css", "css/phone-counts.css")


def files(assets: Assets) -> dict[str, bytes]:
    """In every language: ``strings/ROLE.LOCALE.json``, what `at_first` leaves out, and ``how/LOCALE.json``: by method, name and text."""
    made = {f"how/{locale}.json": orjson.dumps(_how(locale)) for locale in i18n.LOCALES}
    for role in i18n.ROLES:
        for locale in i18n.LOCALES.keys() - {i18n.SOURCE}:
            known = at_first(assets, role, locale)
            later = {said: text for said, text in i18n.client_strings(locale, role).items() if said not in known}
            made[f"strings/{role}.{locale}.json"] = orjson.dumps(later)
    return made


def at_first(assets: Assets, role: str, locale: str) -> dict[str, str | list[str]]:
    """What the modules say that a page of *role* loads with its first view."""
    return i18n.client_strings(locale, role, frozenset(f"static/{name}" for name in assets.modules(f"js/{role}/main.js")))


def addresses(assets: Assets, role: str, locale: str) -> dict[str, object]:
    """Where a page of *role* finds them; no strings where the source is its language. Phones fetch some of their styles later, too."""
    return {
        "strings": None if locale == i18n.SOURCE else assets.url(f"strings/{role}.{locale}.json"),
        "how": assets.url(f"how/{locale}.json"),
        "styles": [assets.url(name) for name in LATER_STYLES] if role == "phone" else [],
    }


@cache
def _how(locale: str) -> dict[str, dict[str, str]]:
    return {method: {"name": i18n.gettext(locale, name), "text": i18n.gettext(locale, HOW[method])} for method, name in NAMES.items()}
