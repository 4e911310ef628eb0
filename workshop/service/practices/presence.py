"""Who else has a practice open: kept in memory alone, for as long as their pages ask."""

from __future__ import annotations

from dataclasses import dataclass

STAYS_MS = 8000  # after the last question of a page, which asks every two seconds
MOST = 2000  # pages


@dataclass(frozen=True, slots=True)
class Here:
    """A page that has a practice open: whose it is, and the section with the cursor ("" for none)."""

    account: str
    section: str
    at: int


class Presence:
    """Pages by practice and by an id that each page makes for itself."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], Here] = {}

    def seen(self, practice: str, page: str, account: str, section: str, at: int) -> list[Here]:
        """Remember that the page asks at *at* (epoch ms); the other pages of the same practice."""
        self._forget(at)
        if len(self._pages) < MOST or (practice, page) in self._pages:
            self._pages[practice, page] = Here(account, section, at)
        return [here for (of, other), here in self._pages.items() if of == practice and other != page]

    def _forget(self, at: int) -> None:
        gone = [key for key, here in self._pages.items() if here.at < at - STAYS_MS]
        for key in gone:
            del self._pages[key]
