"""`participants change`: how she is from now on, and why."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from protocol.identifiers import parse_participant_code, parse_strap_id
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.participant import Arm, Participant, check_flags, check_sign
from server.study.participants import change_participant, find_participant

NO_STRAP = "none"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="P07", help="her code")
    parser.add_argument("--reason", required=True, help="kept for ever beside the change")
    parser.add_argument("--sign", metavar="WORD", help="a thing that nobody else has")
    parser.add_argument("--arm", choices=[arm.value for arm in Arm])
    parser.add_argument("--flags", metavar="heat_sensitive,hr_unreliable", help="'' for no flag")
    parser.add_argument(
        "--strap", metavar="SERIAL", help=f"strap that she usually wears, or {NO_STRAP}"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    code = parse_participant_code(arguments.code)
    with open_command_study(arguments) as database:
        with database.reading() as connection:
            known = find_participant(connection, code)
        changed = apply_changes(known, arguments)
        change_participant(database, changed, arguments.reason, read_operator())
    sys.stdout.write(f"{code} is changed; what held before is kept\n")
    return 0


def apply_changes(known: Participant, arguments: Namespace) -> Participant:
    """The participant with what was given, and the rest as it was. Raises RuleError."""
    changed = known
    if arguments.sign is not None:
        changed = replace(changed, sign=check_sign(arguments.sign))
    if arguments.arm is not None:
        changed = replace(changed, arm=Arm(arguments.arm))
    if arguments.flags is not None:
        changed = replace(changed, flags=check_flags(arguments.flags.split(",")))
    if arguments.strap is not None:
        strap = None if arguments.strap == NO_STRAP else parse_strap_id(arguments.strap)
        changed = replace(changed, usual_strap=strap)
    return changed
