"""How a session counts, as the organizer writes it down: method, dots, groups, hosts, approval; and sectors of organisations."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from workshop import errors
from workshop.model import METHODS
from workshop.service.plans import Invited, pasted_organisations
from workshop.web import forms

CHOICES = {"method": "dots", "ballot_size": "6", "idea_cap": "3", "group_by": "sector", "hosts_vote": "on", "hold": "yes"}


def plan(**typed):
    """The plan of a form with *typed* in it."""
    return forms.session_plan(MultiDict({"title": "S", "themes": "T", "take": "3", "quote_default": "organisation"} | typed))


def sectors(world):
    return {o.name: o.sector for o in world.organize.event(world.event.id).organisations}


def test_what_is_chosen_in_the_form_is_stored_shown_again_and_copied(world):
    made = world.organize.create_session(world.event.id, plan(**({"method": "approval"} | CHOICES)))
    for session in (made, world.organize.copy_session(made.id)):
        assert (session.method, session.ballot_size, session.idea_cap, session.group_by) == ("dots", 6, 3, "sector")
        assert (session.hosts_vote, session.hold) == (True, True)
        assert {name: forms.typed(session)[name] for name in CHOICES} == CHOICES


@pytest.mark.parametrize(("typed", "hold"), [("auto", None), ("yes", True), ("no", False)])
def test_ideas_wait_always_never_or_in_large_rooms(world, typed, hold):
    made = world.organize.create_session(world.event.id, plan(method="approval", hold=typed))
    assert made.hold is hold
    assert forms.typed(made)["hold"] == typed


@pytest.mark.parametrize("method", METHODS)
def test_a_form_without_the_new_fields_makes_a_session_of_every_method(world, method):
    made = world.organize.create_session(world.event.id, plan(method=method))
    assert (made.method, made.idea_cap, made.group_by, made.hosts_vote, made.hold) == (method, None, "organisation", False, None)


@pytest.mark.parametrize(("typed", "field"), [({"hold": "maybe"}, "hold"), ({"idea_cap": "many"}, "idea_cap")])
def test_a_wrong_choice_names_the_field(typed, field):
    with pytest.raises(errors.Invalid) as caught:
        plan(method="dots", **typed)
    assert caught.value.field == field


def test_what_follows_a_bar_is_the_sector():
    assert pasted_organisations("Lund | city\n* Bank\n\nRegion | ") == (Invited("Lund", "city"), Invited("Bank"), Invited("Region"))
    with pytest.raises(errors.TooLong) as caught:
        pasted_organisations("Lund | " + "x" * 81)
    assert caught.value.field == "organisations"


def test_known_organisations_take_a_sector_and_keep_it(world):
    world.organize.add_organisations(world.event.id, "City | public\nLund | public")
    world.organize.add_organisations(world.event.id, "city")
    assert sectors(world) == {
        "City": "public", "Bank": "", "University": "", "Energy company": "", "Furniture retailer": "", "Lund": "public"}


def test_a_sector_is_changed_with_the_name_or_left_as_it_is(world):
    city, bank = world.organize.event(world.event.id).organisations[:2]
    world.organize.rename_organisation(world.event.id, city.id, "City", " public  body ")
    world.organize.rename_organisation(world.event.id, city.id, "Town")
    world.organize.rename_organisation(world.event.id, bank.id, "Bank", "")
    assert (sectors(world)["Town"], sectors(world)["Bank"]) == ("public body", "")
    with pytest.raises(errors.TooLong) as caught:
        world.organize.rename_organisation(world.event.id, city.id, "Town", "x" * 81)
    assert caught.value.field == "sector"
