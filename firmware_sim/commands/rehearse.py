"""`doseline-sim rehearse`: the whole chain as three processes, then a verdict on every byte."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from firmware_sim.commands.fleet_choice import add_fleet_arguments, check_fleet, choose_fleet
from firmware_sim.commands.out_folder import prepare_folder
from firmware_sim.commands.progress import make_progress
from firmware_sim.commands.seconds_argument import parse_seconds
from firmware_sim.errors import SimulatorError
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.rehearsal.rehearsal import Rehearsal
from firmware_sim.rehearsal.verdict.verdict import Verdict
from firmware_sim.scenario.faults import Fault
from firmware_sim.scenario.scenario import Scenario, load_scenario

COUNT_OPTION = "--straps"
RECOVERY_S = 5  # after the last trouble: connected again, and the backlog on its way


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is rehearsed, for how long, and where the evidence goes."""
    add_fleet_arguments(parser, COUNT_OPTION)
    parser.add_argument(
        "--seconds",
        type=parse_seconds,
        default=60.0,
        help="counted from the moment the last strap streams (default: 60)",
    )
    parser.add_argument("--faults", metavar="FILE|NAME", help="a scenario with faults, e.g. faults")
    parser.add_argument("--replay", type=Path, help="a real recording instead of simulated wearers")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL instead of SQLite")
    parser.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Rehearse; 0 only if the verdict passes, 1 if it fails."""
    scenario = load_scenario(arguments.faults) if arguments.faults else Scenario("no troubles")
    plan = _read_plan(arguments, scenario)
    folder = prepare_folder(arguments.out)
    say = make_progress()
    rehearsal = Rehearsal(plan, scenario.faults, arguments.seconds, folder, say)
    verdict = run_interruptibly(rehearsal.run())
    say("")
    document = verdict.as_document()
    told = json.dumps(document) if arguments.json else _sentence(verdict, folder)
    sys.stdout.write(told + "\n")
    return 0 if verdict.passed else 1


def _read_plan(arguments: argparse.Namespace, scenario: Scenario) -> ChainPlan:
    """What is asked for, checked before anything is made or started. Raises SimulatorError."""
    replay: Path | None = arguments.replay
    if replay and not replay.is_file():
        raise SimulatorError(f"--replay {replay}: there is no such file")
    fleet = choose_fleet(scenario, arguments.count, arguments.model, arguments.seed)
    check_fleet(fleet, scenario, replay, COUNT_OPTION)
    _check_faults_fit(scenario.faults, arguments.seconds)
    return ChainPlan(
        n_straps=fleet.count,
        model=fleet.model,
        seed=fleet.seed,
        scenario=arguments.faults,
        replay=replay.resolve() if replay else None,
        database=arguments.database,
    )


def _check_faults_fit(faults: Sequence[Fault], seconds: float) -> None:
    ends_s = [fault.ends_s + fault.options.get("restart_after_s", 0.0) for fault in faults]
    if ends_s and (last_s := max(ends_s)) > seconds:
        raise SimulatorError(
            f"fault {ends_s.index(last_s) + 1} ends at {last_s:g} s, after the rehearsal;"
            f" use --seconds {math.ceil(last_s) + RECOVERY_S}"
        )


def _sentence(verdict: Verdict, folder: Path) -> str:
    n = verdict.as_document()["notifications"]
    figures = (
        f"{n['sent']} values sent by {verdict.straps} simulated straps, {n['archived']} archived:"
        f" {n['lost']} lost, {n['duplicated']} duplicated, {n['altered']} altered,"
        f" {n['out_of_order']} out of order, {verdict.gaps_declared} gaps declared"
    )
    failed = [f"{check.name} ({check.detail})" for check in verdict.checks if not check.passed]
    outcome = f"FAILED: {'; '.join(failed)}" if failed else "PASSED"
    return f"{outcome}. {figures}. Evidence in {folder}"
