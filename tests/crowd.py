"""A room full of others: participants over real sockets, who stay while the browsers are looked at."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from workshop.model import new_id
from workshop.rehearse.browser import Cookies
from workshop.rehearse.client import Console, Phone, join
from workshop.rehearse.script import FIRST_NAMES, Script

T = TypeVar("T")
WAIT_S = 60  # until what the crowd does counts as stuck


class Crowd:
    """Others in a session, and a console that helps; a context manager with an event loop in a thread of its own.

    Args:
        key: the facilitator's cookies.
    """

    def __init__(self, url: str, code: str, key: Cookies) -> None:
        self._url, self._code, self._key = url, code, key
        self._chance = random.Random(20)
        self._phones: list[Phone] = []
        self._texts: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._console = self._do(self._open())
        titles = {theme["id"]: theme["title"] for theme in self.themes}
        self._script = Script(titles, self._chance)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._do(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def themes(self) -> list[dict[str, Any]]:
        """The session's themes, in order."""
        state = self._console.state
        return [state[f"theme/{id_}"] for id_ in state["session"]["themes"]]

    def commands(self, command: str, **body: Any) -> None:
        """What a facilitator's console does."""
        self._do(self._console.do(command, body))

    def groups(self, theme: str, title: str, into: str) -> None:
        """The facilitator groups two ideas of a theme."""
        ids = {idea["title"]: idea["id"] for idea in self._ideas(theme)}
        self.commands("idea.merge", idea=ids[title], into=ids[into])

    def comes(self, *organisations: str) -> None:
        """One participant of each."""
        self._do(self._come(organisations))

    def writes(self, busy: int) -> None:
        """Everybody writes an idea in every theme; all but the last *busy* say that they are done."""
        self._do(self._write(busy))

    def shares(self) -> None:
        """Everybody adds what they know to two ideas of every theme."""
        self._do(self._share())

    def votes(self, absent: int) -> None:
        """All but the last *absent* fill in their ballots."""
        self._do(self._vote(absent))

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_S)

    async def _open(self) -> Console:
        return await Console(self._url, self._code, self._key).open()

    async def _leave(self) -> None:
        await asyncio.gather(*(one.close() for one in [*self._phones, self._console]))

    async def _come(self, organisations: tuple[str, ...]) -> None:
        for number, organisation in enumerate(organisations):
            quote = ("name", "organisation", "organisation", "anonymous")[number % 4]
            cookies = await join(self._url, self._code, organisation, FIRST_NAMES[number + 1], quote)
            self._phones.append(await Phone(self._url, self._code, cookies).open())

    async def _write(self, busy: int) -> None:
        for number, phone in enumerate(self._phones):
            # Not everybody has something to say in every theme.
            for theme in self.themes[: 1 + number % len(self.themes)]:
                idea = self._script.idea(theme["id"])
                await phone.do("idea.put", {"idea": new_id(), "theme": theme["id"], "title": idea.title, "detail": idea.detail})
            if number < len(self._phones) - busy:
                await phone.do("done", {"phase": "write", "done": True})

    async def _share(self) -> None:
        for phone in self._phones:
            for theme in self.themes:
                for idea in self._chance.sample(self._ideas(theme["id"]), 2):
                    await phone.do("experience.put", {"experience": new_id(), "idea": idea["id"], **self._said(idea["title"])})

    async def _vote(self, absent: int) -> None:
        for phone in self._phones[: len(self._phones) - absent]:
            for theme in self.themes:
                ideas = self._ideas(theme["id"])
                # The first of the list please more, so that the ranking has a shape.
                liking = {idea["id"]: self._chance.random() / (place + 3) for place, idea in enumerate(ideas)}
                ticks = sorted(liking, key=lambda idea, liking=liking: -liking[idea])[: theme["budget"]]
                await phone.do("ballot.put", {"theme": theme["id"], "round": theme["round"], "choices": dict.fromkeys(ticks, 1)})

    def _said(self, title: str) -> dict[str, Any]:
        """Something to add to an idea; a text is said once, after that the bare stance."""
        said = self._script.experience(title)
        words = said["text"] + said.get("result", "")
        if words not in self._texts:
            self._texts.add(words)
            return said
        return {"kind": said["kind"] if said["kind"] in ("do", "would", "not") else "would", "text": ""}

    def _ideas(self, theme: str) -> list[dict[str, Any]]:
        """The ideas that stand in a theme, oldest first."""
        found = [value for key, value in self._console.state.items() if key.startswith("idea/") and value["theme"] == theme]
        return sorted((idea for idea in found if idea["state"] == "active" and not idea["into"]), key=lambda idea: idea["id"])
