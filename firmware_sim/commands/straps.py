"""`doseline-sim straps`: simulated straps on a virtual radio that other programs reach by TCP."""

import argparse
import asyncio
import logging
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from firmware_sim.commands.fleet_choice import (
    FleetChoice,
    add_fleet_arguments,
    check_fleet,
    choose_fleet,
)
from firmware_sim.radio.endpoint import Endpoint, parse_endpoint
from firmware_sim.scenario.scenario import Scenario, load_scenario

COUNT_OPTION = "--count"


@dataclass(frozen=True, slots=True)
class StrapsPlan:
    """What is simulated and where it is served; `scenario` has the session and its troubles."""

    fleet: FleetChoice
    listen: Endpoint
    scenario: Scenario
    replay: Path | None
    truth: Path | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many straps, which, where, and what happens to them."""
    add_fleet_arguments(parser, COUNT_OPTION)
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
    fleet = choose_fleet(scenario, arguments.count, arguments.model, arguments.seed)
    check_fleet(fleet, scenario, arguments.replay, COUNT_OPTION)
    return StrapsPlan(
        fleet=fleet,
        listen=parse_endpoint(arguments.listen),
        scenario=scenario,
        replay=arguments.replay,
        truth=arguments.truth,
    )
