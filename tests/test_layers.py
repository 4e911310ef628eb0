"""Who may import whom: downwards only, and the rules nobody but the standard library."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.bootstrap import ROOT

# Lower floors first; a room is a module or a package of workshop/.
FLOORS = (
    ("errors", "model", "rules"),
    ("native", "pace", "lock"),
    ("store",),
    ("service", "views", "room", "i18n", "config", "addresses", "recounting", "backing_up", "sparing"),
    ("web", "live", "documents"),
    ("rehearse",),
    ("app", "serving", "welcome", "cli", "bootstrap", "__main__"),
)
# On one floor, only these: (who, whom).
SIDEWAYS = {
    ("rules", "model"), ("rules", "errors"),
    ("service", "views"), ("service", "i18n"), ("views", "room"), ("config", "addresses"), ("backing_up", "config"),
    ("web", "documents"),
    ("welcome", "app"), ("serving", "app"), ("serving", "welcome"),
    ("cli", "app"), ("cli", "serving"), ("cli", "welcome"), ("__main__", "cli"), ("__main__", "bootstrap"),
}
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
PURE = {"errors", "model", "rules", "bootstrap", "__main__"}  # the standard library alone …
BESIDE = {("rules/text.py", "regex")}  # … but for graphemes
NO_WEB = {"store", "service", "views", "room"}
WEB = {"flask", "flask_babel", "flask_socketio", "flask_wtf", "werkzeug", "socketio", "engineio", "jinja2", "wtforms"}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\b")


def breaches(package: Path) -> list[str]:
    """What the modules of *package* import or contain against the rules above."""
    return [problem for path in sorted(package.rglob("*.py")) for problem in _breaches_of(path, package)]


def _breaches_of(path: Path, package: Path) -> Iterator[str]:
    place = path.relative_to(package).as_posix()
    room = place.split("/")[0].removesuffix(".py")
    if room == "__init__":
        return
    if room not in FLOOR:
        yield f"{place}: the room {room} has no floor in tests/test_layers.py"
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for line, module in _imports(tree, package.name):
        if not _may(place, room, module, package.name):
            yield f"{place}:{line} imports {module}"
    if room != "store":
        yield from (f"{place}:{node.lineno} holds SQL" for node in ast.walk(tree) if _is_sql(node))


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    typing_only = {id(inner) for node in ast.walk(tree) if _is_typing(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module == package:
            yield from ((node.lineno, f"{package}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _may(place: str, room: str, module: str, package: str) -> bool:
    top, _, rest = module.partition(".")
    if top == package:
        whom = rest.partition(".")[0]
        return whom in ("", "__version__", room) or (room, whom) in SIDEWAYS or FLOOR.get(whom, len(FLOORS)) < FLOOR[room]
    if room in PURE:
        return top in sys.stdlib_module_names or (place, top) in BESIDE
    return bool(top) and not (room in NO_WEB and top in WEB)  # a relative import has no top: rooms say whom they mean


def _is_sql(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.search(node.value))


def test_imports_go_downwards_only() -> None:
    assert breaches(ROOT / "workshop") == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("rules/tally.py", "from workshop.store import Store"),
        ("rules/tally.py", "import regex"),
        ("rules/text.py", "import gevent"),
        ("model.py", "import msgspec"),
        ("model.py", "from workshop import rules"),
        ("errors/base.py", "from flask import request"),
        ("store/writer.py", "from workshop.service import participate"),
        ("store/writer.py", "import flask.json"),
        ("service/organize.py", "from flask import g"),
        ("service/organize.py", "def late():\n    from workshop import web"),
        ("views/ideas.py", "import workshop.service.organize"),
        ("live/hub.py", "from workshop.web.qr import picture"),
        ("live/hub.py", "from ..web import qr"),
        ("live/hub.py", "sql = 'SELECT 1'"),
        ("live/hub.py", "from workshop import app"),
        ("web/join.py", "sql = f'DELETE FROM {1}'"),
        ("bootstrap.py", "import platformdirs"),
        ("attic.py", "import os"),
    ],
)
def test_a_wrong_line_is_found(tmp_path: Path, place: str, line: str) -> None:
    path = tmp_path / "workshop" / place
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert len(breaches(tmp_path / "workshop")) == 1


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("rules/text.py", "import regex"),
        ("rules/tally.py", "from workshop.rules.ranking import ranked\nfrom workshop import errors"),
        ("live/sockets.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from workshop.app import Workshop"),
        ("web/join.py", "from flask import Blueprint\nfrom workshop import __version__"),
        ("store/queries/ideas.py", "sql = 'SELECT * FROM ideas'"),
    ],
)
def test_a_right_line_is_not(tmp_path: Path, place: str, line: str) -> None:
    path = tmp_path / "workshop" / place
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert breaches(tmp_path / "workshop") == []
