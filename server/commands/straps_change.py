"""`straps change`: her consent is withdrawn or widened, or the strap has a new label."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from protocol.identifiers import parse_strap_id
from server.commands.operator import read_operator
from server.commands.strap_words import NONE, check_label, describe_recorded, read_streams
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.gateways.strap_changes import ChangedStrap, StrapChanges, change_strap

MAX_REASON: Final = 500  # characters: a sentence or two


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("serial", help="serial number printed on the sensor")
    parser.add_argument(
        "--streams",
        metavar="heart_rate,movement",
        help="all that its wearer agrees to from now on; none: she withdrew, nothing is recorded",
    )
    parser.add_argument("--label", metavar="07", help="number on the strap's sticker; none: none")
    parser.add_argument(
        "--reason",
        required=True,
        metavar="TEXT",
        help="why, without anybody's name; kept with the change for ever",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    serial = parse_strap_id(arguments.serial)
    changes = _read_changes(arguments.streams, arguments.label)
    reason = _check_reason(arguments.reason)
    with open_command_study(arguments) as database:
        changed = change_strap(database, serial, changes, changed_by=read_operator(), reason=reason)
    sys.stdout.write(describe_change(changed))
    return 0


def describe_change(changed: ChangedStrap) -> str:
    """What a person reads after a change: a line for each thing that is different now."""
    before, after = changed.before, changed.after
    if before == after:
        return f"strap {after.serial} stood so already; nothing was changed\n"
    lines = []
    if before.label != after.label:
        lines.append(f"label {after.label or NONE} (before: {before.label or NONE})")
    if before.streams != after.streams:
        lines.append(
            f"records {describe_recorded(after)}"
            f" (before: {describe_recorded(before)}); gateways follow within 10 s of"
            " reaching the server, and what is in the archive stays there"
        )
    return "".join(f"strap {after.serial}: {line}\n" for line in lines)


def _read_changes(streams: str | None, label: str | None) -> StrapChanges:
    changes: StrapChanges = {}
    if streams is not None:
        changes["streams"] = [] if streams == NONE else read_streams(streams)
    if label is not None:
        changes["label"] = None if label == NONE else check_label(label)
    if not changes:
        raise RuleError("say what to change: --streams, --label or both")
    return changes


def _check_reason(text: str) -> str:
    reason = text.strip()
    if not (0 < len(reason) <= MAX_REASON and reason.isprintable()):
        raise RuleError(f"--reason has 1 to {MAX_REASON} printable characters on one line")
    return reason
