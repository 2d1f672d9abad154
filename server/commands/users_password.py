"""`users password`: a new password; she is signed out everywhere."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.operator import read_operator
from server.commands.secret_files import Secrets, add_password_file
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.registry import Registry


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what she signs in with")
    add_password_file(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name = parse_user_name(arguments.name)
    secrets = Secrets(arguments, name)
    secret = secrets.choose_password()
    with open_command_study(arguments) as database:
        Registry(database, read_operator()).set_password(name, secret)
    said = f"{name} has a new password and is signed out everywhere"
    sys.stdout.write(secrets.tell(said, as_json=arguments.json))
    return 0
