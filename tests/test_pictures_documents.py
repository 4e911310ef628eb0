"""The sample's documents as people see them: a page of each, small, for the documentation.

``WORKSHOP_SHOTS=docs/img`` writes the pictures that docs/practices.md shows. Pages of Word, PowerPoint and Excel need LibreOffice; where
there is none, the pictures that are committed stay.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.album import make_small
from tests.office import as_pdf
from tests.people import LAPTOP, shots
from workshop import documents
from workshop.documents import sample

WIDE = 620  # pixels of a page
LARGEST = 150_000  # bytes of a picture
OFFICE = {  # the picture, what the page says, how wide it is, and how much of its height is shown
    "docx": ("doc-word", "In one sentence", WIDE, 1), "pptx": ("doc-slide", "Across organisations", WIDE, 1),
    "xlsx": ("doc-excel", "Counted, not named", 2 * WIDE, 0.55),
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample set by the endings of its files."""
    paths = documents.save(sample.record(), tmp_path_factory.mktemp("sample"), sample.MADE_AT, ["pdf", "html", "docx", "pptx", "xlsx"])
    return {path.suffix[1:]: path for path in paths}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shots(tmp_path / "shots")


def kept(pdf: bytes | Path, picture: Path, says: str, wide: int = WIDE, share: float = 1) -> None:
    """A picture of the first page that says so, after the contents."""
    with pypdfium2.PdfDocument(pdf) as book:
        page = next(page for page in list(book)[3:] if says in page.get_textpage().get_text_range())
        page.set_cropbox(0, page.get_height() * (1 - share), *page.get_size())
        page.render(scale=wide / page.get_width()).to_pil().save(picture)
    make_small(picture)
    assert picture.stat().st_size < LARGEST


def test_a_page_of_the_pdf(files: dict[str, Path], folder: Path) -> None:
    kept(files["pdf"].read_bytes(), folder / "doc-pdf.png", "1.1")


@pytest.mark.parametrize("ending", OFFICE)
@pytest.mark.skipif(not shutil.which("soffice"), reason="pages of office files are made by LibreOffice")
def test_a_page_of_each_office_file(files: dict[str, Path], folder: Path, tmp_path: Path, ending: str) -> None:
    name, *shown = OFFICE[ending]
    kept(as_pdf(files[ending], tmp_path), folder / f"{name}.png", *shown)


def test_a_chart_of_the_html(files: dict[str, Path], folder: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
    page.goto(files["html"].as_uri())
    figure = page.locator("figure").filter(has_text=re.compile("[Aa]cross organisations")).first
    figure.screenshot(path=folder / "doc-chart.png", animations="disabled")
    page.close()
    make_small(folder / "doc-chart.png")
    assert (folder / "doc-chart.png").stat().st_size < LARGEST
