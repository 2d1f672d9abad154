"""`doseline-gateway decode`: values of a strap, given as hex, to one JSON object a line."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from gateway.decoding import SERVICES, ValueDecoder
from gateway.errors import GatewayError
from protocol.ble.movesense import is_known_path

MAX_FACTOR_G = 1000  # g a count; real factors are far below 1, and NaN and infinity fail here too
_SEPARATORS = str.maketrans("", "", " \t:")


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--service", required=True, choices=SERVICES, help="what the values are")
    parser.add_argument(
        "--factor",
        type=float,
        help="pmd: factor from the strap's start answer; scales compressed type 0 (0x80) to g. "
        "Without it these samples stay raw counts, as all others do",
    )
    parser.add_argument("--path", help="movesense: what was subscribed, such as /Meas/Acc/52")
    parser.add_argument("--name", help="advertisement: the name the strap advertises")
    parser.add_argument(
        "hex", nargs="*", help="one value each; from standard input, one a line, if none is given"
    )


def run(arguments: Namespace) -> int:
    """Print each value; 1 if any was malformed. Raises GatewayError for input that is no hex."""
    _check_options(arguments)
    decoder = ValueDecoder(arguments.service, arguments.factor, arguments.path, arguments.name)
    any_malformed = False
    try:
        for payload in _payloads(arguments.hex):
            told = decoder.decode(payload)
            any_malformed |= told["kind"] == "malformed"
            sys.stdout.write(json.dumps(told, allow_nan=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (such as `head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(any_malformed)


def _check_options(arguments: Namespace) -> None:
    options = {"factor": "pmd", "path": "movesense", "name": "advertisement"}
    for option, service in options.items():
        if getattr(arguments, option) is not None and arguments.service != service:
            raise GatewayError(
                f"--{option} belongs to --service {service}, not {arguments.service}; leave it out"
            )
    if arguments.path is not None and not is_known_path(arguments.path):
        raise GatewayError(
            f"--path {arguments.path!r} has no known layout; "
            "give what was subscribed, such as /Meas/Acc/52"
        )
    if arguments.factor is not None and not 0 < arguments.factor <= MAX_FACTOR_G:
        raise GatewayError(
            f"--factor {arguments.factor} is not above 0 and at most {MAX_FACTOR_G}; "
            "take the one from the strap's start answer, such as 0.000244"
        )


def _payloads(words: list[str]) -> Iterator[bytes]:
    if words:
        yield from (_parse_hex(word, f"value {n}") for n, word in enumerate(words, 1))
        return
    for n, line in enumerate(sys.stdin.buffer, 1):
        text = line.decode("ascii", errors="replace").strip()
        if text:
            yield _parse_hex(text, f"standard input, line {n}")


def _parse_hex(text: str, where: str) -> bytes:
    try:
        return bytes.fromhex(text.translate(_SEPARATORS))
    except ValueError:
        raise GatewayError(
            f"{where}: {text[:60]!r} is not hexadecimal; give two digits a byte, such as 104a4103"
        ) from None
