"""`approvals list`: what was asked to be given away, and what second people decided."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.ledger.instants import format_utc_ms
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.approval import Approval
from server.study.approvals import read_approvals


def add_arguments(parser: ArgumentParser) -> None:
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as study, study.reading() as connection:
        found = read_approvals(connection)
    for one in found:
        sys.stdout.write(tell_request(one))
    if not found:
        sys.stdout.write("nothing was asked\n")
    return 0


def tell_request(one: Approval) -> str:
    """A request and what became of it, in a few lines."""
    wanted = one.wanted
    group = "nobody was in the study"
    if wanted.smallest_group is not None:
        group = (
            f"smallest group alike in exact values: {wanted.smallest_group},"
            f" participants in too small ones: {wanted.in_small_groups}"
        )
    return (
        f"{one.number}  {', '.join(wanted.words)} for {wanted.recipient} as {wanted.profile}\n"
        f"   asked by {one.asked_by}, {_tell_moment(one.asked_wall_ns)}: {wanted.reason}\n"
        f"   {group}\n"
        f"   {_tell_decision(one)}\n"
    )


def _tell_decision(one: Approval) -> str:
    if one.decision is None:
        return "waits for a second person"
    decision = one.decision
    reason = f": {decision.reason}" if decision.reason else ""
    told = f"{decision.verdict} by {decision.by}, {_tell_moment(decision.wall_ns)}{reason}"
    used = one.manifest_sha256
    return told if used is None else f"{told}; used for the dataset with manifest {used}"


def _tell_moment(wall_ns: int) -> str:
    return f"{format_utc_ms(wall_ns // 1_000_000)[:16].replace('T', ' ')} UTC"
