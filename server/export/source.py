"""A consistent snapshot to export from, that never holds the server's writer up."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from server.db.database import Database, sqlite_url
from server.db.sqlite import copy_database


@contextmanager
def open_snapshot(database: Database, scratch: Path) -> Iterator[Connection]:
    """One snapshot of the database: SQLite's is a copy inside `scratch`, PostgreSQL's its own.

    `scratch` is where whoever is killed may leave a copy: in the data directory, never beside what
    is handed out.
    """
    if not database.is_sqlite:
        with database.reading() as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".snapshot-") as folder:
        copy = Path(folder) / "archive.sqlite3"
        copy_database(Path(str(database.url.database)), copy)
        with Database(sqlite_url(copy)) as copied, copied.reading() as connection:
            yield connection
