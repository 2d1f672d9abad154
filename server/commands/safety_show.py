"""`safety show`: which limits are in force, who signed them, and what was before."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from server.commands.safety_words import tell_limits, tell_signature, view_proposal
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.safety.phone_list import read_phones
from server.safety.phones import Phone
from server.safety.register import Proposal, read_history


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database, database.reading() as connection:
        history, phones = read_history(connection), read_phones(connection)
    if arguments.json:
        told = {
            "in_force": view_proposal(history[-1]) if history and history[-1].is_signed else None,
            "history": [view_proposal(one) for one in history],
            "phones": [asdict(one) for one in phones],
        }
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.write(tell_history(history) + tell_phones(phones))
    return 0


def tell_history(history: list[Proposal]) -> str:
    """The newest values with who signed them, and a line for each that was before."""
    if not history:
        return "no limit was ever proposed: none is in force, and nothing alerts\n"
    newest = history[-1]
    lines = [tell_limits(newest.limits), f"hash {newest.sha256}", tell_signature(newest)]
    lines += [f"before, {one.sha256[:8]}: {tell_signature(one)}" for one in history[-2::-1]]
    return "\n".join(lines) + "\n"


def tell_phones(phones: list[Phone]) -> str:
    """Whom to call."""
    if not phones:
        return "no numbers to call: doseline-server safety phones Ambulance=…\n"
    return "".join(f"call {one.name:<20} {one.number}\n" for one in phones)
