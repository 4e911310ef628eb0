"""A full room behind a network of its own: phones and a screen on the far side, a console at the server; and whether all agree.

*Agree* is measured against the tables: every state that was sent change by change has the same hash as one made anew.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any, Self

from bench._proxy import FAIR, Proxy, Weather
from tests.recomputed import State, audiences, difference, digest, own
from tests.server import Hall, House
from workshop.model import new_id
from workshop.rehearse.client import Client, Console, Journal, Phone, Screen
from workshop.rehearse.crowd import bounded
from workshop.rehearse.desk import DATABASE
from workshop.rehearse.server import free_port
from workshop.store import Tx
from workshop.store.sqlite import connect

AT_ONCE = 20  # phones that come in together
LOOK = 0.05  # seconds between two looks
ORGANISATIONS = ("City", "Bank", "")


class Far(House):
    """A server whose phones come by a proxy; a context manager."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.far_port = free_port()
        self.far_url = f"http://127.0.0.1:{self.far_port}"
        self.server.environment["WORKSHOP_PUBLIC_URL"] = self.far_url


class Gathering:
    """Everybody in one session; an async context manager.

    Args:
        people: cookies of the participants, a phone each.
        key: the facilitator's cookies.
        weather: of the network between the phones and the server.
    """

    def __init__(self, house: Far, hall: Hall, people: list[dict[str, str]], key: dict[str, str], weather: Weather = FAIR) -> None:
        self.house, self.hall, self.journal = house, hall, Journal()
        self.proxy = Proxy(house.far_port, house.server.port, weather)
        self.screen, self.console = Screen(house.far_url, hall.code, key), Console(house.url, hall.code, key)
        self.phones = [Phone(house.far_url, hall.code, who, journal=self.journal) for who in people]
        self._until_exit = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._until_exit.enter_async_context(self.proxy)
        self._until_exit.push_async_callback(self._leave)
        await bounded(AT_ONCE, self.clients, self._open)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._until_exit.aclose()

    @property
    def clients(self) -> list[Client]:
        """Everybody."""
        return [*self.phones, self.screen, self.console]

    async def begin(self) -> None:
        """Everybody has written an idea, and everybody sees them."""
        await self.console.do("hold.set", {"hold": False})
        await self.console.do("phase.set", {"phase": "write"})
        await self.write()
        await self.console.do("phase.set", {"phase": "share"})

    async def write(self) -> None:
        """An idea of everybody."""
        await asyncio.gather(*(self._write(number, phone) for number, phone in enumerate(self.phones)))

    async def go_on(self) -> None:
        """What happens meanwhile at the server: something goes, something changes."""
        hidden, merged, into, *_ = self.ideas(self.hall.themes[0])
        await self.console.do("idea.hide", {"idea": hidden, "hidden": True})
        await self.console.do("idea.merge", {"idea": merged, "into": into})

    def ideas(self, theme: str = "") -> list[str]:
        """Ids of the ideas there are, as far as the console knows."""
        return [value["id"] for key, value in self.console.state.items() if key.startswith("idea/") and theme in ("", value["theme"])]

    async def _write(self, number: int, phone: Phone) -> None:
        theme = self.hall.themes[number % len(self.hall.themes)]
        await phone.do("idea.put", {"idea": new_id(), "theme": theme, "title": f"Idea {len(self.journal.entries)} of phone {number}"})

    # -- whether all agree -----------------------------------------------------------------------------

    async def agreement(self, within: float) -> None:
        """Wait until every state is that of the tables.

        Raises:
            AssertionError: it is not within so many seconds; with who lacks what.
        """
        end = time.monotonic() + within
        while odd := self._odd():
            if time.monotonic() > end:
                raise AssertionError(f"{len(odd)} of {len(self.clients)} differ, {odd[0]}")
            await asyncio.sleep(LOOK)

    def _odd(self) -> list[str]:
        """What differs, a line for each client."""
        return [f"the {client.role}: {difference(client.state, due)}"
                for client, due in zip(self.clients, self._due(), strict=True) if digest(client.state) != digest(due)]

    def _due(self) -> list[State]:
        """The state that each client ought to have."""
        here = {phone.who for phone in self.phones}
        with closing(connect(self.house.data / DATABASE)) as connection:
            connection.execute("BEGIN")
            tx = Tx(connection)
            views = audiences(tx, self.hall.session, here)
            return [views[client.role] | (own(tx, client.who) if client.role == "phone" else {}) for client in self.clients]

    # -- coming and going ------------------------------------------------------------------------------

    async def _open(self, client: Client) -> Any:
        await client.open()

    async def _leave(self) -> None:
        await self.proxy.restore()  # who has no network cannot say goodbye
        await asyncio.gather(*(client.close() for client in self.clients))


def guests(house: House, hall: Hall, count: int) -> list[dict[str, str]]:
    """The cookies of people who have joined, of two organisations and of none."""
    return [house.guest(hall, f"Person {number}", ORGANISATIONS[number % len(ORGANISATIONS)]) for number in range(count)]
