"""`analysis plan`: the plan of the analysis, before anybody sees an outcome by arm."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.commands.analysis_plan import read_plan
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.analysis_records import add_plan


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="PLAN.toml", help="outcomes, dose, baseline, …")
    parser.add_argument("--reason", metavar="TEXT", help="why it replaces the plan in force")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    plan = read_plan(arguments.file)
    text = arguments.file.read_text(encoding="utf-8")
    with open_command_study(arguments) as database:
        is_new = add_plan(database, text, plan.sha256, arguments.reason, read_operator())
    said = "is the study's plan now" if is_new else "is the study's plan already"
    sys.stdout.write(f"{arguments.file} {said}; SHA-256 {plan.sha256}\n")
    return 0
