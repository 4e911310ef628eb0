"""Pictures of views: those that the documentation shows, and beside them every view in the other sizes and in the other theme."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from tests.people import LAPTOP, PHONE, PROJECTOR, Person, pictured


class Album:
    """Looks at views, and keeps the pictures that are asked for in *folder*, the same views in other sizes and themes in *others*."""

    def __init__(self, folder: Path, others: Path) -> None:
        self.folder, self.others = folder, others
        others.mkdir()

    def take(self, name: str, someone: Person) -> None:
        """Look at a view in every size and in the other theme, and keep its picture in its own."""
        someone.look()
        self.keep(name, someone)
        for size in {PHONE, LAPTOP, PROJECTOR} - {someone.size}:
            someone.resized(size)
            someone.look()
            someone.keep(self.others, f"{name}-{size[0]}")
        someone.resized(someone.size)
        self._in_the_other_theme(name, someone)

    def keep(self, name: str, someone: Person) -> None:
        """The picture alone, as small as can be."""
        someone.keep(self.folder, name)
        if pictured():
            make_small(self.folder / f"{name}.png")

    def _in_the_other_theme(self, name: str, someone: Person) -> None:
        someone.changes_theme()
        someone.look()
        someone.keep(self.others, f"{name}-theme")
        someone.changes_theme()


def make_small(picture: Path) -> None:
    """A third of the weight, for the pictures that are committed; without Pillow they stay as they are."""
    if find_spec("PIL") is None:
        return
    from PIL import Image

    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)
