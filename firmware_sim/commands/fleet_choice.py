"""Which straps a command simulates: what was asked for, else the scenario's, else the usual."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from firmware_sim.errors import ScenarioError, SimulatorError
from firmware_sim.scenario.scenario import MAX_STRAPS, Scenario

USUAL_COUNT = 15  # a circuit group
USUAL_MODEL, USUAL_SEED = "h10", 1


@dataclass(frozen=True, slots=True)
class FleetChoice:
    """How many straps, which, and the seed of their wearers."""

    count: int
    model: str
    seed: int


def add_fleet_arguments(parser: ArgumentParser, count_option: str) -> None:
    """The three of them; None where the person is silent."""
    parser.add_argument(
        count_option,
        type=int,
        dest="count",
        metavar="N",
        help=f"how many straps (default: the scenario's, or {USUAL_COUNT})",
    )
    parser.add_argument(
        "--model",
        help=f"h10, verity, generic or movesense (default: the scenario's, or {USUAL_MODEL})",
    )
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help=f"same seed, same hearts (default: the scenario's, or {USUAL_SEED})",
    )


def choose_fleet(
    scenario: Scenario, count: int | None, model: str | None, seed: int | None
) -> FleetChoice:
    """What was asked for wins over the scenario, the scenario over the usual."""
    return FleetChoice(
        count=_first(count, scenario.count, USUAL_COUNT),
        model=model or scenario.model or USUAL_MODEL,
        seed=_first(seed, scenario.seed, USUAL_SEED),
    )


def check_fleet(
    fleet: FleetChoice, scenario: Scenario, replay: Path | None, count_option: str
) -> None:
    """Raises SimulatorError for what can't be simulated; `count_option` is named in the advice."""
    if not 1 <= fleet.count <= MAX_STRAPS:
        raise SimulatorError(f"{count_option} {fleet.count}: it must be 1 to {MAX_STRAPS} straps")
    _check_model(fleet.model, replay)
    indices = [f.strap_index for f in scenario.faults if f.strap_index is not None]
    if indices and max(indices) >= fleet.count:
        raise ScenarioError(
            f"scenario {scenario.title!r} troubles strap {max(indices) + 1},"
            f" but there are only {fleet.count}; raise {count_option}"
        )


def _check_model(model: str, replay: Path | None) -> None:
    # Here and not above: `--help` and a mistyped word must not wait for straps and hearts.
    from firmware_sim.strap.fleet import MODELS, REPLAYABLE

    if model not in MODELS:
        raise SimulatorError(f"there is no simulated {model!r}; the models are {', '.join(MODELS)}")
    if replay and model not in REPLAYABLE:
        raise SimulatorError(
            f"a recording at 200 Hz can't be replayed on {model!r}; use {' or '.join(REPLAYABLE)}"
        )


def _first(asked: int | None, scenario: int | None, usual: int) -> int:
    chosen = asked if asked is not None else scenario
    return usual if chosen is None else chosen
