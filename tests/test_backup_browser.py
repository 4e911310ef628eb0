"""A page that was open while the server went back to a backup says what is stored now, and nothing else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.people import Venue
from tests.test_cli import run


def test_an_open_phone_shows_what_was_restored(venue: Venue, code: str, tmp_path: Path) -> None:
    alva = venue.buyer().open(f"/{code}").joins("City", "Alva")
    alva.writes("Repair before replacing")
    assert run(venue.server.data, "backup", str(tmp_path / "copy.db")).returncode == 0
    alva.button("Edit: Repair before replacing").tap()
    alva.page.get_by_role("textbox", name="Change your idea").fill("Repair, then replace")
    alva.button("Save change").tap()
    alva.writes("Take-back in every contract")
    venue.server.stop()
    assert run(venue.server.data, "restore", str(tmp_path / "copy.db")).returncode == 0
    venue.server.start()
    expect(alva.own("Repair before replacing").locator(".status")).to_have_text("Saved")
    alva.misses("Take-back in every contract")
    alva.misses("Repair, then replace")
    alva.writes("Written after it")
    assert [idea.title for idea in venue.record(code).ideas] == ["Repair before replacing", "Written after it"]
