"""`safety propose`: the limits that a clinician is to sign."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.commands.operator import read_operator
from server.commands.safety_words import tell_limits
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.text_files import read_text_file
from server.errors import RuleError
from server.safety.limits import SafetyLimits, parse_limits
from server.safety.register import MIN_DIGEST, propose_limits, read_in_force
from server.study.participants import read_participants


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE.toml",
        help="hr_ceiling_bpm; rpe_alert (look at her) and rpe_hold (she is held), both on Borg 6 to"
        " 20; a table [hr_ceiling_bpm_of] with P07 = 130, which goes before everybody's; what isn't"
        " in it is empty",
    )
    parser.add_argument("--reason", required=True, help="kept for ever beside the values")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    limits = read_limits(arguments.file)
    with open_command_study(arguments) as database, database.writing() as connection:
        was_in_force = read_in_force(connection)
        codes = [one.code for one in read_participants(connection)]
        made = propose_limits(connection, limits, codes, arguments.reason, read_operator())
    sys.stdout.write(f"{tell_limits(made.limits)}\nhash {made.sha256}\n")
    if was_in_force is not None:
        sys.stderr.write("warning: the signature under the earlier values is void\n")
    sys.stdout.write(
        "none of it has any effect until a clinician signs:\n"
        f"  doseline-server safety sign {made.sha256[:MIN_DIGEST]} --as NAME …\n"
    )
    return 0


def read_limits(path: Path) -> SafetyLimits:
    """From a TOML file. Raises SettingsError or RuleError, with the file's name."""
    text = read_text_file(path)
    try:
        return parse_limits(text)
    except RuleError as error:
        raise RuleError(f"{path}: {error}; nothing was changed") from None
