"""``rehearse --replay DIR``: a real conversation through a private server's doors, then an exact recount.

Comments become ideas of their authors, voters become participants, and every vote row is one whole
ballot, in the order of time for each voter. In the end the results that the screen received and the
choices in the database must both equal what the rows say, also where the server is killed on the way.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from workshop import errors
from workshop.model import DETAIL_LIMIT, TITLE_LIMIT, Record, Session
from workshop.rehearse.browser import Cookies
from workshop.rehearse.client import Console, Phone, Screen, join
from workshop.rehearse.conversation import Comment, Conversation, Vote, read
from workshop.rehearse.crowd import at_once, bounded
from workshop.rehearse.desk import Desk
from workshop.rehearse.report import Progress, table
from workshop.rehearse.server import PrivateServer
from workshop.rules import text
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

JOINING = 16  # people who join at once
CONNECTED = 64  # phones that write or vote at once
SHOWN = 20  # differences that are printed
SOON = 0.05  # seconds within which a kill comes once its moment has
NO_TEXT = "(no text)"
MORE = "…"
Tally = tuple[int, int, int]  # agree, disagree, pass
Plans = tuple[EventPlan, SessionPlan]


@dataclass
class Played:
    """What came of a replay, as seen from outside the server.

    ``ideas`` maps comment ids to idea ids, ``people`` persons to participant ids, ``results`` idea
    ids to the tallies that the screen received.
    """

    ideas: dict[str, str]
    people: dict[str, str] = field(default_factory=dict)
    results: dict[str, Tally] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    voting: float = 0.0  # seconds


def run(folder: Path, kills: int = 0) -> int:
    """Replay the conversation in *folder* and print the comparison.

    Args:
        kills: how often to kill the server (SIGKILL) on the way and start it again.

    Returns:
        0 where everything is equal, 1 where anything differs.

    Raises:
        conversation.Unreadable, server.NoServer: with what is wrong.
    """
    talk = read(folder)
    with tempfile.TemporaryDirectory(prefix="workshop-replay-") as data:
        return judge(talk, *play(talk, Path(data), kills))


def play(talk: Conversation, data: Path, kills: int = 0, plans: Plans | None = None) -> tuple[Played, Record]:
    """Replay *talk* on a private server in the folder *data*; what the screen saw, and what is stored.

    Args:
        plans: of the event and the session, as `planned`, whose words are the topic's, makes them.
    """
    with Desk(data) as desk:
        session, theme, cookies = _prepare(desk, plans or planned(talk.topic))
    with PrivateServer(data) as server:
        played = asyncio.run(_between_kills(server, talk, kills, (session.code, theme, cookies)))
    with Desk(data) as desk:
        return played, desk.record(session.code)


async def _between_kills(server: PrivateServer, talk: Conversation, count: int, place: tuple[str, str, Cookies]) -> Played:
    kills = Kills(server, moments(talk, count))
    replay = Replay(talk, server.url, *place, on_step=kills.step)
    striker = asyncio.create_task(kills.run())
    player = asyncio.create_task(replay.run())
    # A server that does not come up again must be heard of before the patience of the players is at its end.
    await asyncio.wait({striker, player}, return_when=asyncio.FIRST_COMPLETED)
    try:
        await (striker if striker.done() else player)
    finally:
        player.cancel()
        kills.end()
        await asyncio.gather(striker, player, return_exceptions=True)
    player.result().counts["kills"] = kills.done
    return player.result()


def planned(topic: str) -> Plans:
    """An event with one session, and that with one theme, all of the same name."""
    title = split(topic)[0]
    return EventPlan(title), SessionPlan(title, themes=(ThemeLine(title),), method="agree", quote_default="anonymous")


def _prepare(desk: Desk, plans: Plans) -> tuple[Session, str, Cookies]:
    event = desk.organize.create_event(plans[0])
    session = desk.organize.create_session(event.id, plans[1])
    _, themes = desk.organize.session(session.id)
    return session, themes[0].id, desk.facilitator()


def moments(talk: Conversation, kills: int) -> Counter[tuple[str, int]]:
    """When to kill the server: at chance steps, in turn while people join, write and vote; how often at each."""
    stages = [(name, steps) for name, steps in (("joining", len(talk.people)), ("writing", len(talk.comments)),
                                                ("voting", len(talk.votes))) if steps]
    chosen = [stages[number % len(stages)] for number in range(kills)] if stages else []
    return Counter((name, random.randint(1, steps)) for name, steps in chosen)


class Kills:
    """Kills a server at given steps and starts it again, one time after the other; ``done`` counts them."""

    def __init__(self, server: PrivateServer, moments: Counter[tuple[str, int]]) -> None:
        self._server, self._moments = server, moments
        self._steps: Counter[str] = Counter()
        self._due: asyncio.Queue[bool] = asyncio.Queue()
        self.done = 0

    def step(self, stage: str) -> None:
        """One more step of the stage is done."""
        self._steps[stage] += 1
        for _ in range(self._moments[stage, self._steps[stage]]):
            self._due.put_nowait(True)

    def end(self) -> None:
        """Let `run` return once what is due is done."""
        self._due.put_nowait(False)

    async def run(self) -> None:
        """Kill whenever it is due.

        Raises:
            server.NoServer: it did not come up again.
        """
        while await self._due.get():
            await asyncio.sleep(random.uniform(0, SOON))
            await asyncio.to_thread(self._server.kill)
            await asyncio.to_thread(self._server.start)
            self.done += 1


class Replay:
    """One conversation on its way through a running server.

    Args:
        url, code, theme: where.
        cookies: the facilitator's.
        on_step: called with the stage after each joining, writing and voting.
    """

    def __init__(self, talk: Conversation, url: str, code: str, theme: str, cookies: Cookies,
                 on_step: Callable[[str], None] = lambda _stage: None) -> None:
        self._on_step = on_step
        self._talk, self._url, self._code, self._theme, self._cookies = talk, url, code, theme, cookies
        # Short ids keep the ballot of a large conversation far below the limit of a message.
        self._played = Played({comment.id: f"c{number:07d}" for number, comment in enumerate(talk.comments)})
        self._passes: dict[str, Cookies] = {}

    async def run(self) -> Played:
        """Everybody joins, writes and votes; then the reveal."""
        await self._everybody_joins()
        async with Console(self._url, self._code, self._cookies) as console, \
                Screen(self._url, self._code, self._cookies) as screen:
            await console.do("hold.set", {"hold": False})  # nobody is there to approve what a crowd writes
            await console.do("phase.set", {"phase": "write"})
            await self._write()
            await console.do("phase.set", {"phase": "vote"})
            await self._vote()
            await self._moderate(console)
            await console.do("phase.set", {"phase": "reveal"})
            await self._reveal(screen)
        return self._played

    async def _everybody_joins(self) -> None:
        async def one(person: str) -> None:
            self._passes[person] = await join(self._url, self._code, name=person[:40], quote="anonymous")
            self._on_step("joining")

        await at_once(JOINING, "joining", self._talk.people, one)

    async def _write(self) -> None:
        by_author: dict[str, list[Comment]] = defaultdict(list)
        for comment in self._talk.comments:
            by_author[comment.author].append(comment)
        with Progress("writing", len(self._talk.comments)) as progress:
            await bounded(CONNECTED, by_author.items(), lambda item: self._author(*item, progress))

    async def _author(self, person: str, comments: list[Comment], progress: Progress) -> None:
        async with self._phone(person) as phone:
            for comment in comments:
                title, detail, cut = split(comment.body)
                idea = {"idea": self._played.ideas[comment.id], "theme": self._theme, "title": title, "detail": detail}
                await phone.do("idea.put", idea)
                self._played.counts["cut"] += cut
                progress.step()
                self._on_step("writing")

    async def _vote(self) -> None:
        by_voter: dict[str, list[Vote]] = defaultdict(list)
        for vote in self._talk.votes:
            by_voter[vote.voter].append(vote)
        start = time.monotonic()
        with Progress("voting", len(self._talk.votes)) as progress:
            await bounded(CONNECTED, by_voter.items(), lambda item: self._voter(*item, progress))
        self._played.voting = time.monotonic() - start

    async def _voter(self, person: str, votes: list[Vote], progress: Progress) -> None:
        choices: dict[str, int] = {}
        async with self._phone(person) as phone:
            self._played.people[person] = phone.state["mine/me"]["id"]
            for vote in votes:
                choices[self._played.ideas[vote.comment]] = vote.value
                await phone.do("ballot.put", {"theme": self._theme, "round": 1, "choices": dict(choices)})
                self._played.counts["ballots"] += 1
                progress.step()
                self._on_step("voting")

    async def _moderate(self, console: Console) -> None:
        for comment in self._talk.comments:
            if not comment.kept:
                await console.do("idea.hide", {"idea": self._played.ideas[comment.id], "hidden": True})
                self._played.counts["hidden"] += 1

    async def _reveal(self, screen: Screen) -> None:
        key = f"results/{self._theme}"
        await screen.until(lambda: key in screen.state)
        for line in screen.state[key]["ranking"]:
            self._played.results[line["idea"]] = (line["agree"], line["disagree"], line["passes"])

    def _phone(self, person: str) -> Phone:
        return Phone(self._url, self._code, self._passes[person])


# -- comparing ---------------------------------------------------------------------------------


def judge(talk: Conversation, played: Played, record: Record) -> int:
    """Print the comparison; 0 where everything is equal, 1 where anything differs."""
    found = differences(talk, played, record)
    print(summary(talk, played, found))
    for line in found[:SHOWN]:
        print(f"  {line}")
    return 1 if found else 0


def differences(talk: Conversation, played: Played, record: Record) -> list[str]:
    """What the screen's results and the stored choices have that the rows have not, and the other way round."""
    return [*_shown(talk, played), *_stored(talk, played, record), *_once(talk, played, record)]


def _shown(talk: Conversation, played: Played) -> list[str]:
    counted = talk.tally()
    wanted = {played.ideas[c.id]: counted[c.id] for c in talk.comments if c.kept}
    return [f"results of {idea}: rows {wanted.get(idea)}, screen {played.results.get(idea)}"
            for idea in sorted(wanted.keys() | played.results.keys())
            if wanted.get(idea) != played.results.get(idea)]


def _stored(talk: Conversation, played: Played, record: Record) -> list[str]:
    wanted = {(played.people[voter], played.ideas[comment]): value for (voter, comment), value in talk.standing.items()}
    stored = {(ballot.participant_id, idea): value for ballot in record.ballots for idea, value in ballot.choices.items()}
    return [f"choice of {pair[0]} on {pair[1]}: rows {wanted.get(pair)}, database {stored.get(pair)}"
            for pair in sorted(wanted.keys() | stored.keys())
            if wanted.get(pair) != stored.get(pair)]


def _once(talk: Conversation, played: Played, record: Record) -> list[str]:
    """Every comment is one idea, and everybody joined once."""
    wanted, stored = Counter(played.ideas.values()), Counter(idea.id for idea in record.ideas)
    lines = [f"idea {idea}: rows {wanted[idea]}, database {stored[idea]}"
             for idea in sorted(wanted | stored) if wanted[idea] != stored[idea]]
    people, joined = len(talk.people), len(record.participants)
    return lines if people == joined else [*lines, f"participants: people {people}, database {joined}"]


def summary(talk: Conversation, played: Played, found: list[str]) -> str:
    """The table that a replay ends with."""
    rate = played.counts["ballots"] / played.voting if played.voting else 0.0
    rows: list[tuple[str, Any]] = [
        ("people", len(talk.people)),
        ("comments as ideas", len(talk.comments)),
        ("of them hidden", played.counts["hidden"]),
        ("details cut", played.counts["cut"]),
        ("comment rows repeated", talk.repeated),
        ("votes as ballots", played.counts["ballots"]),
        ("votes that stand", len(talk.standing)),
        ("votes on unknown comments", talk.ignored),
        ("server killed", played.counts["kills"]),
        ("acknowledged ballots a second", f"{rate:,.0f}"),
        ("differences", len(found)),
    ]
    verdict = "The tallies differ from the rows." if found else "Screen and database equal the rows."
    return f"\n{talk.topic}\n{table(rows)}\n\n  {verdict}"


# -- texts -------------------------------------------------------------------------------------


def split(body: str) -> tuple[str, str, bool]:
    """An idea's title and detail of a comment's text, and whether the detail had to be cut.

    A text that fits is the title; of a longer one the title is its beginning up to a word, and
    the detail all of it. A text without a visible character gets a placeholder.
    """
    try:
        line = text.clean_line(body, 10**9, "title")
    except errors.Empty:
        return NO_TEXT, "", False
    letters = regex.findall(r"\X", line)
    if len(letters) <= TITLE_LIMIT:
        return line, "", False
    whole = regex.findall(r"\X", text.clean_block(body, 10**9, "detail"))
    fits = len(whole) <= DETAIL_LIMIT
    detail = "".join(whole) if fits else "".join(whole[: DETAIL_LIMIT - 1]) + MORE
    return _up_to_a_word(letters), detail, not fits


def _up_to_a_word(letters: list[str]) -> str:
    beginning = "".join(letters[: TITLE_LIMIT - 1])
    cut_inside = not letters[TITLE_LIMIT - 1].isspace()
    words = beginning.rsplit(None, 1)
    # A single long word has no place to cut at.
    return (words[0] if cut_inside and len(words) > 1 else beginning).rstrip() + MORE
