"""The colours: text can be read on every ground it stands on, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
BLOCKS = re.findall(r"color-scheme: (light|dark);(.*?)\}", CSS, re.DOTALL)
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
GROUNDS = ("paper", "card", "sunk")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3}(?:[0-9a-f]{3})?);", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [block for _, block in BLOCKS], ids=("light", "dark by hand", "dark by device"))
def test_every_pair_is_readable(block: str) -> None:
    found = colours(block)
    accents = [name.removesuffix("-soft") for name in found if name.endswith("-soft")]
    pairs = [(ink, ground) for ink in ("ink", "ink-2", *accents) for ground in GROUNDS]
    pairs += [(ink, f"{accent}-soft") for accent in accents for ink in (accent, "ink", "ink-2")]
    pairs += [("on", accent) for accent in accents]
    assert [pair for pair in pairs if contrast(found[pair[0]], found[pair[1]]) < TEXT] == []
    assert min(contrast(found["edge"], found[ground]) for ground in ("paper", "card")) >= SHAPE


def test_a_device_in_the_dark_gets_the_dark_theme_as_chosen_by_hand() -> None:
    assert len(BLOCKS) == 3
    (_, light), (_, chosen), (_, device) = BLOCKS
    assert " ".join(chosen.split()) == " ".join(device.split())
    assert colours(light).keys() == colours(chosen).keys()


def test_every_tint_is_there() -> None:
    assert re.findall(r'\[data-tint="(\d)"\]', CSS) == list("01234567")
