"""`dose effort`: session RPE load week by week, with monotony and strain."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.commands.effort_report import describe_effort, write_effort_table
from server.commands.session_rows import read_session_rows


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV with date, rpe_cr10 (or rpe_borg), dur_min"
    )
    parser.add_argument(
        "--iso-weeks",
        action="store_true",
        help="weeks from Monday to Sunday; else blocks of seven days from the first session's day",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    rows = read_session_rows(arguments.file)
    effort = describe_effort(rows, iso_weeks=arguments.iso_weeks)
    written = json.dumps(effort) + "\n" if arguments.json else write_effort_table(effort)
    sys.stdout.write(written)
    return 0
