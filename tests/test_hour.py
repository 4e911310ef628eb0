"""An hour by template: two facilitators, one by keyboard and one by finger, a table without phones, two rounds, and a group taken
apart after the vote. After each step wall, phones and the outcome on the event's page are asked what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.hands import at_once, comes_late, drags, groups_by_keyboard
from tests.outcome import Outcome, downloaded
from tests.people import POCKET, Buyer, Facilitator, Person, Venue, Wall, pictures
from tests.standings import Count, Line, in_report, on_page, on_wall, recounted
from workshop.rules.agenda import BY_KEY

WELCOME, WRITE, SHARE, VOTE, RESULTS, CLOSE = BY_KEY["academy-60"].steps
WASTE, USE = "Less electronic waste", "Better use of resources"
REUSE, SECOND = "Take-back with reuse before recycling", "Every laptop gets a second life"
REPAIR, MEND = "Repair before replacing", "Mend in house what breaks"
SELL, SELL_TOO = "Sell old phones to the staff", "Sell the old phones to staff"
BOXES, DEPOSIT, TRIAL = "Return boxes on every floor", "Deposit for each device", "tset tset"
LEASE, POOL = "Lease monitors with the desks", "One pool of loan laptops"
HOW, RESULT = "Since the last agreement, with a fee per device.", "Two of three laptops go on to somebody else"
TABLE = "Table 3"
PER_CENT = re.compile(r"\d\s?%")

FIRST = Count(WASTE, 1, 4, 3, (
    Line(1, REUSE, 67, 2, 3), Line(2, SELL, 67, 2, 2), Line(3, BOXES, 33, 1, 1), Line(4, DEPOSIT, 17, 1, 1), Line(4, REPAIR, 17, 1, 1),
))
OTHER = Count(USE, 1, 2, 2, (Line(1, LEASE, 100, 2, 2), Line(2, POOL, 0, 0, 0)))
GROUPED = Count(WASTE, 2, 4, 3, (
    Line(1, REPAIR, 83, 3, 3, 2), Line(2, REUSE, 67, 2, 3, -1), Line(3, SELL, 33, 1, 1, -1), Line(4, DEPOSIT, 0, 0, 0, -1),
))
FIRST_GROUPED = Count(WASTE, 1, 4, 3, (
    Line(1, REUSE, 100, 3, 4), Line(2, SELL, 67, 2, 2), Line(3, DEPOSIT, 17, 1, 1), Line(3, REPAIR, 17, 1, 1),
))
APART = Count(WASTE, 2, 4, 3, (
    Line(1, REPAIR, 83, 3, 3, 3), Line(2, REUSE, 50, 2, 2, -1), Line(3, BOXES, 33, 1, 2), Line(4, SELL, 33, 1, 1, -2),
    Line(5, DEPOSIT, 0, 0, 0, -1),
))


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody: Frida at the laptop with the event's page (*desk*) in a second window, Mona with a phone, three buyers."""

    venue: Venue
    code: str
    desk: Facilitator
    frida: Facilitator
    mona: Facilitator
    wall: Wall
    alva: Buyer
    bo: Buyer
    cleo: Buyer

    @property
    def buyers(self) -> tuple[Buyer, ...]:
        """Who votes by phone."""
        return self.alva, self.bo, self.cleo

    def outcome(self) -> Outcome:
        """What the event's page gives at this moment."""
        menu = self.desk.page.locator("details.menu").filter(has_text="Outcome")
        if menu.get_attribute("open") is None:
            menu.get_by_text("Outcome", exact=True).click()
        return downloaded(menu.get_by_role("link", name="Everything, as one zip"))

    def seen(self, step: str) -> None:
        """Hold every kind of view to what every view must be."""
        views: dict[str, Person] = {"laptop": self.frida, "pocket": self.mona, "wall": self.wall, "phone": self.alva}
        for someone in views.values():
            someone.look()
        pictures(f"hour-{step}", **views)

    def say(self, count: Count, other: Count) -> None:
        """Wall, phones, consoles, report and recount say the same of a round; the report says another one beside it."""
        on_wall(self.wall, count, self.frida)
        for someone in (*self.buyers, self.frida, self.mona):
            on_page(someone, count)
        outcome = self.outcome()
        for one in (count, other):
            in_report(outcome, one)
        recounted(self.venue.server.command("recount", self.code), count)


@pytest.fixture
def venue(browser: Browser, tmp_path: Path) -> Iterator[Venue]:
    with Venue(browser, tmp_path / "data") as venue:
        yield venue


@pytest.mark.timeout(300)  # an hour in less than a minute; a slow machine may take its time
def test_an_hour_by_template_with_two_facilitators_a_table_and_two_rounds(venue: Venue) -> None:
    room = welcome(venue)
    write(room)
    share(room)
    vote(room)
    reveal(room)
    vote_again(room)
    reveal_again(room)
    take_apart(room)
    close(room)
    for someone in (room.desk, *room.buyers):
        someone.look()


# -- coming in ---------------------------------------------------------------------------------------


def welcome(venue: Venue) -> Room:
    """The session by its form; people by code, QR and a typed organisation; the space bar opens the day."""
    desk = venue.facilitator()
    code = prepare(desk, venue.link)
    frida, mona = desk.another_tab().opens_console(code), venue.facilitator(**POCKET).sign_in(venue.invites("Mona")).opens_console(code)
    room = Room(venue, code, desk, frida, mona, venue.wall(code), *come_in(venue, code))
    frida.page.keyboard.press(" ")
    frida.is_at(WELCOME.title, "Write, 10 min")
    room.wall.sees(WELCOME.prompt)
    room.wall.sees("Starts in")
    room.wall.sees(re.compile("3 people joined"))
    room.alva.sees("You are in, Alva.")
    outcome = room.outcome()
    assert not outcome.ideas and outcome.data["room"]["joined"] == 3
    assert outcome.data["room"]["absent"] == ["Energy company", "University"]
    sealed(outcome, WASTE, USE)
    room.seen("welcome")
    return room


def prepare(desk: Facilitator, link: str) -> str:
    """The event and the session; its code."""
    desk.sign_in(link)
    desk.makes_event("Learning Academy 2027", "City\nUniversity\nEnergy company\n")
    themes = f"{WASTE}\n{USE}\n"
    return desk.makes_session("Circular procurement of IT", "What works where you are?", themes, 2, "academy-60").replace("-", "")


def come_in(venue: Venue, code: str) -> tuple[Buyer, Buyer, Buyer]:
    """Two of the City and one of a bank that nobody had on the list; each is to be quoted in another way."""
    alva, bo, cleo = venue.buyer(), venue.buyer(), venue.buyer()
    alva.types_code(f"{code[:3]}-{code[3:]}".lower()).joins("City", "Alva", "Name and organisation")
    bo.open(f"/{code}").joins("City", "Bo")
    cleo.open(f"/{code}").joins_for_new("Bank", "Cleo", "Anonymous")
    return alva, bo, cleo


# -- writing -----------------------------------------------------------------------------------------


def write(room: Room) -> None:
    """By the clicker; a finger that comes a moment later goes no further. Phones and a table write, and nobody sees what."""
    comes_late(room.mona.button(re.compile("^Next: Write")))
    room.frida.page.keyboard.press("PageDown")
    room.frida.is_at(WRITE.title, "Share, 20 min")
    for someone in (room.wall, *room.buyers):
        someone.sees(WRITE.prompt)
    a_minute_more(room)
    for someone, ideas, other in ((room.alva, (REUSE, MEND), LEASE), (room.bo, (REPAIR, TRIAL), ""), (room.cleo, (SECOND, SELL), POOL)):
        write_all(someone, ideas, other)
    write_for_the_table(room.frida)
    room.alva.button("I’m done").tap()
    room.wall.sees(re.compile("10 ideas"))
    room.wall.sees(re.compile("1 of 3"))
    for someone in (room.wall, room.alva):
        someone.misses(re.compile(f"{SELL}|{BOXES}"))
    for someone in (room.frida, room.mona):
        expect(someone.card(BOXES)).to_contain_text("entered by proxy")
    outcome = room.outcome()
    assert len(outcome.ideas) == 10
    sealed(outcome, WASTE, USE)
    room.seen("write")


def a_minute_more(room: Room) -> None:
    """Mona gives it; everybody's clock has it."""
    room.mona.button("+1 min").tap()
    for someone in (room.wall, room.alva, room.frida, room.mona):
        expect(someone.page.get_by_role("timer")).to_have_text(re.compile(r"^\s*(11:00|10:(?!00))"))


def write_all(someone: Buyer, ideas: tuple[str, ...], other: str) -> None:
    """Some in the first theme, perhaps one in the other."""
    for idea in ideas:
        someone.writes(idea)
    if other:
        someone.looks_at(USE)
        someone.writes(other)
        someone.looks_at(WASTE)


def write_for_the_table(frida: Facilitator) -> None:
    """People of the University have no phones with them: Frida makes their table and enters their two ideas."""
    frida.unfolds("For a table").get_by_role("button", name="Add a table").click()
    dialog = frida.page.get_by_role("dialog")
    dialog.get_by_label("What it is called").fill(TABLE)
    dialog.get_by_label("Organisation").select_option(label="University")
    dialog.get_by_role("button", name="Add", exact=True).click()
    for idea in (SELL_TOO, BOXES):
        dialog.get_by_label("Idea in one sentence").fill(idea)
        dialog.get_by_role("button", name="Enter the idea").click()
        expect(dialog.get_by_role("status")).to_have_text(f"Entered: “{idea}”")
    frida.look()
    dialog.get_by_role("button", name="Close").click()


# -- sharing -----------------------------------------------------------------------------------------


def share(room: Room) -> None:
    """Mona goes on by finger. Ideas are read out and grouped, one waits for approval, one is hidden."""
    room.mona.button(re.compile("^Next: Share")).tap()
    room.frida.is_at(SHARE.title, "Vote, 7 min")
    for someone in room.buyers:
        someone.sees(SHARE.prompt)
        someone.sees(BOXES)
    told = read_out(room)
    group(room)
    hold(room)
    hide(room)
    room.frida.button("Board", exact=True).click()
    room.wall.heading(WASTE)
    expect(room.wall.page.get_by_text(re.compile(r"\+\s1\salike"))).to_have_count(3)
    room.wall.misses(re.compile(f"^({SECOND}|{MEND}|{SELL_TOO}|{TRIAL})$"))
    for someone in room.buyers:
        expect(someone.page.get_by_text(re.compile("2 ideas merged"))).to_have_count(3)
    check_groups(room.outcome(), told)
    room.seen("share")


def read_out(room: Room) -> str:
    """Two ideas; to the first Alva adds what her city does, while it stands on the wall. Its title."""
    room.frida.button("Read out the first idea").click()
    room.wall.sees(re.compile("7 ideas left"))
    title = room.wall.page.get_by_role("heading", level=1).inner_text()
    first = room.alva.page.get_by_role("region", name="Now on the wall: add your experience")
    expect(first).to_contain_text(title)
    room.alva.tells(first, HOW, Result=RESULT, Year="2025")
    for someone in (room.wall, room.bo, room.cleo):
        someone.sees(re.compile(RESULT))
    room.seen("read-out")
    room.frida.button("Next idea").click()
    room.wall.sees(re.compile("6 ideas left"))
    return title


def hold(room: Room) -> None:
    """What comes late waits; Mona lets it through, on her phone."""
    door = room.frida.unfolds("Door and approval")
    door.get_by_role("button", name="On", exact=True).click()
    expect(door).to_contain_text("wait for you")
    room.bo.button("Add an idea").tap()
    room.bo.writes(DEPOSIT, "Waiting for the facilitator")
    room.cleo.misses(DEPOSIT)
    room.mona.button(f"Approve “{DEPOSIT}”").tap()
    room.cleo.sees(DEPOSIT)
    door.get_by_role("button", name="Auto", exact=True).click()


def hide(room: Room) -> None:
    """A test text goes; its author is told why."""
    room.frida.hides(TRIAL, "Only a test")
    room.bo.sees("The facilitator took this off the board: it was only a test")
    expect(room.mona.card(TRIAL)).to_have_count(0)


def group(room: Room) -> None:
    """By keyboard, by finger, and by what is suggested, which both accept at the same moment: it is done once."""
    groups_by_keyboard(room.frida, MEND, REPAIR)
    expect(suggestion(room.mona)).to_be_visible()  # nothing moves down any more
    drags(room.mona, SECOND, REUSE)
    expect(room.mona.card(REUSE)).to_contain_text("2 grouped")
    expect(room.frida.card(SECOND)).to_have_count(0)
    for someone in (room.frida, room.mona):
        expect(suggestion(someone).get_by_role("heading", level=4)).to_have_text([SELL, SELL_TOO])
    at_once(*(suggestion(someone).get_by_role("button", name=f"Group under “{SELL}”") for someone in (room.frida, room.mona)))
    for someone in (room.frida, room.mona):
        expect(someone.card(SELL)).to_contain_text("2 grouped")
        expect(suggestion(someone)).to_have_count(0)


def suggestion(someone: Facilitator) -> Locator:
    """Two ideas side by side."""
    return someone.page.get_by_role("region", name="Do these say the same?")


def check_groups(outcome: Outcome, told: str) -> None:
    """The outcome so far: three groups, the experience as it was consented to, nothing hidden, and no count."""
    ideas = {idea["title"]: idea for idea in outcome.theme(WASTE)["ideas"]}
    groups = {title: [part["title"] for part in idea["merged"]] for title, idea in ideas.items()}
    assert groups == {REUSE: [SECOND], REPAIR: [MEND], SELL: [SELL_TOO], BOXES: [], DEPOSIT: []}
    said = [one for idea in ideas.values() if told in (idea["title"], *groups[idea["title"]]) for one in idea["said"]]
    assert [(one["by"], one["result"], one["year"]) for one in said] == [("Alva, City", RESULT, 2025)]
    sealed(outcome, WASTE, USE)


# -- the first vote ----------------------------------------------------------------------------------


def vote(room: Room) -> None:
    """Both facilitators go on at the same moment, and the room goes one step. Four ballots, one of them for the table."""
    at_once(*(someone.button(re.compile("^Next: Vote")) for someone in (room.frida, room.mona)))
    room.frida.is_at(VOTE.title, "Results, 13 min")
    expect(room.mona.button("Next: Results, 13 min")).to_be_visible()
    for someone, ideas in ((room.alva, (REUSE, REPAIR)), (room.bo, (REUSE, DEPOSIT)), (room.cleo, (REUSE, SELL))):
        someone.sees(VOTE.prompt)
        someone.ticks(*ideas)
    for someone in (room.alva, room.cleo):
        someone.looks_at(USE)
        someone.ticks(LEASE)
        someone.looks_at(WASTE)
    vote_for_the_table(room.frida, SELL, BOXES)
    main = room.wall.page.get_by_role("main")
    expect(main).to_contain_text(re.compile(f"{WASTE}.*4\\s*of 4 voted.*{USE}.*2\\s*of 4 voted", re.S))
    nobody_knows(room, WASTE, USE)
    room.seen("vote")


def vote_for_the_table(frida: Facilitator, *ideas: str) -> None:
    """What stands on the table's paper ballot."""
    frida.button(f"Enter for {TABLE}").click()
    dialog = frida.page.get_by_role("dialog", name=f"For {TABLE}")
    for idea in ideas:
        dialog.get_by_role("checkbox", name=idea, exact=True).check()
    dialog.get_by_role("button", name="Enter the ballot").click()
    expect(dialog.get_by_role("status")).to_have_text("Ballot entered")
    frida.look()
    dialog.get_by_role("button", name="Close").click()


def nobody_knows(room: Room, *themes: str) -> Outcome:
    """Neither wall nor phones nor consoles nor the outcome tell a total of the themes; that outcome."""
    for someone in (room.wall, *room.buyers, room.frida, room.mona):
        someone.misses(PER_CENT)
    outcome = room.outcome()
    sealed(outcome, *themes)
    return outcome


def sealed(outcome: Outcome, *themes: str) -> None:
    """An outcome without a total of the themes, and where all are meant, without any."""
    for part in map(outcome.theme, themes):
        assert (part["revealed"], part["result"], part["earlier"]) == (False, None, [])
        assert not [draft for draft in outcome.data["practices"] if draft["theme"] == part["id"]]
    if not any(theme["revealed"] for theme in outcome.data["themes"]):
        assert not PER_CENT.search(outcome.text)
        assert {one["voted"] for one in outcome.data["room"]["organisations"]} <= {None}


# -- the results, and a second round beside the first -------------------------------------------------


def reveal(room: Room) -> None:
    """By the clicker, which does not answer the question that it raises: half of the room has not voted on one theme."""
    room.frida.page.keyboard.press("PageDown")
    dialog = room.frida.page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 of 4 have not voted yet.")
    room.frida.page.keyboard.press("PageDown")
    dialog.get_by_role("button", name="Reveal").click()
    room.frida.is_at(RESULTS.title, "Close, 5 min")
    room.wall.sees(RESULTS.prompt)
    room.say(FIRST, OTHER)
    room.seen("reveal")


def vote_again(room: Room) -> None:
    """One theme again, asked for by both at the same moment, while the other stays revealed: one round begins. In the middle of it
    Mona groups two ideas that many have ticked."""
    for someone in (room.frida, room.mona):
        someone.button("Vote again").click()
    at_once(*(someone.page.get_by_role("dialog").get_by_role("button", name="Vote again") for someone in (room.frida, room.mona)))
    room.wall.sees(re.compile("Round 2"))
    for someone in (room.frida, room.mona):
        expect(someone.button("Next: Results, 13 min")).to_be_visible()
    expect(room.frida.page.locator(".step.coming")).to_contain_text(RESULTS.title)
    for someone, ideas in ((room.alva, (REUSE, BOXES)), (room.bo, (REPAIR, BOXES)), (room.cleo, (REPAIR, REUSE))):
        someone.sees("Round 2.")
        someone.ticks(*ideas)
    vote_for_the_table(room.frida, REPAIR, SELL)
    room.mona.page.locator("summary").filter(has_text="Ideas").tap()
    room.mona.groups(BOXES, REUSE)
    for someone in room.buyers:
        expect(someone.page.get_by_role("checkbox", name=BOXES)).to_have_count(0)
    for someone in (room.alva, room.bo):
        expect(someone.page.get_by_role("checkbox", name=REUSE)).to_be_checked()
    room.alva.sees(re.compile("1 left"))
    room.wall.sees(re.compile("of 4 have voted"))
    in_report(nobody_knows(room, WASTE), OTHER)
    room.seen("again")


def reveal_again(room: Room) -> None:
    """Next catches up with the results, and asks nothing: everybody has voted. A voter of both ideas counts once."""
    room.frida.next("Results, 13 min")
    room.frida.is_at(RESULTS.title, "Close, 5 min")
    room.say(GROUPED, FIRST_GROUPED)
    room.seen("reveal-again")


def take_apart(room: Room) -> None:
    """The log says who did what, each thing once; Frida undoes what Mona has grouped, and both rounds are counted anew."""
    room.frida.unfolds("Earlier").get_by_role("button", name="Everything that was done").click()
    log = room.frida.page.get_by_role("dialog", name="Everything that was done")
    entries = log.get_by_role("listitem")
    for done in ("Step: Write", "Step: Share", "Step: Vote", "New round", *(f"Grouped “{one}”" for one in (MEND, SECOND, SELL_TOO, BOXES))):
        expect(entries.filter(has_text=done)).to_have_count(1)
    expect(entries.filter(has_text=f"Grouped “{BOXES}”")).to_contain_text("Mona · ")
    log.get_by_role("button", name=f"Undo: Grouped “{BOXES}”").click()
    expect(entries.filter(has_text=f"Grouped “{BOXES}”")).to_contain_text("undone")
    room.frida.look()
    log.get_by_role("button", name="Close").click()
    room.say(APART, FIRST)
    room.seen("apart")


# -- the end -----------------------------------------------------------------------------------------


def close(room: Room) -> None:
    """By the clicker. What is taken home holds both rounds, the table's ballot, and nobody who did not want to be named."""
    room.frida.page.keyboard.press("PageDown")
    room.frida.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    room.wall.heading("Thank you!")
    room.wall.sees(CLOSE.prompt)
    for someone in room.buyers:
        someone.sees("Thank you!")
    for someone in (*room.buyers, room.frida, room.mona):
        on_page(someone, APART)
    outcome = downloaded(room.frida.page.get_by_role("link", name="Download the outcome").first)
    assert outcome.data["made"]["content_hash"] == room.outcome().data["made"]["content_hash"]
    for count in (APART, FIRST, OTHER):
        in_report(outcome, count)
    assert [draft["title"] for draft in outcome.data["practices"]] == [REPAIR, REUSE, BOXES, LEASE]
    assert "2 ballots were entered by proxy" in outcome.text
    assert not any("Cleo" in text for text in outcome.files.values())
    room.seen("close")
