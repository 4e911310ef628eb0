"""Venue Wi-Fi: the network goes, the tab closes, the server dies, and no word is lost or doubled."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, WebSocketRoute, expect

from tests.people import Buyer, Venue

IDEA = "Repair before replacing"
WAITING = "Waiting for network — kept on this phone"
ACK = re.compile(r"^43\d*\[")  # how a Socket.IO acknowledgement begins


@pytest.fixture
def alva(venue: Venue, code: str) -> Buyer:
    alva = venue.buyer().open(f"/{code}").joins("City", "Alva")
    expect(alva.field).to_be_visible()  # the view of a phase is fetched when it comes
    return alva


def stored(venue: Venue, code: str) -> list[str]:
    """The titles of all ideas that the server has."""
    return [idea.title for idea in venue.record(code).ideas]


def sends(someone: Buyer, title: str) -> None:
    """Press the button, whatever becomes of it."""
    someone.field.fill(title)
    someone.button("Send idea").tap()
    expect(someone.field).to_have_value("")


def state(someone: Buyer, title: str, words: str) -> None:
    """Wait until an own idea is in that state."""
    expect(someone.own(title).locator(".status")).to_have_text(words)


def test_what_is_sent_without_network_waits_and_arrives_once(venue: Venue, code: str, alva: Buyer) -> None:
    alva.context.set_offline(True)
    sends(alva, IDEA)
    state(alva, IDEA, WAITING)
    alva.sees("No network right now.")
    alva.sees(re.compile("1 thing waits to be sent"))
    assert stored(venue, code) == []
    alva.context.set_offline(False)
    state(alva, IDEA, "Saved")
    alva.misses("No network right now.")
    assert stored(venue, code) == [IDEA]


def test_the_newest_of_several_changes_made_offline_is_what_arrives(venue: Venue, code: str, alva: Buyer) -> None:
    alva.writes(IDEA)
    alva.context.set_offline(True)
    alva.sees("No network right now.")
    alva.button(f"Edit: {IDEA}").tap()
    alva.page.get_by_role("textbox", name="Change your idea").fill(f"{IDEA}, always")
    alva.button("Save change").tap()
    state(alva, f"{IDEA}, always", WAITING)
    alva.button("I’m done").tap()
    alva.context.set_offline(False)
    state(alva, f"{IDEA}, always", "Saved")
    assert stored(venue, code) == [f"{IDEA}, always"]


def test_a_page_loaded_again_without_network_keeps_what_waits(venue: Venue, code: str, alva: Buyer) -> None:
    alva.context.set_offline(True)
    sends(alva, IDEA)
    alva.field.fill("Half a thought")
    state(alva, IDEA, WAITING)
    with pytest.raises(Error):
        alva.page.reload()
    alva.page.close()  # else the old page might wake up and send it
    alva.context.set_offline(False)
    again = Buyer(alva.context, venue.url).open(f"/{code}")
    state(again, IDEA, "Saved")
    expect(again.field).to_have_value("Half a thought")
    assert stored(venue, code) == [IDEA]


def test_what_is_lost_on_its_way_when_the_line_breaks_is_sent_again(venue: Venue, code: str, alva: Buyer) -> None:
    broken: list[WebSocketRoute] = []

    def breaking_once(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def up(message: str | bytes) -> None:
            if broken or "idea.put" not in str(message):
                return server.send(message)
            broken.append(socket)
            socket.close()

        socket.on_message(up)

    alva.page.route_web_socket(re.compile("socket.io"), breaking_once)
    alva.open(f"/{code}")
    sends(alva, IDEA)
    state(alva, IDEA, "Saved")
    assert broken
    assert stored(venue, code) == [IDEA]


def test_a_tab_closed_before_the_answer_delivers_once_when_it_is_opened_again(venue: Venue, code: str, alva: Buyer) -> None:
    wall = venue.wall(code)
    alva.page.route_web_socket(re.compile("socket.io"), without_answers)
    alva.open(f"/{code}")
    sends(alva, IDEA)
    wall.sees("1 idea")  # the server has it, and the phone does not know
    state(alva, IDEA, "Saving…")
    alva.page.close()
    again = Buyer(alva.context, venue.url).open(f"/{code}")
    state(again, IDEA, "Saved")
    assert stored(venue, code) == [IDEA]


def without_answers(socket: WebSocketRoute) -> None:
    """A network that carries everything but acknowledgements."""
    server = socket.connect_to_server()
    server.on_message(lambda message: None if ACK.match(str(message)) else socket.send(message))


def test_a_view_that_could_not_be_fetched_comes_by_itself_once_it_can(venue: Venue, code: str) -> None:
    bengt = venue.buyer()
    bengt.context.route("**/phone/write.js", lambda route: route.abort())
    bengt.open(f"/{code}").joins("City")
    bengt.sees("One moment…")
    bengt.context.unroute_all()
    expect(bengt.field).to_be_visible()


def test_everybody_comes_back_by_themselves_when_the_server_does(venue: Venue, code: str, alva: Buyer) -> None:
    wall = venue.wall(code)
    bengt = venue.buyer().open(f"/{code}").joins("Bank")
    expect(bengt.field).to_be_visible()
    alva.writes(IDEA)
    wall.sees("1 idea")
    venue.server.kill()
    wall.sees("Reconnecting…")
    alva.sees("No network right now.")
    sends(bengt, "Buy refurbished")
    state(bengt, "Buy refurbished", WAITING)
    venue.server.start()
    state(bengt, "Buy refurbished", "Saved")
    wall.misses("Reconnecting…")
    wall.sees("2 ideas")
    alva.misses("No network right now.")
    state(alva, IDEA, "Saved")
    assert sorted(stored(venue, code)) == ["Buy refurbished", IDEA]
