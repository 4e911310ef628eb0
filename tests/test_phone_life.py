"""What a phone goes through in a day: pages closed and killed, aeroplane mode, back and forward, a tab put to sleep, a second tab.

tests/test_offline.py has the network alone. Here the pages end and come back too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Error, Route, WebSocketRoute, expect

from tests.people import Buyer, Venue
from tests.test_offline import IDEA, WAITING, sends, state, stored, without_answers

OTHER = "Buy refurbished"
NETWORK = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
HEARD = """() => {
    window.heard = new Set();
    const look = () => document.querySelectorAll(".status, .notice").forEach((one) => heard.add(one.textContent.trim()));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
}"""  # keeps every word about the network that shows, however short


@pytest.fixture(scope="module")
def place(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """As usual, but the browser goes back and forward as people's do: Playwright's own would make every page anew."""
    usual = ["--disable-back-forward-cache"]
    with (
        browser_type.launch(**browser_type_launch_args, ignore_default_args=usual) as browser,
        Venue(browser, tmp_path_factory.mktemp("life") / "data") as venue,
    ):
        yield venue


@pytest.fixture
def alva(venue: Venue, code: str) -> Buyer:
    alva = venue.member(code)
    expect(alva.field).to_be_visible()  # the view of a phase is fetched when it comes
    return alva


def again(someone: Buyer, code: str) -> Buyer:
    """A tab of the same browser."""
    return Buyer(someone.context, someone.url).open(f"/{code}")


@contextmanager
def offline(someone: Buyer) -> Iterator[None]:
    """One tab without a network; those beside it have theirs."""
    tab = someone.context.new_cdp_session(someone.page)
    tab.send("Network.enable")
    for is_offline in (True, False):
        tab.send("Network.emulateNetworkConditions", NETWORK | {"offline": is_offline})
        if is_offline:
            someone.sees("No network right now.")
            yield


def changes(someone: Buyer, title: str, new: str) -> None:
    """One of the own ideas."""
    someone.button(f"Edit: {title}").tap()
    someone.page.get_by_role("textbox", name="Change your idea").fill(new)
    someone.button("Save change").tap()


# -- pages that end ------------------------------------------------------------------------------------


def without_ideas(socket: WebSocketRoute) -> None:
    """A network that carries everything but ideas."""
    server = socket.connect_to_server()
    socket.on_message(lambda message: None if "idea.put" in str(message) else server.send(message))


def closed(someone: Buyer) -> None:
    someone.page.close()


def killed(someone: Buyer) -> None:
    """As by a system that needs the memory."""
    with pytest.raises(Error):
        someone.page.goto("chrome://crash")
    someone.page.close()


@pytest.mark.parametrize(("end", "network"), [(closed, without_ideas), (killed, without_ideas), (killed, without_answers)])
def test_what_was_on_its_way_when_the_page_ended_arrives_once(
    venue: Venue, code: str, alva: Buyer, end: Callable[[Buyer], None], network: Callable[[WebSocketRoute], None],
) -> None:
    alva.page.route_web_socket(re.compile("socket.io"), network)
    alva.open(f"/{code}")
    sends(alva, IDEA)
    state(alva, IDEA, "Saving…")
    end(alva)
    assert stored(venue, code) in ([], [IDEA] * (network is without_answers))
    state(again(alva, code), IDEA, "Saved")
    assert stored(venue, code) == [IDEA]


# -- aeroplane mode ------------------------------------------------------------------------------------


def test_waiting_for_the_network_is_said_while_there_is_none_and_only_then(venue: Venue, code: str, alva: Buyer) -> None:
    def said() -> str:
        return " ".join(alva.page.evaluate("[...heard]"))

    alva.page.evaluate(HEARD)
    alva.writes(IDEA)
    assert "Saved" in said()
    assert "etwork" not in said()
    alva.context.set_offline(True)
    sends(alva, OTHER)
    state(alva, OTHER, WAITING)
    state(alva, IDEA, "Saved")
    alva.sees("No network right now.")
    assert stored(venue, code) == [IDEA]
    alva.context.set_offline(False)
    state(alva, OTHER, "Saved")
    alva.misses("No network right now.")
    alva.page.evaluate(HEARD)
    alva.writes("After the landing")
    assert "etwork" not in said()
    assert stored(venue, code) == [IDEA, OTHER, "After the landing"]


# -- back and forward, asleep and awake ----------------------------------------------------------------


def kept_by_the_browser(someone: Buyer) -> None:
    """Have the page kept when it is left, as some browsers do whatever a server asks for."""
    def without_its_wish(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "cache-control"})

    someone.page.route(someone.page.url, without_its_wish)
    someone.page.reload()
    expect(someone.field).to_be_visible()
    someone.page.unroute_all()
    someone.page.evaluate("window.kept = true")


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "made anew"])
def test_back_on_a_page_that_was_left_everything_is_as_it_is_now(venue: Venue, code: str, alva: Buyer, keeps: bool) -> None:
    if keeps:
        kept_by_the_browser(alva)
    alva.writes(IDEA)
    alva.open("/healthz")
    venue.member(code, "Bank", "Bengt").writes(OTHER)
    venue.moves(code, "share")
    alva.page.go_back(wait_until="commit")
    alva.sees(OTHER)
    assert bool(alva.page.evaluate("window.kept")) is keeps
    changes(alva, IDEA, "Changed after coming back")
    state(alva, "Changed after coming back", "Saved")
    assert stored(venue, code) == ["Changed after coming back", OTHER]


def test_what_waits_in_a_page_that_is_left_without_network_arrives_once(venue: Venue, code: str, alva: Buyer) -> None:
    kept_by_the_browser(alva)
    alva.context.set_offline(True)
    sends(alva, IDEA)
    state(alva, IDEA, WAITING)
    with pytest.raises(Error):
        alva.open("/healthz")
    alva.context.set_offline(False)
    alva.page.go_back(wait_until="commit")
    state(alva, IDEA, "Saved")
    assert stored(venue, code) == [IDEA]


def test_a_tab_that_slept_wakes_to_what_there_is_now(venue: Venue, code: str, alva: Buyer) -> None:
    tab = alva.context.new_cdp_session(alva.page)
    tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    venue.member(code, "Bank", "Bengt").writes(OTHER)
    venue.moves(code, "share")
    tab.send("Page.setWebLifecycleState", {"state": "active"})
    alva.sees(OTHER)


# -- a line that fails unseen --------------------------------------------------------------------------


class Line:
    """The first line of a page, which may swallow what page and server say. Pings it always carries, so that nobody notices."""

    def __init__(self, someone: Buyer, code: str) -> None:
        self.opened, self.lost, self._swallows, self._most = 0, 0, re.compile(""), 0.0
        someone.page.route_web_socket(re.compile("socket.io"), self._carry)
        someone.open(f"/{code}").writes(IDEA)  # so that the line is there, and not only the page

    def swallows(self, pattern: str, most: float = math.inf) -> None:
        """From now on what begins so gets lost; *most* is how many messages."""
        self._swallows, self._most = re.compile(pattern), most

    def _carry(self, socket: WebSocketRoute) -> None:
        self.opened += 1
        server, is_first = socket.connect_to_server(), self.opened == 1
        socket.on_message(lambda message: None if is_first and self._loses(message) else server.send(message))
        server.on_message(lambda message: None if is_first and self._loses(message) else socket.send(message))

    def _loses(self, message: str | bytes) -> bool:
        loses = self.lost < self._most and bool(self._swallows.match(str(message)))
        self.lost += loses
        return loses


SHARING = re.compile("Open an idea and add what you know")


@pytest.mark.parametrize("woken", [
    "document.dispatchEvent(new Event('visibilitychange'))",
    "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
    "dispatchEvent(new Event('online'))",
], ids=["seen again", "taken out again", "online again"])
def test_a_page_that_wakes_on_a_dead_line_makes_a_new_one(venue: Venue, code: str, alva: Buyer, woken: str) -> None:
    line = Line(alva, code)
    line.swallows("4")  # all but pings
    venue.moves(code, "share")
    alva.page.evaluate(woken)
    alva.sees(SHARING)
    assert line.opened == 2


def test_a_change_that_got_lost_is_asked_for_at_the_next_heartbeat(venue: Venue, code: str, alva: Buyer) -> None:
    line = Line(alva, code)
    line.swallows(r'42\["changes".*"phase":"share"', most=1)
    venue.moves(code, "share")
    alva.sees(SHARING)
    assert (line.opened, line.lost) == (1, 1)


# -- a second tab --------------------------------------------------------------------------------------


def looked_at(*tabs: Buyer) -> Iterator[Buyer]:
    """One tab after the other: what nobody looks at is not drawn."""
    for tab in tabs:
        tab.page.bring_to_front()
        yield tab


def test_two_tabs_agree_about_an_idea_whichever_changes_it(venue: Venue, code: str, alva: Buyer) -> None:
    alva.writes(IDEA)
    second = again(alva, code)
    for number, tab in enumerate(looked_at(second, alva)):
        changes(tab, [IDEA, "Repair first"][number], new := ["Repair first", "Repair, then replace"][number])
        for one in looked_at(tab, second if tab is alva else alva):
            state(one, new, "Saved")
    alva.page.bring_to_front()
    with offline(alva):
        changes(alva, "Repair, then replace", "Written in a tunnel")
        state(alva, "Written in a tunnel", WAITING)
        second.page.bring_to_front()
        second.writes(OTHER)
    for tab in looked_at(alva, second):
        state(tab, "Written in a tunnel", "Saved")
        state(tab, OTHER, "Saved")
    assert stored(venue, code) == ["Written in a tunnel", OTHER]


def ballot(venue: Venue, code: str) -> list[str]:
    """The titles that the only stored ballot ticks."""
    record = venue.record(code)
    (found,) = record.ballots
    return sorted(idea.title for idea in record.ideas if idea.id in found.choices)


def ticked(someone: Buyer, *titles: str) -> None:
    """Wait until exactly those are ticked, and saved so."""
    for box in someone.page.get_by_role("checkbox").all():
        expect(box).to_have_attribute("aria-checked", str(box.inner_text() in titles).lower())
    expect(someone.page.locator(".ballot .status[data-state=saved]")).to_be_visible()


def test_two_tabs_agree_about_the_ballot_also_when_one_was_offline(venue: Venue, code: str, alva: Buyer) -> None:
    alva.writes(IDEA)
    alva.writes(OTHER)
    second = again(alva, code)
    venue.moves(code, "vote")
    for tab, title, now in ((second, IDEA, [IDEA]), (alva, OTHER, [OTHER, IDEA])):
        tab.page.bring_to_front()
        tab.ticks(title)
        for one in looked_at(alva, second):
            ticked(one, *now)
        assert ballot(venue, code) == sorted(now)
    alva.page.bring_to_front()
    with offline(alva):
        alva.page.get_by_role("checkbox", name=IDEA, exact=True).tap()
        alva.sees("Kept on this phone until the network is back")
        second.page.bring_to_front()
        ticked(second, IDEA, OTHER)
    for tab in looked_at(alva, second):
        ticked(tab, OTHER)
    assert ballot(venue, code) == [OTHER]
