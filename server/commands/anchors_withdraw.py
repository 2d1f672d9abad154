"""`anchors withdraw`: only numbers and the study's own end words again."""

import sys
from argparse import ArgumentParser, Namespace

from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.anchor_packs import withdraw_pack


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scale", choices=("borg_6_20", "borg_cr10"))
    parser.add_argument("--reason", required=True, help="such as 'the licence ended'")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database, database.writing() as connection:
        withdraw_pack(connection, arguments.scale, arguments.reason, read_operator())
    sys.stdout.write(f"{arguments.scale} has numbers and the study's own end words again\n")
    return 0
