"""`recipients add`: somebody who may be given datasets, and the key of her pseudonyms."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.recipients import add_recipient


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="whom the datasets are for, as the manifest shall name her")
    parser.add_argument(
        "--key-file",
        type=Path,
        required=True,
        metavar="F",
        help="new file for her key; the only place where it is kept, so not beside the study",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database:
        add_recipient(database, arguments.name, arguments.key_file, read_operator())
    sys.stdout.write(
        f"{arguments.name} may be given datasets; her key is in {arguments.key_file}."
        " Whoever has it can tell codes from pseudonyms: keep it away from the study.\n"
    )
    return 0
