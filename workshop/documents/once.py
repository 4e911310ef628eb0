"""Documents that anybody may ask for, made so that nobody can keep the machine busy with them.

Nothing is counted by address, as a whole venue has one. Each document is made once and kept, whoever asks for it meanwhile waits
for the same, they are made one at a time, and so few different ones wait that nobody waits for long.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore

from workshop import errors

MOST = 16  # different documents that are made or wait to be
WAIT = 15  # seconds, in which as many are made
MEMORY = 64 * 1024**2  # bytes; a document of a practice has some 50,000


class Once:
    """What was made, the latest used last.

    Args:
        most: how many different ones may be made or wait at a time.
        memory: bytes of all that is kept.
    """

    def __init__(self, most: int = MOST, memory: int = MEMORY) -> None:
        self._most, self._memory = most, memory
        self._kept: dict[Hashable, tuple[str, bytes]] = {}
        self._making: dict[tuple[Hashable, str], AsyncResult] = {}
        self._one_at_a_time = BoundedSemaphore(1)

    def get(self, name: Hashable, printed: str, make: Callable[[], bytes]) -> bytes:
        """The document of that name, made by *make* where it is not at hand as it should read.

        Args:
            printed: a fingerprint of all that it is to hold; what was made of something else is thrown away.

        Raises:
            errors.ManyDocuments: as many others are being made as may wait.
            Whatever *make* raises, to everybody who waits for it.
        """
        if name in self._kept:
            self._kept[name] = kept = self._kept.pop(name)
            if kept[0] == printed:
                return kept[1]
        making = self._making.get((name, printed))
        return making.get() if making else self._make(name, printed, make)

    def _make(self, name: Hashable, printed: str, make: Callable[[], bytes]) -> bytes:
        if len(self._making) >= self._most:
            raise errors.ManyDocuments(wait=WAIT)
        answer = self._making[name, printed] = AsyncResult()
        try:
            with self._one_at_a_time:
                answer.set(make())
        except BaseException as problem:
            answer.set_exception(problem)
            raise
        finally:
            del self._making[name, printed]
        self._keep(name, printed, answer.get())
        return answer.get()

    def _keep(self, name: Hashable, printed: str, content: bytes) -> None:
        self._kept.pop(name, None)
        self._kept[name] = printed, content
        while sum(len(one) for _printed, one in self._kept.values()) > self._memory:
            del self._kept[next(iter(self._kept))]
