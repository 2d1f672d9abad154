"""Whose word counts: the person's, then the scenario's, then what is usual."""

from pathlib import Path

import pytest

from firmware_sim.commands.fleet_choice import FleetChoice, check_fleet, choose_fleet
from firmware_sim.errors import SimulatorError
from firmware_sim.scenario.faults import Fault, FaultKind
from firmware_sim.scenario.scenario import Scenario

SMALL = Scenario("Small", count=3, model="verity", seed=0)
QUIET = Scenario("Quiet")


def test_a_scenario_says_which_straps_where_the_person_is_silent() -> None:
    assert choose_fleet(SMALL, None, None, None) == FleetChoice(3, "verity", 0)
    assert choose_fleet(SMALL, 4, "h10", 7) == FleetChoice(4, "h10", 7)
    assert choose_fleet(SMALL, None, None, 0) == FleetChoice(3, "verity", 0)
    assert choose_fleet(QUIET, None, None, None) == FleetChoice(15, "h10", 1)


@pytest.mark.parametrize(
    ("fleet", "replay", "told"),
    [
        (FleetChoice(0, "h10", 1), None, "--straps 0: it must be 1 to 512"),
        (FleetChoice(513, "h10", 1), None, "--straps 513"),
        (FleetChoice(5, "foo", 1), None, "there is no simulated 'foo'; the models are h10"),
        (FleetChoice(5, "verity", 1), Path("r"), "can't be replayed on 'verity'"),
        (FleetChoice(4, "h10", 1), None, "troubles strap 5.*only 4; raise --straps"),
    ],
)
def test_what_cannot_be_simulated_is_told(
    fleet: FleetChoice, replay: Path | None, told: str
) -> None:
    scenario = Scenario("Two drops", faults=(_drop(4), _drop(0)))
    with pytest.raises(SimulatorError, match=told):
        check_fleet(fleet, scenario, replay, "--straps")
    check_fleet(FleetChoice(5, "h10", 1), scenario, replay, "--straps")


def _drop(strap_index: int) -> Fault:
    return Fault(FaultKind.DROP, 1.0, strap_index=strap_index)
