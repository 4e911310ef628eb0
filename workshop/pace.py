"""How often somebody may do something: budgets per window of time, counted by the `limits` library, in this process.

The library's own memory looks at the clock on the wall: set back by an hour, it would refuse for an hour. It also wakes a
hundred times a second to forget. The one here goes by a clock that only grows, and forgets when it counts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from limits import RateLimitItem
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from workshop import errors

LATE = "workshop.late"  # in a WSGI environment, a list for the seconds that the answer is to be held back


class Windows(Storage):
    """The library's counters; a window begins with the first count in it.

    Args:
        clock: seconds that only grow.
    """

    STORAGE_SCHEME = None  # not to be had by an address
    base_exceptions = ()

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._open: dict[str, tuple[int, float]] = {}  # key → count and end, in the order of the beginnings

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count *amount* more; the count then."""
        count, end = self._open.get(key, (0, 0.0))
        now = self._clock()
        if end <= now:
            self._forget(now)
            self._open.pop(key, None)  # so that it stands last
            count, end = 0, now + expiry
        self._open[key] = count + amount, end
        return count + amount

    def lower(self, key: str, amount: int) -> None:
        """Count *amount* less in the open window; in one that is over since, nothing is left to take back."""
        count, end = self._open.get(key, (0, 0.0))
        if end > self._clock():
            self._open[key] = max(0, count - amount), end

    def get(self, key: str) -> int:
        """The count in the open window."""
        count, end = self._open.get(key, (0, 0.0))
        return count if end > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, by the clock."""
        return self._open.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; how many windows that were."""
        count = len(self._open)
        self._open.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget one."""
        self._open.pop(key, None)

    def _forget(self, now: float) -> None:
        """Drop what has ended, oldest first: all that is kept is what was counted within the last window."""
        while self._open and self._open[key := next(iter(self._open))][1] <= now:
            del self._open[key]


class Pace:
    """Budgets of everybody.

    Args:
        budgets: all of them hold at once.
        clock: seconds that only grow.
    """

    def __init__(self, *budgets: RateLimitItem, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # A memory for each: windows of one length end in the order in which they began.
        self._budgets, self._windows = budgets, [Windows(clock) for _ in budgets]
        self._limiters = [(budget, FixedWindowRateLimiter(windows)) for budget, windows in zip(budgets, self._windows, strict=True)]

    def spend(self, who: str, cost: int = 1) -> None:
        """Count *cost* of *who*.

        Raises:
            errors.TooMany: a budget is used up; ``wait`` is the seconds until it begins anew.
        """
        for budget, limiter in self._limiters:
            if not limiter.hit(budget, who, cost=cost):
                return self.check(who, cost)

    def check(self, who: str, cost: int = 1) -> None:
        """As `spend`, without counting."""
        ends = [limiter.get_window_stats(budget, who).reset_time
                for budget, limiter in self._limiters if not limiter.test(budget, who, cost=cost)]
        if ends:
            raise errors.TooMany(wait=max(1, math.ceil(max(ends) - self._clock())))

    def give_back(self, who: str, cost: int = 1) -> None:
        """Take back what `spend` counted: it was right, and only wrong tries are to be counted."""
        for budget, windows in zip(self._budgets, self._windows, strict=True):
            windows.lower(budget.key_for(who), cost)

    def forget(self, who: str) -> None:
        """Let *who* begin anew."""
        for budget, limiter in self._limiters:
            limiter.clear(budget, who)
