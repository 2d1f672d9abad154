"""`analyse`: a plan run on one row a participant; results as JSON, a report as HTML and PDF."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Final

from server.analysis.frame import POST, PRE, Frame
from server.analysis.plan import PRIMARY_DOSE, AnalysisPlan, list_departures
from server.analysis.report.content import Content
from server.analysis.report.html import write_html
from server.analysis.report.pdf import write_pdf
from server.analysis.report.writing import SIMULATED, write_document
from server.analysis.running import Analysis, run_analysis
from server.commands.analysis_plan import choose_plan, read_plan
from server.commands.column_files import read_columns, read_header
from server.commands.study_arguments import add_study_arguments
from server.commands.study_data import read_study_data
from server.commands.word_columns import read_words
from server.db.folder import new_folder
from server.errors import MethodError, SettingsError

STUDY_UNIT: Final = "pg/mL"  # concentrations of a study are converted to it
_LIBRARIES: Final = ("doseline", "numpy", "scipy", "statsmodels", "typst")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="CSV or Parquet, a row a participant: id, group (control or training),"
        " <outcome>_pre, <outcome>_post, doses, baseline columns; without it the study's own data",
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
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    try:
        content = _analyse_file(arguments) if arguments.file else _analyse_study(arguments)
    except MethodError as error:
        raise SettingsError(f"{arguments.file or 'the study'}: {error}") from None
    with new_folder(arguments.out) as folder:
        _write(folder, content)
    sys.stdout.write(_report(arguments.out, content.analysis))
    return 0


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
        versions=_list_versions(),
        units=dict.fromkeys(plan.outcomes, arguments.unit),
    )


def _analyse_study(arguments: Namespace) -> Content:
    """By the plan in force; what a file or the command line says otherwise is a departure."""
    wanted = None if arguments.plan is None else read_plan(arguments.plan)
    data = read_study_data(arguments, lambda planned: choose_plan(wanted or planned, arguments))
    plan, frame = data.plan, data.told.frame
    return Content(
        frame=frame,
        plan=plan,
        analysis=run_analysis(frame, plan),
        notice=data.notice,
        departures=list_departures(data.planned, plan),
        planned=data.planned,
        versions=_list_versions(),
        units=dict.fromkeys(plan.outcomes, STUDY_UNIT),
        remarks=(*data.remarks, *data.told.remarks),
        why=data.told.why,
        reporting=data.reporting,
    )


def _list_versions() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


def _read_frame(path: Path, plan: AnalysisPlan) -> Frame:
    words = read_words(path, ["id", "group"])
    wanted = [f"{outcome}_{when}" for outcome in plan.outcomes for when in (PRE, POST)]
    wanted += [*plan.baseline, *plan.doses, *plan.confounders]
    names = list(dict.fromkeys(wanted))
    known = read_header(path)
    absent = [name for name in names if name not in known]
    if absent:
        raise SettingsError(
            f"{path} has no column {', '.join(absent)}; its columns are: {', '.join(known)}"
        )
    frame = Frame(tuple(words["id"]), tuple(words["group"]), read_columns(path, names))
    return frame.sort_by_code()  # so that chance meets the same rows, however a file is sorted


def _write(folder: Path, content: Content) -> None:
    plan = content.plan
    told = {
        "dataset": {
            **content.frame.describe(),
            "notice": content.notice,
            "simulated": content.notice == SIMULATED,
            "why": {name: dict(Counter(one.values())) for name, one in content.why.items()},
        },
        "versions": dict(content.versions),
        "plan": {
            "sha256": plan.sha256,
            "planned_sha256": None if content.planned is None else content.planned.sha256,
            "departures": content.departures,
        },
        **content.analysis.to_json(),
    }
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    (folder / "results.json").write_text(text, encoding="utf-8")
    document = write_document(content)
    (folder / "report.html").write_text(write_html(document), encoding="utf-8")
    (folder / "report.pdf").write_bytes(write_pdf(document))


def _report(out: Path, analysis: Analysis) -> str:
    refused = "".join(
        f"refused: {one.analysis} of {one.outcome or 'all'}: {one.why}\n"
        for one in analysis.refusals
    )
    files = f"{out / 'results.json'}, report.html, report.pdf"
    return f"{len(analysis.results)} results in {files}\n{refused}"
