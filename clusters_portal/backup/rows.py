"""Tables as streams: out with a digest, in again, and the digest of what is there now."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import sql

from clusters_portal.backup.manifest import BLOCK, Table

if TYPE_CHECKING:
    from psycopg import Connection

Sink = Callable[[bytes], object]
# One spelling of every value, whatever the server or the person prefers.
SPELLING = (
    "SET datestyle = 'ISO, MDY'; SET timezone = 'UTC'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1; SET intervalstyle = 'postgres'"
)
COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum
"""
KEY = """
    SELECT attname FROM pg_index, unnest(indkey) WITH ORDINALITY AS k(number, place)
    JOIN pg_attribute ON attnum = number
    WHERE indrelid = %s::regclass AND indisprimary AND attrelid = indrelid ORDER BY place
"""
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
SEQUENCES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


@contextmanager
def own_line() -> Iterator[Connection[Any]]:
    """A connection of its own to the database of the settings, outside anybody's transaction."""
    line: Connection[Any] = connection.get_new_connection(connection.get_connection_params())
    try:
        line.execute(SPELLING)
        line.commit()
        yield line
    finally:
        line.close()


def names(line: Connection[Any], statement: str, *values: str) -> list[str]:
    """The first column of what a catalogue query returns."""
    rows: list[tuple[str, ...]] = line.execute(statement, values or None).fetchall()
    return [row[0] for row in rows]


def read_table(line: Connection[Any], name: str, sink: Sink = len) -> Table:
    """Stream the rows of a table in the order of its key, and take their digest."""
    quoted = sql.Identifier(name).as_string(line)
    columns = names(line, COLUMNS, quoted)
    order = names(line, KEY, quoted) or columns
    statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        _list(columns), sql.Identifier(name), _list(order)
    )
    digest, rows = hashlib.sha256(), 0
    with line.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            content = bytes(block)
            digest.update(content)
            rows += content.count(b"\n")
            sink(content)
    return Table(columns, rows, digest.hexdigest())


def save_table(line: Connection[Any], name: str, path: Path) -> Table:
    """Stream a table into a compressed file, and wait until the disk has it."""
    with path.open("wb") as file:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=1, mtime=0) as out:
            table = read_table(line, name, out.write)
        file.flush()
        os.fsync(file.fileno())
    return table


def load_table(line: Connection[Any], name: str, table: Table, path: Path) -> None:
    """Stream a compressed file into a table."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(name), _list(table.columns)
    )
    with gzip.open(path, "rb") as rows, line.cursor() as cursor, cursor.copy(statement) as copy:
        while block := rows.read(BLOCK):
            copy.write(block)


def read_sequences(line: Connection[Any]) -> dict[str, tuple[int, bool]]:
    """Where each sequence stands."""
    found = {}
    for name in names(line, SEQUENCES):
        asked = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        row = line.execute(asked).fetchone()
        if row is not None:
            found[name] = (int(row[0]), bool(row[1]))
    return found


def _list(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
