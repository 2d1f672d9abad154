"""`rebuild`: everything derived, worked out again from archive and ledger."""

import sys
import time
from argparse import ArgumentParser, Namespace

from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.errors import NotFoundError
from server.projection.opening import open_derived
from server.projection.projecting import Projector


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--session", metavar="ID", help="only this session (default: all that were held)"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    wanted = [] if arguments.session is None else [arguments.session]
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study, open_derived(folder) as derived:
        built = Projector(study, derived, time.time_ns).rebuild(wanted)
    if wanted and not built:
        raise NotFoundError(f"no session {arguments.session} was held in this study")
    sys.stdout.write(
        f"{len(built)} sessions rebuilt\n" if len(built) != 1 else "1 session rebuilt\n"
    )
    return 0
