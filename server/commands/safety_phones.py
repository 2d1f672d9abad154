"""`safety phones`: whom to call when something serious happened."""

import sys
from argparse import ArgumentParser, Namespace

from server.commands.operator import read_operator
from server.commands.safety_show import tell_phones
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.safety.phone_list import write_phones
from server.safety.phones import parse_phones


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "phones",
        nargs="*",
        metavar="NAME=NUMBER",
        help="in the order in which to call; the list takes the place of the one before, and no"
        " number empties it",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    phones = parse_phones(arguments.phones)
    with open_command_study(arguments) as database, database.writing() as connection:
        write_phones(connection, phones, read_operator())
    sys.stdout.write(tell_phones(phones))
    return 0
