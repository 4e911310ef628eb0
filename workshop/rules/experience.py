"""What may be said in an experience beside its words."""

from __future__ import annotations

import time

FIRST_YEAR, LAST_YEAR = 1950, 2100
EARLIEST_CLOCK = 14 * 3600  # seconds by which the first time zone is ahead of UTC


def latest_year(at: int) -> int:
    """The latest year of which somebody can tell a result: the one that has begun somewhere on earth.

    Args:
        at: epoch milliseconds.
    """
    return min(LAST_YEAR, time.gmtime(at / 1000 + EARLIEST_CLOCK).tm_year)
