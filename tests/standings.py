"""What a count by approval says, wherever it is said: on wall, phones and consoles, in the report, and by the recount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from tests.outcome import Outcome
from tests.people import Facilitator, Person, Wall

ROWS = "ol.ranking > li, ol.places > li"
FIGURES = r"{0.share}\s%\sacross organisations · {0.reach} of {1.houses} organisations · {0.votes} of {1.voters} voters"
COUNTED = re.compile(r"^ +(\d+) +([\d.]+)% +(\d+) +(\d+)  \|  +\1 +\2% +\3 +\4  (.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Line:
    """One idea: *share* in per cent across organisations; *up* is how many places it rose since the round before."""

    rank: int
    title: str
    share: int
    reach: int
    votes: int
    up: int = 0

    @property
    def moved(self) -> str:
        """As it is said to who does not see the arrow."""
        return f"{'up' if self.up > 0 else 'down'} {abs(self.up)} place" if self.up else ""

    @property
    def figures(self) -> tuple[int, str, int, int, int]:
        """All of it but the move."""
        return self.rank, self.title, self.share, self.reach, self.votes


@dataclass(frozen=True, slots=True)
class Count:
    """One round in one theme."""

    theme: str
    round: int
    voters: int
    houses: int
    lines: tuple[Line, ...]

    @property
    def moved(self) -> str:
        """What moved, in a sentence; nothing by the first round."""
        moved = sum(line.up != 0 for line in self.lines)
        return f"{moved} ideas moved since round {self.round - 1}." if self.round > 1 else ""

    def told(self, line: Line) -> re.Pattern[str]:
        """How a line reads."""
        return re.compile(rf"^\s*{line.rank}(?!\d).*{re.escape(line.title)}.*{FIGURES.format(line, self)}", re.S)


def on_page(someone: Person, count: Count) -> None:
    """A phone or a console shows the whole ranking, and what moved."""
    rows = someone.page.locator(ROWS)
    _say(rows, count, count.lines)
    expect(rows).to_have_count(len(count.lines))
    someone.sees(re.compile(re.escape(count.moved)))


def on_wall(wall: Wall, count: Count, frida: Facilitator) -> None:
    """So does the wall, page by page; in the end it shows the first one again."""
    wall.sees(re.compile(re.escape(count.moved)))
    at, rows = 0, wall.page.locator(ROWS)
    while at < len(count.lines):
        expect(rows.first).to_contain_text(count.lines[at].title)
        shown = count.lines[at : at + rows.count()]
        _say(rows, count, shown)
        at += len(shown)
        frida.button("Page after").click()
    frida.button("Follow", exact=True).click()


def _say(rows: Locator, count: Count, lines: tuple[Line, ...]) -> None:
    expect(rows).to_contain_text([count.told(line) for line in lines])
    for place, line in enumerate(lines):
        expect(rows.nth(place).locator(".moved")).to_have_text([re.compile(line.moved)] if line.moved else [])


def in_report(outcome: Outcome, count: Count) -> None:
    """The report has the round among its counts, and says the same of every idea."""
    part = outcome.theme(count.theme)
    found = next(one for one in (part["result"], *part["earlier"]) if one["round"] == count.round)
    assert (found["voters"], found["organisations"]) == (count.voters, count.houses)
    assert [_figures(row) for row in found["ranking"]] == [line.figures for line in count.lines]
    titles = {row["idea"]: row["title"] for row in found["ranking"]}
    moves = {titles[move["idea"]]: move["rank_before"] - move["rank"] for move in found["moved"]}
    assert moves == ({line.title: line.up for line in count.lines} if count.round > 1 else {})


def _figures(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["rank"], row["title"], round(100 * row["score"]), row["reach"], row["approvals"]


def recounted(printed: str, count: Count) -> None:
    """The command that counts the stored ballots twice came to the same, both times."""
    head = f"{count.theme}, round {count.round}: {count.voters} voters of {count.houses} organisations\n"
    block = printed[printed.index(head) :].partition("\n\n")[0]
    found = [(int(rank), title, round(float(share)), int(reach), int(votes)) for rank, share, reach, votes, title in COUNTED.findall(block)]
    assert found == [line.figures for line in count.lines]
    assert printed.rstrip().endswith("Both counts are equal.")
