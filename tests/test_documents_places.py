"""Where documents land: names made by the server, inside the folder, written whole."""

from __future__ import annotations

import errno
import io
import zipfile
from dataclasses import replace

import pytest

from tests.records import AT, three_buyers, voted
from workshop import documents, errors
from workshop.documents import places
from workshop.documents.places import slug


@pytest.mark.parametrize(("text", "name"), [
    ("Learning Academy: circular procurement of IT", "learning-academy-circular-procurement-of-it"),
    ("Återbruk & Ökad nytta – straße", "aterbruk-okad-nytta-strasse"),
    ("", "event"), ("...", "event"), ("../../etc/passwd", "etc-passwd"), ("日本語", "event"), ("😀", "event"),
    ("CON", "event-con"), ("lpt1", "event-lpt1"), ("nul.txt", "nul-txt"), ("C:\\Windows", "c-windows"), ("a/b", "a-b"),
    ("x" * 300, "x" * 60), ("word " * 100, "-".join(["word"] * 12)),
])
def test_file_names_are_made_by_the_server(text, name):
    assert slug(text, "event") == name
    assert 0 < len(name) <= 66


def test_the_same_session_lands_in_the_same_folder_and_another_does_not(tmp_path):
    record = voted().record()
    first, again = documents.save(record, tmp_path / "new" / "folder"), documents.save(record, tmp_path / "new" / "folder")
    assert first == again
    other = voted()
    other.session = other.session.__class__(**{f: getattr(record.session, f) for f in record.session.__slots__} | {"id": "other"})
    assert documents.save(other.record(), tmp_path / "new" / "folder")[0].parent.name == "circular-it-2"
    assert not list(tmp_path.rglob(".*"))


def test_somebody_elses_files_are_left_alone(tmp_path):
    mine = tmp_path / "learning-academy" / "circular-it"
    mine.mkdir(parents=True)
    (mine / "report.md").write_text("mine")
    assert documents.save(voted().record(), tmp_path)[0].parent.name == "circular-it-2"
    assert (mine / "report.md").read_text() == "mine"


@pytest.mark.parametrize("link", ["learning-academy", "learning-academy/circular-it"])
def test_a_link_never_leads_out_of_the_folder(tmp_path, link):
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(outside, target_is_directory=True)
    with pytest.raises(errors.CannotExport):
        documents.save(voted().record(), root)
    assert not list(outside.iterdir())


def test_a_linked_file_is_replaced_and_not_followed(tmp_path):
    path = documents.save(voted().record(), tmp_path / "root")[-1]
    victim = tmp_path / "victim"
    victim.write_text("kept")
    path.unlink()
    path.symlink_to(victim)
    documents.save(voted().record(), tmp_path / "root")
    assert victim.read_text() == "kept"
    assert not path.is_symlink()


def test_a_folder_that_cannot_be_is_said_kindly(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.CannotExport, match="Check the folder"):
        documents.save(voted().record(), tmp_path / "file")


def test_a_full_disk_leaves_no_half_file_and_what_was_there_before(tmp_path, monkeypatch):
    """Wherever in the set the disk is full: each file is the old one or the new one, whole."""
    old = {path: path.read_bytes() for path in documents.save(voted().record(), tmp_path, AT)}
    new = {path.name: path.read_bytes() for path in documents.save(voted().record(), tmp_path / "other", AT + 1000)}
    for room in range(len(old)):
        left = iter(range(room))

        def full(file, left=left):
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(places.os, "fsync", full)
        with pytest.raises(errors.CannotExport, match="No space left"):
            documents.save(voted().record(), tmp_path, AT + 1000)
        found = {path: path.read_bytes() for path in next(iter(old)).parent.iterdir()}
        assert found.keys() == old.keys()
        assert all(content in (old[path], new[path.name]) for path, content in found.items())
        assert {path.suffix for path in found} >= {".docx", ".pptx", ".xlsx"}


def test_the_archive_is_the_same_for_the_same_files(tmp_path):
    one = documents.archive(documents.save(voted().record(), tmp_path / "a", AT))
    two = documents.archive(list(reversed(documents.save(voted().record(), tmp_path / "b", AT))))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as bundle:
        assert "circular-it/report.md" in bundle.namelist()
        assert bundle.testzip() is None


def test_a_practice_that_is_gone_leaves_no_file_behind(tmp_path):
    """Its names would outlive it; what somebody else put there, and other formats, stay."""
    day = three_buyers(take=2)
    day.vote("ada", "idea-0", "idea-1")
    folder = documents.save(day.record(), tmp_path, AT)[0].parent
    assert {path.name for path in folder.glob("practice-*")} == {"practice-1.1.md", "practice-1.2.md"}
    (folder / "practice-notes.md").write_text("mine")
    day.ideas[1] = replace(day.ideas[1], state="withdrawn")
    documents.save(day.record(), tmp_path, AT, ["json"])
    assert (folder / "practice-1.2.md").exists()
    documents.save(day.record(), tmp_path, AT, ["markdown"])
    assert {path.name for path in folder.glob("practice-*")} == {"practice-1.1.md", "practice-notes.md"}
    assert {"report.json", "report.docx"} <= {path.name for path in folder.iterdir()}
