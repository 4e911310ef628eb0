"""Bringing a database to the schema that this version of the code knows."""

from __future__ import annotations

from importlib import resources
from typing import Any

from workshop import errors

SCHEMAS = ("schema_001.sql",)  # applied in order; a released one never changes


def migrate(connection: Any, path: str) -> None:
    """Apply the schemas that *connection* lacks, each in one transaction.

    Raises:
        errors.StoreTooNew: the database knows a schema that this code does not.
    """
    found = connection.execute("PRAGMA user_version").fetchone()["user_version"]
    if found > len(SCHEMAS):
        raise errors.StoreTooNew(path=path, found=found, known=len(SCHEMAS))
    for number, name in enumerate(SCHEMAS[found:], start=found + 1):
        sql = resources.files("workshop.store").joinpath(name).read_text("utf-8")
        _apply(connection, sql, number)


def _apply(connection: Any, sql: str, number: int) -> None:
    # One script with its own BEGIN and COMMIT: a kill in between leaves the old schema whole.
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
