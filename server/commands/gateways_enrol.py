"""`gateways enrol`: a gateway and its token."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from protocol.identifiers import parse_gateway_id
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.gateways.enrolment import enrol_gateway


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="name of the gateway: lower case, unique in the study")
    parser.add_argument(
        "--token-file",
        type=Path,
        required=True,
        metavar="F",
        help="new file for the token; the only place where it is kept",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name = parse_gateway_id(arguments.name)
    with open_command_study(arguments) as database:
        enrol_gateway(database, name, arguments.token_file)
    sys.stdout.write(f"gateway {name} is enrolled; its token is in {arguments.token_file}\n")
    return 0
