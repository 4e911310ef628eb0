"""What all tests share: the browser, and settings that touch nothing outside a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import browser
from workshop.config import Settings

if TYPE_CHECKING:  # each fixture imports what it needs: a run of browser tests alone stays light
    from playwright.sync_api import Browser

    from tests.people import Venue
    from tests.server import Hall, House
    from tests.support import World
    from workshop.rehearse.browser import Cookies


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own browser, as tests/browser.py finds it."""
    return browser_type_launch_args | {"executable_path": browser.ensure(), "args": browser.arguments()}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Loopback, port 8000 (not bound), data and exports in the test's own folder."""
    flags = {"host": "127.0.0.1", "data": str(tmp_path / "data"), "exports": str(tmp_path / "exports")}
    return Settings.load({}, flags)


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of pytest-base-url's fixture, whose definition pytest 9 warns about: every test knows its own server."""


# -- a store and its services ------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A session of two themes; its plan may be given as an indirect parameter."""
    from tests.support import World

    world = World(tmp_path / "workshop.db", getattr(request, "param", {}))
    yield world
    world.close()


# -- a server and its sockets ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running server for all tests of a file."""
    from tests.server import House

    with House(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def hall(house: House) -> Hall:
    """A session of the test's own."""
    return house.hall()


@pytest.fixture
def ada(house: House, hall: Hall) -> Cookies:
    """Ada of the City, who has joined."""
    return house.guest(hall, "Ada", "City")


@pytest.fixture
def frida(house: House) -> Cookies:
    """A facilitator who is signed in."""
    return house.facilitator()


# -- a server and its browsers -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """A running server, with browsers to come, for all tests of a file."""
    from tests.people import Venue

    with Venue(browser, tmp_path_factory.mktemp("place") / "data") as venue:
        yield venue


@pytest.fixture
def venue(place: Venue) -> Iterator[Venue]:
    """The place, which everybody leaves after the test."""
    yield place
    place.everybody_leaves()


@pytest.fixture
def code(venue: Venue) -> str:
    """The code of a session in which people write."""
    return venue.session("write")
