"""From a finished rehearsal to the library, in each language: drafts, two editors, four organisations with phones, a frozen version,
every document opened by readers that are not ours, a stranger who finds it, and a name that is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.carried import finds, is_gone, publishes, reads, takes_everything_away, takes_the_name_back
from tests.journey import BANK, ENGLISH, SWEDISH, Story, Way, rehearsed
from tests.people import Venue
from tests.reviewed import review
from tests.written import drafts, edits, freezes, takes_apart_and_together


@pytest.mark.timeout(300)  # a day and a month after it in less than a minute; a slow machine may take its time
@pytest.mark.parametrize("story", [ENGLISH, SWEDISH], ids=lambda story: story.language)
def test_from_a_finished_rehearsal_to_the_library(venue: Venue, story: Story, tmp_path: Path) -> None:
    way = Way(venue, story, rehearsed(venue, story), venue.signed_in(locale=story.say.locale))
    address = drafts(way)
    if story is ENGLISH:  # what changes no word that a document says is walked in one language
        takes_apart_and_together(way)
    ben = edits(way, address)
    phones = review(way)
    fingerprint = freezes(way, address, ben)
    takes_everything_away(way, fingerprint, tmp_path)
    publishes(way)
    stranger = finds(way)
    page = reads(way, stranger, fingerprint)
    takes_the_name_back(way, phones[BANK], address)
    is_gone(way, stranger, page)
    for someone in (way.olga, ben.person, stranger, *phones.values()):
        assert not someone.troubles
