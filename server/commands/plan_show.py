"""`plan show`: a training plan, week by week."""

import sys
from argparse import ArgumentParser, Namespace

import msgspec

from protocol.training.week_view import show_plan
from server.commands.plan_arguments import fetch_plan
from server.commands.plan_table import write_overview, write_week
from server.errors import NotFoundError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--plan",
        default="as_printed",
        metavar="NAME|FILE",
        help="as_printed (default), tailored, or a plan in TOML",
    )
    parser.add_argument("--week", type=int, metavar="W", help="this week alone, with its sessions")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    plan = fetch_plan(arguments.plan)
    try:
        shown = show_plan(plan, arguments.week)
    except ValueError as error:
        raise NotFoundError(f"{arguments.plan}: {error}") from None
    if arguments.json:
        sys.stdout.write(msgspec.json.encode(shown).decode() + "\n")
    elif arguments.week is None:
        sys.stdout.write(write_overview(shown))
    else:
        sys.stdout.write(write_week(shown))
    return 0
