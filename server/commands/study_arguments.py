"""The arguments that every command on a study shares."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from server.db.database import Database
from server.db.failures import tell_reason
from server.db.opening import open_study
from server.errors import StorageUnavailableError
from server.settings import Settings, read_settings


def add_study_arguments(parser: ArgumentParser) -> None:
    """`--data` and `--database`."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="data directory")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="postgresql://… address, for a data directory that was made with one",
    )


def add_serving_arguments(parser: ArgumentParser) -> None:
    """Those, and where to listen."""
    add_study_arguments(parser)
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        help="address to listen on (default 127.0.0.1; another one after certs init, 0.0.0.0: all)",
    )
    parser.add_argument("--port", metavar="P", help="port (default 8000; 0: a free one)")
    parser.add_argument(
        "--trust-port",
        metavar="P",
        help="port of a plain page that shows tablets how to trust the certificate, nothing else",
    )
    parser.add_argument(
        "--backup-to",
        type=Path,
        metavar="PLACE",
        help="folder on another disk; every five minutes, if there is anything new, a backup",
    )


def read_serving_settings(arguments: Namespace) -> Settings:
    """Settings in force for a server. Raises SettingsError."""
    return read_settings(
        data=arguments.data,
        database=arguments.database,
        host=arguments.host,
        port=arguments.port,
        trust_port=arguments.trust_port,
        backup_to=arguments.backup_to,
    )


def read_study_settings(arguments: Namespace) -> Settings:
    """Settings in force for a command. Raises SettingsError."""
    return read_settings(data=arguments.data, database=arguments.database)


@contextmanager
def open_command_study(arguments: Namespace) -> Iterator[Database]:
    """The study's database. Raises SettingsError, or StorageUnavailableError in mid-work."""
    settings = read_study_settings(arguments)
    with open_study(settings.data, settings.database_url) as database:
        try:
            yield database
        except DBAPIError as error:
            raise StorageUnavailableError(
                f"the database refused: {tell_reason(error)}; nothing of this step is stored"
            ) from error
