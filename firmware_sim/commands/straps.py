"""`doseline-sim straps`: simulated straps on a virtual radio that other programs reach by TCP."""

import argparse
import asyncio
import logging
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from firmware_sim.errors import ScenarioError, SimulatorError
from firmware_sim.radio.endpoint import Endpoint, parse_endpoint
from firmware_sim.scenario.scenario import MAX_STRAPS, Scenario, load_scenario

_USUAL_COUNT = 15  # a circuit group
_USUAL_MODEL, _USUAL_SEED = "h10", 1


@dataclass(frozen=True, slots=True)
class StrapsPlan:
    """What is simulated and where it is served; `scenario` has the session and its troubles."""

    count: int
    model: str
    seed: int
    listen: Endpoint
    scenario: Scenario
    replay: Path | None
    truth: Path | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many straps, which, where, and what happens to them."""
    parser.add_argument("--count", type=int, help="how many straps (default: 15)")
    parser.add_argument("--model", help="h10, verity, generic or movesense (default: h10)")
    parser.add_argument("--seed", type=int, help="same seed, same hearts (default: 1)")
    parser.add_argument(
        "--listen",
        default="127.0.0.1:0",
        metavar="HOST:PORT",
        help="of this machine only; port 0 is any free one, printed when ready",
    )
    parser.add_argument(
        "--scenario",
        metavar="FILE|NAME",
        help="a session and its troubles; their seconds count from when the straps are ready, or"
        ' from the moment that a pipe on standard input names: {"start_monotonic_ns": N}',
    )
    parser.add_argument("--replay", type=Path, metavar="FILE", help="play a real recording")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="append what is sent, before it is sent"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C; 0 then."""
    plan = _read_plan(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("bumble").setLevel(logging.ERROR)  # it warns of what any link loss brings
    # Here and not above: `--help` and a mistyped word must not wait for the radio's libraries.
    from firmware_sim.commands.straps_service import serve_straps

    asyncio.run(serve_straps(plan, began_ns=time.monotonic_ns()))
    return 0


def _read_plan(arguments: argparse.Namespace) -> StrapsPlan:
    scenario = load_scenario(arguments.scenario) if arguments.scenario else Scenario("no troubles")
    plan = StrapsPlan(
        count=_first(arguments.count, scenario.count, _USUAL_COUNT),
        model=arguments.model or scenario.model or _USUAL_MODEL,
        seed=_first(arguments.seed, scenario.seed, _USUAL_SEED),
        listen=parse_endpoint(arguments.listen),
        scenario=scenario,
        replay=arguments.replay,
        truth=arguments.truth,
    )
    _check_count(plan)
    return plan


def _first(asked: int | None, scenario: int | None, usual: int) -> int:
    chosen = asked if asked is not None else scenario
    return usual if chosen is None else chosen


def _check_count(plan: StrapsPlan) -> None:
    if not 1 <= plan.count <= MAX_STRAPS:
        raise SimulatorError(f"--count {plan.count}: it must be 1 to {MAX_STRAPS} straps")
    indices = [f.strap_index for f in plan.scenario.faults if f.strap_index is not None]
    if indices and max(indices) >= plan.count:
        raise ScenarioError(
            f"scenario {plan.scenario.title!r} troubles strap {max(indices) + 1},"
            f" but there are only {plan.count}; raise --count"
        )
