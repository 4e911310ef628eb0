"""Bringing a database to the schema that this version of the code knows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

from workshop import errors, lock
from workshop.store import copying

SCHEMAS = ("schema_001.sql", "schema_002.sql", "schema_003.sql")  # applied in order; a released one never changes
COLUMNS = "SELECT m.name AS tbl, c.name AS col FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
log = logging.getLogger(__name__)


def migrate(connection: Any, path: str | Path) -> None:
    """Apply the schemas that *connection* lacks, each in one transaction.

    What is there is first copied into ``backups/`` beside the file *path*.

    Raises:
        errors.StoreTooNew: the database knows a schema that this code does not.
        errors.DataInUse: it must be upgraded, and another process serves it.
        errors.CannotBackUp: it must be upgraded, and cannot be copied before.
    """
    path, found = Path(path), version(connection, path)
    if found == 0:
        upgrade(connection)
    elif found < len(SCHEMAS):
        with lock.alone(path.parent):
            kept = copying.copy_into(connection, path.parent / copying.FOLDER, f"before-schema-{len(SCHEMAS)}")
            log.info("the database %s is upgraded from schema %d to %d; as it was it is kept as %s", path, found, len(SCHEMAS), kept)
            upgrade(connection)


def version(connection: Any, path: Path) -> int:
    """The number of the schema that the database at *path* has; 0 where it has none.

    Raises:
        errors.StoreTooNew
    """
    found = _number(connection)
    if found > len(SCHEMAS):
        raise errors.StoreTooNew(path=path, found=found, known=len(SCHEMAS))
    return found


def is_ours(connection: Any, number: int) -> bool:
    """Whether the database has every table and column that the schema *number* makes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        model.row_factory = sqlite3.Row
        for name in SCHEMAS[:number]:
            model.executescript(_script(name))
        wanted = {(row["tbl"], row["col"]) for row in model.execute(COLUMNS)}
    return number > 0 and wanted <= {(row["tbl"], row["col"]) for row in connection.execute(COLUMNS)}


def upgrade(connection: Any) -> None:
    """Apply the schemas that *connection* lacks, each in one transaction: a kill in between leaves the one before it whole."""
    connection.execute("PRAGMA foreign_keys = OFF")  # a table that is made anew would take the rows that refer to it along
    try:
        for number, name in enumerate(SCHEMAS, start=1):
            _apply(connection, name, number)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: Any, name: str, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _number(connection) < number:  # else it is done, perhaps by a process that was faster
            for statement in _statements(_script(name)):
                connection.execute(statement)
            _refuse_orphans(connection, name)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_orphans(connection: Any, name: str) -> None:
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan:
        raise sqlite3.IntegrityError(f"{name} would leave a row of {orphan['table']} without its {orphan['parent']}")


def _statements(script: str) -> Iterator[str]:
    """The statements of *script*; `executescript` would commit what was begun before it."""
    *pieces, rest = script.split(";")
    statement = ""
    for piece in pieces:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):  # not so within a text, a comment or a trigger
            yield statement
            statement = ""
    if (statement + rest).strip():
        yield statement + rest


def _number(connection: Any) -> int:
    return connection.execute("PRAGMA user_version").fetchone()["user_version"]


def _script(name: str) -> str:
    return resources.files("workshop.store").joinpath(name).read_text("utf-8")
