"""The documents' words, in the event's language, and the text of contributors made safe for any file."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

from babel.numbers import format_decimal

from workshop import i18n
from workshop.errors import N_
from workshop.rules.safe import line, plain

__all__ = ["Words", "iso", "line", "plain"]
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)


class Words:
    """Sentences in one language.

    Args:
        language: a locale that `workshop.i18n` knows; others read English.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in i18n.LOCALES else i18n.SOURCE

    def _(self, message: str, **params: object) -> str:
        """*message* translated, with *params* filled in."""
        return i18n.gettext(self.language, message) % params

    def ngettext(self, one: str, many: str, n: int, **params: object) -> str:
        """The form for *n*, translated, with *n* and *params* filled in."""
        return i18n.translations(self.language).ngettext(one, many, n) % {"n": n, **params}

    def day(self, iso: str) -> str:
        """An ISO day as a person writes it, "24 November 2026"; anything else as it is."""
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        return self._("%(day)s %(month)s %(year)s", day=day.day, month=self._(MONTHS[day.month - 1]), year=day.year)

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        """"A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return self._("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1])

    def quoted(self, text: str) -> str:
        """*text* in the language's quotation marks."""
        return self._("“%(text)s”", text=text)

    def percent(self, share: float) -> str:
        """A share of 0–1 as whole per cent, with a no-break space."""
        return f"{math.floor(share * 100 + 0.5)}\u00a0%"  # half up, as the wall rounds

    def number(self, value: float) -> str:
        """A number with one decimal."""
        return format_decimal(math.floor(value * 10 + 0.5) / 10, format="0.0", locale=self.language)

    def figure(self, value: float) -> str:
        """A figure as it was typed, with up to six decimals."""
        return format_decimal(value, format="#,##0.######", locale=self.language)

    def difference(self, value: float) -> str:
        """As `number`, with its sign."""
        return format_decimal(math.floor(value * 10 + 0.5) / 10, format="+0.0;−0.0", locale=self.language)


def iso(at: int) -> str:
    """Epoch milliseconds as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
