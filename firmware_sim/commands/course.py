"""`doseline-sim course`: eight weeks of sessions through the tablet's API, then a verdict."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from firmware_sim.commands.out_folder import prepare_folder
from firmware_sim.commands.progress import make_progress
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.course_rehearsal import RESULT, CourseRehearsal
from firmware_sim.rehearsal.interruption import run_interruptibly


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which plan is followed, and where the evidence goes."""
    parser.add_argument(
        "--plan",
        choices=("tailored", "as_printed"),
        default="tailored",
        help="the training plan (default: tailored)",
    )
    parser.add_argument("--seed", type=int, default=1, help="of all chance (default: 1)")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL instead of SQLite")
    parser.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Hold the course; 0 only if the verdict passes, 1 if it fails."""
    folder = prepare_folder(arguments.out)
    plan = ChainPlan(n_straps=0, seed=arguments.seed, database=arguments.database)
    say = make_progress()
    rehearsal = CourseRehearsal(plan, folder, arguments.plan)
    document = run_interruptibly(rehearsal.run(datetime.now(UTC), say))
    say("")
    told = json.dumps(document) if arguments.json else _sentence(document, folder)
    sys.stdout.write(told + "\n")
    return 0 if document["passed"] else 1


def _sentence(document: dict[str, Any], folder: Path) -> str:
    failed = [one for one in document["checks"] if not one["passed"]]
    reasons = "; ".join(f"{one['name']} ({one['detail']})" for one in failed)
    outcome = f"FAILED: {reasons}" if failed else "PASSED"
    climbing = document["checks"][4]["detail"]
    return (
        f"{outcome}. SIMULATED: {document['sessions']} sessions, {document['entries']} entries,"
        f" {document['observed_share']:.0%} of delivered sets observed, effort given for"
        f" {document['rpe_given_share']:.0%} of rounds, {climbing}. Evidence in {folder / RESULT}"
    )
