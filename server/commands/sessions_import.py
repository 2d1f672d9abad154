"""`sessions import`: the entries that a tablet saved to a file, for when it can't send them."""

import sys
import time as clock
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from protocol.errors import InvalidMessageError
from protocol.ledger.faults import InvalidEventsError
from protocol.ledger.instants import format_utc_ms
from server.commands.operator import read_operator
from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.commands.text_files import read_text_file
from server.errors import RuleError
from server.people.registry import read_people
from server.sessions.appending import Result
from server.sessions.importing import Imported, Study, import_entries
from server.sessions.outbox_file import Outbox, decode_outbox
from server.study.participants import read_participants

MAX_FILE_BYTES: Final = 64 * 1024 * 1024  # a course on one tablet takes about ten
MAX_SHOWN: Final = 20


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.json", help="as the tablet saved it")
    parser.add_argument(
        "--study",
        metavar="NAME",
        help="the study that the file names, if this is the same one, moved or restored",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would become of it, and store nothing"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    path = arguments.file
    try:
        outbox = decode_outbox(read_text_file(path, MAX_FILE_BYTES))
    except InvalidMessageError as error:
        raise RuleError(f"{path}: {error}; nothing was stored") from None
    check_study(outbox, read_study_settings(arguments).data.resolve().name, arguments.study)
    try:
        with (
            open_command_study(arguments) as database,
            database.writing() as connection,
            connection.begin_nested() as step,
        ):
            imported = _import(connection, outbox)
            if arguments.dry_run:
                step.rollback()
    except (InvalidEventsError, RuleError) as error:
        raise RuleError(f"{path}: {error}; nothing was stored") from None
    if arguments.dry_run:
        sys.stdout.write("tried only, nothing was stored: ")
    sys.stdout.writelines(tell_import(imported))
    return 0


def check_study(outbox: Outbox, here: str, named: str | None) -> None:
    """Raises RuleError for a file of another study, or of none that it names."""
    if outbox.study is None and named != here:
        raise RuleError(f"the file names no study; if it is of this one, give --study {here}")
    if outbox.study is not None and outbox.study not in {here, named}:
        raise RuleError(
            f"the file is of the study {outbox.study!r}, this one is {here!r}; if it is the same,"
            f" moved or restored, give --study {outbox.study}"
        )


def tell_import(imported: Imported) -> list[str]:
    """Lines: how many of each sort, and what is refused again."""
    of = Counter(outcome.result for outcome in imported.outcomes)
    became = (
        f"{of[Result.NEW]} new, {of[Result.KNOWN]} known already,"
        f" {of[Result.CONFLICT]} in conflict with another"
    )
    lines = [f"{len(imported.outcomes)} entries: {became}\n"]
    if imported.aside:
        lines.append(f"{len(imported.aside)} are refused again, as the server said before:\n")
    lines += [f"  {fault.id}: {fault.message}\n" for fault in imported.aside[:MAX_SHOWN]]
    return lines


def _import(connection: Connection, outbox: Outbox) -> Imported:
    study = Study(
        {person.name: person.role for person in read_people(connection)},
        {one.code for one in read_participants(connection)},
    )
    now = format_utc_ms(clock.time_ns() // 1_000_000)
    return import_entries(connection, outbox.entries, study, (now, read_operator()))
