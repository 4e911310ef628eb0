"""The network goes, or the server sleeps; soon after it is back everybody holds the same, and that is what the tables say.

`python3 -m bench network` does it with two hundred phones and for half a minute.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator

import pytest

from bench import check
from bench._gathering import Far, Gathering, guests
from bench._gone import WAYS, return_of
from bench._proxy import Proxy, Weather
from bench._storm import Storm, prepare
from tests.apart import played
from workshop.rehearse.client import Journal
from workshop.rehearse.desk import DATABASE

PHONES = 30
AWAY_S = 1.5
STORM_S = 3.0
WITHIN_S = 5.0  # of the return all must agree
STORMY = Weather(delay=0.05, loss=0.2, again=0.1, breaks=0.1)


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Far]:
    """A running server behind a proxy."""
    with Far(tmp_path_factory.mktemp("far")) as far:
        yield far


@pytest.mark.parametrize("gone", WAYS)
def test_soon_after_the_network_is_back_all_hold_the_same(far: Far, gone: str) -> None:
    hall = far.hall()
    people, key = guests(far, hall, PHONES), far.facilitator()

    async def play() -> None:
        async with Gathering(far, hall, people, key) as room:
            await room.begin()
            await room.agreement(WITHIN_S)
            await return_of(room, WAYS[gone], AWAY_S, WITHIN_S)

    played(play())
    titles = [idea.title for idea in far.desk.record(hall.code).ideas]
    assert len(titles) == len(set(titles)) == 2 * PHONES


def test_a_network_that_loses_and_breaks_loses_no_word(far: Far) -> None:
    venue, journal = prepare(far.data), Journal()

    async def play() -> None:
        storm = Storm(far.far_url, venue, journal, random.Random(7), pace=0.2)
        async with Proxy(far.far_port, far.server.port) as proxy, storm.blowing(10):
            proxy.weather = STORMY
            await asyncio.sleep(STORM_S)

    played(play())
    report = check.check(check.history_of(json.loads(entry.line) for entry in journal.entries), far.data / DATABASE)
    assert report.findings == []
    assert report.counts["acknowledged"] > 50
