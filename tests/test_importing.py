"""Practices read back: what was exported comes home equal, and a wrong file leaves nothing behind."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.test_documents_texts import NASTY
from tests.test_editing import LIFE, Office
from workshop import cli, documents, errors
from workshop.documents import formats, incoming, practice_file, single
from workshop.documents import json as as_json
from workshop.documents.incoming_file import IncomingFile
from workshop.documents.shape import Draft
from workshop.model import STANCES, Event, StoredPractice, new_id
from workshop.rules import light, tags, text
from workshop.rules.kpi import KPIS, Measure
from workshop.rules.practice import ADOPTIONS, RATIFICATIONS, SECTIONS, Answer, Field, Practice, Source, Stance
from workshop.service.library import Entry
from workshop.service.practices import editing, versions
from workshop.store.queries import events, practices

HOLD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "workshop.db")
    yield office
    office.world.close()


# -- any practice there can be -------------------------------------------------------------------------

words = st.text(max_size=80).map(lambda t: text.clean_block(t, 6000, "text")) | st.sampled_from(
    [text.clean_block(one, 6000, "text") for one in NASTY])
lines = words.map(lambda t: text.clean_line(t + " x", 140, "line"))
ids = st.text("abcdef0123456789", min_size=1, max_size=32)
sources = st.lists(st.builds(
    Source, of=st.sampled_from(["idea", "experience"]), id=ids, text=words, by=st.none() | lines, result=words,
    year=st.none() | st.integers(1950, 2100)), max_size=3).map(tuple)
measures = st.lists(st.one_of(
    st.builds(Measure, kpi=st.just(""), name=lines, unit=lines, baseline=st.none() | st.floats(0, 1e9), target=st.none(), source=lines,
              owner=st.just(""), id=ids),
    st.sampled_from(KPIS).map(lambda kpi: Measure(kpi.key, "", kpi.unit, 1.5, None, "", "Ada", "m1"))), max_size=3).map(tuple)
answers = st.lists(st.builds(
    Answer, organisation=lines, ratification=st.sampled_from(["", *RATIFICATIONS]), sentence=words,
    adoption=st.sampled_from(["", *ADOPTIONS]), by_when=st.sampled_from(["", "2027", "2027-06"])), max_size=3).map(tuple)


@st.composite
def fields(draw):
    def one(key):
        kinds = tags.OF_SECTION.get(key, ())
        chosen = draw(st.sets(st.sampled_from([t for t in tags.TAGS if t.partition(".")[0] in kinds]), max_size=3)) if kinds else ()
        return Field(key, draw(sources), draw(words), tags.chosen(key, chosen), draw(measures) if key == "measures" else (), draw(
            st.just("") | lines))
    return tuple(one(key) for key in SECTIONS)


stances = st.tuples(*(st.builds(lambda n, named, kind=kind: Stance(kind, n + len(named), tuple(named)), st.integers(0, 9), st.lists(
    lines.map(lambda t: text.clean_line(t[:60], 80, "name")), max_size=2)) for kind in STANCES))
any_practice = st.builds(
    Practice, idea_id=ids, title=lines, by=st.none() | lines, maturity=st.sampled_from(["idea", "promising", "candidate"]), fields=fields(),
    stances=stances, merged=sources, comments=sources, confirmed=st.just(""), version=st.just(""), content_hash=st.just(""),
    review_on=st.sampled_from(["", "2027-03-31"]), answers=answers, id=ids)


def report_of(practice, language="en"):
    event = Event("e", "Learning Academy 2026", "2026-11-24", "Malmö", "City", language, False, 0)
    kept = StoredPractice("p", "e", None, None, "Less waste", practice.title, 1, "frozen", "", "", None, 0, 1, 0, 0)
    return single.report(Entry(practice, kept, event, 0))


def read(data, name="report.json", folder=None):
    path = folder / name
    path.write_bytes(data)
    return incoming.read(path)


@HOLD
@given(practice=any_practice)
def test_json_comes_back_equal_whatever_it_holds(tmp_path, practice):
    batch = read(as_json.write(report_of(practice)), folder=tmp_path)
    assert [one.practice for one in batch.arrivals] == [practice]
    assert (batch.event.name, batch.arrivals[0].theme) == ("Learning Academy 2026", "Less waste")


@HOLD
@given(practice=any_practice)
def test_the_store_gives_back_what_was_brought(office, practice):
    batch = incoming.read(_written(office, practice))
    practice_ids = [one.id for one in office.desk.bring([batch], f"Event {new_id()}")[0].made]
    found, _ = office.world.store.read(lambda tx: versions.reading(tx, practices.by_id(tx, practice_ids[0])))
    assert bare(found) == bare(practice)


def _written(office, practice):
    path = Path(office.world.path).parent / "report.json"
    path.write_bytes(as_json.write(report_of(practice)))
    return path


def bare(practice):
    """Without the ids that a store gives its own of."""
    fields = tuple(replace(f, measures=tuple(replace(m, id="") for m in f.measures)) for f in practice.fields)
    return replace(practice, id="", fields=fields)


@HOLD
@given(practice=any_practice, language=st.sampled_from(["en", "sv"]))
def test_markdown_brings_the_editors_words_back(tmp_path, practice, language):
    report = report_of(practice, language)
    data = practice_file.one(report, report.practices[0])
    found = read(data, "practice-1.1.md", tmp_path).arrivals[0].practice
    assert (found.title, found.review_on, found.id) == (practice.title, practice.review_on, practice.id)
    for was, now in zip(practice.fields, found.fields, strict=True):
        assert light.blocks(now.text) == light.blocks(was.text)
        assert (now.tags, now.measures, now.owner, now.sources) == (was.tags, was.measures, was.owner, ())


# -- a session goes out and comes home -----------------------------------------------------------------


def finished(office):
    office.saves("Laptops are thrown away.\n\n- **too early**\n- https://example.org/why")
    office.saves("", section="stage", tags=("stage.contract", "strategy.repair"), owner="Olof")
    office.does("put_measure", LIFE, 0)
    office.does("confirm", "Three cities did it.")
    office.does("freeze")
    return documents.build(office.world.record)


def test_a_frozen_practice_stays_frozen_with_its_hash(office, tmp_path):
    report = finished(office)
    batch = read(as_json.write(report), folder=tmp_path)
    assert [one.practice for one in batch.arrivals] == [draft.practice for draft in report.practices]
    [brought] = office.desk.bring([batch], "Elsewhere")
    [made] = brought.made
    assert made.state == "frozen"
    event = next(one for one in office.world.store.read(events.all_events) if one.name == "Elsewhere")
    found = office.desk.opened(event.id, made.id).practice
    assert bare(found) == bare(report.practices[0].practice)
    assert office.desk.bring([batch], "elsewhere")[0].known == 1  # the same again is passed over
    assert len(office.desk.of_event(event.id)) == 1


def test_an_events_own_practices_are_not_copied_into_it(office, tmp_path):
    batch = read(as_json.write(finished(office)), folder=tmp_path)
    before = office.desk.of_event(office.world.event.id)
    [brought] = office.desk.bring([batch], office.world.event.name)
    assert (brought.made, brought.known) == ((), 1)
    assert office.desk.of_event(office.world.event.id) == before


def test_a_section_that_was_joined_of_full_ones_is_read_back(office, tmp_path):
    report = finished(office)
    [draft] = report.practices
    words = "\n\n".join(["a" * editing.TEXT_LIMIT] * 3)
    fields = tuple(replace(field, text=words) if field.key == "lessons" else field for field in draft.practice.fields)
    full = replace(report, practices=(replace(draft, practice=replace(draft.practice, fields=fields)),))
    [arrival] = read(as_json.write(full), folder=tmp_path).arrivals
    assert arrival.practice.field("lessons").text == words


def test_a_new_version_of_an_imported_practice_stands_on_the_same_evidence(office, tmp_path):
    batch = read(as_json.write(finished(office)), folder=tmp_path)
    said = Source("review", "r", "Only with spare parts.", "City")
    [arrival] = batch.arrivals
    fields = tuple(replace(f, sources=(*f.sources, said)) if f.key == "risks" else f for f in arrival.practice.fields)
    practice = replace(arrival.practice, fields=fields, answers=(Answer("City", "reservation", said.text, "do", ""),), content_hash="")
    [brought] = office.desk.bring([replace(batch, arrivals=(replace(arrival, practice=practice),))], "Elsewhere")
    [old] = brought.made
    office.desk.freeze(old.event_id, old.id, "editor")
    new = office.desk.continued(old.event_id, old.id, False, "editor")
    before, after = (office.desk.opened(old.event_id, one.id).practice for one in (old, new))
    assert after.field("experience").sources == before.field("experience").sources != ()
    assert (after.stances, after.idea_id, after.by) == (before.stances, before.idea_id, before.by)
    assert not after.answers and not after.field("risks").sources  # nobody has answered to the new one
    assert office.desk.bring([batch], "Elsewhere")[0].known == 1


def test_joining_imported_practices_keeps_what_both_brought_along(office, tmp_path):
    batch = read(json.dumps(good()).encode(), folder=tmp_path)
    lead, other = batch.arrivals[0].practice, batch.arrivals[0].practice

    def with_(id, title, text, **more):
        fields = tuple(replace(f, sources=(Source("experience", id, text, "City"),)) if f.key == "lessons" else f for f in lead.fields)
        return replace(batch.arrivals[0], practice=replace(other, id=id, idea_id=id, title=title, fields=fields, **more))

    stances = [tuple(Stance(kind, n, ("City",)) for kind in STANCES) for n in (1, 3)]
    arrivals = (with_("a", "Repair", "Ours", stances=stances[0]), with_("b", "Reuse", "Theirs", stances=stances[1], maturity="candidate"))
    [brought] = office.desk.bring([replace(batch, arrivals=arrivals)], "Elsewhere")
    first, second = brought.made
    office.desk.join(first.event_id, first.id, second.id, "editor")
    found = office.desk.opened(first.event_id, first.id).practice
    assert [one.text for one in found.field("lessons").sources] == ["Ours", "Theirs"]
    assert [one.text for one in found.merged] == ["Reuse"] and found.maturity == "candidate"
    assert {(one.organisations, one.named) for one in found.stances} == {(3, ("City",))}
    assert office.desk.bring([replace(batch, arrivals=arrivals)], "Elsewhere")[0].known == 2


def test_words_changed_on_the_way_are_a_draft(office, tmp_path):
    found = json.loads(as_json.write(finished(office)))
    found["practices"][0]["fields"][1]["text"] = "Something else."
    [brought] = office.desk.bring([read(json.dumps(found).encode(), folder=tmp_path)], "Elsewhere")
    assert (brought.made[0].state, brought.made[0].number) == ("draft", "1.0")


def test_the_command_imports_what_the_command_exported(office, tmp_path, capsys):
    report = finished(office)
    for name, data in {"report.json": as_json.write(report), **practice_file.write(report)}.items():
        (tmp_path / name).write_bytes(data)
    data = str(tmp_path / "other")
    assert cli.main(["import", str(tmp_path / "report.json"), str(tmp_path / "practice-1.1.md"), "--data", data]) == 0
    out = capsys.readouterr().out
    assert "report.json: 1 practice into “Learning Academy 2026”" in out and "practice-1.1.md: 0 practices" in out


# -- wrong files ---------------------------------------------------------------------------------------


PLAIN = Practice("i", "Repair", None, "idea", tuple(map(Field, SECTIONS)), (), (), ())


def good():
    return json.loads(as_json.write(report_of(PLAIN)))


def changed(path, value):
    """A good file with another value at a path, a value a line."""
    document = good()
    *steps, last = path
    node = document
    for step in steps:
        node = node[step]
    node[last] = value
    return json.dumps(document, indent=1).encode()


@pytest.mark.parametrize(("path", "value", "where"), [
    (("practices", 0, "title"), 3, "practices[0].title"),
    (("practices", 0, "title"), "", "practices[0].title"),
    (("practices", 0, "title"), "x" * 141, "practices[0].title"),
    (("practices", 0, "fields", 2, "text"), "x" * 120_001, "practices[0].fields[2].text"),
    (("practices", 0, "fields", 2, "key"), "nonsense", "practices[0].fields[2].key"),
    (("practices", 0, "fields", 2, "key"), "sentence", "practices[0].fields[0].key"),
    (("practices", 0, "fields", 7, "tags"), ["clause.award"], "practices[0].fields[7].tags"),
    (("practices", 0, "maturity"), "good", "practices[0].maturity"),
    (("practices", 0, "maturity"), "best", "practices[0].maturity"),
    (("practices", 0, "theme"), "nowhere", "practices[0].theme"),
    (("practices", 0, "review_on"), "soon", "practices[0].review_on"),
    (("practices", 0, "version"), "１.０", "practices[0].version"),
    (("practices", 0, "id"), "../../etc", "practices[0].id"),
    (("practices", 0, "stances"), [{"kind": "do", "organisations": 0, "named": ["City"]}], "practices[0].stances[0].organisations"),
    (("practices", 0, "fields", 5, "measures"), [{"kpi": "take_back", "name": "", "unit": "kg", "baseline": 1, "target": 2, "source": "",
     "owner": ""}], "practices[0].fields[5].measures[0].unit"),
    (("practices", 0, "merged"), [{"of": "idea", "id": "i", "text": "t", "by": None, "result": "", "year": 20}],
     "practices[0].merged[0].year"),
    (("practices",), {"a": 1}, "practices"),
    (("event", "name"), None, "event.name"),
])
def test_a_wrong_value_is_named_by_line_and_field(tmp_path, path, value, where):
    data = changed(path, value)
    with pytest.raises(errors.CannotImport) as caught:
        read(data, folder=tmp_path)
    assert caught.value.params["where"] == where
    assert caught.value.params["line"] == _line(path, value, where)


def _line(path, value, where):
    """The line on which *where* stands, looked up another way: a mark is put in its place."""
    steps = [int(s) if s.isdigit() else s for s in where.replace("[", ".").replace("]", "").split(".")]
    document = json.loads(changed(path, value))
    node = document
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = "the mark"
    return json.dumps(document, indent=1).partition("the mark")[0].count("\n") + 1


@pytest.mark.parametrize(("data", "error", "line"), [
    (b"", errors.OtherFile, 1), (b"hello", errors.OtherFile, 1), (b"{}", errors.OtherFile, 1), (b"[]", errors.OtherFile, 1),
    (b"\x00\xff\xfe", errors.CannotImport, 1), (b'{"format": "workshop-report",\n"format_version": 3}', errors.NewerFile, 2),
    (b'{"format": "workshop-report",\n"format_version": 1}', errors.NewerFile, 2), (b'{"format": "other"}', errors.OtherFile, 1),
    (b'{"format":\n\n tru}', errors.CannotImport, 3), (b'{"format": "workshop-report"', errors.CannotImport, 1),
    (b'{"a":' + b"[" * 100_000, errors.TooDeepToImport, 1), (b'{"a":\n' + b'{"a":' * 50, errors.TooDeepToImport, 2),
    (b"---\ntitle: Repair\n---\n", errors.OtherFile, 1), (b"---\nformat: workshop-practice\nformat_version: 9\n---\n", errors.NewerFile, 3),
    (b"---\nformat: workshop-practice\nformat_version: 1\n", errors.CannotImport, 4),
    (b"---\nformat: workshop-practice\nformat_version: 1\n---\n", errors.CannotImport, 1),
    (b"---\nformat: workshop-practice\nformat_version: 1\ntitle: R\nevent: E\n---\n\n## Nonsense\n", errors.CannotImport, 8),
    (b"---\nformat: workshop-practice\nformat_version: 1\ntitle: R\nevent: E\ntags: [\"sdg.99\"]\n---\n", errors.CannotImport, 6),
    (b"---\nformat: workshop-practice\nformat_version: 1\ntitle: R\ntags: [" + b"[" * 90 + b"\n---\n", errors.TooDeepToImport, 5),
    (b"---\nformat: workshop-practice\nformat_version: 1\ntitle: R\n---\n\n## Lessons\n\n" + b"x" * 120_001, errors.CannotImport, 7),
])
def test_what_is_none_of_ours_is_refused(tmp_path, data, error, line):
    with pytest.raises(error) as caught:
        read(data, "x", tmp_path)
    assert caught.value.params["line"] == line


FRONT = b"---\nformat: workshop-practice\nformat_version: 1\ntitle: R\nevent: E\n---\n\n"


@pytest.mark.parametrize("data", [
    b'{"' + b'\\"' * 400_000, FRONT + b"# a" + b" " * 800_000 + b"b", FRONT + b"## Lessons\n\n" + b"<http://" * 100_000,
    b'{"x": ' + b"1" * 800_000 + b',\n"format": "workshop-report", "format_version": 1}',
], ids=["a text without an end", "a heading of blanks", "addresses", "a figure"])
def test_a_file_that_is_made_to_keep_the_reader_is_read_or_refused_at_once(tmp_path, data):
    """Within the size that is taken; by looking at each sign again and again these would take hours."""
    started = time.process_time()
    with suppress(errors.CannotImport):
        read(data, "x", tmp_path)
    assert time.process_time() - started < 20


def test_a_file_of_50_mb_is_not_even_read(tmp_path):
    with (tmp_path / "big.json").open("wb") as file:
        file.write(b'{"format": "workshop-report", ')
        file.truncate(50 * 2**20)
    with pytest.raises(errors.TooLargeToImport):
        incoming.read(tmp_path / "big.json")
    with pytest.raises(errors.CannotImport):
        incoming.read(tmp_path / "missing.json")


# -- other files of an outcome ---------------------------------------------------------------------------


def zipped(found, **more):
    """A zip of the files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **{"compression": zipfile.ZIP_DEFLATED} | more) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_the_zip_that_is_downloaded_is_imported_as_the_file_in_it(office, tmp_path):
    paths = documents.save_report(finished(office), tmp_path, ["json", "markdown", "docx"])
    batch = read(documents.archive(paths), "workshop-CODE23.zip", tmp_path)
    assert batch.arrivals == incoming.read(next(path for path in paths if path.name == "report.json")).arrivals
    assert batch.file == "workshop-CODE23.zip/report.json"


@pytest.mark.parametrize("name", [f.name for f in formats.FORMATS if f.name != "json"])
def test_a_document_for_people_says_what_to_give_instead(office, tmp_path, name):
    paths = documents.save_report(report_of(PLAIN), tmp_path, [name])
    path = next(one for one in paths if one.name == (formats.one(name).file or one.name))
    with pytest.raises(errors.DocumentNotRead, match=r"Import the report\.json that lies beside it, the zip that it came in, or the"):
        incoming.read(path)


@pytest.mark.parametrize(("data", "error", "problem"), [
    (zipped({"report.md": "words"}), errors.OtherFile, "nor the zip"),
    (zipped({"a/report.json": "{}", "b/report.json": "{}"}), errors.CannotImport, "it holds 2 files of the name report.json"),
    (zipped({"report.json": b"{" * 20 * 2**20}), errors.TooLargeToImport, "16 MB"),
    (zipped({f"{n}": b"" for n in range(5001)} | {"report.json": b"{}"}), errors.TooLargeToImport, "16 MB"),
    (zipped({"report.json": "{}"})[:-10], errors.CannotImport, "damaged"),
    (zipped({"report.json": "{}" * 99}).replace(b"report.json", b"repor\0json", 1), errors.CannotImport, "damaged"),
    (zipped({"report.json": "{}"}, compression=zipfile.ZIP_LZMA), errors.CannotImport, "damaged"),
    (zipped({"../../report.json": '{"format": "other"}'}), errors.OtherFile, "x.zip/report.json, line 1"),
])
def test_a_wrong_zip_is_refused_kindly(tmp_path, data, error, problem):
    with pytest.raises(error, match=re.escape(problem)):
        read(data, "x.zip", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


@HOLD
@given(at=st.integers(0, 10**6), put=st.integers(0, 255))
def test_a_damaged_zip_is_read_or_refused_kindly(tmp_path, at, put):
    data = bytearray(zipped({"outcome/report.json": json.dumps(good())}))
    data[at % len(data)] = put
    with suppress(errors.CannotImport):
        read(bytes(data), "x.zip", tmp_path)


@HOLD
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(data=b"---\n---")
@example(data=b'{"format": "workshop-report", "format_version": 2, "practices": [}')
def test_any_file_is_read_or_refused_kindly(tmp_path, data):
    with pytest.raises(errors.CannotImport):
        read(data, folder=tmp_path)


@HOLD
@given(at=st.integers(0, 10**6), put=st.sampled_from(['"', "{", "]", ",", "\\", "null", "7", "\x00"]))
def test_a_damaged_file_is_read_or_refused_kindly(tmp_path, at, put):
    data = json.dumps(good(), indent=1)
    at %= len(data)
    with suppress(errors.CannotImport):
        read((data[:at] + put + data[at + 1:]).encode(), folder=tmp_path)


def test_nothing_is_half_imported(office, tmp_path):
    fine, bad = read(json.dumps(good()).encode(), folder=tmp_path), replace(read(json.dumps(good()).encode(), folder=tmp_path), sample=True)
    before = len(office.world.store.read(events.all_events))
    with pytest.raises(errors.CannotImport, match="everything in it is invented"):
        office.desk.bring([fine, bad])
    assert len(office.world.store.read(events.all_events)) == before


def test_places_are_found_in_one_line_files_too():
    place = IncomingFile("f", b'{"a": [1, {"b": "x"}],\n "c": {"d": [\n2]}}')
    assert [place.line_of(path) for path in ("a[1].b", "c.d[0]", "c.x", "a[9]", "zzz", "")] == [1, 3, 2, 1, 1, 1]


def test_a_file_for_each_practice():
    report = report_of(PLAIN)
    two = replace(report, practices=(report.practices[0], Draft("1.2", "theme", None, PLAIN)))
    assert sorted(practice_file.write(two)) == ["practice-1.1.md", "practice-1.2.md"]
