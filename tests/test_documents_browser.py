"""The documents as a reader has them before their eyes: the HTML in real windows, every page of the PDF as a picture.

``WORKSHOP_SHOTS=DIR`` keeps the pictures, to be looked at after a change of a template or a chart.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.hostile_texts import HOSTILE, METHODS, report, reviewed
from tests.people import LAPTOP, PHONE, Person, pictured, shots
from workshop import documents
from workshop.documents import html, pdf, sample

EDGE = 24  # points around a page that stay white: half the margin
REPORTS = {
    "sample": lambda: reviewed(documents.build(sample.record(), sample.MADE_AT), "With spare parts for seven years."),
    **{method: lambda method=method: report("Take back, repair and sell again", method, "sv") for method in METHODS},
    "long-word": lambda: report(HOSTILE["word"][:600]), "wide-word": lambda: report(HOSTILE["wide-word"][:300], "impact"),
    "markup": lambda: report(HOSTILE["markup"], "adoption"), "emoji": lambda: report(HOSTILE["emoji"], "agree"),
}  # fmt: skip


@pytest.fixture
def reader(browser: Browser) -> Iterator[Person]:
    """Somebody who opens a file, without a network."""
    context = browser.new_context(offline=True)
    yield Person(context, "file://")
    context.close()


@pytest.mark.parametrize("name", ["sample", "impact", "adoption", "long-word"])
def test_the_page_is_read_by_everybody(name: str, reader: Person, tmp_path: Path) -> None:
    file, folder = tmp_path / "report.html", shots(tmp_path / "shots")
    file.write_bytes(html.write(REPORTS[name]()))
    reader.open(str(file))
    for size in (PHONE, LAPTOP):
        reader.resized(size)
        reader.look()
        reader.changes_theme()
        reader.keep(folder, f"html-{name}-{size[0]}")
    reader.look()
    reader.page.emulate_media(media="print")
    reader.look()
    reader.page.emulate_media(media="screen")
    reader.page.get_by_role("navigation").get_by_role("link").last.click()
    expect(reader.page.get_by_role("main").get_by_role("heading", level=2).last).to_be_in_viewport()


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_leaves_the_page_of_the_pdf(name: str, tmp_path: Path) -> None:
    """Every page holds something, and nothing of it stands in the margin, however long a word is."""
    folder = shots(tmp_path / "shots")
    for number, page in enumerate(pypdfium2.PdfDocument(pdf.write(REPORTS[name]())), start=1):
        picture = page.render(scale=1, rev_byteorder=True, prefer_bgrx=False)
        rows = [bytes(picture.buffer)[n * picture.stride :][: picture.width * picture.n_channels] for n in range(picture.height)]
        assert any(set(row) != {255} for row in rows), f"page {number} is empty"
        edge = EDGE * picture.n_channels
        assert all(set(row[:edge] + row[-edge:]) == {255} for row in rows), f"page {number} leaves its margin"
        if pictured() and number <= 40:
            keep(page, folder / f"pdf-{name}-{number:02}.png")


def keep(page: pypdfium2.PdfPage, path: Path) -> None:
    """The page as a picture of 110 dots an inch."""
    picture = page.render(scale=110 / 72, rev_byteorder=True)
    content, stride = bytes(picture.buffer), picture.stride
    lines = b"".join(b"\0" + content[n * stride :][: picture.width * 3] for n in range(picture.height))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts)))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    kind, content = part
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
