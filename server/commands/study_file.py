"""What the commands share that bring a file of values into a study."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError, SettingsError
from server.study.bringing import Brought, ReadRows, bring_file
from server.study.entering import Recorder
from server.study.fields.codebook import list_codebook
from server.study.fields.field import Field
from server.study.table_file import MAX_BYTES
from server.study.trouble import AnswersRefusedError, Trouble


def add_file_arguments(parser: ArgumentParser, example: Sequence[str]) -> None:
    """The file, how to try it, why it corrects; `example` are the first lines of a file."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE.csv",
        help="a first line with the columns, then a row each: all of it is stored, or nothing; an"
        " empty cell says nothing",
    )
    parser.add_argument("--check", action="store_true", help="say what is wrong; store nothing")
    parser.add_argument("--reason", help="why values that differ from stored ones are right")
    parser.add_argument(
        "--fields", action="store_true", help="list the columns, and what they take"
    )
    add_study_arguments(parser)
    parser.epilog = f"{parser.epilog}\n\nthe file:\n" + "".join(f"  {line}\n" for line in example)


def run_file(arguments: Namespace, fields: Mapping[str, Field], read_rows: ReadRows) -> int:
    """List the fields, or bring the file in. Raises SettingsError or RuleError."""
    if arguments.fields:
        sys.stdout.writelines(f"{line}\n" for line in list_codebook(fields))
        return 0
    if arguments.file is None:
        raise SettingsError("give a FILE.csv, or --fields to see which columns it may have")
    content = read_bytes(arguments.file)
    recorder = Recorder(read_operator(), datetime.now(UTC), os.urandom)
    try:
        with (
            open_command_study(arguments) as database,
            database.writing() as connection,
            connection.begin_nested() as step,
        ):
            brought = bring_file(connection, content, read_rows, recorder, arguments.reason)
            if arguments.check:
                step.rollback()
    except AnswersRefusedError as error:
        raise RuleError(tell_refusal(arguments.file, error.troubles)) from None
    sys.stdout.writelines(tell_brought(brought, is_check=arguments.check))
    return 0


def read_bytes(path: Path) -> bytes:
    """The file, no further than a table may be long. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None


def tell_refusal(path: Path, troubles: Sequence[Trouble]) -> str:
    """Everything that is wrong, a line each."""
    n = f"{len(troubles)} things are" if len(troubles) > 1 else "1 thing is"
    listed = "".join(f"\n  {one}" for one in troubles)
    hint = "" if not any("correction" in str(one) for one in troubles) else (
        "\nif the file is right and what is stored is wrong, say why with --reason"
    )  # fmt: skip
    return f"{path}: {n} wrong, nothing of it was stored{listed}{hint}"


def tell_brought(brought: Brought, *, is_check: bool) -> list[str]:
    """What became of the file, and what to look at once more."""
    tried = "tried only, nothing was stored: " if is_check else ""
    counts = (
        f"rows: {brought.n_rows}; entries: {brought.n_new} new, {brought.n_corrected} corrected,"
        f" {brought.n_known} known already\n"
    )
    return [tried + counts, *(f"look at {one}\n" for one in brought.unusual)]
