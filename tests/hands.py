"""Hands on a page: the keyboard with the focus always to be seen, a finger that drags, and two people at the same moment."""

from __future__ import annotations

import re
import time

from playwright.sync_api import CDPSession, Locator, expect

from tests.people import Facilitator, Person

FAR = 60  # presses of Tab after which a control counts as out of reach
SOON_MS = 300  # until two people press at once: enough to tell both pages
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), around = [one];
  while (around.length < 4 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
  const isRing = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const ringed = around.some((part) => isRing(getComputedStyle(part)));
  const points = [0.1, 0.5, 0.9].map((share) => document.elementFromPoint(box.x + box.width / 2, box.y + box.height * share));
  const uncovered = points.some((hit) => hit && (one.contains(hit) || one.closest("label")?.contains(hit)));
  return { name: one.outerHTML.slice(0, 160), ringed, uncovered };
}"""

BOTH_IN_SIGHT = """(one, other) => {
  let board = one;
  while (board.scrollHeight <= board.clientHeight || getComputedStyle(board).overflowY === "visible") board = board.parentElement;
  const [a, b, area] = [one, other, board].map((part) => part.getBoundingClientRect());
  board.scrollTop += (a.top + b.bottom + b.top + a.bottom) / 4 - (area.top + area.bottom) / 2;
}"""  # near its edges the board scrolls under a finger that drags


def goes_to(someone: Person, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus, which is to be seen at every stop."""
    expect(target).to_be_visible()
    expect(target).to_be_enabled()
    for _ in range(FAR):
        someone.page.keyboard.press(key)
        stop = someone.page.evaluate(FOCUS)
        is_page = stop["name"].startswith(("<body", "<html"))  # the browser's own controls come after the last one
        assert is_page or (stop["ringed"] and stop["uncovered"]), stop
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"cannot be reached by {key}: {target}")


def presses(someone: Person, target: Locator, key: str = "Enter") -> None:
    """Go to a control and press it."""
    goes_to(someone, target)
    someone.page.keyboard.press(key)


def groups_by_keyboard(someone: Facilitator, title: str, other: str) -> None:
    """Open the card, choose, press the button."""
    unfold = someone.card(title).get_by_role("heading", name=title, exact=True).get_by_role("button")
    presses(someone, unfold)
    goes_to(someone, someone.card(title).get_by_label("Group with…"))
    someone.page.keyboard.type(other)
    presses(someone, someone.card(title).get_by_role("button", name="Group", exact=True))
    expect(someone.card(other)).to_contain_text("2 grouped")


def drags(someone: Facilitator, title: str, onto: str) -> None:
    """Put a card onto another by its grip, with a finger; until that is lifted the other card says that it would take it."""
    someone.card(onto).evaluate(BOTH_IN_SIGHT, someone.card(title).element_handle())
    (x, y), (to_x, to_y) = middle(grip(someone, title)), middle(grip(someone, onto))
    line, ago = someone.page.context.new_cdp_session(someone.page), time.time() - 1
    finger(line, "touchStart", x, y, when=ago)
    for share in (0.3, 0.7, 1.0):
        finger(line, "touchMove", x + (to_x - x) * share + 20 * share, y + (to_y - y) * share, when=ago + share)
    expect(someone.card(onto)).to_have_class(re.compile("target"))
    finger(line, "touchEnd")
    expect(someone.card(title)).to_have_count(0)


def finger(line: CDPSession, kind: str, *at: float, when: float | None = None) -> None:
    """One event of one finger, now, or *when* (epoch seconds): after a quick flick a browser takes the next tap for an end to scrolling."""
    points = [{"x": at[0], "y": at[1]}] if at else []
    line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": when or time.time()})


def grip(someone: Facilitator, title: str) -> Locator:
    """What a finger takes a card by."""
    return someone.card(title).locator("[data-grip]")


def middle(locator: Locator) -> tuple[float, float]:
    """The middle of what is shown."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def at_once(*targets: Locator) -> None:
    """Press controls of several pages at the same moment of the machine's clock, before either page can hear of the other."""
    moment = time.time() * 1000 + SOON_MS
    for target in targets:
        expect(target).to_be_enabled()
        target.evaluate("(one, moment) => { setTimeout(() => one.click(), moment - Date.now()); }", moment)


def comes_late(target: Locator) -> None:
    """A finger that is on its way to a control, and arrives just as the control has come to say something else."""
    target.evaluate("""one => new MutationObserver((_seen, watch) => { watch.disconnect(); one.click(); })
        .observe(one, { childList: true, subtree: true, characterData: true })""")
