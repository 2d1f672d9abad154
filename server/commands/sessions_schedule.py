"""`sessions schedule`: the sessions of a plan, on their days."""

import sys
import time as clock
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.commands.operator import read_operator
from server.commands.plan_arguments import fetch_sound_plan
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError
from server.sessions.domain.calendar import (
    WEEKDAYS,
    CalendarError,
    PlannedTime,
    find_close_days,
    list_times,
)
from server.sessions.scheduling import Course, schedule_course
from server.study.participants import read_participants
from server.study.time_zone import find_zone, read_zone_name, set_zone


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--plan",
        required=True,
        metavar="PLAN",
        help="as_printed, tailored, or a file of the study's own, which is then kept in the study",
    )
    parser.add_argument(
        "--first", required=True, type=parse_date, metavar="2026-11-30", help="not before this day"
    )
    parser.add_argument(
        "--days", required=True, type=_parse_days, metavar="mon,wed,fri", help="weekdays"
    )
    parser.add_argument(
        "--time", required=True, type=parse_time, metavar="17:00", help="local time of the start"
    )
    parser.add_argument(
        "--timezone", required=True, type=parse_zone, metavar="Asia/Tehran", help="of the gym"
    )
    parser.add_argument(
        "--participants",
        required=True,
        type=lambda text: [code.strip() for code in text.split(",") if code.strip()],
        metavar="P01,P02",
        help="codes of those who come",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    plan = fetch_sound_plan(arguments.plan)
    try:
        times = list_times(
            arguments.first, arguments.days, arguments.time, arguments.timezone, plan.n_sessions
        )
    except CalendarError as error:
        raise RuleError(f"{error}; nothing was changed") from None
    course = Course(plan.id, plan, times, arguments.participants)
    now = format_utc_ms(clock.time_ns() // 1_000_000)
    with open_command_study(arguments) as database, database.writing() as connection:
        codes = [one.code for one in read_participants(connection)]
        schedule_course(connection, course, codes, now, read_operator())
        known = _place_study(connection, arguments.timezone.key)
    _tell(times, len(course.participants))
    if known != arguments.timezone.key:
        sys.stderr.write(
            f"note: days of the study are those of {known}; see 'doseline-server study zone'\n"
        )
    return 0


def _place_study(connection: Connection, zone: str) -> str:
    """The study's time zone: the first course that is planned says it, where nobody has."""
    known = read_zone_name(connection)
    if known is None:
        set_zone(connection, zone, None, read_operator())
    return known or zone


def _tell(times: list[PlannedTime], n_participants: int) -> None:
    for one in times:
        sys.stdout.write(
            f"session {one.ordinal:2}  {one.local:%a %Y-%m-%d %H:%M %Z}  {one.planned_start}\n"
        )
    sys.stdout.write(f"{len(times)} sessions planned for {n_participants} participants\n")
    close = find_close_days(times)
    if close:
        pairs = ", ".join(f"{one.ordinal} and {other.ordinal}" for one, other in close)
        sys.stderr.write(
            f"warning: no day of rest between sessions {pairs}; the study trains every other day\n"
        )


def parse_date(text: str) -> date:
    """A day. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-11-30") from None


def parse_time(text: str) -> time:
    """A time of day without a zone. Raises ArgumentTypeError."""
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise ArgumentTypeError(f"{text!r} is not a time of day such as 17:00")
    return found


def _parse_days(text: str) -> set[int]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    wrong = [word for word in words if word not in WEEKDAYS]
    if wrong or not words:
        told = repr(wrong[0]) if wrong else "nothing"
        raise ArgumentTypeError(f"{told} is no weekday; they are {', '.join(WEEKDAYS)}")
    return {WEEKDAYS.index(word) for word in words}


def parse_zone(text: str) -> ZoneInfo:
    """A time zone of this machine. Raises ArgumentTypeError."""
    found = find_zone(text)
    if found is None:
        raise ArgumentTypeError(
            f"no time zone is called {text!r} on this machine; one is Asia/Tehran"
        )
    return found
