"""A short vote and reveal by each new method: two phones, the wall, and the console."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.apart import played
from tests.people import Buyer, Facilitator, Venue, Wall, pictures
from workshop.rehearse.client import Console
from workshop.service.plans import ThemeLine

REPAIR, LEASE, REUSE = "Repair before replacing", "Lease monitors with the desks", "Take back and reuse first"
IDEAS = (REPAIR, LEASE, REUSE)
ONE = (ThemeLine("Less electronic waste"),)
Room = tuple[str, Buyer, Buyer, Wall, Facilitator]


def candidate(someone: Buyer, title: str) -> Locator:
    """An idea on the ballot."""
    return someone.page.locator(".candidate").filter(has_text=title)


def saved(someone: Buyer) -> None:
    """Wait until the ballot is kept."""
    expect(someone.page.locator(".ballot .status[data-state=saved]")).to_contain_text("Ballot saved")


def puts(someone: Buyer, title: str, dots: int) -> None:
    """Put dots on an idea, one by one."""
    box = candidate(someone, title)
    for n in range(dots):
        box.get_by_role("button", name="One dot more").tap()
        expect(box.locator("output")).to_have_text(str(n + 1))


def grades(someone: Buyer, title: str, grade: str) -> None:
    """Give an idea a grade."""
    radio = candidate(someone, title).get_by_role("radio", name=grade)
    radio.check()
    expect(radio).to_be_checked()


def places(someone: Buyer, title: str, impact: int, effort: int) -> None:
    """Put an idea on both scales."""
    for scale, value in (("Impact", impact), ("Effort", effort)):
        group = candidate(someone, title).get_by_role("radiogroup", name=re.compile(scale))
        group.get_by_role("radio", name=str(value)).check()


def opened(venue: Venue, method: str, **plan: object) -> Room:
    """A session in which two vote on three ideas, with the wall and the console."""
    code = venue.session("write", method=method, themes=ONE, **plan)
    alva, bo = venue.member(code), venue.member(code, "Bank", "Bo")
    for title in IDEAS:
        alva.writes(title)
    wall, frida = venue.wall(code), venue.signed_in().opens_console(code)
    venue.moves(code, "vote")
    return code, alva, bo, wall, frida


def revealed(venue: Venue, room: Room, name: str, *sights: str) -> None:
    """The results, on every view, each held to what every view must be."""
    code, alva, _bo, wall, frida = room
    alva.look()
    pictures(f"{name}-vote", alva=alva)
    venue.moves(code, "reveal")
    for someone in (alva, wall, frida):
        for sight in sights:
            someone.sees(re.compile(sight, re.IGNORECASE))
    for someone in (alva, wall, frida):
        someone.look()
    pictures(f"{name}-reveal", alva=alva, wall=wall, frida=frida)


def commanded(venue: Venue, code: str, command: str, **body: object) -> None:
    """As a console does."""
    async def do() -> None:
        async with Console(venue.url, code, key) as console:
            await console.do(command, body)

    key = venue.key()
    played(do())


def test_dots_cannot_be_more_than_there_are(venue: Venue) -> None:
    room = code, alva, bo, wall, frida = opened(venue, "dots", ballot_size=4, idea_cap=3)
    wall.sees("Spread 4 dots")
    puts(alva, REPAIR, 3)
    candidate(alva, REPAIR).get_by_role("button", name="One dot more").tap(force=True)
    alva.sees("At most 3 dots fit on one idea.")
    puts(alva, LEASE, 1)
    alva.sees("0 of 4 dots left")
    candidate(alva, REUSE).get_by_role("button", name="One dot more").tap(force=True)
    alva.sees(re.compile("All your dots are given"))
    saved(alva)
    puts(bo, LEASE, 2)
    saved(bo)
    revealed(venue, room, "dots", "of the dots across organisations", "Take back")
    alva.page.get_by_text("How we count").tap()
    alva.sees(re.compile("the same number of dots"))
    commanded(venue, code, "round.next", theme=None)
    puts(bo, REUSE, 3)
    saved(bo)
    venue.moves(code, "reveal")
    for someone in (alva, wall, frida):
        expect(someone.page.locator(".moved[data-look=up]").first).to_contain_text("↑2")
    pictures("dots-again", alva=alva, wall=wall, frida=frida)
    commanded(venue, code, "screen.show", view="auto", theme=None, page=1, idea=None)
    wall.sees(re.compile("the same number of dots"))
    wall.look()
    pictures("dots-how", wall=wall)


def adopt(alva: Buyer, bo: Buyer) -> None:
    grades(alva, REPAIR, "Already do")
    grades(alva, LEASE, "Not for us")
    grades(bo, REPAIR, "Would adopt")
    grades(bo, LEASE, "With changes")
    grades(bo, REUSE, "Don’t know")


def place(alva: Buyer, bo: Buyer) -> None:
    places(alva, REPAIR, 5, 2)
    places(alva, LEASE, 4, 5)
    places(bo, REPAIR, 4, 1)
    places(bo, REUSE, 2, 2)
    candidate(bo, LEASE).get_by_role("radio", name="3").first.check()
    bo.sees("Choose the effort too, and it counts.")


@pytest.mark.parametrize(("method", "vote", "recorded", "sights"), [
    ("adoption", adopt, "Already do", ("of 2 organisations do or would adopt it", "Would adopt")),
    ("impact", place, "Impact 5 · effort 2", ("Quick win", "impact 4.5", "Big bet")),
])  # fmt: skip
def test_what_is_answered_is_recorded_and_shown(
    venue: Venue, method: str, vote: Callable[[Buyer, Buyer], None], recorded: str, sights: tuple[str, ...]
) -> None:
    room = _code, alva, bo, wall, _frida = opened(venue, method)
    wall.sees(re.compile("each idea"))
    vote(alva, bo)
    for someone, n in ((alva, 2), (bo, 3 if method == "adoption" else 2)):
        someone.sees(f"{n} of 3 answered")
        saved(someone)
    alva.page.get_by_text("Your ballot as recorded").tap()
    expect(alva.page.locator(".recorded li").filter(has_text=REPAIR)).to_contain_text(recorded)
    revealed(venue, room, method, *sights)
