"""Many rows in few statements, at the driver's speed."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, Table

# A step of SQLite costs as much as half a row, so rows share one; every SQLite takes 999 values.
ROWS_A_STATEMENT: Final = 32


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows whose values stand in the order of the table's columns.

    SQLAlchemy's own `insert()` looks at every value of every row; that was half of a commit.
    """
    n_shared = len(rows) - len(rows) % ROWS_A_STATEMENT
    _insert(connection, table, ROWS_A_STATEMENT, rows[:n_shared])
    _insert(connection, table, len(rows) - n_shared, rows[n_shared:])


def _insert(
    connection: Connection, table: Table, n_rows: int, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert them `n_rows` at a time; their number is a multiple of it."""
    if not rows:
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    values = [
        tuple(chain.from_iterable(rows[first : first + n_rows]))
        for first in range(0, len(rows), n_rows)
    ]
    connection.exec_driver_sql(_write_statement(table, mark, n_rows), values)


@lru_cache(maxsize=256)
def _write_statement(table: Table, mark: str, n_rows: int) -> str:
    names = ", ".join(column.name for column in table.columns)
    row = f"({', '.join([mark] * len(table.columns))})"
    return f"INSERT INTO {table.name} ({names}) VALUES {', '.join([row] * n_rows)}"  # noqa: S608 (our names)
