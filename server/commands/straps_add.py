"""`straps add`: a strap on the roster."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Final

from protocol.identifiers import parse_strap_id
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.gateways.roster import StrapModel, add_strap

MAX_LABEL: Final = 16  # characters; it stands on a sticker and on a tile


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("serial", help="serial number printed on the sensor")
    parser.add_argument("--model", required=True, choices=[model.value for model in StrapModel])
    parser.add_argument("--label", metavar="07", help="number on the strap's sticker")
    parser.add_argument(
        "--streams",
        type=_parse_streams,
        default=list(ConsentedStream),
        metavar="heart_rate,movement",
        help="what its wearer agreed to (default: both)",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    strap = RosterStrap(
        serial=parse_strap_id(arguments.serial),
        model=arguments.model,
        label=_check_label(arguments.label),
        streams=arguments.streams,
    )
    with open_command_study(arguments) as database:
        is_new = add_strap(database, strap)
    words = " and ".join(stream.value.replace("_", " ") for stream in strap.streams)
    said = "is on the roster" if is_new else "is on the roster already"
    sys.stdout.write(f"strap {strap.serial} ({strap.model}) {said}; records {words}\n")
    return 0


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
