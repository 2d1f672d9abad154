"""One list of what can go wrong: simulated evenings and the tablet's practice name it alike."""

import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.scenario.fault_table import read_fault
from firmware_sim.scenario.faults import EVENING_FAULTS, PRACTISED_ONLY, FaultKind
from protocol.evening_troubles import EVENING_TROUBLES
from tests.update_troubles import LISTED, render_troubles


def test_the_tablet_s_list_is_this_one() -> None:
    """`python -m tests.update_troubles` writes it."""
    assert LISTED.read_text(encoding="utf-8") == render_troubles()


def test_what_scenarios_can_order_has_their_own_name() -> None:
    known = {kind.value for kind in FaultKind}
    for trouble in EVENING_TROUBLES:
        assert (trouble.name in known) == trouble.in_scenarios, trouble.name


def test_the_simulator_takes_its_evenings_from_the_list() -> None:
    names = {trouble.name for trouble in EVENING_TROUBLES}
    assert {*EVENING_FAULTS, *PRACTISED_ONLY} == names
    assert {kind.value for kind in EVENING_FAULTS} == {
        "pod_off", "contact_loss", "battery_low", "kill_gateway", "server_away"
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(PRACTISED_ONLY))
def test_a_scenario_that_orders_what_happens_between_people_is_told_so(name: str) -> None:
    with pytest.raises(ScenarioError, match="only the tablet's practice has it; choose among"):
        read_fault({"kind": name, "at_s": 1.0}, "fault 1")


def test_each_has_a_name_of_its_own() -> None:
    names = [trouble.name for trouble in EVENING_TROUBLES]
    assert len(set(names)) == len(names) >= 10
