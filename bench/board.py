"""The console's board with as many ideas in one theme as a large room writes: dragging, and suggesting what is alike.

    python3 -m bench board [--ideas 500] [--seconds 3] [--trace FILE]

A card is carried over the board by mouse and, by its grip, by finger, at the pace of the frames; Chrome's own trace says
how many frames came, and how long the page's thread computed for each and at most without a pause. A machine that is busy with
other things draws fewer frames: the load is told beside them. Then the comparison is timed: of all
ideas with each other after one has changed, and of all with a text at every key while somebody types.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.hostile import QUIET
from tests.apart import apart
from tests.browser import arguments as switches
from tests.browser import ensure
from tests.hands import finger
from tests.people import PHONE, Facilitator, Venue
from workshop.model import TITLE_LIMIT, new_id
from workshop.rehearse.desk import DATABASE
from workshop.rehearse.report import percentile, table
from workshop.service import commands as c
from workshop.service.entrance import Entrance
from workshop.service.participate import Participate
from workshop.store import Store
from workshop.store.queries import sessions

FRAME_MS = 1000 / 60
FEWEST = 57.0  # frames a second that pass for sixty: a trace begins and ends within one
LONGEST_MS = 50.0  # of the page's thread at once, from where on it is felt
SUGGESTED_MS = 100.0
EACH = 50  # ideas of a participant
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "toplevel"]
COMPARE = """async ([url, texts]) => {
  const { createIndex } = await import(url), index = createIndex(), now = () => performance.now();
  texts.forEach((text, n) => index.put(`idea ${n}`, text));
  const wait = async () => (await scheduler.yield(), true), changed = [], typed = [];
  for (let n = 0; n < 20; n += 1) {
    const began = now();
    index.put(`idea ${n}`, `${texts[(n + 20) % texts.length]} and more`);
    await index.pairs(wait);
    changed.push(now() - began);
  }
  for (let end = 12; end < 80; end += 1) {
    const began = now();
    index.near(texts[end % texts.length].slice(0, end), 0.45);
    typed.push(now() - began);
  }
  return { changed, typed };
}"""


@dataclass(frozen=True)
class Drag:
    """What the trace says of one drag."""

    way: str
    frames: float  # a second
    missed: int  # that Chrome says it dropped
    each: float  # milliseconds of computing of the page's thread for a frame
    longest: float  # milliseconds of computing that the page's thread did at once: other processes do not count

    @property
    def is_smooth(self) -> bool:
        """Whether nobody would feel that the board is full."""
        return self.frames >= FEWEST and self.longest <= LONGEST_MS


def main(arguments: list[str]) -> int:
    """Drag and compare; 1 where either is slower than promised."""
    args = parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=QUIET) as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=ensure(), args=switches())
        with Venue(browser, Path(folder) / "data") as venue:
            code, texts = filled(venue, args.ideas)
            drags, compared = measured(browser, venue, code, texts, args)
        browser.close()
    return told(drags, compared, args.ideas)


def measured(
    browser: Browser, venue: Venue, code: str, texts: list[str], args: argparse.Namespace
) -> tuple[list[Drag], dict[str, list[float]]]:
    """Both drags, and what comparing took."""
    laptop, phone = on_the_board(venue, code), on_the_board(venue, code, viewport=size(PHONE), has_touch=True, is_mobile=True)
    drags = [traced(browser, laptop.page, "mouse", by_mouse, args), traced(browser, phone.page, "touch", by_touch, args)]
    url = laptop.page.evaluate("performance.getEntriesByType('resource').find((one) => /js\\/alike\\.js/.test(one.name)).name")
    return drags, laptop.page.evaluate(COMPARE, [url, texts])


def filled(venue: Venue, count: int) -> tuple[str, list[str]]:
    """A session that shares *count* ideas of one theme; its code, and the ideas."""
    code, texts = venue.session("write"), ideas(count)

    def write() -> None:
        store = Store(venue.server.data / DATABASE)
        entrance, participate = Entrance(store), Participate(store)
        session, _ = entrance.session(code)
        theme = store.read(lambda tx: sessions.themes(tx, session.id))[0].id
        for number, title in enumerate(texts):
            if number % EACH == 0:
                who = entrance.join(code, "City", f"Writer {number // EACH}", "organisation").participant
            participate.command(who.id, c.IdeaPut(id=new_id(), idea=new_id(), theme=theme, title=title))
        store.close()

    apart(write)
    venue.moves(code, "share")
    return code, texts


def ideas(count: int) -> list[str]:
    """As many texts, each of a beginning and an end of the sample ideas: many look alike, as in a room."""
    themes = json.loads(resources.files("workshop").joinpath("sample_ideas.json").read_text("utf-8"))["themes"]
    words, chance = [idea["title"].split() for theme in themes for idea in theme["ideas"]], random.Random(count)
    pairs = (chance.sample(words, 2) for _ in range(count))
    return [" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]])[:TITLE_LIMIT] for one, other in pairs]


def on_the_board(venue: Venue, code: str, **options: Any) -> Facilitator:
    """Somebody at the console whose board has been drawn and compared."""
    someone = venue.signed_in(**options).open(f"/console/{code}")
    someone.page.locator("[data-idea]").first.wait_for()
    someone.page.locator(".alike").wait_for()
    return someone


def traced(browser: Browser, page: Page, way: str, drag: Any, args: argparse.Namespace) -> Drag:
    """One drag of so many seconds under Chrome's tracing."""
    page.locator("[data-idea]").nth(3).scroll_into_view_if_needed()
    browser.start_tracing(page=page, categories=CATEGORIES)
    drag(page, args.seconds)
    trace = browser.stop_tracing()
    if args.trace:
        args.trace.with_suffix(f".{way}.json").write_bytes(trace)
    return read(way, json.loads(trace)["traceEvents"])


def by_mouse(page: Page, seconds: float) -> None:
    """To and fro, and at the lower edge, where the board scrolls."""
    x, y = middle(page.locator("[data-idea]").nth(3))
    page.mouse.move(x, y)
    page.mouse.down()
    for dx, dy in path(page, y, seconds):
        page.mouse.move(x + dx, y + dy)
    page.keyboard.press("Escape")
    page.mouse.up()


def by_touch(page: Page, seconds: float) -> None:
    """The same with a finger on the grip."""
    line = page.context.new_cdp_session(page)
    x, y = middle(page.locator("[data-idea] [data-grip]").nth(3))
    finger(line, "touchStart", x, y)
    for dx, dy in path(page, y, seconds):
        finger(line, "touchMove", x + dx, y + dy)
    finger(line, "touchCancel")


def path(page: Page, y: float, seconds: float) -> Any:
    """Where the pointer is from its start, frame by frame: around, then down to the edge."""
    box = page.locator(".work").bounding_box() or {"y": 0, "height": 0}
    frames, edge, began = int(seconds * 60), box["y"] + box["height"] - 20 - y, time.monotonic()
    for n in range(frames):
        yield (n % 60, n % 90) if n < frames / 2 else (10 + n % 30, edge)
        time.sleep(max(0.0, began + (n + 1) * FRAME_MS / 1000 - time.monotonic()))


def read(way: str, events: list[dict[str, Any]]) -> Drag:
    """What the trace says of the time in which the pointer moved."""
    dispatched = [event for event in events if event["name"] == "EventDispatch"]
    moves = [event for event in dispatched if event["args"]["data"]["type"] == "pointermove"]
    first, last, thread = moves[0]["ts"], moves[-1]["ts"], (moves[0]["pid"], moves[0]["tid"])
    during = [event for event in events if first <= event.get("ts", 0) <= last]
    drawn, missed = (sum(event["name"] == name for event in during) for name in ("DrawFrame", "DroppedFrame"))
    tasks = [event.get("tdur", 0) / 1000 for event in during if is_task(event) and (event["pid"], event["tid"]) == thread]
    return Drag(way, drawn / (last - first) * 1e6, missed, sum(tasks) / max(1, drawn), max(tasks, default=0.0))


def is_task(event: dict[str, Any]) -> bool:
    """Whether it is a piece of work of a thread."""
    return bool(event["name"].endswith("RunTask"))


def told(drags: list[Drag], compared: dict[str, list[float]], count: int) -> int:
    """Print all of it; the exit code."""
    slowest = {name: percentile(times, 0.95) or 0.0 for name, times in compared.items()}
    rows: list[tuple[str, object]] = [("ideas in one theme", count), ("load of the machine", f"{os.getloadavg()[0]:.1f}")]
    for drag in drags:
        rows += [(f"frames a second, {drag.way}", f"{drag.frames:.1f}"), (f"dropped frames, {drag.way}", drag.missed)]
        rows += [(f"computing for a frame, {drag.way}", f"{drag.each:.1f} ms"), (f"longest task, {drag.way}", f"{drag.longest:.1f} ms")]
    rows += [("compared after a change, 95 %", f"{slowest['changed']:.1f} ms")]
    rows += [("compared at a key, 95 %", f"{slowest['typed']:.1f} ms")]
    print(table(rows))
    return 0 if all(d.is_smooth for d in drags) and max(slowest.values()) <= SUGGESTED_MS else 1


def middle(locator: Any) -> tuple[float, float]:
    """The middle of what is shown."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + min(20, box["height"] / 2)


def size(pixels: tuple[int, int]) -> dict[str, int]:
    """As Playwright wants it."""
    return {"width": pixels[0], "height": pixels[1]}


def parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    one = argparse.ArgumentParser(prog="python3 -m bench board", description="Drag a card over a full board.")
    one.add_argument("--ideas", type=int, default=500, metavar="N", help="in one theme (%(default)s)")
    one.add_argument("--seconds", type=float, default=3.0, metavar="N", help="of each drag (%(default)s)")
    one.add_argument("--trace", type=Path, metavar="FILE", help="keep Chrome's traces, to be opened in its developer tools")
    return one


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
