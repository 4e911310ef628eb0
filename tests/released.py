"""Small databases of every released schema, as SQL text in tests/data: what an upgrade has to keep.

    python3 -m tests.released

writes the one of the newest schema, with rows in every table, when it is about to be released. From then on neither the
file nor the schema changes; the one of an earlier schema is never made again.
"""

from __future__ import annotations

import sqlite3  # Python's own: it can write a database as text, and shares nothing with the store
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from workshop.model import new_id
from workshop.service import commands as c
from workshop.store.schema import SCHEMAS

FOLDER = Path(__file__).resolve().parent / "data"
Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the database *path* as another program makes it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def rows(path: Path) -> Rows:
    """Every row of every table, in a fixed order."""
    with looked_into(path) as connection:
        tables = [name for kind, name, _ in _objects(connection) if kind == "table"]
        return {table: sorted((dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')), key=repr) for table in tables}


def objects(path: Path) -> list[tuple[str, str, str]]:
    """Everything that the schema made: type, name and text."""
    with looked_into(path) as connection:
        return _objects(connection)


def foreign_keys(path: Path, table: str) -> list[tuple[Any, ...]]:
    """What the table refers to, as SQLite lists it; the third of each is the other table."""
    with looked_into(path) as connection:
        return [tuple(row) for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')]


def number(path: Path) -> int:
    """The number of the schema."""
    with looked_into(path) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def damage(path: Path) -> list[str]:
    """What SQLite finds wrong."""
    with looked_into(path) as connection:
        told = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        return [one for one in told if one != "ok"] + [str(tuple(row)) for row in connection.execute("PRAGMA foreign_key_check")]


def make(path: Path, script: str) -> Path:
    """A database file out of SQL text."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


def text(name: str) -> str:
    """The SQL text of the database of the schema with that file name."""
    return (FOLDER / name).read_text("utf-8")


def an_afternoon(path: Path) -> None:
    """Fill a new database so that no table is empty: two buyers, a merge, a vote in two rounds, a reveal."""
    from tests.support import World

    with closing(World(path)) as world:
        ada, bo = world.come("Ada", "City", "name"), world.come("Bo", "Bank", "anonymous")
        world.phase("write")
        repair = world.writes(ada, "Repair before replacing", detail="Spare parts for seven years; ask for them.")
        reuse = world.writes(bo, "Återbruk först – “reuse first”")
        world.writes(bo, "Take-back in every contract", theme=world.use)
        world.phase("share")
        for who, kind, words in ((bo, "do", "Since 2023."), (ada, "obstacle", "It's the budget's year; always.")):
            world.does(who, c.ExperiencePut, experience=new_id(), idea=repair, kind=kind, text=words)
        world.runs("idea.merge", c.IdeaMerge, idea=reuse, into=repair)
        world.phase("vote")
        world.votes(ada, repair)
        world.votes(bo)
        world.runs("round.next", c.RoundNext, theme=world.waste)
        world.phase("vote", world.waste)
        world.votes(bo, repair, round=2)
        world.phase("reveal")


def main() -> int:
    """Write the file of the newest schema unless it is there."""
    target = FOLDER / SCHEMAS[-1]
    if target.exists():
        print(f"{target} is there already, and is never made again")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        an_afternoon(Path(folder) / "workshop.db")
        with looked_into(Path(folder) / "workshop.db") as connection:
            connection.row_factory = None
            dump = "\n".join(connection.iterdump())
    target.write_text(f"{dump}\nPRAGMA user_version = {len(SCHEMAS)};\n", "utf-8")
    print(target)
    return 0


def _objects(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return sorted(tuple(row) for row in found)


if __name__ == "__main__":
    sys.exit(main())
