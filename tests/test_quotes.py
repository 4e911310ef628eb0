"""One's own words after the day: put right by their author alone, quoted as consented then, and the original kept."""

from __future__ import annotations

import json

import pytest

from tests.shelves import Shelf
from workshop import errors
from workshop.model import new_id
from workshop.service import commands as c
from workshop.service.quotes import Quotes
from workshop.service.reviews import ReviewDesk, Reviewing


@pytest.fixture
def shelf(world):
    return Shelf(world)


@pytest.fixture
def quotes(world):
    return Quotes(world.store, world.clock)


def consents(world, who, quote, name=""):
    world.does(who, c.MePut, id=new_id(), name=name or who.name, quote=quote)


def sources(world, shelf):
    """What the first practice says and by whom, as an organisation reads it."""
    token = ReviewDesk(world.store, world.clock).make_links("olga", world.event.id, shelf.organisation("City"))[0].token
    page = Reviewing(world.store, world.clock).page(token, "", shelf.practices[0])
    return {(s.text, s.by) for field in page.practice.fields for s in field.sources}


def test_contributors_see_their_own_words_and_no_others(shelf, quotes):
    assert [(q.of, q.kind, q.row.id) for q in quotes.of(shelf.bo.id)] == [
        ("idea", "idea", shelf.repair), ("experience", "do", shelf.done),
    ]
    assert [p.title for p in quotes.of(shelf.bo.id)[1].practices] == ["Take-back with reuse"]
    assert [q.words for q in quotes.of(shelf.cleo.id)] == [{"text": "Once the contract ends."}]
    assert quotes.of("nobody") == ()


def test_words_that_stand_in_no_practice_are_not_shown(shelf, quotes, world):
    world.phase("write")
    world.writes(shelf.ada, "Another idea")
    assert [q.row.id for q in quotes.of(shelf.ada.id)] == [shelf.reuse]
    shelf.state(shelf.practices[0], "aside")
    assert quotes.of(shelf.ada.id) == ()


def test_words_of_an_idea_that_was_merged_into_another_count(shelf, quotes, world):
    world.phase("write")
    like = world.writes(shelf.cleo, "Suppliers take back")
    world.runs("idea.merge", c.IdeaMerge, idea=like, into=shelf.reuse)
    assert like in {q.row.id for q in quotes.of(shelf.cleo.id)}


def test_a_correction_stands_everywhere_and_the_original_is_kept(shelf, quotes, world):
    rev = world.record.session.rev
    assert quotes.correct(shelf.bo.id, "experience", shelf.done, {"text": "In both agreements since 2024.", "result": "64 % reused"})
    assert ("In both agreements since 2024.", "Bank") in sources(world, shelf)
    assert world.record.session.rev > rev
    entry = next(row for row in shelf.rows("practice_log") if row["action"] == "quote.correct")
    assert json.loads(entry["detail"])["was"] == {"text": "In our agreement since 2024.", "result": "62 % reused"}
    assert (entry["practice_id"], entry["actor"]) == (shelf.practices[0], "participant")
    told = ReviewDesk(world.store).desk(world.event.id).corrected
    assert [(d.was["result"], d.now["result"]) for d in told] == [("62 % reused", "64 % reused")]


def test_the_same_words_again_change_nothing(shelf, quotes):
    assert not quotes.correct(shelf.ada.id, "idea", shelf.reuse, {"title": " Take-back  with reuse"})
    assert not shelf.rows("practice_log")


def test_words_are_their_authors_alone(shelf, quotes, world):
    for who, of, id_ in ((shelf.ada, "experience", shelf.done), (shelf.bo, "idea", shelf.reuse), (shelf.bo, "idea", shelf.done)):
        with pytest.raises(errors.NotFound):
            quotes.correct(who.id, of, id_, {"title": "Mine", "text": "Mine"})
    assert not shelf.rows("practice_log")


@pytest.mark.parametrize(
    ("words", "error", "field"),
    [
        ({"title": " "}, errors.Empty, "title"), ({"title": "x" * 141}, errors.TooLong, "title"),
        ({"detail": "x" * 1001}, errors.TooLong, "detail"),
    ],
)
def test_wrong_words_name_the_field_and_change_nothing(shelf, quotes, world, words, error, field):
    with pytest.raises(error) as caught:
        quotes.correct(shelf.ada.id, "idea", shelf.reuse, words)
    assert caught.value.field == field
    assert quotes.of(shelf.ada.id)[0].words["title"] == "Take-back with reuse"


def test_where_words_wait_for_approval_nothing_slips_past_while_the_session_goes_on(shelf, quotes, world):
    world.runs("hold.set", c.HoldSet, hold=True)
    with pytest.raises(errors.WrongPhase):
        quotes.correct(shelf.ada.id, "idea", shelf.reuse, {"title": "Another"})
    world.phase("closed")
    assert quotes.correct(shelf.ada.id, "idea", shelf.reuse, {"title": "Another"})
    assert next(i.state for i in world.record.ideas if i.id == shelf.reuse) == "active"


@pytest.mark.parametrize("alone", [False, True])
def test_nobody_changes_words_that_the_room_votes_on(shelf, quotes, world, alone):
    world.phase("vote", world.use if alone else None)
    with pytest.raises(errors.WrongPhase):
        quotes.correct(shelf.bo.id, "idea", shelf.repair, {"title": "Something else"})
    world.phase("reveal", world.use if alone else None)
    assert quotes.correct(shelf.bo.id, "idea", shelf.repair, {"title": "Something else"})


def test_what_is_finished_does_not_change_and_the_consent_still_does(shelf, quotes, world):
    shelf.state(shelf.practices[0], "frozen")
    with pytest.raises(errors.FrozenQuote):
        quotes.correct(shelf.ada.id, "idea", shelf.reuse, {"title": "Another"})
    consents(world, shelf.ada, "anonymous")
    assert [row["action"] for row in shelf.rows("practice_log")] == ["consent.change"]


def test_a_consent_taken_back_takes_the_name_away_everywhere_and_the_log_names_nobody(shelf, world):
    assert ("Collect, erase, sell.", "Ada, City") in sources(world, shelf)
    consents(world, shelf.ada, "anonymous")
    ReviewDesk(world.store, world.clock).revoke_link("olga", world.event.id, shelf.rows("review_links")[0]["id"])
    assert ("Collect, erase, sell.", None) in sources(world, shelf)
    entry = next(row for row in shelf.rows("practice_log") if row["action"] == "consent.change")
    assert (entry["practice_id"], entry["actor"], entry["detail"]) == (shelf.practices[0], "participant", "{}")


def test_only_what_changes_how_one_is_named_is_logged(shelf, world):
    consents(world, shelf.bo, "organisation", "Bosse")  # a name that is not shown
    assert not shelf.rows("practice_log")
    consents(world, shelf.ada, "name", "Ada L.")
    consents(world, shelf.bo, "anonymous")
    assert len([row for row in shelf.rows("practice_log") if row["action"] == "consent.change"]) == 1 + 2
