"""`sessions reschedule`: a planned session at another time, with the reason."""

import sys
import time as clock
from argparse import ArgumentParser, Namespace
from datetime import datetime

from protocol.ledger.instants import format_utc_ms
from server.commands.operator import read_operator
from server.commands.sessions_schedule import parse_date, parse_time, parse_zone
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.sessions.domain.calendar import CalendarError, place_session
from server.sessions.rescheduling import reschedule_session


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ordinal", type=int, metavar="14", help="the session's number")
    parser.add_argument("--day", required=True, type=parse_date, metavar="2027-01-05")
    parser.add_argument(
        "--time", required=True, type=parse_time, metavar="17:00", help="local time of the start"
    )
    parser.add_argument(
        "--timezone", required=True, type=parse_zone, metavar="Asia/Tehran", help="of the gym"
    )
    parser.add_argument("--reason", required=True, help="kept for ever beside both times")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    local = datetime.combine(arguments.day, arguments.time, arguments.timezone)
    by = (format_utc_ms(clock.time_ns() // 1_000_000), read_operator())
    try:
        placed = place_session(arguments.ordinal, local)
        with open_command_study(arguments) as database, database.writing() as connection:
            before = reschedule_session(connection, arguments.ordinal, local, arguments.reason, by)
    except CalendarError as error:
        raise RuleError(f"{error}; nothing was changed") from None
    sys.stdout.write(
        f"session {arguments.ordinal:2}  {local:%a %Y-%m-%d %H:%M %Z}  {placed.planned_start}\n"
        f"it was planned for {before}\n"
    )
    return 0
