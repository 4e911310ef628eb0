"""The tables: medians of the rounds, and ratios taken within each round, beside what is to be reached."""

from __future__ import annotations

import math
import os
import platform
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench._compare.scale import Figures, Scale
from workshop.store.sqlite import version as sqlite_version

BEGIN, END = "<!-- compare:begin -->", "<!-- compare:end -->"
HEADING = "## Beside other servers"
TICK_MS, GRACE_MS = 100, 50  # of the screen
LIBRARIES = ("gevent", "python-engineio", "python-socketio", "flask-socketio", "websockets")
Show = Callable[[float], str]


def micro(seconds: float) -> str:
    """In microseconds."""
    return f"{seconds * 1e6:,.1f} µs" if seconds < 1e-4 else f"{seconds * 1e6:,.0f} µs"


def milli(seconds: float) -> str:
    """In milliseconds."""
    return "–" if math.isinf(seconds) else f"{seconds * 1e3:,.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:,.0f} ms"


def kilo(size: float) -> str:
    """In kilobytes."""
    return f"{size / 1000:,.1f} kB"


def whole(count: float) -> str:
    """A number without a fraction."""
    return f"{count:,.0f}"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{ratio:.2f} ×"


def percent(share: float) -> str:
    """A share of one."""
    return f"{share:.0%}"


class Results:
    """What the rounds found: a list of figures for each part and server.

    Args:
        titles: the servers' names for people, by name.
    """

    def __init__(self, titles: dict[str, str]) -> None:
        self.titles = titles
        self._found: dict[tuple[str, str], dict[int, Figures]] = {}

    def add(self, part: str, kind: str, round_: int, figures: Figures) -> None:
        """Keep the figures of one measurement."""
        self._found.setdefault((part, kind), {})[round_] = figures

    def kinds(self, part: str) -> list[str]:
        """The servers that have figures of the part."""
        return [kind for kind in self.titles if (part, kind) in self._found]

    def median(self, part: str, kind: str, name: str) -> float | None:
        """The median of the rounds."""
        values = [figures[name] for figures in self._found.get((part, kind), {}).values() if name in figures]
        return statistics.median(values) if values else None

    def ratio(self, part: str, name: str, rival: str) -> float | None:
        """The median of what ours is, round by round, to the rival's."""
        ours, theirs = self._found.get((part, "ours"), {}), self._found.get((part, rival), {})
        ratios = [ours[n][name] / theirs[n][name] for n in ours.keys() & theirs.keys() if name in ours[n] and theirs[n].get(name)]
        return statistics.median(ratios) if ratios else None


# -- the tables --------------------------------------------------------------------------------------


def lines(results: Results, scale: Scale, about: Sequence[str], rounds: int) -> list[str]:
    """The report, as Markdown that can be read as it is."""
    return [
        f"{datetime.now(UTC):%-d %B %Y}, `python3 -m bench compare`: the median of {rounds} {'round' if rounds == 1 else 'rounds'}, "
        "servers by turns, the server on one core and the generator on the other.",
        *about, "", *_targets(results, scale), *_fanout(results, scale), *_burst(results), *_paced(results, scale),
        *_joins(results), *_memory(results, scale),
    ]


def _section(title: str, table: list[str]) -> list[str]:
    return ["", f"**{title}**", "", *table] if table else []


def _table(results: Results, part: str, columns: Iterable[tuple[str, str, Show]]) -> list[str]:
    """One line for each server, one column for each (heading, name, how to show it)."""
    columns, kinds = list(columns), results.kinds(part)
    rows = [[results.titles[kind], *(_cell(results.median(part, kind, name), show) for _, name, show in columns)] for kind in kinds]
    return _grid(["", *(heading for heading, _, _ in columns)], rows) if rows else []


def _cell(value: float | None, show: Show) -> str:
    return "–" if value is None else show(value)


def _grid(head: list[str], rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]

    def line(cells: list[str]) -> str:
        return "| " + " | ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]) + " |"

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return [line(head), rule, *map(line, rows)]


def _generator(show: Show = percent) -> tuple[str, str, Show]:
    return "generator's core", "generator", show


def _fanout(results: Results, scale: Scale) -> list[str]:
    growth = f"{scale.fanout[-1]:,} to {scale.fanout[0]:,}"
    cost = [*((f"{n:,} phones", f"cpu {n}", micro) for n in scale.fanout), ("each further phone", "further", micro),
            (growth, "growth", times), _generator()]
    last = [(f"{n:,} phones", f"last {n}", milli) for n in scale.fanout]
    return [*_section("Fan-out: processor time of the server per delivered message", _table(results, "fanout", cost)),
            *_section("Fan-out: from the command to the last phone", _table(results, "fanout", last))]


def _burst(results: Results) -> list[str]:
    table = _table(results, "burst", [("acks/s", "rate", whole), ("CPU per vote", "cpu", micro), _generator()])
    return _section("Burst: durable votes, each phone's next one as soon as the one before is acknowledged", table)


def _paced(results: Results, scale: Scale) -> list[str]:
    acks = [(f"ack p{share}", f"ack p{share}", milli) for share in (50, 95, 99)]
    more = [("CPU per vote", "cpu", micro), ("last vote → screen", "screen", milli), ("answered", "share", percent), _generator()]
    return _section(f"Paced: {scale.rate:,} votes a second from {scale.paced_phones:,} phones", _table(results, "paced", [*acks, *more]))


def _joins(results: Results) -> list[str]:
    columns = [("joins/s", "rate", whole), ("CPU per join", "cpu", micro), ("page as sent", "page", kilo), _generator()]
    return _section("Joins: the page, then the socket with its state", _table(results, "joins", columns))


def _memory(results: Results, scale: Scale) -> list[str]:
    columns = [*((f"{n:,} phones", f"each {n}", kilo) for n in scale.memory), ("CPU of each, a second", "idle", micro)]
    return _section("Idle phones: resident memory of each", _table(results, "memory", columns))


# -- the targets -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """One line of what is to be reached: ``values`` beside ``bound``, which is the most, or the least for a floor, or None."""

    title: str
    values: list[float]
    bound: float | None
    show: Show
    floor: bool = False

    def row(self) -> list[str]:
        """Its cells."""
        low, high = self.show(min(self.values)), self.show(max(self.values))
        found = low if low == high else f"{low} – {high}"
        if self.bound is None:
            return [self.title, found, "", ""]
        met = min(self.values) >= self.bound if self.floor else max(self.values) <= self.bound
        return [self.title, found, f"{'≥' if self.floor else '≤'} {self.show(self.bound)}", "yes" if met else "no"]


def _targets(results: Results, scale: Scale) -> list[str]:
    def ratios(part: str, rival: str, *names: str) -> list[float]:
        return [found for name in names if (found := results.ratio(part, name, rival)) is not None]

    def ours(part: str, *names: str) -> list[float]:
        return [found for name in names if (found := results.median(part, "ours", name)) is not None]

    many = [f"cpu {n}" for n in scale.fanout if n >= 500]
    targets = [
        Target("fan-out CPU, N ≥ 500, to Node socket.io", ratios("fanout", "socketio", *many), 0.8, times),
        Target("fan-out CPU, N ≥ 500, to Node ws", ratios("fanout", "ws", *many), 1.3, times),
        Target("burst durable acks/s, to Node socket.io with group commit", ratios("burst", "socketio", "rate"), 1.1, times, floor=True),
        Target("the same, to Node ws with group commit", ratios("burst", "ws", "rate"), None, times),
        Target("CPU per paced vote, to Node socket.io with a commit per vote", ratios("paced", "socketio-each", "cpu"), 1.2, times),
        Target("the same, to Node ws with a commit per vote", ratios("paced", "ws-each", "cpu"), None, times),
        Target("ack p95, paced", ours("paced", "ack p95"), 0.010, milli),
        Target("ack p99, paced", ours("paced", "ack p99"), 0.025, milli),
        Target("last vote → screen, paced, the worst of a round", ours("paced", "screen"), (TICK_MS + GRACE_MS) / 1000, milli),
        Target("joins/s, to Node socket.io", ratios("joins", "socketio", "rate"), 1.0, times, floor=True),
        Target("the same, to Node ws", ratios("joins", "ws", "rate"), None, times),
        Target("memory per idle phone", ours("memory", *(f"each {n}" for n in scale.memory)), 30_000, kilo),
    ]
    rows = [target.row() for target in targets if target.values]
    return _section("What is to be reached", _grid(["ours", "found", "to reach", "met"], rows)) if rows else []


# -- the machine, and the place it is written to -----------------------------------------------------


def machine() -> str:
    """What it ran on."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}; "
            f"Python {platform.python_version()}, SQLite {sqlite_version()[0]}, {python}.")


def write(text: Sequence[str], path: Path) -> None:
    """Put the report between its marks in the file, or with them at its end."""
    old, block = path.read_text("utf-8"), "\n".join([BEGIN, *text, END])
    if BEGIN not in old:
        old = f"{old.rstrip()}\n\n{HEADING}\n{BEGIN}{END}\n"
    path.write_text(old[: old.index(BEGIN)] + block + old[old.index(END) + len(END):], "utf-8")
