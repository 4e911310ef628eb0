"""What we carry of others' work: exactly what VENDOR.json says, with its licences, and no more."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "static" / "vendor"
RECORD = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
FREE = {"MIT", "Apache-2.0", "OFL-1.1"}


def sha256(name: str) -> str:
    return hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


def test_every_file_is_the_one_recorded() -> None:
    assert {name: sha256(name) for name in RECORD["files"]} == {name: facts["sha256"] for name, facts in RECORD["files"].items()}


def test_nothing_lies_there_unrecorded() -> None:
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    texts = {facts["text"] for facts in RECORD["packages"].values()}
    assert found == {"VENDOR.json", *RECORD["files"], *texts}


def test_no_page_falls_back_to_a_face_of_the_machine_but_by_the_two_names_of_the_tokens() -> None:
    styles = {path.name: path.read_text("utf-8") for path in (ROOT / "static" / "css").glob("*.css")}
    assert {name for name, text in styles.items() if "serif" in text} == {"tokens.css"}


def test_every_package_has_its_licence_and_is_free() -> None:
    assert {source for facts in RECORD["files"].values() for source in facts["from"]} == set(RECORD["packages"])
    for name, facts in RECORD["packages"].items():
        assert facts["licence"] in FREE, name
        assert sha256(facts["text"]) == facts["text_sha256"], name


def test_versions_are_those_that_the_lock_pins() -> None:
    lock = json.loads((ROOT / "tools" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = {name: lock[f"node_modules/{name}"]["version"] for name in RECORD["packages"]}
    assert pinned == {name: facts["version"] for name, facts in RECORD["packages"].items()}
    assert not [name for name, facts in lock.items() if "resolved" in facts]
