"""Everything that a facilitator and the people may do, done once in a session that is played to be listened to.

What is changed is put back, so that the counts at the end are those of the votes alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.server import PATIENCE, Hall
from workshop.model import now_ms
from workshop.rehearse.client import Console

Say = Callable[[str, str, dict[str, Any]], Awaitable[dict[str, Any]]]  # who, command, body: an answer that must be well
CONSOLE = "facilitator's console by websocket"
Fetch = Callable[[str], Awaitable[Any]]  # path: what the facilitator gets there, from JSON


class Work:
    """The hands of everybody.

    Args:
        console: whose state tells what there is.
        say: sends a command for somebody.
        fetch: gets a page for the facilitator.
        guest: the participant id of somebody who has no phone open.
    """

    def __init__(self, hall: Hall, console: Console, say: Say, fetch: Fetch, guest: str) -> None:
        self._hall, self._console, self._say, self._fetch, self._guest = hall, console, say, fetch, guest

    async def before_the_day(self) -> None:
        """In the lobby."""
        await self._tell("early.open", open=True)
        await self._tell("early.open", open=False)
        await self._tell("agenda.use", template="quick")
        await self._tell("agenda.save", name="Kept")
        templates = (await self._fetch(f"/console/{self._hall.code}/agendas"))["templates"]
        await self._tell("agenda.forget", template=next(one["id"] for one in templates if one["name"] == "Kept"))

    async def while_writing(self, theme: str) -> None:
        """What people take back, and what the facilitator refuses, hides and enters for others."""
        taken = await self._writes("Dora's phone by websocket", theme, "taken")
        await self._say("Dora's phone by websocket", "idea.withdraw", {"idea": taken, "withdrawn": True})
        await self._say("Ada", "done", {"phase": "write", "done": True})
        await self._say("Bo", "me.put", {"name": "Bo", "quote": "anonymous"})
        await self._tell("hold.set", hold=True)
        refused = await self._writes("Bo", theme, "refused")
        await self._tell("held.decide", ideas=[refused], approve=False, reason="test")
        await self._tell("hold.set", hold=False)
        entered = f"{self._hall.code}-entered"
        await self._seen_by_all("proxy.idea", idea=entered, proxy=f"{self._hall.code}-table", theme=theme, title="The table wrote this")
        await self._tell("idea.hide", idea=entered, hidden=True, reason="off_theme")
        since = now_ms()
        await self._writes("Dora's phone by websocket", theme, "recent")
        await self._tell("recent.remove", since=since)

    async def while_sharing(self, idea: str, theme: str, now: str) -> None:
        """A comment that is taken back, and one step back in the turns."""
        said = {"experience": f"{self._hall.code}-back", "idea": idea, "kind": "comment", "text": "Well."}
        await self._seen_by_all("experience.put", "Ada", **said)
        await self._say("Ada", "experience.withdraw", {"experience": said["experience"], "withdrawn": True})
        await self._seen_by_all("turn.back", theme=theme, idea=now)

    async def while_voting(self, idea: str, other: str, said: str, theme: str, elsewhere: str) -> None:
        """The board, the people and the agenda are changed and put back while ballots are in."""
        for hidden in (True, False):
            await self._seen_by_all("idea.hide", idea=idea, hidden=hidden, reason="duplicate" if hidden else "")
            await self._seen_by_all("experience.hide", experience=said, hidden=hidden)
        title = self._console.state[f"idea/{idea}"]["title"]
        await self._tell("idea.edit", idea=idea, title=title, detail="In other words.")
        await self._seen_by_all("idea.merge", idea=idea, into=other)
        await self._seen_by_all("idea.split", idea=idea)
        await self._undone("idea.move", idea=idea, theme=elsewhere)
        await self._undone("theme.add", title="One more", prompt="")
        await self._undone("theme.split", theme=theme, title="A part", ideas=[idea])
        await self._with_people()
        await self._with_steps()

    async def _with_people(self) -> None:
        for locked in (True, False):
            await self._seen_by_all("join.lock", locked=locked)
        for host in (True, False):
            await self._seen_by_all("participant.host", participant=self._guest, host=host)
        for removed in (True, False):
            await self._seen_by_all("participant.remove", participant=self._guest, removed=removed)

    async def _with_steps(self) -> None:
        step = {"phase": "reveal", "title": "A break", "prompt": "Coffee", "minutes": 5, "themes": []}
        await self._tell("step.add", after=None, **step)
        added = await self._seen(lambda: next((one["id"] for one in self._steps() if one["title"] == "A break"), None))
        await self._tell("step.edit", step=added, **step | {"minutes": 10})
        await self._tell("step.move", step=added, to=0)
        for skipped in (True, False):
            await self._seen_by_all("step.skip", step=added, skipped=skipped)
        await self._tell("step.remove", step=added)

    async def _writes(self, who: str, theme: str, name: str) -> str:
        idea = f"{self._hall.code}-{name}"
        await self._seen_by_all("idea.put", who, idea=idea, theme=theme, title=f"{who.partition(chr(39))[0]} wrote what is {name}")
        return idea

    async def _seen_by_all(self, command: str, who: str = CONSOLE, **body: Any) -> None:
        """Before it is put back: within one tick it would have been no change, and whether it is one would be chance."""
        rev = (await self._say(who, command, body))["rev"]
        await self._seen(lambda: (self._console.mirror.rev or 0) >= rev)

    async def _undone(self, command: str, **body: Any) -> None:
        rev = (await self._tell(command, **body))["rev"]
        entry = await self._seen(lambda: next((one for one in self._entries(rev) if one["action"] == command and not one["undone"]), None))
        await self._tell("undo", log=entry["id"])

    def _steps(self) -> list[dict[str, Any]]:
        return self._console.state["agenda"]["steps"]

    def _entries(self, rev: int) -> list[dict[str, Any]]:
        return self._console.state["log"]["entries"] if (self._console.mirror.rev or 0) >= rev else []

    async def _seen(self, look: Callable[[], Any]) -> Any:
        await self._console.until(lambda: bool(look()), PATIENCE)
        return look()

    async def _tell(self, command: str, **body: Any) -> dict[str, Any]:
        return await self._say(CONSOLE, command, body)
