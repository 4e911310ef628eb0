"""Wrong codes pass one at a time; right ones never wait.

A venue is one address, so nothing is counted by address: all wrong guesses of all people
share one turnstile, which lets less than one through a second and turns away what would queue too long.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import gevent

from workshop import errors

APART = 1.1  # seconds between wrong guesses
QUEUE = 5.0  # seconds that a wrong guess may wait for its answer


class Turnstile:
    """Lets wrong guesses through, `APART` seconds from each other.

    Args:
        clock: seconds that only grow.
        sleep: waits for seconds without stopping the others.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = gevent.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free = 0.0

    def wrong(self) -> None:
        """Take the place of one wrong guess in the queue, and wait for it.

        Raises:
            errors.TooMany: the queue is full.
        """
        now = self._clock()
        wait = max(0.0, self._free - now)
        if wait > QUEUE:
            raise errors.TooMany(wait=math.ceil(wait))
        self._free = now + wait + APART
        self._sleep(wait)
