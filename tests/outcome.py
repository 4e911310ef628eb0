"""The outcome as it comes home: the zip behind a link, opened."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

from tests.records import said


class Outcome:
    """The files of a zip by name, as text; ``data`` is the report in JSON, ``text`` the one to read."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            self.files = {Path(name).name: said(packed.read(name)) for name in packed.namelist()}
        self.data: dict[str, Any] = json.loads(self.files["report.json"])
        self.text = self.files["report.md"]

    def theme(self, title: str) -> dict[str, Any]:
        """What the report says of a theme."""
        return next(theme for theme in self.data["themes"] if theme["title"] == title)

    @property
    def ideas(self) -> set[str]:
        """The titles of all ideas, merged ones too."""
        told = [idea for theme in self.data["themes"] for idea in theme["ideas"]]
        return {one["title"] for idea in told for one in (idea, *idea["merged"])}


def downloaded(link: Locator) -> Outcome:
    """Follow a link to an outcome."""
    with link.page.expect_download() as download:
        link.click()
    return Outcome(Path(download.value.path()))
