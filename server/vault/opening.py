"""Opens the vault of a data directory, and makes it where there is none yet."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from server.db.append_only import make_append_only
from server.db.data_directory import DataDirectory
from server.db.database import Database, parse_database_url, sqlite_url
from server.db.failures import tell_reason
from server.errors import SettingsError
from server.vault.tables import IDENTITY_EVENTS, VAULT, VAULT_SCHEMA
from server.vault.vault import SCHEMA, Vault

FILE: Final = "identity.sqlite3"
REVISION: Final = 1


@contextmanager
def open_vault(directory: DataDirectory, database_url: str | None) -> Iterator[Vault]:
    """The vault that belongs to a study, with an engine of its own. Raises SettingsError."""
    if directory.store == "sqlite":
        path = directory.path / FILE
        _require_private(path)
        url = sqlite_url(path)
    else:
        url = parse_database_url(database_url or "")
    with Database(url) as database:
        try:
            _prepare(database)
        except DBAPIError as error:
            reason = tell_reason(error)
            raise SettingsError(f"the identity vault can't be opened: {reason}") from error
        yield Vault(database)


def _require_private(path: Path) -> None:
    """A file for its owner alone, made here where there is none; SQLite's others get its mode."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(
            f"{path} holds names and others may read it; make it private with 'chmod 600 {path}'"
        )


def _prepare(database: Database) -> None:
    if not database.is_sqlite:
        with database.writing() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    with Vault(database).writing() as connection:
        if not inspect(connection).has_table(VAULT_SCHEMA.name):
            _create(connection)
        revision = connection.execute(select(VAULT_SCHEMA.c.revision)).scalar_one()
    if revision != REVISION:
        raise SettingsError(
            f"the identity vault was written by another doseline (schema {revision}, this program"
            f" needs {REVISION}); nothing was changed"
        )


def _create(connection: Connection) -> None:
    VAULT.create_all(connection)
    make_append_only(connection, IDENTITY_EVENTS.name)
    connection.execute(insert(VAULT_SCHEMA), [{"revision": REVISION}])
