"""A scripted session played against a real server, and everything that anybody could get of it, kept by stage.

The same session is played with other votes by the same people: whatever differs then, before reveal, tells something of them.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections import defaultdict
from contextlib import AsyncExitStack, closing
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.apart import apart
from tests.leak_work import Work
from tests.records import said
from tests.server import PATIENCE, Hall, Wire
from workshop import documents
from workshop.rehearse.browser import Cookies, cookie_header
from workshop.rehearse.client import Client, Console, Phone, Screen
from workshop.rehearse.desk import DATABASE
from workshop.rehearse.server import PrivateServer
from workshop.rules import wall
from workshop.store import Store

WAYS = {"websocket": ("websocket",), "polling": ("polling",)}
EACH = 4  # ideas of a theme
# What each voter favours, in the one play and in the other: as many, but others. At the first reveal both play the same.
PICKS = {"Ada": ((0, 1), (2, 3)), "Bo": ((0,), (3,)), "Cy": ((0, 2), (1, 3))}
# What a favoured idea gets, the first and the second of a ballot, and what the others get; 0 is nothing.
VALUES = {"approval": (1, 1, 0), "dots": (2, 1, 0), "agree": (1, 1, -1), "adoption": (4, 3, 1), "impact": (51, 42, 15)}
HELD = "Nobody but Ada and the console reads this"  # it waits for approval all day
WHO: ContextVar[str] = ContextVar("who")  # whose connection a task reads
PLAYED: ContextVar[Evidence] = ContextVar("played")  # and in which play
HIDDEN_STAGES = ("vote", "back", "again", "closed")  # nothing is revealed
STAGES = ("vote", "one", "back", "again", "closed", "all")


@dataclass(frozen=True)
class Cast:
    """A prepared session, who has joined it, and where its pages are (by rule)."""

    hall: Hall
    method: str
    formats: tuple[str, ...]  # of the outcome at every stage, beside those that the pages give
    cookies: dict[str, Cookies]  # of Ada, Bo, Cy, Dora and Eve (who do not vote), the facilitator, and nobody
    guest: str  # Eve's participant id
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
    commands: set[str] = field(default_factory=set)
    stage: str = "write"

    def hear(self, packet: Any) -> None:
        """Keep a packet as it came, before any library has looked into it."""
        self.frames[self.stage].append((WHO.get(), str(packet.data)))

    def read(self, name: str, content: bytes) -> None:
        """Keep what a document says."""
        self.files[self.stage][name] = said(content)


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
        PLAYED.set(self.seen)
        async with AsyncExitStack() as until_exit:
            await self._come(until_exit)
            await self._write()
            await self._look()
            self.seen.stage = "share"
            await self._share()
            self.seen.stage = "vote"
            await self._go("Vote")
            await self._vote(self._hall.themes[0], variant=0)
            await self._vote(self._hall.themes[1])
            await self._show_everything()
            await self._work.while_voting(self._idea(1, 3), self._idea(1, 2), f"{self._hall.code}-said", *reversed(self._hall.themes))
            await self._look()
            self.seen.stage = "one"
            await self._tell("phase.set", phase="reveal", theme=self._hall.themes[0])
            await self._look()
            await self._back()
            self.seen.stage = "all"
            await self._go("Results")
            await self._look()
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
        await self._look()
        self.seen.stage = "again"
        await self._tell("round.next", theme=self._hall.themes[1])
        await self._vote(self._hall.themes[1], round=2)
        await self._tell("idea.merge", idea=self._idea(1, 1), into=self._idea(1, 0))
        await self._tell("idea.lead", idea=self._idea(1, 1))
        await self._tell("alike.dismiss", one=self._idea(1, 2), other=self._idea(1, 3), dismissed=True)
        await self._tell("theme.edit", theme=self._hall.themes[1], title="Another name", prompt="Why?")
        await self._look()
        self.seen.recount = await asyncio.to_thread(self._server.command, "recount", self._hall.code)
        self.seen.stage = "closed"
        await self._tell("phase.set", phase="closed")
        await self._look()

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
    def _console(self) -> Console:
        return self._clients["facilitator's console by websocket"]  # type: ignore[return-value]

    @property
    def _work(self) -> Work:
        return Work(self._hall, self._console, self._do, self._fetch, self._cast.guest)

    async def _fetch(self, path: str) -> Any:
        async with self._browser("facilitator") as http, http.get(self._server.url + path) as answer:
            return await answer.json()

    def _browser(self, person: str) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={"Cookie": cookie_header(self._cast.cookies[person])})

    @property
    def _table(self) -> str:
        return f"{self._hall.code}-table"

    async def _write(self) -> None:
        await self._work.before_the_day()
        await self._tell("proxy.put", proxy=self._table, label="Table 3", organisation=None)
        await self._go("Write")
        await self._all_seen()
        self._early = await self._settle()
        for number, theme in enumerate(self._hall.themes):
            for at, person in enumerate(("Ada", "Ada", "Bo", "Cy")):
                body = {"idea": self._idea(number, at), "theme": theme, "title": f"{person} wrote {number}{at}"}
                await self._do(person, "idea.put", body)
        await self._work.while_writing(self._hall.themes[0])
        await self._tell("hold.set", hold=True)
        await self._do("Ada", "idea.put", {"idea": f"{self._hall.code}-held", "theme": self._hall.themes[0], "title": HELD})
        await self._tell("hold.set", hold=False)

    async def _share(self) -> None:
        await self._tell("phase.set", phase="share")
        body = {"experience": f"{self._hall.code}-said", "idea": self._idea(1, 0), "kind": "not", "text": "We tried."}
        await self._do("Cy", "experience.put", body)
        await self._read_out(self._hall.themes[1])

    async def _read_out(self, theme: str) -> None:
        """Two ideas in turn, and an experience while the second is on the wall, where it then stays."""
        await self._tell("turn.next", theme=theme)
        first = await self._now_read(theme)
        await self._tell("turn.next", theme=theme, idea=first)
        await self._work.while_sharing(self._idea(1, 0), theme, await self._now_read(theme))
        await self._tell("turn.next", theme=theme, idea=first)
        body = {"experience": f"{self._hall.code}-done", "idea": self._idea(1, 2), "kind": "do", "result": "Half of them", "year": 2024}
        await self._do("Ada", "experience.put", body)

    async def _now_read(self, theme: str) -> str:
        """The idea that is read out now, once the console has heard of it."""
        await self._console.until(lambda: (self._console.mirror.rev or 0) >= self._told, PATIENCE)
        return self._console.state[f"turns/{theme}"]["now"]

    async def _vote(self, theme: str, variant: int | None = None, round: int = 1) -> None:
        number, chosen = self._hall.themes.index(theme), self._variant if variant is None else variant
        for person, picks in PICKS.items():
            choices = self._choices(number, picks[chosen])
            self.seen.sent[person].append(choices)
            await self._do(person, "ballot.put", {"theme": theme, "round": round, "choices": choices})
        choices = self._choices(number, ((0,), (3,))[chosen])
        await self._tell("proxy.ballot", proxy=self._table, theme=theme, round=round, choices=choices)

    def _choices(self, theme: int, picks: tuple[int, ...]) -> dict[str, int]:
        """A whole ballot by the session's method that favours *picks*."""
        *favours, others = VALUES[self._cast.method]
        values = {at: favours[picks.index(at)] if at in picks else others for at in range(EACH)}
        return {self._idea(theme, at): value for at, value in values.items() if value}

    async def _go(self, title: str) -> None:
        """To a step of the agenda."""
        await self._console.until(lambda: (self._console.mirror.rev or 0) >= self._told, PATIENCE)  # it says where it saw the room
        agenda = self._console.state["agenda"]
        step = next(step["id"] for step in agenda["steps"] if step["title"] == title)
        await self._tell("step.go", step=step, seen=agenda["now"])

    def _idea(self, theme: int, number: int) -> str:
        return f"{self._hall.code}-{theme}{number}"

    async def _tell(self, command: str, **body: Any) -> dict[str, Any]:
        return await self._do("facilitator's console by websocket", command, body)

    async def _do(self, who: str, command: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self._clients[who].do(command, body)
        self.seen.commands.add(command)
        if "console" in who:
            self._told = answer["rev"]
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

    async def _all_seen(self) -> None:
        """Wait until screen and console know that the four with phones are here: else it would be news later, in one play or the other."""
        for name, client in self._clients.items():
            if name.startswith("facilitator"):
                await client.until(lambda client=client: client.state["room"]["here"] == 4, PATIENCE)

    async def _look(self) -> None:
        await self._settle()
        states = self.seen.states[self.seen.stage]
        states |= {name: deepcopy(client.state) for name, client in self._clients.items()}
        for person, role in (("Dora", "phone"), ("facilitator", "screen"), ("facilitator", "console")):
            for since in (None, self._early):
                async with Wire(self._server.url, self._cast.cookies[person]) as late:
                    states[f"{person}'s late {role} since {since}"] = (await (await late.come(self._hall, role, since)).first())[1]
        for person in ("nobody", "Dora", "Ada", "facilitator"):
            await self._crawl(person)
        if self._cast.formats:
            await asyncio.to_thread(apart, self._write_documents)
        if self.seen.stage == "again":
            await asyncio.to_thread(self._export)

    async def _crawl(self, person: str) -> None:
        """Every page as somebody may try it."""
        async with self._browser(person) as http:
            for page in self._cast.pages:
                async with http.get(self._server.url + page, allow_redirects=False) as answer:
                    await self._keep(f"{person} {page}", answer)

    async def _keep(self, name: str, answer: aiohttp.ClientResponse) -> None:
        body = await answer.read()
        if answer.content_type == "application/zip":
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                for one in packed.namelist():
                    self.seen.read(Path(one).name, packed.read(one))
        elif attached := answer.headers.get("Content-Disposition"):
            self.seen.read("alone/report" + Path(attached.rstrip('"')).suffix, body)
        else:
            self.seen.pages[self.seen.stage][name] = f"{answer.status} {answer.headers.get('Location')}\n{body.decode()}"

    def _export(self) -> None:
        """Every document, by the command."""
        for path in self._server.command("export", self._hall.code).splitlines():
            self.seen.read(f"command/{Path(path).name}", Path(path).read_bytes())

    def _write_documents(self) -> None:
        """Those that the cast wants, by the function that page and command call too, without a process for each."""
        with closing(Store(self._server.data / DATABASE)) as store:
            for path in documents.export(store, self._hall.code, self._server.data / "written", names=self._cast.formats):
                self.seen.read(path.name, path.read_bytes())


def without_ballots(value: Any) -> Any:
    """*value* without what is a voter's own to know."""
    if isinstance(value, dict):
        return {key: without_ballots(one) for key, one in value.items() if not key.startswith("mine/ballot/")}
    return value


NOISE = (
    (r'(name=\\?"csrf_token\\?" value=\\?")[\w.-]+', r"\1"),
    (r'("csrf": ?")[\w.-]+', r"\1"),
    (r"sha256:[0-9a-f]{16,64}", "HASH"),
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
