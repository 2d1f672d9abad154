"""`study zone`: the one time zone in which the study's days begin and end."""

import sys
from argparse import ArgumentParser, Namespace

from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.time_zone import NO_ZONE, read_zone_name, set_zone


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "zone", nargs="?", metavar="Asia/Tehran", help="set it; without, say which one it is"
    )
    parser.add_argument("--reason", metavar="TEXT", help="why it is another one from now on")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database:
        if arguments.zone is None:
            with database.reading() as connection:
                known = read_zone_name(connection)
            sys.stdout.write(f"{known or f'{NO_ZONE}, as nobody has said another one'}\n")
            return 0
        with database.writing() as connection:
            is_new = set_zone(connection, arguments.zone, arguments.reason, read_operator())
    said = "are now" if is_new else "were already"
    sys.stdout.write(
        f"days of the study {said} those of {arguments.zone}; datasets of before keep their days\n"
    )
    return 0
