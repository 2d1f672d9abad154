"""A command as every program has them, for the tests of the table."""

from argparse import ArgumentParser, Namespace


class OwnError(Exception):
    """An error of the program whose command this is."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--end", choices=["own error", "bug", "interrupt"])


def run(arguments: Namespace) -> int:
    match arguments.end:
        case "own error":
            raise OwnError("13 straps are one too many")
        case "bug":
            raise ZeroDivisionError
        case "interrupt":
            raise KeyboardInterrupt
    return int(arguments.count)
