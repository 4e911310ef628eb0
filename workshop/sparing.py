"""A log that nobody can fill: whoever makes the server say the same over and over is heard some times a minute.

The disk that the log is on is often the one that the votes are on.
"""

from __future__ import annotations

import logging
from collections import Counter

from limits import RateLimitItemPerMinute

from workshop import errors
from workshop.pace import Pace

LINES = RateLimitItemPerMinute(30)  # from one place in the code
LONGEST = 500  # characters of a line; what a client sent may be all of it


class Sparing(logging.Filter):
    """Lets through so many lines of each place in the code; the next that passes says how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._pace, self._left_out = Pace(LINES), Counter[str]()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        place = f"{record.pathname}:{record.lineno}"
        try:
            self._pace.spend(place)
        except errors.TooMany:
            self._left_out[place] += 1
            return False
        said, left_out = record.getMessage(), self._left_out.pop(place, 0)
        note = f" (and {left_out:,} times before, left out here)" if left_out else ""
        record.msg, record.args = said[:LONGEST] + "…" * (len(said) > LONGEST) + note, ()
        return True
