"""Brings a database to the schema of this program. Alembic loads only when there is work to do."""

from importlib.resources import files
from typing import Final

from sqlalchemy import Connection, inspect

from server.db.database import Database
from server.db.postgresql import MIGRATION_LOCK
from server.errors import SettingsError

SCHEMA_REVISION: Final = "0024"  # a test compares it with the newest migration


def read_revision(connection: Connection) -> str | None:
    """The schema a database holds; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if revision is None else str(revision)


def require_current_schema(database: Database) -> None:
    """Raise SettingsError unless the database has exactly this program's schema."""
    with database.reading() as connection:
        revision = read_revision(connection)
    if revision is None:
        raise SettingsError("the database is empty; run 'doseline-server init' first")
    if revision != SCHEMA_REVISION:
        raise SettingsError(
            f"the database has schema {revision} and this program needs {SCHEMA_REVISION}; start"
            " the newest 'doseline-server serve' once"
        )


def migrate(database: Database) -> None:
    """Run what is missing, in one transaction, one process at a time.

    Raises SettingsError for a database that a newer program wrote.
    """
    with database.writing() as connection:  # SQLite: BEGIN IMMEDIATE is the lock
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        revision = read_revision(connection)
        if revision == SCHEMA_REVISION:
            return
        if revision is not None and revision > SCHEMA_REVISION:
            raise SettingsError(
                f"the database was written by a newer doseline (schema {revision}); update this one"
            )
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("server.db") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, SCHEMA_REVISION)
