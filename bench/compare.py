"""Ours, Node and stock Flask-SocketIO side by side: what a delivered message, a vote, a join and an idle phone cost.

Every measurement gets a server of its own, on one core and a copy of the same database; this process generates the load, on
another core. What the server used is read from the kernel; this process tells its own share too. The rounds go over the
servers by turns, and ratios are taken within a round. Every acknowledged vote must be in the database afterwards.

**ours** is the real server. The rivals (`bench/rivals`) are written for this: same cookies, sessions, page, snapshots and revisions,
same tables, same settings of SQLite. A vote reads and checks the same (participant, kept answer, phase and round, the theme's
ideas, budget) and writes the same (revision, ballot, choices, answer), by prepared statements; a change of an idea too (sign-in,
idea, revision, log, answer). All gather what they tell for 100 ms, and all bodies are the same. What differs:

- *For the rivals:* They know two commands, and do not count how many a person sends. They change a room's state as they carry a
  command out, where ours reads the rows that are newer and takes the difference of two views. They send no heartbeats (ours: one to
  every phone in five seconds, a part of its processor time in votes and idle, hardly in fan-out). They show a screen how many are
  here, ours by organisation. Node's SQLite has 16 MB of page cache by default, Python's 2 MB. Node's `ws` has its compiled helper, and
  its Socket.IO lets go of the first request, as their manuals advise.
- *For ours:* It commits in a thread of its own, on the same core; Node in its only thread, as its binding is meant to be used.
  Both compress the common part of the page once, and one's own part by itself.
- *ws* has bare JSON on the wire: no rooms, no acknowledgements, no fallback to polling but what `bare.js` makes itself.
- *stock Flask-SocketIO* has a request context for every event and a commit for every vote in its only thread, and renders and compresses
  every page whole. *Broadcast per vote* tells everybody the turnout at every vote.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench._compare import report, rivals
from bench._compare.arrivals import joins, memory
from bench._compare.fanout import fanout
from bench._compare.lines import Stuck
from bench._compare.scale import QUICK, Figures, Scale
from bench._compare.servers import GENERATOR_CORE, OURS, Kind, Server, on_core
from bench._compare.venue import BUDGET, Venue, prepare
from bench._compare.votes import burst, paced
from workshop.rehearse.desk import DATABASE

Part = Callable[[Server, Venue, Scale], Figures]
KINDS = {kind.name: kind for kind in (OURS, *rivals.NODE, rivals.FLASK)}
TRANSPORTS = ("ours", "socketio", "ws", "flask")  # where it makes no difference how votes are committed
ONCE = {"memory", "naive", "flask"}  # what hardly changes, or is far from the rest, is measured in the first round alone
PARTS: dict[str, tuple[Part, Iterable[str]]] = {
    "fanout": (fanout, TRANSPORTS), "burst": (burst, KINDS), "paced": (paced, KINDS),
    "joins": (joins, TRANSPORTS), "memory": (memory, TRANSPORTS),
}
FIGURES = Path(__file__).resolve().parents[1] / "docs" / "figures.md"
SOCKETS = 20_000


def main(arguments: list[str]) -> int:
    """Measure, and print what was found; 1 where a measurement failed, 2 where a rival cannot be had."""
    given = _parsed(arguments)
    _allow(SOCKETS)
    scale = QUICK if given.quick else Scale()
    try:
        about = [report.machine(), *_installed(given.only)]
        with tempfile.TemporaryDirectory(prefix="bench-compare-", dir=given.data) as folder:
            results, failed = _rounds(given, scale, Path(folder))
    except rivals.NoRival as problem:
        print(f"bench compare: {problem}", file=sys.stderr)
        return 2
    found = report.lines(results, scale, about, given.rounds)
    print("\n".join(found))
    if given.write and not failed:
        report.write(found, FIGURES)
    return 1 if failed else 0


def _installed(kinds: list[str]) -> list[str]:
    if not any(kind.name in kinds for kind in rivals.NODE):
        return []
    rivals.install()
    return [rivals.versions() + "."]


def _rounds(given: argparse.Namespace, scale: Scale, folder: Path) -> tuple[report.Results, int]:
    """Every part with every server, in every round; what was found, and how many measurements failed."""
    venue = prepare(folder / "venue", scale.sizes())
    if given.only != ["ours"]:
        rivals.describe(venue)
    results, failed = report.Results({name: kind.title for name, kind in KINDS.items()}), 0
    for round_, part, kind in _order(given):
        begin, label = time.perf_counter(), f"  {round_ + 1} {part:<7} {kind:<14}"
        try:
            results.add(part, kind, round_, _measured(KINDS[kind], part, venue, scale, folder / f"{part}-{kind}-{round_}"))
        except Stuck as problem:
            failed += 1
            print(f"{label} failed: {problem}", file=sys.stderr, flush=True)
        else:
            print(f"{label} {time.perf_counter() - begin:5.1f} s", file=sys.stderr, flush=True)
    return results, failed


def _order(given: argparse.Namespace) -> Iterator[tuple[int, str, str]]:
    """Every measurement as round, part and server; every other round takes the servers the other way, so that what drifts hits all."""
    for round_, part in itertools.product(range(given.rounds), given.parts):
        for kind in given.only[::-1] if round_ % 2 else given.only:
            if kind in PARTS[part][1] and not (round_ and {part, kind} & ONCE):
                yield round_, part, kind


def _measured(kind: Kind, part: str, venue: Venue, scale: Scale, folder: Path) -> Figures:
    with kind.start(venue, folder) as server, on_core(GENERATOR_CORE):
        figures = PARTS[part][0](server, venue, scale)
    _look_after(folder, figures.pop("acked", 0))
    shutil.rmtree(folder)
    return figures


def _look_after(folder: Path, acked: float) -> None:
    """Every vote that a server has acknowledged must be in its database, and every ballot whole.

    Raises:
        Stuck: it is not.
    """
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as connection:
        (kept,) = connection.execute("SELECT COUNT(*) FROM answers WHERE command_id LIKE 'vote%'").fetchone()
        (ballots,) = connection.execute("SELECT COUNT(*) FROM ballots").fetchone()
        (choices,) = connection.execute("SELECT COUNT(*) FROM choices").fetchone()
    if kept < acked or choices != ballots * BUDGET or bool(kept) != bool(ballots):
        raise Stuck(f"{acked:.0f} votes were acknowledged; {kept} answers, {ballots} ballots and {choices} choices are stored")


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m bench compare", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="to see that it works: the figures mean nothing")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often; 3, or 1 with --quick")
    parser.add_argument("--only", type=_names(KINDS), default=list(KINDS), metavar="SERVERS", help="some of " + ",".join(KINDS))
    parser.add_argument("--parts", type=_names(PARTS), default=list(PARTS), metavar="PARTS", help="some of " + ",".join(PARTS))
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the databases are put: on the disk that is meant")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/figures.md")
    given = parser.parse_args(arguments)
    given.rounds = given.rounds or (1 if given.quick else 3)
    return given


def _names(known: Iterable[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        if wrong := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: choose from {', '.join(known)}")
        return names

    return parse


def _allow(sockets: int) -> None:
    """Let this process, and what it starts, have so many sockets, as far as the system does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = sockets if hard == resource.RLIM_INFINITY else min(sockets, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
