"""`participants add`: one participant, or all of a list."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import parse_participant_code, parse_strap_id
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import RuleError, ServerError, SettingsError
from server.study.participant import Arm, Participant, check_arm, check_flags, check_sign
from server.study.participants import add_participants

COLUMNS: Final = ("code", "sign", "arm", "flags", "strap")
_MAX_BYTES: Final = 1024 * 1024  # a list of participants is some kilobytes


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="P07", help="her code, never her name")
    parser.add_argument("--sign", metavar="WORD", help="a thing that nobody else has: Fig, Tea …")
    parser.add_argument("--arm", choices=[arm.value for arm in Arm])
    parser.add_argument("--flags", metavar="heat_sensitive,hr_unreliable", default="")
    parser.add_argument("--strap", metavar="SERIAL", help="strap that she usually wears")
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE.csv",
        help=f"a list with the columns {','.join(COLUMNS)}: all of it, or nothing",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    if arguments.file is not None:
        participants = read_list(arguments.file)
    else:
        if not (arguments.code and arguments.sign and arguments.arm):
            raise RuleError("a code, --sign and --arm are needed, or --from FILE.csv")
        participants = [_describe({name: getattr(arguments, name) for name in COLUMNS})]
    with open_command_study(arguments) as database:
        add_participants(database, participants, read_operator())
    sys.stdout.writelines(f"{p.code} {p.sign} is in the study ({p.arm})\n" for p in participants)
    return 0


def read_list(path: Path) -> list[Participant]:
    """Participants of a CSV file. Raises SettingsError or RuleError with the line that is wrong."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SettingsError(f"{path} is too large to be a list of participants")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None
    rows = csv.DictReader(text.splitlines())
    if rows.fieldnames is None or list(rows.fieldnames) != list(COLUMNS):
        raise SettingsError(f"{path}: its first line must read {','.join(COLUMNS)}")
    return [_read_row(path, number, row) for number, row in enumerate(rows, start=2)]


def _read_row(
    path: Path, line: int, row: Mapping[str | None, str | list[str] | None]
) -> Participant:
    try:
        if None in row or None in row.values():
            raise RuleError(f"{len(COLUMNS)} columns are needed; several flags stand in quotes")
        return _describe({str(name): str(value) for name, value in row.items()})
    except (ServerError, InvalidIdentifierError) as error:
        raise RuleError(f"{path}, line {line}: {error}") from None


def _describe(given: Mapping[str, str | None]) -> Participant:
    strap = given["strap"]
    return Participant(
        parse_participant_code(given["code"] or ""),
        check_sign(given["sign"] or ""),
        check_arm(given["arm"] or ""),
        check_flags((given["flags"] or "").split(",")),
        parse_strap_id(strap) if strap else None,
    )
