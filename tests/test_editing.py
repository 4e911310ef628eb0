"""Writing in a practice: nothing that anybody writes is lost, and a frozen version stands."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import World
from workshop import documents, errors
from workshop.model import Participant, new_id
from workshop.rules.kpi import Measure
from workshop.service import commands as c
from workshop.service.practices import Choice, Practices, Written, versions
from workshop.store.queries import participants, practices

LIFE = Measure("service_life", "", "years", 3, 6, "Asset register", "Ada", "m1")


class Office:
    """A session with a revealed vote, one practice made of it, and two editors."""

    def __init__(self, path) -> None:
        self.world = World(path)
        self.desk = Practices(self.world.store, self.world.clock)
        self.ada, self.bo = self.world.come("Ada", "City", "name"), self.world.come("Bo", "Bank")
        self.world.phase("write")
        self.idea = self.world.writes(self.ada, "Repair before replacing", detail="Ask for spare parts.")
        self.world.writes(self.bo, "Reuse first")
        self.world.phase("share")
        self.told = new_id()
        said = {"kind": "do", "text": "Since 2023.", "result": "Half the waste."}
        self.world.does(self.bo, c.ExperiencePut, experience=self.told, idea=self.idea, **said)
        self.world.phase("vote")
        for who in (self.ada, self.bo):
            self.world.votes(who, self.idea)
        self.world.phase("reveal")
        [self.practice] = self.desk.draft(self.event, self.world.session.id, Choice(top=1), "editor")

    @property
    def event(self) -> str:
        return self.world.event.id

    def saves(self, text, base=0, section="problem", who="editor", **more):
        self.world.clock.forward(1)
        return self.desk.save(self.event, self.practice.id, Written(section, text, base, **more), who)

    def does(self, name, *args):
        self.world.clock.forward(1)
        return getattr(self.desk, name)(self.event, self.practice.id, *args, "editor")

    @property
    def reads(self):
        return self.desk.opened(self.event, self.practice.id).practice

    def wordings(self, section="problem"):
        return [one.text for one in self.desk.wordings(self.event, self.practice.id, section)]

    def document(self, name="report.md") -> str:
        return documents.render(documents.build(self.world.record))[name].decode("utf-8-sig")

    def quoted(self, who: Participant, quote: str) -> None:
        """What a person's changed mind does to the rows, whichever way it comes."""
        def change(tx):
            one = participants.by_id(tx, who.id)
            participants.save(tx, replace(one, quote=quote))
            tx.run("UPDATE participants SET quote = :quote WHERE id = :id", id=who.id, quote=quote)

        self.world.store.write(change)


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "workshop.db")
    yield office
    office.world.close()


# -- sections --------------------------------------------------------------------------------------


def test_what_is_written_stands_before_what_the_room_said(office):
    saved = office.saves("Devices go **too early**.\n\n- first\n- second\n", owner="Ada, City")
    field = office.reads.field("problem")
    assert (field.text, field.owner, field.complete) == (saved.text, "Ada, City", True)
    assert office.reads.field("experience").sources[0].text == "Since 2023."
    text = office.document()
    assert "#### Problem and hotspot\n\nDevices go **too early**.\n\n- first\n- second\u00a0[2]\n\nOwner: Ada, City" in text


def test_an_owners_name_fills_the_section_of_the_owner_and_no_other(office):
    office.saves("", section="owner", owner="Ada, City")
    office.saves("", section="lessons", owner="Ada, City")
    assert (office.reads.field("owner").complete, office.reads.field("lessons").complete) == (True, False)


def test_two_editors_one_section_both_texts_are_kept(office):
    first = office.saves("Mine")
    with pytest.raises(errors.Overtaken) as caught:
        office.saves("Theirs", base=0, who="other")
    assert (caught.value.mine.text, caught.value.theirs.text) == ("Theirs", "Mine")
    assert office.reads.field("problem").text == "Mine"
    assert office.wordings() == ["Mine", "Theirs"]
    assert office.saves("Mine and theirs", base=first.rev).text == "Mine and theirs"


def test_the_same_words_twice_are_no_conflict_and_no_version(office):
    first = office.saves("Same")
    assert office.saves("Same", base=0, who="other").rev == first.rev
    assert office.wordings() == ["Same"]


class Editor:
    """What one browser knows of a section."""

    def __init__(self, name):
        self.name, self.base = name, 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("save", "look", "take", "restore")), st.integers(0, 9)), max_size=14))
def test_whatever_two_editors_do_no_wording_is_lost(tmp_path_factory, steps):
    office = Office(tmp_path_factory.mktemp("office") / "workshop.db")
    editors, said = {name: Editor(name) for name in "ab"}, set()
    try:
        for number, (name, step, n) in enumerate(steps):
            one = editors[name]
            if step == "look":
                one.base = next((f.rev for f in office.desk.since(office.event, office.practice.id, 0).fields), 0)
                continue
            kept = office.desk.wordings(office.event, office.practice.id, "problem")
            text = f"{name}{number}" if step != "take" or not kept else kept[n % len(kept)].text
            said.add(text)
            try:
                if step == "restore" and kept:
                    said.discard(text)
                    one.base = office.desk.restore(office.event, office.practice.id, kept[n % len(kept)].id, one.base, name).rev
                else:
                    one.base = office.saves(text, base=one.base, who=name).rev
            except errors.Overtaken:
                pass  # the editor's text is still in the editor's hands, and among the wordings
        assert said <= set(office.wordings())
        standing = office.reads.field("problem").text
        assert standing in [w.text for w in office.desk.wordings(office.event, office.practice.id, "problem") if not w.refused] or not said
    finally:
        office.world.close()


def test_an_earlier_wording_comes_back(office):
    first = office.saves("First")
    second = office.saves("Second", base=first.rev)
    [old, _] = office.desk.wordings(office.event, office.practice.id, "problem")
    assert office.desk.restore(office.event, office.practice.id, old.id, second.rev, "editor").text == "First"
    assert office.wordings() == ["First", "Second", "First"]


def test_the_title_is_a_section_too(office):
    saved = office.saves("Repair first", section="title")
    assert office.reads.title == "Repair first"
    with pytest.raises(errors.Overtaken):
        office.saves("Other", base=0, section="title")
    assert office.saves("Third", base=saved.rev, section="title").text == "Third"
    assert office.wordings("title") == ["Repair first", "Other", "Third"]


@pytest.mark.parametrize(("written", "error"), [
    (Written("nonsense", "x", 0), errors.NotFound), (Written("title", " ", 0), errors.Empty),
    (Written("problem", "x" * 6001, 0), errors.TooLong), (Written("problem", "x", 0, tags=("sdg.3",)), errors.Invalid),
    (Written("references", "x", 0, tags=("sdg.18",)), errors.Invalid), (Written("problem", "x", 0, owner="x" * 141), errors.TooLong),
])
def test_bad_input_names_its_field_and_stores_nothing(office, written, error):
    with pytest.raises(error):
        office.desk.save(office.event, office.practice.id, written, "editor")
    assert office.desk.since(office.event, office.practice.id, 0).practice.rev == 1


def test_tags_come_in_their_order(office):
    office.saves("", section="stage", tags=("strategy.repair", "stage.contract", "stage.planning"))
    assert office.reads.field("stage").tags == ("stage.planning", "stage.contract", "strategy.repair")
    assert "**Procurement stage:** Planning, Contract\n\n**Circular strategy:** Repair" in office.document()


# -- measures and standing --------------------------------------------------------------------------


def test_measures_are_added_changed_and_removed(office):
    first = office.does("put_measure", LIFE, 0)
    assert office.reads.field("measures").measures == (LIFE,)
    assert "| Service life | years | 3 | 6 | Asset register | Ada |" in office.document()
    office.does("put_measure", replace(LIFE, target=7), first.rev)
    with pytest.raises(errors.Overtaken):
        office.does("put_measure", replace(LIFE, target=8), first.rev)
    office.does("remove_measure", "m1")
    assert office.reads.field("measures").measures == ()
    details = [json.loads(e.detail) for e in office.desk.history(office.event, office.practice.id) if e.action == "measure.save"]
    assert [one["target"] for one in details] == [6, 7, 7]


def left(office, practice=None, measure="m1"):
    """How a measure was left, oldest first: by whom, its figures, and where they come from."""
    found = office.desk.figures(office.event, (practice or office.practice).id, measure)
    return [(one.by, one.baseline, one.target, one.source, one.state) for one in found]


def test_every_state_of_a_measure_is_kept_with_who_left_it_and_when(office):
    first = office.does("put_measure", LIFE, 0)
    office.world.clock.forward(1)
    second = office.desk.put_measure(office.event, office.practice.id, replace(LIFE, source="Survey"), first.rev, "another")
    office.does("put_measure", replace(LIFE, source="Survey", owner="Somebody else"), second.rev)
    office.does("remove_measure", "m1")
    assert left(office) == [
        ("editor", 3, 6, "Asset register", "active"), ("another", 3, 6, "Survey", "active"), ("editor", 3, 6, "Survey", "active"),
        ("editor", 3, 6, "Survey", "removed"),
    ]
    times = [one.at for one in office.desk.figures(office.event, office.practice.id, "m1")]
    assert times == sorted(times) and times[-1] == office.world.clock.now


def test_a_measure_that_came_from_an_earlier_version_begins_with_what_it_came_with(office):
    office.does("put_measure", LIFE, 0)
    office.does("freeze")
    new = office.desk.continued(office.event, office.practice.id, False, "editor")
    [measure] = office.desk.opened(office.event, new.id).dossier.measures
    assert left(office, new, measure.id) == []
    office.desk.put_measure(office.event, new.id, replace(LIFE, id=measure.id, baseline=4), measure.rev, "editor")
    assert left(office, new, measure.id) == [("", 3, 6, "Asset register", "active"), ("editor", 4, 6, "Asset register", "active")]
    with pytest.raises(errors.NotFound):
        left(office, new, "m1")


def test_a_measure_of_another_practice_is_out_of_reach(office):
    office.does("put_measure", LIFE, 0)
    [other] = [i.id for i in office.world.record.ideas if i.title == "Reuse first"]
    [office.practice] = office.desk.draft(office.event, office.world.session.id, Choice(ideas=(other,)), "editor")
    for call in (lambda: office.does("put_measure", replace(LIFE, target=9), 0), lambda: office.does("remove_measure", "m1")):
        with pytest.raises(errors.NotFound):
            call()
    assert {one.target for one in office.world.store.read(lambda tx: practices.dossiers(tx, office.world.session.id))[0].measures} == {6}


@pytest.mark.parametrize(("change", "error", "field"), [
    ({"unit": "months"}, errors.Invalid, "unit"), ({"target": 51}, errors.Invalid, "target"), ({"kpi": "nonsense"}, errors.Invalid, "kpi"),
    ({"baseline": float("nan")}, errors.Invalid, "baseline"), ({"kpi": "", "name": ""}, errors.Empty, "name"),
])
def test_a_figure_that_cannot_be_is_refused(office, change, error, field):
    with pytest.raises(error) as caught:
        office.does("put_measure", replace(LIFE, **change), 0)
    assert caught.value.field == field


def test_only_the_editor_makes_good_practice_and_says_why(office):
    assert office.reads.maturity == "promising"
    with pytest.raises(errors.NoReason):
        office.does("confirm", " ")
    office.does("confirm", "Three cities have used it for two years.")
    assert office.reads.maturity == "good"
    assert "Confirmed as good practice: Three cities have used it for two years." in office.document()
    office.does("confirm", None)
    assert office.reads.maturity == "promising"


def test_a_review_date_is_a_day(office):
    office.does("review_on", "2027-11-24")
    assert "To be reviewed on 24 November 2027." in office.document()
    with pytest.raises(errors.OffDay):
        office.does("review_on", "in spring")


def test_what_is_set_aside_leaves_the_documents_and_comes_back(office):
    office.does("set_state", "aside")
    assert json.loads(office.document("report.json"))["practices"] == []
    office.does("set_state", "draft")
    assert len(json.loads(office.document("report.json"))["practices"]) == 1


# -- versions --------------------------------------------------------------------------------------


def test_a_frozen_version_stands_and_a_new_one_continues_it(office):
    office.saves("As it is")
    office.does("put_measure", LIFE, 0)
    edition = office.does("freeze")
    assert (edition.number, edition.hash) == ("1.0", versions.fingerprint(edition.content))
    for change in (lambda: office.saves("No"), lambda: office.does("confirm", "No"), lambda: office.does("put_measure", LIFE, 0),
                   lambda: office.does("set_state", "aside"), lambda: office.does("freeze")):
        with pytest.raises(errors.Frozen, match=r"Version 1\.0 is frozen"):
            change()
    draft = office.does("continued", False)
    assert (draft.number, draft.follows, draft.state) == ("1.1", office.practice.id, "draft")
    with pytest.raises(errors.NotFrozen):
        office.does("continued", True)
    [told] = json.loads(office.document("report.json"))["practices"]
    assert (told["version"], told["content_hash"]) == ("1.0", edition.hash)
    office.practice = draft
    assert (office.reads.field("problem").text, office.reads.field("measures").measures[0].target) == ("As it is", 6)
    office.does("freeze")
    assert [one["version"] for one in json.loads(office.document("report.json"))["practices"]] == ["1.1"]


def test_a_frozen_version_holds_no_name_and_what_is_withdrawn_is_gone_from_it(office):
    office.saves("Text", owner="Olga Owner")
    edition = office.does("freeze")
    assert not any(name in edition.content for name in ("Ada", "Bo", "City", "Bank", "Olga"))
    assert "Half the waste." in edition.content
    assert "Bank" in office.document() and "Ada" in office.document()
    office.quoted(office.ada, "anonymous")
    office.quoted(office.bo, "anonymous")
    text = office.document()
    assert "Ada" not in text and "— Bank" not in text and "Half the waste." in text
    office.world.runs("experience.hide", c.ExperienceHide, experience=office.told, hidden=True)
    assert "Half the waste." not in office.document()
    assert "Half the waste." not in office.document("report.json")


def test_what_is_changed_after_freezing_does_not_change_the_version(office):
    before = office.does("freeze") and office.reads
    office.world.runs("idea.edit", c.IdeaEdit, idea=office.idea, title="Something else", detail="Quite another thing.")
    assert office.reads.field("steps").sources[0].text == before.field("steps").sources[0].text == "Ask for spare parts."


def test_the_same_content_has_the_same_fingerprint(office):
    first = office.does("freeze")
    office.practice = office.does("continued", True)
    assert office.does("freeze").hash == first.hash
    assert office.practice.number == "2.0"


def test_another_event_does_not_reach_the_practice(office):
    for call in (lambda: office.desk.opened("other", office.practice.id), lambda: office.desk.since("other", office.practice.id, 0),
                 lambda: office.desk.save("other", office.practice.id, Written("problem", "x", 0), "editor")):
        with pytest.raises(errors.NotFound):
            call()


# -- what happens to the room's words ----------------------------------------------------------------


def test_an_idea_that_is_hidden_after_drafting_leaves_nothing_behind(office):
    office.saves("The editor's own words")
    office.world.runs("idea.hide", c.IdeaHide, idea=office.idea, hidden=True)
    found = office.reads
    assert (found.by, found.maturity, found.filled) == (None, "idea", 1)
    text = office.document()
    assert "The editor's own words" in text and "Since 2023." not in text


def test_ideas_merged_after_drafting_come_along(office):
    [one] = [i for i in office.world.record.ideas if i.title == "Reuse first"]
    office.world.runs("idea.merge", c.IdeaMerge, idea=one.id, into=office.idea)
    assert [source.text for source in office.reads.merged] == ["Reuse first"]


def test_the_change_log_tells_once_a_day_what_was_done(office):
    first = office.saves("One")
    office.saves("Two", base=first.rev)
    office.does("freeze")
    told = [one["text"] for one in json.loads(office.document("report.json"))["changes"]]
    assert told[-3:] == [
        "The practice “Repair before replacing” was drafted", "The text of “Repair before replacing” was edited",
        "Version 1.0 of “Repair before replacing” was frozen",
    ]


def test_csv_tells_practices_sections_and_measures(office):
    office.saves("=cmd()")
    office.does("put_measure", LIFE, 0)
    assert "1.1,Less electronic waste," in office.document("practices.csv")
    assert "1.1,Repair before replacing,problem,filled,'=cmd()" in office.document("sections.csv")
    assert "1.1,Repair before replacing,service_life,,years,3.0,6.0,Asset register,Ada" in office.document("measures.csv")


def test_a_practice_with_everything_follows_the_schema(office):
    office.saves("Text", owner="Olga")
    office.saves("Law", section="references", tags=("sdg.12",))
    office.does("put_measure", LIFE, 0)
    office.does("confirm", "Tried.")
    office.does("freeze")
    jsonschema.validate(json.loads(office.document("report.json")), json.loads(office.document("report-2.schema.json")))


def test_every_row_of_the_log_is_nameless(office):
    office.saves("Text", owner="Olga Owner")
    office.does("put_measure", LIFE, 0)
    details = " ".join(e.detail for e in office.world.store.read(lambda tx: practices.noted(tx, office.practice.id)))
    assert "Olga" not in details and "Ada" not in details
