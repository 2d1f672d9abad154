"""`compact`: closed sessions' notifications as segments, which give the same bytes back."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Final

from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.db.database import Database
from server.ingest.segments.compaction import Compacted, compact, try_out
from server.ingest.segments.marking import Choice
from server.projection.compactable import find_runs_in_use, find_runs_of_closed
from server.projection.opening import open_derived

# A gateway that was away for a night sends what it has first; compared with rows that is quicker.
DEFAULT_AGE_H: Final = 24.0
MAX_AGE_H: Final = 24.0 * 365 * 10
_NS_PER_H: Final = 3_600_000_000_000
_MB: Final = 1_000_000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--session",
        metavar="ID",
        help="only what was recorded in this session, which must be closed"
        " (default: everything but what belongs to sessions still running)",
    )
    parser.add_argument(
        "--older-than",
        type=parse_hours,
        default=DEFAULT_AGE_H,
        metavar="HOURS",
        help="only what the server has had for so long (default 24)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be saved, and change nothing"
    )
    add_study_arguments(parser)


def parse_hours(text: str) -> float:
    """Raises ArgumentTypeError."""
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= MAX_AGE_H:
        raise ArgumentTypeError(f"{text!r} is no number of hours; write for example 24")
    return hours


def run(arguments: Namespace) -> int:
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study:
        with open_derived(folder) as derived:
            choice = _choose(study, derived, arguments)
        if arguments.dry_run:
            _report(try_out(study, choice), "would become")
            sys.stdout.write("nothing was changed\n")
            return 0
        done = compact(study, choice)
        _report(done, "became")
        if done.n_segments:
            _tell_room(study)
    return 0


def _choose(study: Database, derived: Database, arguments: Namespace) -> Choice:
    now_ns = time.time_ns()
    before_ns = now_ns - round(arguments.older_than * _NS_PER_H)
    if arguments.session is not None:
        runs = find_runs_of_closed(study, derived, arguments.session, now_ns)
        return Choice(before_ns, only=frozenset(runs))
    in_use, n_running = find_runs_in_use(study, derived, now_ns)
    if n_running:
        sys.stdout.write(f"what belongs to {_count(n_running, 'running session')} stays as it is\n")
    return Choice(before_ns, never=frozenset(in_use))


def _report(done: Compacted, became: str) -> None:
    if done.n_segments:
        times = done.n_row_bytes / done.n_segment_bytes
        sys.stdout.write(
            f"{done.n_records} notifications, {done.n_row_bytes / _MB:.1f} MB, {became}"
            f" {_count(done.n_segments, 'segment')} of {done.n_segment_bytes / _MB:.1f} MB,"
            f" {times:.1f} times smaller\n"
        )
    else:
        sys.stdout.write("nothing to compact\n")
    if done.n_left:
        sys.stderr.write(
            f"{_count(done.n_left, 'stored chunk')} can't be made again byte by byte, because of"
            " damage; they stay as they are, and an export names what is damaged\n"
        )


def _tell_room(study: Database) -> None:
    sys.stdout.write("each segment was read again and gave its rows back before they went\n")
    if study.is_sqlite:
        sys.stdout.write(
            "the file keeps its size: what is stored next fills it, and backups are smaller at"
            " once\n"
        )


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
