"""`users disable`: nothing of hers opens anything any more."""

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
        Registry(database, read_operator()).disable(name)
    sys.stdout.write(f"{name} is disabled: signed out everywhere, and can't sign in\n")
    return 0
