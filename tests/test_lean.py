"""What browsers get of our scripts and styles: less to load, the same code on the same lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.web.lean import lean

STATIC = Path(__file__).parents[1] / "static"
OURS = sorted(path for kind in ("js", "css") for path in (STATIC / kind).rglob(f"*.{kind}"))


def test_comments_and_indentation_go_and_lines_stay() -> None:
    source = "// why\nconst a = 1; // kept\n/**\n * What.\n */\nfunction f() {\n  return a / 2; /* kept */\n}\n"
    assert lean(source) == "\nconst a = 1; // kept\n\n\n\nfunction f() {\nreturn a / 2; /* kept */\n}\n"


def test_addresses_and_divisions_are_no_comments() -> None:
    source = 'const u = "http://localhost";\nconst half = total\n  / 2;\n'
    assert lean(source) == 'const u = "http://localhost";\nconst half = total\n/ 2;\n'


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_line_moves(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    short = lean(source).split("\n")
    assert len(short) == len(source.split("\n"))
    assert all(line in ("", whole.strip(), whole.lstrip()) for line, whole in zip(short, source.split("\n"), strict=True))
