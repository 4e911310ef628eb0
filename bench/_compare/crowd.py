"""The people of a room: its phones, its screen, its console."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterable

from bench._compare.lines import Loop, Stuck
from bench._compare.speech import Client, Place
from bench._compare.venue import DETAIL, TITLE, Room, Venue
from workshop.model import new_id

AT_ONCE = 32  # that come in together
STATES = (b'snapshot"', b'changes"')  # the event that brings a phone its first state


class Crowd:
    """The phones of a room.

    ``changes`` counts the deltas that have come to them, ``last`` is when the latest did.
    """

    def __init__(self, loop: Loop, place: Place, room: Room) -> None:
        self._loop, self._place, self._room = loop, place, room
        self.phones: list[Client] = []
        self.changes, self.last = 0, 0.0

    def enter(self, size: int) -> None:
        """Let phones in until there are *size*, and wait for the state of each."""
        coming = iter(range(len(self.phones), size))
        arrived = len(self.phones)

        def next_one() -> None:
            for number in itertools.islice(coming, 1):
                self.phones.append(self.phone(number, None, in_state))

        def in_state(_client: Client) -> None:
            nonlocal arrived
            arrived += 1
            next_one()

        for _ in range(AT_ONCE):
            next_one()
        self._loop.until(lambda: arrived == size, f"only {arrived} of {size} phones came in", 120)

    def phone(self, number: int, since: int | None, then: Callable[[Client], None]) -> Client:
        """A participant's phone; *then* is called when it has its state."""
        def arriving(client: Client, event: bytes) -> None:
            if event.startswith(STATES):
                client.hear = self._hear
                then(client)

        auth: dict[str, object] = {"session": self._room.code, "role": "phone", "since": since}
        return Client(self._loop, self._place, cookie(self._room, number), auth, arriving)

    def leave(self) -> None:
        """Everybody goes."""
        for phone in self.phones:
            phone.close()
        self.phones = []

    def _hear(self, client: Client, event: bytes) -> None:
        if event.startswith(b'changes"'):
            client.heard += 1
            self.changes += 1
            self.last = time.perf_counter()


def cookie(room: Room, number: int) -> str:
    """The cookie of a participant's browser."""
    return f"p-{room.code}={room.tokens[number]}"


class Staff:
    """A facilitator's browser: the screen, or the console.

    ``voted`` is how many have voted, by theme, and ``shown`` when the latest change came.
    """

    def __init__(self, loop: Loop, place: Place, venue: Venue, room: Room, role: str) -> None:
        self._loop, self._room = loop, room
        self.voted: dict[str, int] = {}
        self.shown, self.rev = 0.0, -1
        self._answers = 0
        auth: dict[str, object] = {"session": room.code, "role": role, "since": None}
        self._client = Client(loop, place, f"account={venue.facilitator}", auth, self._hear)
        self._client.answer = self._answered
        loop.until(lambda: self.shown > 0, f"no state for the {role}")

    def edit(self, number: int) -> float:
        """Send a change of an idea's title, which every phone gets; when it was sent."""
        theme = self._room.themes[0]
        body = {"id": new_id(), "idea": theme.ideas[0], "title": TITLE.format(number + 1000), "detail": DETAIL}
        text, at = json.dumps(body), time.perf_counter()
        self._client.send(number, "idea.edit", text)
        return at

    def answered(self, count: int) -> bool:
        """Whether so many commands have been answered."""
        return self._answers >= count

    def close(self) -> None:
        """Be gone."""
        self._client.close()

    def _hear(self, _client: Client, event: bytes) -> None:
        if not event.startswith((b'changes"', b'snapshot"')):
            return
        body = json.loads(event[event.index(b",") + 1 : -1])
        self.rev = body["rev"]
        turnouts = {key: value for key, value in body["set"].items() if key.startswith("turnout/")}
        self.voted.update((value["theme"], value["voted"]) for value in turnouts.values())
        self.shown = time.perf_counter()

    def _answered(self, _client: Client, _number: int, answer: bytes) -> None:
        accepted(answer)
        self._answers += 1


def accepted(answer: bytes) -> None:
    """Look that a command was carried out.

    Raises:
        Stuck: it was refused.
    """
    if not answer.startswith(b'{"ok":true'):
        raise Stuck(f"refused: {answer[:200]!r}")


class Ballots:
    """Bodies of ``ballot.put``, each another, made beforehand but for their ids."""

    def __init__(self, room: Room, budget: int) -> None:
        self._tails = [[_tail(theme.id, ticked) for ticked in itertools.combinations(theme.ideas, budget)] for theme in room.themes]
        self._count = 0

    def next(self, theme: int) -> str:
        """The next ballot in the theme with the number."""
        self._count += 1
        tails = self._tails[theme]
        return f'{{"id":"vote{self._count:08d}",{tails[self._count * 7 % len(tails)]}'


def _tail(theme: str, ticked: Iterable[str]) -> str:
    return json.dumps({"theme": theme, "round": 1, "choices": dict.fromkeys(ticked, 1)}, separators=(",", ":"))[1:]
