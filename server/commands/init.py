"""`init`: a new data directory."""

import sys
from argparse import ArgumentParser, Namespace

from server.commands.study_arguments import add_study_arguments, read_study_settings
from server.db.opening import init_study


def add_arguments(parser: ArgumentParser) -> None:
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    settings = read_study_settings(arguments)
    if init_study(settings.data, settings.database_url):
        sys.stdout.write(f"{settings.data} is ready\n")
    else:
        sys.stdout.write(f"{settings.data} is a data directory already; nothing was changed\n")
    return 0
