"""What an organizer prepares: events, organisations, sessions."""

from __future__ import annotations

import pytest

from workshop import errors
from workshop.model import CODE_ALPHABET
from workshop.rules.agenda import Outline
from workshop.rules.practice import SECTIONS, Field, Practice
from workshop.service.library import Library
from workshop.service.organize import EventPlan, SessionPlan, ThemeLine, pasted_themes
from workshop.service.practices import Practices
from workshop.service.practices.importing import Batch, cleaned
from workshop.store.queries import sessions

PRACTICE = Practice("i", "Repair", None, "idea", tuple(map(Field, SECTIONS)), (), (), (), id="elsewhere")
LINES = "- City\n- Bank\n\n1. Energy company\ncity\n"


@pytest.fixture
def organize(world):
    return world.organize


def names(overview):
    return [organisation.name for organisation in overview.organisations]


def edited(organize, session, **changes):
    """The plan of a session as its form would send it, with *changes*."""
    _session, themes = organize.session(session.id)
    lines = tuple(ThemeLine(theme.title, theme.prompt, theme.id) for theme in themes)
    return SessionPlan(**{"title": session.title, "themes": lines} | changes)


# -- events ----------------------------------------------------------------------------------------


def test_an_event_with_pasted_organisations(organize):
    plan = EventPlan(" Learning  Academy\t2027 ", "2027-05-04", "Atrium", "", "sv")
    event = organize.create_event(plan, LINES)
    assert (event.name, event.date, event.host, event.language) == ("Learning Academy 2027", "2027-05-04", "", "sv")
    assert names(organize.event(event.id)) == ["City", "Bank", "Energy company"]


@pytest.mark.parametrize(
    ("plan", "error", "field"),
    [
        (EventPlan("  "), errors.Empty, "name"),
        (EventPlan("x" * 141), errors.TooLong, "name"),
        (EventPlan("Day", date="4 May"), errors.Invalid, "date"),
        (EventPlan("Day", language="xx"), errors.Invalid, "language"),
        (EventPlan("Day", place="p" * 81), errors.TooLong, "place"),
    ],
)
def test_a_wrong_event_names_the_field_and_stores_nothing(organize, plan, error, field):
    before = len(organize.events())
    with pytest.raises(error) as caught:
        organize.create_event(plan, LINES)
    assert caught.value.field == field
    assert len(organize.events()) == before


def test_an_event_is_changed_and_its_sessions_hear_of_it(world, organize):
    rev = organize.session(world.session.id)[0].rev
    organize.update_event(world.event.id, EventPlan("Learning Academy 2028", place="Harbour"))
    assert organize.event(world.event.id).event.place == "Harbour"
    assert organize.session(world.session.id)[0].rev > rev


def test_an_event_that_somebody_joined_stays(world, organize):
    world.come("Ada")
    with pytest.raises(errors.Conflict):
        organize.remove_event(world.event.id)
    assert organize.event(world.event.id)


def test_an_event_that_nobody_joined_goes(world, organize):
    organize.remove_event(world.event.id)
    with pytest.raises(errors.NotFound):
        organize.event(world.event.id)
    with pytest.raises(errors.UnknownCode):
        world.entrance.session(world.session.code)


def test_an_event_whose_practices_somebody_worked_on_stays(world, organize, tmp_path):
    """Nobody has joined it: its practices were imported, to be finished and published."""
    desk = Practices(world.store, world.clock)
    elsewhere = [desk.bring([Batch("f", EventPlan(name), False, (cleaned("Waste", PRACTICE),))])[0].made[0] for name in ("One", "Two")]
    for one in elsewhere:
        desk.freeze(one.event_id, one.id, "editor")
    Library(world.store, world.clock).publish(elsewhere[0].event_id, [], "olga")
    with pytest.raises(errors.Conflict):
        organize.remove_event(elsewhere[0].event_id)
    assert not organize.event(elsewhere[0].event_id).removable
    organize.remove_event(elsewhere[1].event_id)  # a mistaken import


def test_the_sample_goes_with_everything_in_it(world, organize):
    sample = organize.make_sample()
    overview = organize.event(sample.event_id)
    assert overview.event.sample
    assert len(overview.organisations) == 20
    assert len(organize.session(sample.id)[1]) == 3
    world.session, theme = sample, organize.session(sample.id)[1][0].id
    ada, bo = world.come("Ada"), world.come("Bo", "Bank")
    world.phase("write")
    first, second = world.writes(ada, "Keep laptops five years", theme), world.writes(bo, "Keep them longer", theme)
    world.store.write(lambda tx: tx.run("UPDATE ideas SET merged_into = :a WHERE id = :b", a=first, b=second))
    world.phase("vote")
    world.votes(ada, first, theme=theme)
    organize.remove_event(sample.event_id)
    for table in ("sessions", "participants", "ideas", "ballots", "choices", "log"):
        left = world.store.read(lambda tx, table=table: tx.one(f"SELECT COUNT(*) AS n FROM {table}"))
        assert left["n"] == (1 if table == "sessions" else 0), table


# -- organisations ---------------------------------------------------------------------------------


def test_organisations_are_added_once(world, organize):
    assert organize.add_organisations(world.event.id, "Region\nCITY") == 2
    assert names(organize.event(world.event.id))[-1] == "Region"
    assert len(names(organize.event(world.event.id))) == 6
    with pytest.raises(errors.Empty):
        organize.add_organisations(world.event.id, " \n ")


def test_one_that_a_participant_typed_becomes_invited(world, organize):
    world.entrance.join(world.session.code, "Region", "", "organisation", new_organisation_ok=True)
    organize.add_organisations(world.event.id, "Region")
    assert [o.invited for o in organize.event(world.event.id).organisations if o.name == "Region"] == [True]


def test_renaming_and_removing_an_organisation(world, organize):
    world.come("Ada", "City")
    city, bank = organize.event(world.event.id).organisations[:2]
    organize.rename_organisation(world.event.id, city.id, "City of Lakes")
    assert "City of Lakes" in names(organize.event(world.event.id))
    with pytest.raises(errors.Conflict):
        organize.rename_organisation(world.event.id, bank.id, "city OF lakes")
    with pytest.raises(errors.Conflict):
        organize.remove_organisation(world.event.id, city.id)
    organize.remove_organisation(world.event.id, bank.id)
    assert "Bank" not in names(organize.event(world.event.id))


def test_an_organisation_is_found_through_its_event_only(world, organize):
    other = organize.create_event(EventPlan("Another day"))
    city = organize.event(world.event.id).organisations[0]
    with pytest.raises(errors.NotFound):
        organize.rename_organisation(other.id, city.id, "Stolen")


# -- sessions --------------------------------------------------------------------------------------


def test_pasted_themes_may_bring_a_prompt():
    assert pasted_themes("Less waste | What happens then?\n\n* Better use\n") == (
        ThemeLine("Less waste", "What happens then?"), ThemeLine("Better use", ""),
    )


def test_a_session_gets_a_code_and_its_themes(world, organize):
    made = organize.create_session(world.event.id, SessionPlan("Second", themes=pasted_themes("One | Why?\nTwo")))
    session, themes = organize.session(made.id)
    assert len(session.code) == 6
    assert set(session.code) <= set(CODE_ALPHABET)
    assert (session.phase, session.position, session.take) == ("lobby", 1, 3)
    assert [(theme.title, theme.prompt) for theme in themes] == [("One", "Why?"), ("Two", "")]
    assert [s.id for s in organize.sessions_of(world.event.id)] == [world.session.id, made.id]


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"title": ""}, errors.Empty, "title"),
        ({"themes": ()}, errors.Empty, "themes"),
        ({"themes": (ThemeLine(" "),)}, errors.Empty, "themes"),
        ({"themes": (ThemeLine("x"),) * 31}, errors.TooManyThemes, "themes"),
        ({"method": "lots"}, errors.Invalid, "method"),
        ({"quote_default": "loudly"}, errors.Invalid, "quote_default"),
        ({"ballot_size": 21}, errors.OutOfRange, "ballot_size"),
        ({"ballot_size": -1}, errors.OutOfRange, "ballot_size"),
        ({"take": 0}, errors.OutOfRange, "take"),
        ({"idea_cap": 21}, errors.OutOfRange, "idea_cap"),
        ({"method": "dots", "ballot_size": 4, "idea_cap": 5}, errors.CapTooLarge, "idea_cap"),
        ({"group_by": "planet"}, errors.Invalid, "group_by"),
    ],
)
def test_a_wrong_session_names_the_field(world, organize, changes, error, field):
    with pytest.raises(error) as caught:
        organize.create_session(world.event.id, SessionPlan(**{"title": "S", "themes": (ThemeLine("T"),)} | changes))
    assert caught.value.field == field
    assert len(organize.sessions_of(world.event.id)) == 1


def test_a_session_is_changed_theme_by_theme(world, organize):
    _session, (waste, use) = organize.session(world.session.id)
    lines = (ThemeLine("Less e-waste", "Then?", waste.id), ThemeLine("", id=use.id, removed=True), ThemeLine("Climate"))
    organize.update_session(world.session.id, edited(organize, world.session, themes=lines, ballot_size=4, show_authors=True))
    session, themes = organize.session(world.session.id)
    assert (session.ballot_size, session.show_authors) == (4, True)
    assert [theme.title for theme in themes] == ["Less e-waste", "Climate"]
    assert themes[0].id == waste.id
    assert all(theme.rev == session.rev for theme in themes)


def test_a_theme_stays_while_a_step_of_the_agenda_is_for_it(world, organize):
    plan = SessionPlan("S", themes=(ThemeLine("One"), ThemeLine("Two")), agenda=(Outline("write", "Alone", "", 5, (1,)),))
    made = organize.create_session(world.event.id, plan)
    one, two = organize.session(made.id)[1]
    lines = (ThemeLine("One", id=one.id), ThemeLine("Two", id=two.id, removed=True))
    with pytest.raises(errors.ThemeInUse) as caught:
        organize.update_session(made.id, edited(organize, made, themes=lines))
    assert (caught.value.field, len(organize.session(made.id)[1])) == ("themes", 2)


def test_a_theme_of_another_session_cannot_be_changed(world, organize):
    other = organize.create_session(world.event.id, SessionPlan("Other", themes=(ThemeLine("Theirs"),)))
    theirs = organize.session(other.id)[1][0]
    with pytest.raises(errors.NotFound):
        organize.update_session(world.session.id, edited(organize, world.session, themes=(ThemeLine("Mine", id=theirs.id),)))
    assert organize.session(other.id)[1][0].title == "Theirs"


def test_a_theme_stays_once_somebody_has_joined(world, organize):
    world.come("Ada")
    lines = (ThemeLine("Less electronic waste", id=world.waste), ThemeLine("", id=world.use, removed=True))
    with pytest.raises(errors.Conflict):
        organize.update_session(world.session.id, edited(organize, world.session, themes=lines))
    assert len(organize.session(world.session.id)[1]) == 2


def test_the_method_stays_once_somebody_has_voted(world, organize):
    ada = world.come("Ada")
    world.phase("write")
    idea = world.writes(ada, "Keep laptops five years")
    organize.update_session(world.session.id, edited(organize, world.session, method="agree"))
    organize.update_session(world.session.id, edited(organize, world.session, method="approval"))
    world.phase("vote")
    world.votes(ada, idea)
    with pytest.raises(errors.Conflict) as caught:
        organize.update_session(world.session.id, edited(organize, world.session, method="agree"))
    assert caught.value.field == "method"


def test_a_copy_starts_anew_with_the_same_words(world, organize):
    world.come("Ada")
    world.phase("write")
    other = organize.create_event(EventPlan("Next year"))
    here, there = organize.copy_session(world.session.id), organize.copy_session(world.session.id, other.id)
    assert len({world.session.code, here.code, there.code}) == 3
    assert (here.event_id, there.event_id, there.phase) == (world.event.id, other.id, "lobby")
    titles = [theme.title for theme in world.store.read(lambda tx: sessions.themes(tx, there.id))]
    assert titles == ["Less electronic waste", "Better use of resources"]
    assert organize.event(world.event.id).people[here.id] == 0


def test_what_does_not_exist_is_not_found(organize):
    for ask in (organize.event, organize.session, organize.copy_session, organize.remove_event):
        with pytest.raises(errors.NotFound):
            ask("nothing")
