"""How `journal status` and `journal verify` take their folder and print what they found."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from gateway.journal.inspection import FileReport


def add_journal_arguments(parser: argparse.ArgumentParser) -> None:
    """`--journal DIR [--json]`."""
    parser.add_argument("--journal", type=Path, required=True, metavar="DIR", help="its folder")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def print_reports(reports: Sequence[FileReport], arguments: argparse.Namespace) -> int:
    """One paragraph a file, or one JSON document; 1 if any file has a finding."""
    if arguments.json:
        document = {"files": [asdict(report) for report in reports]}
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write("\n".join(map(describe_report, reports)) + "\n")
    return int(any(report.finding is not None for report in reports))


def describe_report(report: FileReport) -> str:
    """A few lines for a person."""
    lines = [f"{report.name}: {report.size_bytes / 1e6:.1f} MB"]
    if report.epoch is not None:
        end = "cleanly" if report.ended_cleanly else "without a clean stop, or is running"
        lines += [
            f"  epoch         {report.epoch}",
            f"  entries kept  {report.n_entries}, up to number {(report.next_seq or 1) - 1}",
            f"  server has    up to number {report.acknowledged}; {report.n_waiting} waiting",
            f"  set aside     {report.n_quarantined}",
            f"  last run      ended {end}",
        ]
    finding = report.finding or "nothing wrong"
    return "\n".join([*lines, f"  found         {finding}"])
