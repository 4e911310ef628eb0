"""The organizer takes the outcome away: all of it, or the one format that is wanted, by mouse, keyboard and thumb."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import expect

from workshop.documents import FORMATS

PHONE, DESK = (390, 844), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_outcome_is_a_menu_of_formats(venue, size):
    code = venue.session("write")
    organizer = venue.signed_in()
    organizer.resized(size)
    organizer.open("/events").page.get_by_role("link", name="Learning Academy", exact=True).first.click()
    page = organizer.page
    menu = page.locator("summary", has_text="Outcome")
    menu.focus()
    page.keyboard.press("Enter")
    links = page.locator("details[open] .outcome a")
    expect(links).to_have_count(len(FORMATS) + 1)
    expect(links.first).to_be_focused()
    assert all(link.bounding_box()["height"] >= 44 for link in links.all())
    organizer.look()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == f"workshop-{code}.zip"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word").click()
    assert waiting.value.suggested_filename == f"workshop-{code}.docx"
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as document:
        assert "word/comments.xml" in document.namelist() or "word/document.xml" in document.namelist()
    page.keyboard.press("Escape")
