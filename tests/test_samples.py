"""The committed sample sets: what a visitor sees is what the code writes, and the replay's is what a replay gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apart import apart
from tests.records import AT, Day, crowd, opened, voted
from tests.test_replay import OURS
from workshop import documents
from workshop.documents import json as as_json
from workshop.documents import reread, sample
from workshop.model import METHODS
from workshop.rehearse import sample as replayed


def committed() -> dict[str, object]:
    return {path.name: opened(path.read_bytes()) for path in sample.REPLAYED.parent.iterdir()}


def test_the_committed_replay_is_what_the_code_writes() -> None:
    """After a wanted change: python -m workshop.documents.sample"""
    assert {name: opened(data) for name, data in documents.render(sample.replayed()).items()} == committed()


def test_the_committed_replay_names_nobody() -> None:
    credits: list[object] = []
    json.loads(sample.REPLAYED.read_bytes(), object_hook=lambda one: credits.append(one.get("by")))
    assert len(credits) > 100 and set(credits) == {None}


def test_every_replay_of_a_conversation_gives_the_same_report() -> None:
    one, two = (apart(lambda: replayed.report(OURS)) for _ in range(2))
    assert as_json.write(one) == as_json.write(two)


@pytest.mark.parametrize("method", METHODS)
def test_a_report_comes_back_whole_from_its_json(method: str) -> None:
    for day in (voted(method=method), crowd(5), Day(method=method)):
        report = documents.build(day.record(), AT)
        found = reread.report(as_json.write(report))
        assert as_json.write(found) == as_json.write(report)
        assert [draft.line for draft in found.practices] == [draft.line for draft in report.practices]


def test_the_sample_comes_back_equal_from_its_json() -> None:
    report = documents.build(sample.record(), sample.MADE_AT)
    assert reread.report(as_json.write(report)) == report


def test_the_replayed_set_lies_where_exports_lie(tmp_path: Path) -> None:
    [path, *_] = documents.save_report(sample.replayed(), tmp_path, ["json"])
    assert path.relative_to(tmp_path) == sample.REPLAYED.relative_to(sample.FOLDER)
