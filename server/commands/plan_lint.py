"""`plan lint`: every contradiction in a training plan."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence

import msgspec

from protocol.training.lint import lint_plan
from protocol.training.linting.findings import Finding, Severity
from protocol.training.toml_lines import find_line, locate_lines
from server.commands.plan_arguments import fetch_plan_to_lint, read_plan_text


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a plan in TOML, or as_printed or tailored")
    parser.add_argument("--json", action="store_true", help="one JSON list of findings")
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if there is an error among them"
    )


def run(arguments: Namespace) -> int:
    findings = lint_plan(fetch_plan_to_lint(arguments.file))
    if arguments.json:
        sys.stdout.write(msgspec.json.encode(findings).decode() + "\n")
    else:
        sys.stdout.write(_write_report(findings, read_plan_text(arguments.file)))
    has_error = any(finding.severity is Severity.ERROR for finding in findings)
    return 1 if arguments.strict and has_error else 0


def _write_report(findings: Sequence[Finding], text: str) -> str:
    """Each finding on two lines, its line of the file where there is one, then the count."""
    lines = locate_lines(text)
    told = ""
    for finding in findings:
        line = find_line(lines, finding.where)
        place = f"{finding.where} (line {line})" if line else finding.where
        told += (
            f"{finding.severity.value:<7}  {finding.code}  {place}\n         {finding.message}\n"
        )
    counts = Counter(finding.severity for finding in findings)
    summary = ", ".join(_count(counts[severity], severity) for severity in Severity)
    return f"{told}{summary}\n"


def _count(n: int, severity: Severity) -> str:
    return f"{n} {severity.value}" + ("" if n == 1 else "s")
