"""`analysis lock`: the data as they are now, for good, under the plan in force."""

import sys
from argparse import ArgumentParser, Namespace

from server.analysis.locking import lock_study
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.study_derived import bring_up_to_date
from server.errors import MethodError, SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="who decided it, and why")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with (
        open_command_study(arguments) as study,
        bring_up_to_date(arguments, study) as found,
    ):
        try:
            told = lock_study(study, found.require_all(), arguments.reason, read_operator())
        except MethodError as error:
            raise SettingsError(f"the data can't be locked: {error}") from None
    sys.stdout.write(f"the data of {told.frame.n} participants are locked; SHA-256 {told.sha256}\n")
    return 0
