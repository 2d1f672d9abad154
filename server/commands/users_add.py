"""`users add`: somebody who may sign in."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.operator import read_operator
from server.commands.secret_files import Secrets, add_password_file, add_pin_file
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.people.qualifications import parse_qualification
from server.people.registry import Registry
from server.people.roles import TABLET_ROLES, Role


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what she signs in with: lower case, unique in the study")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument(
        "--qualification", metavar="TEXT", help="such as 'physiotherapist, MSc'; kept with trail"
    )
    add_password_file(parser)
    add_pin_file(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name, role = parse_user_name(arguments.name), Role(arguments.role)
    said = arguments.qualification
    qualification = None if said is None else parse_qualification(said)
    secrets = Secrets(arguments, name)
    if role not in TABLET_ROLES and arguments.pin_file is not None:
        raise RuleError(f"only trainers and assistants have a PIN; leave --pin-file out for {name}")
    password = secrets.choose_password()
    pin = secrets.choose_pin() if role in TABLET_ROLES else None
    with open_command_study(arguments) as database:
        Registry(database, read_operator()).add(name, role, password, pin, qualification)
    said = f"{name} may sign in as {role.value}"
    sys.stdout.write(secrets.tell(said, as_json=arguments.json))
    return 0
