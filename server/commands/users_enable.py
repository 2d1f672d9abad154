"""`users enable`: what was disabled is valid again, with the old secrets."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.registry import Registry


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what she signs in with")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name = parse_user_name(arguments.name)
    with open_command_study(arguments) as database:
        Registry(database, read_operator()).enable(name)
    sys.stdout.write(f"{name} may sign in again, with her old password and PIN\n")
    return 0
