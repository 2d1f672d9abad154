"""A second command, whose name starts with the first one's."""

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = "Always 99."


def run(_: Namespace) -> int:
    return 99
