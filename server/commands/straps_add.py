"""`straps add`: a strap on the roster."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Final

from protocol.identifiers import parse_strap_id
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.gateways.roster import StrapModel, add_straps

MAX_LABEL: Final = 16  # characters; it stands on a sticker and on a tile


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
        type=_parse_streams,
        default=list(ConsentedStream),
        metavar="heart_rate,movement",
        help="what its wearer agreed to (default: both)",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    labels = _count_labels(arguments.label, len(arguments.serial))
    straps = [
        RosterStrap(parse_strap_id(serial), arguments.model, label, arguments.streams)
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
    words = " and ".join(stream.value.replace("_", " ") for stream in strap.streams)
    said = "is on the roster" if is_new else "is on the roster already"
    return f"strap {strap.serial} ({strap.model}) {said}; records {words}\n"


def _count_labels(first: str | None, n: int) -> list[str | None]:
    """Labels of `n` straps: the first, then its number counting up in as many digits."""
    if first is None or n == 1:
        return [_check_label(first)] * n
    if not (first.isascii() and first.isdigit()):
        raise RuleError(
            f"the label of several straps must be a number to count from, not {first!r}"
        )
    width = len(first)
    return [_check_label(f"{int(first) + place:0{width}d}") for place in range(n)]


def _parse_streams(text: str) -> list[ConsentedStream]:
    try:
        chosen = {ConsentedStream(word.strip()) for word in text.split(",")}
    except ValueError:
        possible = ", ".join(stream.value for stream in ConsentedStream)
        message = f"{text!r} names a stream that doesn't exist; choose from: {possible}"
        raise ArgumentTypeError(message) from None
    return [stream for stream in ConsentedStream if stream in chosen]


def _check_label(label: str | None) -> str | None:
    if label is not None and not (0 < len(label) <= MAX_LABEL and label.isprintable()):
        raise RuleError(f"a label has 1 to {MAX_LABEL} printable characters, not {label!r}")
    return label
