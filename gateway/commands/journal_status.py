"""`doseline-gateway journal status`: what the journal holds and what the server has."""

import argparse

from gateway.commands.journal_output import add_journal_arguments, print_reports
from gateway.journal.inspection import find_files, report_state


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and the form of the answer."""
    add_journal_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """May run beside the gateway. Exit code 1 if a file is damaged."""
    return print_reports([report_state(path) for path in find_files(arguments.journal)], arguments)
