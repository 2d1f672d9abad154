"""`gateways revoke`: a lost or stolen token becomes worthless."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_gateway_id
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.gateways.enrolment import revoke_gateway


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="name of the gateway")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name = parse_gateway_id(arguments.name)
    with open_command_study(arguments) as database:
        n_revoked = revoke_gateway(database, name)
    said = "its token is worthless now" if n_revoked else "it had no valid token"
    sys.stdout.write(f"gateway {name}: {said}\n")
    return 0
