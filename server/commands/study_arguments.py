"""The arguments that every command on a study shares."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.db.database import Database
from server.db.opening import open_study
from server.settings import Settings, read_settings


def add_study_arguments(parser: ArgumentParser) -> None:
    """`--data` and `--database`."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="data directory")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="postgresql://… address, for a data directory that was made with one",
    )


def read_study_settings(arguments: Namespace) -> Settings:
    """Settings in force for a command. Raises SettingsError."""
    return read_settings(data=arguments.data, database=arguments.database)


def open_command_study(arguments: Namespace) -> Database:
    """The study's database. Raises SettingsError."""
    settings = read_study_settings(arguments)
    return open_study(settings.data, settings.database_url)
