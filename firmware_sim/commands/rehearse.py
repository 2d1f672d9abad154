"""`doseline-sim rehearse`: the whole chain as three processes, then a verdict on every byte."""

import argparse
import json
import sys
from pathlib import Path

from firmware_sim.errors import SimulatorError
from firmware_sim.rehearsal.chain import ChainPlan
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.rehearsal.rehearsal import Rehearsal, Say
from firmware_sim.rehearsal.verdict.verdict import Verdict
from firmware_sim.scenario.scenario import MAX_STRAPS, load_scenario


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is rehearsed, for how long, and where the evidence goes."""
    parser.add_argument("--straps", type=_count, default=15, help="how many (default: 15)")
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=60.0,
        help="counted from the moment the last strap streams (default: 60)",
    )
    parser.add_argument("--faults", metavar="FILE|NAME", help="a scenario with faults, e.g. faults")
    parser.add_argument(
        "--model", default="h10", help="h10, verity, generic or movesense (default: h10)"
    )
    parser.add_argument("--replay", type=Path, help="a real recording instead of simulated wearers")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same hearts (default: 1)")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL instead of SQLite")
    parser.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Rehearse; 0 only if the verdict passes, 1 if it fails."""
    if arguments.replay and not arguments.replay.is_file():
        raise SimulatorError(f"--replay {arguments.replay}: there is no such file")
    faults = load_scenario(arguments.faults).faults if arguments.faults else ()
    folder = _prepare_folder(arguments.out)
    plan = ChainPlan(
        n_straps=arguments.straps,
        model=arguments.model,
        seed=arguments.seed,
        scenario=arguments.faults,
        replay=arguments.replay.resolve() if arguments.replay else None,
        database=arguments.database,
    )
    say = _progress()
    rehearsal = Rehearsal(plan, faults, arguments.seconds, folder, say)
    verdict = run_interruptibly(rehearsal.run())
    say("")
    document = verdict.as_document()
    told = json.dumps(document) if arguments.json else _sentence(verdict, folder)
    sys.stdout.write(told + "\n")
    return 0 if verdict.passed else 1


def _prepare_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SimulatorError(f"--out {folder} is not empty: name a new folder or empty it")
    except OSError as error:
        raise SimulatorError(f"--out {folder} can't be made: {error.strerror}") from error
    return folder.resolve()


def _progress() -> Say:
    if not sys.stderr.isatty():
        return lambda _: None

    def say(text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    return say


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


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MAX_STRAPS:
        raise argparse.ArgumentTypeError(f"{text}: from 1 to {MAX_STRAPS} straps")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text}: from 1 to 86400 seconds")
    return value
