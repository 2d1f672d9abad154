"""`users change`: what somebody is trained as from now on."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.qualifications import parse_qualification
from server.people.registry import Registry


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what she signs in with")
    parser.add_argument(
        "--qualification", required=True, metavar="TEXT", help="such as 'physiotherapist, MSc'"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name = parse_user_name(arguments.name)
    qualification = parse_qualification(arguments.qualification)
    with open_command_study(arguments) as database:
        Registry(database, read_operator()).set_qualification(name, qualification)
    sys.stdout.write(f"{name} is {qualification} from now on; tablets learn it with the next PIN\n")
    return 0
