"""`facts list`: what was entered of a participant, entry by entry."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_participant_code
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import NotFoundError
from server.study.erasure import list_facts_of
from server.study.facts import Fact
from server.study.participants import read_participants


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="P07", help="her code")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    code = parse_participant_code(arguments.code)
    with open_command_study(arguments) as study, study.reading() as connection:
        if code not in {one.code for one in read_participants(connection)}:
            raise NotFoundError(f"nobody in the study has the code {code}")
        facts = list_facts_of(connection, code)
    for one in facts:
        sys.stdout.write(f"{tell_fact(one)}\n")
    if not facts:
        sys.stdout.write(f"nothing was entered of {code}\n")
    return 0


def tell_fact(one: Fact) -> str:
    """Which entry it is, of what, and whose: not what it says."""
    said = "what it said is erased" if one.is_erased else ", ".join(one.answers)
    return (
        f"{one.id}  {one.kind} {one.about}, number {one.number}, by {one.recorded_by}"
        f" {one.recorded_at[:16].replace('T', ' ')} UTC: {said}"
    )
