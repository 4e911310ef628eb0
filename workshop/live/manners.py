"""What a client may ask for before others would notice, and how long it may stand at the door without coming in.

Commands are counted by person: all sockets of a participant together, all browsers of an account together. A venue is
one address, so nothing is counted by address.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import engineio
from limits import RateLimitItemPerMinute, RateLimitItemPerSecond

from workshop.live.outbox import cut_off
from workshop.pace import Pace

# A phone sends one command after the other and ballots no closer than the debounce: ten a second at the very most, and a
# hundred at once when it was away for long. One that sends as many as it may costs the server some per cent of its time.
AT_ONCE, IN_ALL = RateLimitItemPerSecond(200, 2), RateLimitItemPerMinute(6000, 10)
REFUSALS = RateLimitItemPerSecond(200, 10)  # who goes on in spite of so many is dropped, and let in again after that time
SYNC, WRONG_ROLE = 10, 20  # in commands: what a whole state costs, and what none of our pages sends

OUTSIDE_SECONDS = 10.0  # from the handshake, or a refusal, until a client must have asked to be let in
MOST_OUTSIDE = 500  # of them; beyond it the one that has stood there longest goes

NEVER = 0  # of engine.io's ``last_ping``: a client without one gets no first ping


def commands() -> Pace:
    """How many commands a person may send."""
    return Pace(AT_ONCE, IN_ALL)


def refusals() -> Pace:
    """How many refusals a person may get before being dropped."""
    return Pace(REFUSALS)


class Threshold:
    """Connections of one engine.io server that have shaken hands and are not let in. They are not pinged: that would cost a
    greenlet each, which outlives them.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, server: engineio.Server, clock: Callable[[], float] = time.monotonic) -> None:
        self._server, self._clock = server, clock
        self._outside: dict[str, float] = {}  # engine.io's id → since when, the longest first
        self._shaken = server.handlers["connect"]
        server.on("connect", self._come)

    def stay(self, client_id: str) -> None:
        """One is outside, from now on."""
        self._outside[client_id] = self._clock()
        if len(self._outside) > MOST_OUTSIDE:
            self._send_away(next(iter(self._outside)))

    def leave(self, client_id: str) -> None:
        """One has asked to be let in, and waits for the answer."""
        self._outside.pop(client_id, None)

    def let_in(self, client: Any) -> None:
        """One is in, and is pinged from now on."""
        if client.last_ping == NEVER:
            client.last_ping = time.time()  # as the library begins
            client.schedule_ping()

    def clear(self) -> None:
        """Send away who has been outside for too long; to be called now and then."""
        late = self._clock() - OUTSIDE_SECONDS
        for client_id in [one for one, since in self._outside.items() if since < late]:
            self._send_away(client_id)

    def _come(self, client_id: str, environ: dict[str, Any]) -> Any:
        self.stay(client_id)
        self._server.sockets[client_id].last_ping = NEVER
        return self._shaken(client_id, environ)

    def _send_away(self, client_id: str) -> None:
        self.leave(client_id)
        cut_off(self._server, client_id)
