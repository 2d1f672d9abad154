"""`analysis lock`: the data as they are now, for good, under the plan in force."""

import sys
from argparse import ArgumentParser, Namespace

from server.analysis.locked_data import write_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.study_frame import read_study_frame
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.study_data import bring_up_to_date
from server.errors import MethodError, RuleError, SettingsError
from server.study.analysis_records import NO_PLAN, RecordKind, find_record, lock_data


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="who decided it, and why")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with (
        open_command_study(arguments) as study,
        bring_up_to_date(arguments, study) as derived,
        study.writing() as connection,
        derived.reading() as worked_out,
    ):
        record = find_record(connection, RecordKind.PLAN)
        if record is None:
            raise RuleError(NO_PLAN)
        try:
            told = read_study_frame(connection, worked_out, AnalysisPlan.from_toml(record.content))
        except MethodError as error:
            raise SettingsError(f"the data can't be locked: {error}") from None
        lock_data(connection, write_locked(told), told.sha256, arguments.reason, read_operator())
    sys.stdout.write(f"the data of {told.frame.n} participants are locked; SHA-256 {told.sha256}\n")
    return 0
