"""`analysis plan`: the plan of the analysis, before anybody sees an outcome by arm."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.analysis.planning import put_in_force
from server.commands.analysis_plan import read_plan_text
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import MethodError, SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="PLAN.toml", help="outcomes, dose, baseline, …")
    parser.add_argument("--reason", metavar="TEXT", help="why it replaces the plan in force")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    file = arguments.file
    text = read_plan_text(file)
    with open_command_study(arguments) as database:
        try:
            plan, is_new = put_in_force(database, text, arguments.reason, read_operator())
        except MethodError as error:
            raise SettingsError(f"{file}: {error}") from None
    said = "is the study's plan now" if is_new else "is the study's plan already"
    sys.stdout.write(f"{file} {said}; SHA-256 {plan.sha256}\n")
    return 0
