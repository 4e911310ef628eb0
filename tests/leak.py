"""A scripted session played against a real server, and everything that anybody could get of it, kept by stage.

The same session is played with other votes by the same people: whatever differs then, before reveal, tells something of them.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from contextlib import AsyncExitStack
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.server import PATIENCE, Hall, Wire
from workshop.rehearse.browser import Cookies, cookie_header
from workshop.rehearse.client import Client, Console, Phone, Screen
from workshop.rehearse.server import PrivateServer
from workshop.rules import wall

WAYS = {"websocket": ("websocket",), "polling": ("polling",)}
EACH = 4  # ideas of a theme
# What each voter ticks, in the one play and in the other: as many, but others. At the first reveal both play the same.
PICKS = {"Ada": ((0, 1), (2, 3)), "Bo": ((0,), (3,)), "Cy": ((0, 2), (1, 3))}
HELD = "Nobody but Ada and the console reads this"  # it waits for approval all day
WHO: ContextVar[str] = ContextVar("who")  # whose connection a task reads
HIDDEN_STAGES = ("vote", "back", "again", "closed")  # nothing is revealed
STAGES = ("vote", "one", "back", "again", "closed", "all")


@dataclass(frozen=True)
class Cast:
    """A prepared session, who has joined it, and where its pages are (by rule)."""

    hall: Hall
    method: str
    cookies: dict[str, Cookies]  # of Ada, Bo, Cy, Dora (who does not vote), the facilitator, and nobody
    pages: tuple[str, ...]


@dataclass
class Evidence:
    """What everybody got, by stage and then by whom or from where."""

    frames: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    states: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    pages: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    files: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    answers: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    sent: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))  # choices by voter
    recount: str = ""
    stage: str = "vote"

    def hear(self, packet: Any) -> None:
        """Keep a packet as it came, before any library has looked into it."""
        self.frames[self.stage].append((WHO.get(), str(packet.data)))


class Play:
    """One play of the session.

    Args:
        variant: 0 or 1, which of the two ways people vote.
    """

    def __init__(self, server: PrivateServer, cast: Cast, variant: int, seen: Evidence) -> None:
        self._server, self._cast, self._hall, self._variant, self.seen = server, cast, cast.hall, variant, seen
        self._clients: dict[str, Client] = {}
        self._early = 0  # a revision to catch up from
        self._told = 0  # the revision of the facilitator's last command

    async def run(self) -> Evidence:
        """From the lobby to the last reveal."""
        async with AsyncExitStack() as until_exit:
            await self._come(until_exit)
            await self._write_and_share()
            await self._go("Vote")
            await self._vote(self._hall.themes[0], variant=0)
            await self._vote(self._hall.themes[1])
            await self._show_everything()
            await self._look("vote")
            self.seen.stage = "one"
            await self._tell("phase.set", phase="reveal", theme=self._hall.themes[0])
            await self._look("one")
            await self._back()
            self.seen.stage = "all"
            await self._go("Results")
            await self._look("all")
        return self.seen

    async def _show_everything(self) -> None:
        """The wall is told to show every view, results too, and the thumbnail with it: it is a screen like the others."""
        for view in wall.VIEWS:
            await self._tell("screen.show", view=view, theme=self._hall.themes[0])
            await self._settle()
        await self._tell("screen.switch", corner=False, sound=False)

    async def _back(self) -> None:
        await self._tell("phase.set", phase="vote", theme=self._hall.themes[0])
        await self._settle()
        self.seen.stage = "back"
        await self._vote(self._hall.themes[0])
        await self._look("back")
        self.seen.stage = "again"
        await self._tell("round.next", theme=self._hall.themes[1])
        await self._vote(self._hall.themes[1], round=2)
        await self._tell("idea.merge", idea=self._idea(1, 1), into=self._idea(1, 0))
        await self._tell("idea.lead", idea=self._idea(1, 1))
        await self._tell("alike.dismiss", one=self._idea(1, 2), other=self._idea(1, 3), dismissed=True)
        await self._tell("theme.edit", theme=self._hall.themes[1], title="Another name", prompt="Why?")
        await self._look("again")
        self.seen.recount = await asyncio.to_thread(self._command, "recount")
        self.seen.stage = "closed"
        await self._tell("phase.set", phase="closed")
        await self._look("closed")

    # -- the script ------------------------------------------------------------------------------

    async def _come(self, until_exit: AsyncExitStack) -> None:
        kinds: list[tuple[str, type[Client]]] = [("Dora", Phone), ("facilitator", Screen), ("facilitator", Console)]
        for person, kind in kinds:
            for way in WAYS:
                await self._open(until_exit, f"{person}'s {kind.role} by {way}", kind, person, way)
        for person, way in (("Ada", "websocket"), ("Bo", "polling"), ("Cy", "websocket")):
            await self._open(until_exit, person, Phone, person, way)

    async def _open(self, until_exit: AsyncExitStack, name: str, kind: type[Client], person: str, way: str) -> None:
        client = kind(self._server.url, self._hall.code, self._cast.cookies[person], transports=WAYS[way])
        WHO.set(name)  # the tasks that it starts inherit it
        self._clients[name] = await until_exit.enter_async_context(client)

    @property
    def _table(self) -> str:
        return f"{self._hall.code}-table"

    async def _write_and_share(self) -> None:
        await self._tell("proxy.put", proxy=self._table, label="Table 3", organisation=None)
        await self._tell("agenda.use", template="quick")
        await self._go("Write")
        self._early = await self._settle()
        for number, theme in enumerate(self._hall.themes):
            for at, person in enumerate(("Ada", "Ada", "Bo", "Cy")):
                body = {"idea": self._idea(number, at), "theme": theme, "title": f"{person}'s idea {number}{at}"}
                await self._do(person, "idea.put", body)
        await self._tell("hold.set", hold=True)
        await self._do("Ada", "idea.put", {"idea": f"{self._hall.code}-held", "theme": self._hall.themes[0], "title": HELD})
        await self._tell("hold.set", hold=False)
        await self._tell("phase.set", phase="share")
        body = {"experience": f"{self._hall.code}-said", "idea": self._idea(1, 0), "kind": "not", "text": "We tried."}
        await self._do("Cy", "experience.put", body)
        await self._read_out(self._hall.themes[1])

    async def _read_out(self, theme: str) -> None:
        """Two ideas in turn, and an experience while the second is on the wall, where it then stays."""
        await self._tell("turn.next", theme=theme)
        first = self._clients["facilitator's console by websocket"]
        await first.until(lambda: (first.state.get(f"turns/{theme}") or {}).get("now"), PATIENCE)
        await self._tell("turn.next", theme=theme, idea=first.state[f"turns/{theme}"]["now"])
        body = {"experience": f"{self._hall.code}-done", "idea": self._idea(1, 2), "kind": "do", "result": "Half of them", "year": 2024}
        await self._do("Ada", "experience.put", body)

    async def _vote(self, theme: str, variant: int | None = None, round: int = 1) -> None:
        number, chosen = self._hall.themes.index(theme), self._variant if variant is None else variant
        for person, picks in PICKS.items():
            others = -1 if self._cast.method == "agree" else 0
            choices = {self._idea(number, at): 1 if at in picks[chosen] else others for at in range(EACH)}
            choices = {idea: value for idea, value in choices.items() if value}
            self.seen.sent[person].append(choices)
            await self._do(person, "ballot.put", {"theme": theme, "round": round, "choices": choices})
        picks = (0, 3)[self._variant if variant is None else variant]
        await self._tell("proxy.ballot", proxy=self._table, theme=theme, round=round, choices={self._idea(number, picks): 1})

    async def _go(self, title: str) -> None:
        """To a step of the agenda."""
        console = self._clients["facilitator's console by websocket"]
        await console.until(lambda: (console.mirror.rev or 0) >= self._told, PATIENCE)  # it says where it saw the room
        agenda = console.state["agenda"]
        step = next(step["id"] for step in agenda["steps"] if step["title"] == title)
        await self._tell("step.go", step=step, seen=agenda["now"])

    def _idea(self, theme: int, number: int) -> str:
        return f"{self._hall.code}-{theme}{number}"

    async def _tell(self, command: str, **body: Any) -> dict[str, Any]:
        answer = await self._do("facilitator's console by websocket", command, body)
        self._told = answer["rev"]
        return answer

    async def _do(self, who: str, command: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self._clients[who].do(command, body)
        self.seen.answers[self.seen.stage].append([who, command, without_ballots(answer)])
        return answer

    # -- looking ---------------------------------------------------------------------------------

    async def _settle(self) -> int:
        """Wait until everybody has everything; the revision that all then have."""
        rev = 0
        for seconds in (3000, 3600):  # a timer is seen by all; what is one's own may come after it, but not after the next
            rev = (await self._tell("timer.set", action="start", seconds=seconds))["rev"]
            for client in self._clients.values():
                await client.until(lambda client=client, rev=rev: (client.mirror.rev or 0) >= rev, PATIENCE)
        return rev

    async def _look(self, stage: str) -> None:
        await self._settle()
        for name, client in self._clients.items():
            self.seen.states[stage][name] = deepcopy(client.state)
        for person, role in (("Dora", "phone"), ("facilitator", "screen"), ("facilitator", "console")):
            for since in (None, self._early):
                async with Wire(self._server.url, self._cast.cookies[person]) as late:
                    name = f"late {role} since {since}"
                    self.seen.states[stage][name] = (await (await late.come(self._hall, role, since)).first())[1]
        await self._crawl(stage)
        if stage == "again":
            paths = (await asyncio.to_thread(self._command, "export")).splitlines()
            self.seen.files[stage] |= {f"command/{Path(path).name}": Path(path).read_text("utf-8-sig") for path in paths}

    async def _crawl(self, stage: str) -> None:
        """Every page as everybody may try it."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            for person in ("nobody", "Dora", "Ada", "facilitator"):
                headers = {"Cookie": cookie_header(self._cast.cookies[person])}
                for page in self._cast.pages:
                    async with http.get(self._server.url + page, headers=headers, allow_redirects=False) as answer:
                        await self._keep(stage, f"{person} {page}", answer)

    async def _keep(self, stage: str, name: str, answer: aiohttp.ClientResponse) -> None:
        body = await answer.read()
        if answer.content_type == "application/zip":
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                self.seen.files[stage] |= {Path(one).name: packed.read(one).decode("utf-8-sig") for one in packed.namelist()}
        else:
            self.seen.pages[stage][name] = f"{answer.status} {answer.headers.get('Location')}\n{body.decode()}"

    def _command(self, name: str) -> str:
        command = [sys.executable, "-m", "workshop", name, self._hall.code]
        done = subprocess.run(command, env=self._server._environment(), capture_output=True, text=True, check=True)
        return done.stdout


def without_ballots(value: Any) -> Any:
    """*value* without what is a voter's own to know."""
    if isinstance(value, dict):
        return {key: without_ballots(one) for key, one in value.items() if not key.startswith("mine/ballot/")}
    return value


NOISE = (
    (r'(name=\\?"csrf_token\\?" value=\\?")[\w.-]+', r"\1"),
    (r'("csrf": ?")[\w.-]+', r"\1"),
    (r"sha256:[0-9a-f]{64}", "HASH"),
    (r"M\d[\dMhvz -]{200,}", "QR"),
    (r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)?", "TIME"),
    (r"\b1\d{12}\b", "TIME"),
    (r"\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d\b", "TIME"),
)


def plain(value: Any, known: set[str], port: int) -> str:
    """*value* as text in which chance and time make no difference: neither random ids nor moments nor the port."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = text.replace(f":{port}", ":PORT")
    for pattern, instead in NOISE:
        text = re.sub(pattern, instead, text)
    return re.sub(r"\b[0-9a-f]{32}\b", lambda found: found[0] if found[0] in known else "ID", text)
