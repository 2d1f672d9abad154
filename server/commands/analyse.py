"""`analyse`: a plan run on one row a participant; results as JSON, a report as HTML and PDF."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from server.analysis.analysing import analyse_study
from server.analysis.frame import POST, PRE, Frame
from server.analysis.methods.ancova import Ancova
from server.analysis.plan import PRIMARY_DOSE, AnalysisPlan, list_departures
from server.analysis.report.content import Content
from server.analysis.report.files import write_files
from server.analysis.report.writing import SIMULATED
from server.analysis.running import Analysis, list_columns, run_analysis
from server.analysis.study_data import read_study_data
from server.analysis.versions import list_versions
from server.commands.analysis_plan import choose_plan, read_plan
from server.commands.censored_columns import read_concentrations
from server.commands.column_files import read_columns, read_header
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.study_derived import bring_up_to_date
from server.commands.word_columns import read_words
from server.db.folder import new_folder
from server.errors import MethodError, SettingsError

PRIMARY_REFUSED: Final = 3  # 2: an error, or a wrong command line


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="CSV or Parquet, a row a participant: id, group (control or training),"
        " <outcome>_pre, <outcome>_post, doses, baseline columns; an outcome below an assay's limit"
        " of 15.6 is written <15.6, above one of 2000 >2000; without it the study's own data",
    )
    parser.add_argument("--outcomes", metavar="NAMES", help="co-primary, as bdnf,gdnf")
    parser.add_argument(
        "--dose", metavar="NAMES", help=f"the one named in advance first, as {PRIMARY_DOSE},trimp"
    )
    parser.add_argument("--baseline", metavar="NAMES", help="columns of the baseline table")
    parser.add_argument("--confounders", metavar="NAMES", help="beside the baseline, of the dose")
    parser.add_argument("--plan", type=Path, metavar="PLAN.toml", help="plan written in advance")
    parser.add_argument("--unit", default="", metavar="UNIT", help="of the outcomes, as pg/mL")
    parser.add_argument("--simulated", action="store_true", help="say so on every page")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="new folder; exit code 3 where the primary analysis of an outcome was refused",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    try:
        content = _analyse_file(arguments) if arguments.file else _analyse_study(arguments)
    except MethodError as error:
        raise SettingsError(f"{arguments.file or 'the study'}: {error}") from None
    with new_folder(arguments.out) as folder:
        write_files(folder, content)
    sys.stdout.write(_report(arguments.out, content.analysis))
    return PRIMARY_REFUSED if _lacks_primary(content.analysis) else 0


def _analyse_file(arguments: Namespace) -> Content:
    planned = None if arguments.plan is None else read_plan(arguments.plan)
    plan = choose_plan(planned, arguments)
    frame = _read_frame(arguments.file, plan)
    return Content(
        frame=frame,
        plan=plan,
        analysis=run_analysis(frame, plan),
        notice=SIMULATED if arguments.simulated else None,
        departures=None if planned is None else list_departures(planned, plan),
        planned=planned,
        versions=list_versions(),
        units=dict.fromkeys(plan.outcomes, arguments.unit),
    )


def _analyse_study(arguments: Namespace) -> Content:
    """By the plan in force; what a file or the command line says otherwise is a departure."""
    wanted = None if arguments.plan is None else read_plan(arguments.plan)
    with open_command_study(arguments) as study:
        data = read_study_data(
            study,
            lambda: bring_up_to_date(arguments, study),
            lambda planned: choose_plan(wanted or planned, arguments),
        )
    return analyse_study(data)


def _read_frame(path: Path, plan: AnalysisPlan) -> Frame:
    words = read_words(path, ["id", "group"])
    wanted = [f"{outcome}_{when}" for outcome in plan.outcomes for when in (PRE, POST)]
    names = list(dict.fromkeys([*wanted, *list_columns(plan)]))
    known = read_header(path)
    absent = [name for name in (*names, *plan.baseline_categories) if name not in known]
    if absent:
        raise SettingsError(
            f"{path} has no column {', '.join(absent)}; its columns are: {', '.join(known)}"
        )
    told = read_words(path, plan.baseline_categories, may_lack=True)
    categories = {name: tuple(one or None for one in column) for name, column in told.items()}
    numbers, censored = read_concentrations(path, wanted)
    numbers |= read_columns(path, [name for name in names if name not in wanted])
    frame = Frame(tuple(words["id"]), tuple(words["group"]), numbers, categories, censored)
    return frame.sort_by_code()  # so that chance meets the same rows, however a file is sorted


def _lacks_primary(analysis: Analysis) -> bool:
    return any(one.analysis == Ancova.analysis for one in analysis.refusals)


def _report(out: Path, analysis: Analysis) -> str:
    refused = "".join(
        f"refused: {one.analysis} of {one.outcome or 'all'}: {one.why}\n"
        for one in analysis.refusals
    )
    files = f"{out / 'results.json'}, report.html, report.pdf"
    return f"{len(analysis.results)} results in {files}\n{refused}"
