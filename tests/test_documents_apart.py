"""Documents made in a process of their own: the server waits, nothing hangs, nobody is slowed by a second export."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import gevent
import pytest
from gevent import subprocess

from tests.support import World
from workshop import documents, errors, native
from workshop.documents import apart, child, press
from workshop.documents.packing import unpacked

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path / "workshop.db")
    made.phase("write")
    made.writes(made.come("Ada", quote="name"), "Take-back with reuse first")
    yield made
    made.close()


def test_it_writes_what_the_process_itself_would(world, tmp_path):
    paths = apart.export(world.store.path, world.session.code, tmp_path / "out", ["csv", "markdown"])
    assert [path.name for path in paths] == [
        "answers.csv", "experiences.csv", "ideas.csv", "measures.csv", "practices.csv", "report.md", "results.csv", "sections.csv",
    ]
    own = documents.export(world.store, world.session.code, tmp_path / "own", names=["csv"])
    assert paths[1].read_bytes() == own[1].read_bytes()


def test_a_report_in_hand_is_written_as_the_process_itself_would(world):
    report = documents.of_session(world.store, world.session.id)
    assert apart.written(report, "xlsx") == documents.formats.one("xlsx").write(report)


def test_the_zip_comes_from_the_child_too(world, tmp_path):
    with apart.archive(world.store.path, world.session.code, tmp_path / "out", ["csv", "html"]) as zipped:
        files = unpacked(zipped.read())
    [folder] = (tmp_path / "out").glob("*/*")
    assert files == {f"{folder.name}/{path.name}": path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".html")}


def test_one_that_takes_too_long_is_ended(world, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(apart, "in_child", lambda *args: started.append(native.in_child(*args)) or started[0])
    with pytest.raises(errors.ExportStopped):
        apart.export(world.store.path, world.session.code, tmp_path / "out", seconds=0.01)
    assert started[0].poll() is not None
    assert not (tmp_path / "out").exists()


def test_one_that_ends_without_a_word_is_told(tmp_path, capfd):
    with pytest.raises(errors.ExportStopped):
        apart.export(tmp_path / "workshop.db", "NOSUCH", tmp_path / "out")
    assert "UnknownCode" in capfd.readouterr().err, "the reason stands in the server's log"


def test_a_folder_that_cannot_be_written_is_the_same_error_as_in_this_process(world, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.CannotExport, match="Check the folder"):
        apart.export(world.store.path, world.session.code, tmp_path / "file")


@FULL
def test_a_full_disk_gives_no_half_download(world, tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(apart, "TemporaryFile", partial(open, "/dev/full", "r+b"))
    with pytest.raises(errors.ExportStopped):
        apart.archive(world.store.path, world.session.code, tmp_path / "out", ["csv"])
    assert "No space left" in capfd.readouterr().err, "the reason stands in the server's log"


@FULL
def test_a_full_disk_makes_no_pdf(world, tmp_path, monkeypatch):
    monkeypatch.setattr(press, "TemporaryFile", partial(open, "/dev/full", "r+b"))
    with pytest.raises(errors.NotTypeset):
        documents.export(world.store, world.session.code, tmp_path / "out", names=["pdf"])
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_starts_nothing(world, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "in_child", None)
    with pytest.raises(errors.UnknownFormat, match="markdown, json, csv"):
        apart.export(world.store.path, world.session.code, tmp_path / "out", ["doc"])


def test_one_at_a_time_while_the_loop_goes_on(world, tmp_path, monkeypatch):
    running, most, ticks = set(), [], []

    def counted(*args) -> subprocess.Popen:
        child = native.in_child(*args)
        running.difference_update([other for other in running if other.poll() is not None])
        running.add(child)
        most.append(len(running))
        return child

    monkeypatch.setattr(apart, "in_child", counted)
    jobs = [gevent.spawn(apart.export, world.store.path, world.session.code, tmp_path / str(n), ["json"]) for n in range(3)]
    while not all(job.ready() for job in jobs):
        ticks.append(gevent.sleep(0.01))
    assert [len(job.get()) for job in jobs] == [2, 2, 2]
    assert most == [1, 1, 1]
    assert len(ticks) > 10, "others had their turn"


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="Linux alone knows it")
def test_it_gives_way_altogether_once_it_has_read_the_session(world, tmp_path, monkeypatch):
    order = []
    monkeypatch.setattr(documents, "read", lambda *args, read=documents.read: order.append("read") or read(*args))
    monkeypatch.setattr(os, "sched_setscheduler", lambda who, policy, _param: order.append((who, policy)))
    monkeypatch.setattr(documents, "render", lambda *_args: order.append("made") or {})
    child._exported({"database": str(world.store.path), "code": world.session.code, "folder": str(tmp_path), "names": ["csv"]})
    assert order == ["read", (0, os.SCHED_IDLE), "made", "read"]
