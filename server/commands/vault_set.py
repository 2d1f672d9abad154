"""`vault set`: a participant's first name and emergency card, kept apart from study data."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from protocol.identifiers import parse_participant_code
from server.commands.operator import read_operator
from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.commands.text_files import read_text_file
from server.db.opening import require_data_directory
from server.study.participants import find_participant
from server.vault.identity import Identity, parse_identity
from server.vault.opening import open_vault

_MAX_BYTES: Final = 16 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="P07", help="her code")
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        required=True,
        metavar="FILE.toml",
        help="first_name, contact, allergies, drugs, notes: what isn't in it is empty from now on",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    code = parse_participant_code(arguments.code)
    identity = read_identity(arguments.file)
    settings = read_study_settings(arguments)
    with open_command_study(arguments) as database, database.reading() as connection:
        find_participant(connection, code)
    directory = require_data_directory(settings.data)
    with open_vault(directory, settings.database_url) as vault:
        vault.write_identity(code, identity, read_operator())
    sys.stdout.write(f"{code} is in the vault; {arguments.file} is not needed any more\n")
    return 0


def read_identity(path: Path) -> Identity:
    """From a TOML file. Raises SettingsError or RuleError."""
    return parse_identity(read_text_file(path, _MAX_BYTES, "is too large to be about one person"))
