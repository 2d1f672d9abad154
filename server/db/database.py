"""One place that opens a database: a reading and a writing engine, and the edge that commits.

Readers can't write and writers are few: SQLite's readers are `query_only`, PostgreSQL's read in
READ ONLY transactions. Nothing else in the server calls commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from server.db.postgresql import check_settings, hold_writer_lock
from server.db.sqlite import checkpoint, load_sqlite, prepare_connection
from server.errors import SettingsError

READERS: Final = 8  # connections; reads are whole at once and short
CONNECT_TIMEOUT_S: Final = 5  # PostgreSQL away: say so before a gateway gives up
# A machine or a wire that is gone is noticed within about ten seconds, not after TCP's two hours.
_POSTGRESQL_LIMITS: Final = {
    "connect_timeout": CONNECT_TIMEOUT_S,
    "keepalives_idle": 5,  # s
    "keepalives_interval": 2,  # s
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # ms
    "options": "-c statement_timeout=10s",  # the longest of ours, one group's insert, takes < 1 s
}


class Database:
    """Engines on one database. Close it, or use it as a context manager."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._writer = _open_engine(url, writes=True)
        self._reader = _open_engine(url, writes=False)

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: commits at the end, rolls back when anything raises."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot, read only."""
        with self._reader.connect() as connection:
            yield connection

    def open_writer(self) -> Connection:
        """A connection that its owner keeps, and closes. See `committing`.

        On PostgreSQL it holds the database against other servers, as long as it lives.
        Raises SettingsError.
        """
        connection = self._writer.connect()
        if not self.is_sqlite:
            try:
                with connection.begin():
                    check_settings(connection)
                    hold_writer_lock(connection)
            except (SettingsError, DBAPIError):
                self.discard(connection)
                raise
        return connection

    def checkpoint(self, connection: Connection) -> None:
        """Move SQLite's WAL into its file, on a writer's connection between transactions.

        Raises DBAPIError, as every other statement does.
        """
        if not self.is_sqlite:
            return
        try:
            checkpoint(connection.connection.dbapi_connection)
        except load_sqlite().Error as error:
            raise OperationalError("wal_checkpoint", None, error) from error

    def empty_log(self) -> None:
        """SQLite's WAL still has pages as they were; it is emptied if nobody reads now."""
        if self.is_sqlite:
            with self.open_writer() as connection:
                driver = connection.connection.dbapi_connection
                if driver is not None:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def discard(self, connection: Connection) -> None:
        """Close a writer's connection for good, whatever state it is in."""
        connection.invalidate()
        connection.close()

    def drop_connections(self) -> None:
        """Forget pooled connections, after a failure that may have broken them."""
        self._writer.dispose()
        self._reader.dispose()

    def close(self) -> None:
        self.drop_connections()


@contextmanager
def committing(connection: Connection) -> Iterator[Connection]:
    """One transaction on a connection from `open_writer`."""
    with connection.begin():
        yield connection


def sqlite_url(path: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite+pysqlite", database=str(path))


def parse_database_url(text: str) -> URL:
    """A PostgreSQL address with our driver. Raises SettingsError."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        url = URL.create("unreadable")
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise SettingsError(
            "the database address must read postgresql://user@host:port/name ; leave it out to keep"
            " everything in the data directory"
        )
    return url.set(drivername="postgresql+psycopg")


def _open_engine(url: URL, *, writes: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, writes=writes)
    engine = sqlalchemy.create_engine(
        url,
        hide_parameters=True,  # they are somebody's heart: an error must not carry them to a log
        pool_size=2 if writes else READERS,
        pool_pre_ping=not writes,
        connect_args=dict(_POSTGRESQL_LIMITS),
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
    )
    return engine if writes else engine.execution_options(postgresql_readonly=True)


def _open_sqlite(url: URL, *, writes: bool) -> Engine:
    module = load_sqlite()
    pool_size = 1 if writes else READERS
    engine = sqlalchemy.create_engine(url, module=module, hide_parameters=True, pool_size=pool_size)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions, not the driver
        prepare_connection(connection, version=module.sqlite_version_info, writes=writes)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE: a writer that begins as a reader can't be made to wait, only to fail.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
