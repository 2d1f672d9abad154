"""`participants list`: who takes part, by code."""

import json
import sys
from argparse import ArgumentParser, Namespace

from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.participant import Participant
from server.study.participants import read_participants


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database, database.reading() as connection:
        participants = read_participants(connection)
    if arguments.json:
        sys.stdout.write(json.dumps([_as_json(one) for one in participants]) + "\n")
        return 0
    sys.stdout.writelines(_describe(one) for one in participants)
    if not participants:
        sys.stdout.write("nobody is in the study yet: doseline-server participants add P01 …\n")
    return 0


def _as_json(one: Participant) -> dict[str, object]:
    return {
        "code": one.code,
        "sign": one.sign,
        "arm": one.arm.value,
        "flags": [flag.value for flag in one.flags],
        "usual_strap": one.usual_strap,
    }


def _describe(one: Participant) -> str:
    flags = ", ".join(flag.value.replace("_", " ") for flag in one.flags)
    return (
        f"{one.code:<5} {one.sign:<12} {one.arm:<9} {one.usual_strap or '-':<14} {flags}".rstrip()
        + "\n"
    )
