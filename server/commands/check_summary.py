"""`check-summary`: is a published table of two arms at two times arithmetically possible."""

import json
import math
import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from server.analysis.summary_check.check import check_summary, sort_worst_first
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.reading import read_table
from server.analysis.summary_check.table import SummaryTable
from server.commands.text_files import read_text_file
from server.errors import SettingsError

STUDY_TABLES: Final = "study-tables"  # the example that ships
_WIDTH: Final = 96
_INDENT: Final = " " * 14


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        help=f"n, means, SDs and what was reported, in TOML; or {STUDY_TABLES}, the study's own"
        " Tables 2 and 3. Write each number with the digits that were printed",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="one JSON document of findings; an end of a range that has no limit is null",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 if a finding is inconsistent or impossible; else 0 for every table that"
        " could be read. What is only to be looked at is no fault",
    )


def run(arguments: Namespace) -> int:
    findings = check_summary(_read(arguments.file))
    if arguments.json:
        told = {"findings": [_view(one) for one in findings]}
        sys.stdout.write(json.dumps(told, allow_nan=False) + "\n")
    else:
        sys.stdout.write(_write_report(sort_worst_first(findings)))
    is_sound = not any(one.verdict.is_against for one in findings)
    return 1 if arguments.strict and not is_sound else 0


def _read(name: str) -> SummaryTable:
    """Raises SettingsError with the file's name in front."""
    if name == STUDY_TABLES:
        shipped = files("server.analysis.summary_check").joinpath("study_tables.toml")
        return read_table(shipped.read_text(encoding="utf-8"))
    text = read_text_file(Path(name))
    try:
        return read_table(text)
    except SettingsError as error:
        raise SettingsError(f"{name}: {error}") from None


def _view(finding: Finding) -> dict[str, Any]:
    """An end without a limit is null."""
    return {
        "measure": finding.measure,
        "term": str(finding.term),
        "claim": finding.claim,
        "verdict": finding.verdict.value,
        "feasible": _view_interval(finding.feasible),
        "implied": None if finding.implied is None else _view_number(finding.implied),
        "explanation": finding.explanation,
        "feasible_rounded": _view_interval(finding.feasible_rounded),
        "implied_range": _view_interval(finding.implied_range),
    }


def _view_interval(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [_view_number(interval.lo), _view_number(interval.hi)]


def _view_number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _write_report(findings: Sequence[Finding]) -> str:
    """Each finding in a line with its explanation below, then the count."""
    told = "".join(_write(one) for one in findings)
    counts = Counter(one.verdict for one in findings)
    worst_first = reversed(Verdict)
    return told + ", ".join(f"{counts[one]} {one.value}" for one in worst_first) + "\n"


def _write(finding: Finding) -> str:
    head = f"{finding.verdict.value:<12}  {finding.measure}, {finding.term}: {finding.claim}"
    body = textwrap.fill(
        finding.explanation,
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{head}\n{body}\n"
