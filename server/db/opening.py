"""From what a person typed to a database that is there, ours, and at the right schema."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from server.db.data_directory import (
    DataDirectory,
    find_data_directory,
    make_data_directory,
    mark_data_directory,
)
from server.db.database import Database, parse_database_url, sqlite_url
from server.db.failures import tell_reason
from server.db.masking import mask_url
from server.db.migrate import migrate, require_current_schema
from server.errors import SettingsError


def init_study(path: Path, database_url: str | None) -> bool:
    """Make a data directory and its schema; False when it was there. Raises SettingsError."""
    if find_data_directory(path) is not None:
        return False
    directory = make_data_directory(path, "postgresql" if database_url else "sqlite")
    with _connect(directory, database_url) as database:
        _reach(database, migrate)
    mark_data_directory(directory)
    return True


def require_data_directory(path: Path) -> DataDirectory:
    """The data directory at a path. Raises SettingsError."""
    directory = find_data_directory(path)
    if directory is None:
        raise SettingsError(
            f"{path} is not a data directory; make one with 'doseline-server init --data {path}'"
        )
    return directory


def open_study(path: Path, database_url: str | None) -> Database:
    """The database of a data directory, at this program's schema. Raises SettingsError."""
    database = _connect(require_data_directory(path), database_url)
    _reach(database, require_current_schema)
    return database


def open_and_migrate(directory: DataDirectory, database_url: str | None) -> Database:
    """The same for the server, which brings an older schema up. Raises SettingsError."""
    database = _connect(directory, database_url)
    _reach(database, migrate)
    return database


def open_database_url(database_url: str) -> Database:
    """A PostgreSQL database without a data directory, to read. Raises SettingsError."""
    database = Database(parse_database_url(database_url))
    _reach(database, require_current_schema)
    return database


def _connect(directory: DataDirectory, database_url: str | None) -> Database:
    if directory.store == "sqlite":
        if database_url is not None:
            raise SettingsError(
                f"{directory.path} keeps its own database; leave out --database"
                " (and DOSELINE_DATABASE), or make a new directory with it"
            )
        return Database(sqlite_url(directory.sqlite_path))
    if database_url is None:
        raise SettingsError(
            f"{directory.path} belongs to a PostgreSQL database; give its address with --database"
            " or in DOSELINE_DATABASE"
        )
    return Database(parse_database_url(database_url))


def _reach(database: Database, use: Callable[[Database], None]) -> None:
    """Use a database for the first time; its errors become one sentence without secrets."""
    try:
        use(database)
    except DBAPIError as error:
        database.close()
        place = mask_url(database.url)
        raise SettingsError(f"can't use the database {place}: {tell_reason(error)}") from error
    except SettingsError:
        database.close()
        raise
