"""`safety sign`: a clinician puts the study's limits in force."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.operator import read_operator
from server.commands.safety_words import tell_limits, tell_signature
from server.commands.secret_files import add_known_password_file, ask_password
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.confirming import confirm_person
from server.people.roles import Role
from server.safety.register import sign_limits


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("hash", help="of the values that you saw, at least its first 8 digits")
    parser.add_argument(
        "--as", dest="name", required=True, metavar="NAME", help="a user with the role clinician"
    )
    parser.add_argument(
        "--qualification", required=True, help="such as 'neurologist, licence 12345'"
    )
    parser.add_argument("--reason", required=True, help="why these values for this study")
    add_known_password_file(parser)
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name, operator = parse_user_name(arguments.name), read_operator()
    password = ask_password(name, arguments.password_file)
    with open_command_study(arguments) as database:
        confirm_person(database, name, password, Role.CLINICIAN, operator)
        with database.writing() as connection:
            signer = (name, arguments.qualification)
            signed = sign_limits(connection, arguments.hash, signer, arguments.reason, operator)
    sys.stdout.write(f"{tell_limits(signed.limits)}\n{tell_signature(signed)}\n")
    sys.stdout.write(
        "in force within seconds on each tablet that runs a session and reaches the server\n"
    )
    return 0
