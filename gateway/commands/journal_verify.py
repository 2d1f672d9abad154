"""`doseline-gateway journal verify`: every entry against its hash."""

import argparse

from gateway.commands.journal_output import add_journal_arguments, print_reports
from gateway.journal.inspection import find_files, verify_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and the form of the answer."""
    add_journal_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """May run beside the gateway. Exit code 1 if anything is damaged or missing."""
    return print_reports([verify_file(path) for path in find_files(arguments.journal)], arguments)
