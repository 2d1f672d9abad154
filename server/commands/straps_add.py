"""`straps add`: a strap on the roster."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_strap_id
from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.strap_models import StrapModel
from server.commands.strap_words import check_label, describe_recorded, read_streams
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.gateways.roster import add_straps


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("serial", nargs="+", help="serial number printed on the sensor")
    parser.add_argument("--model", required=True, choices=[model.value for model in StrapModel])
    parser.add_argument(
        "--label",
        metavar="07",
        help="number on the strap's sticker; with several serials, that of the first, counting up",
    )
    parser.add_argument(
        "--streams",
        default=",".join(ConsentedStream),
        metavar="heart_rate,movement",
        help="what its wearer agreed to (default: both)",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    labels = _count_labels(arguments.label, len(arguments.serial))
    streams = read_streams(arguments.streams)
    straps = [
        RosterStrap(parse_strap_id(serial), arguments.model, label, streams)
        for serial, label in zip(arguments.serial, labels, strict=True)
    ]
    twice = {s.serial for s in straps if [one.serial for one in straps].count(s.serial) > 1}
    if twice:
        raise RuleError(f"{', '.join(sorted(twice))} is given twice; nothing was changed")
    with open_command_study(arguments) as database:
        added = add_straps(database, straps)
    for strap, is_new in zip(straps, added, strict=True):
        sys.stdout.write(_describe(strap, is_new=is_new))
    return 0


def _describe(strap: RosterStrap, *, is_new: bool) -> str:
    said = "is on the roster" if is_new else "is on the roster already"
    return f"strap {strap.serial} ({strap.model}) {said}; records {describe_recorded(strap)}\n"


def _count_labels(first: str | None, n: int) -> list[str | None]:
    """Labels of `n` straps: the first, then its number counting up in as many digits."""
    if first is None or n == 1:
        return [check_label(first)] * n
    if not (first.isascii() and first.isdigit()):
        raise RuleError(
            f"the label of several straps must be a number to count from, not {first!r}"
        )
    width = len(first)
    return [check_label(f"{int(first) + place:0{width}d}") for place in range(n)]
