"""One fault as a person writes it."""

from typing import Any

import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.scenario.fault_table import read_fault
from firmware_sim.scenario.faults import Fault, FaultKind


def test_a_lasting_fault_of_one_strap() -> None:
    table = {"kind": "out_of_range", "at_s": 20, "for_s": 8, "strap": 3}
    assert read_fault(table, "here") == Fault(FaultKind.OUT_OF_RANGE, 20.0, 8.0, 2, {})


def test_no_strap_means_every_strap() -> None:
    assert read_fault({"kind": "drop", "at_s": 1}, "here").strap_index is None


def test_options_are_filled_in() -> None:
    table = {"kind": "delay", "at_s": 1, "for_s": 2, "delay_ms": 50}
    assert read_fault(table, "here").options == {"delay_ms": 50.0, "jitter_ms": 100.0}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"at_s": 1}, "kind is missing"),
        ({"kind": "explode", "at_s": 1}, "no kind of fault 'explode'; choose among drop, "),
        ({"kind": "drop"}, "at_s is missing"),
        ({"kind": "drop", "at_s": -1}, "at_s is -1"),
        ({"kind": "drop", "at_s": 1, "for_s": 2}, "drop is over in an instant; remove for_s"),
        ({"kind": "fade", "at_s": 1}, "for_s is missing"),
        ({"kind": "fade", "at_s": 1, "for_s": 0}, "fade needs a length"),
        ({"kind": "drop", "at_s": 1, "strap": 0}, "strap is 0"),
        ({"kind": "kill_server", "at_s": 1, "strap": 1}, "no trouble of one strap"),
        ({"kind": "drop", "at_s": 1, "percent": 5}, "unknown field percent"),
        ({"kind": "battery_low", "at_s": 1, "percent": "low"}, "percent is 'low'"),
    ],
)
def test_each_mistake_is_told_with_its_place(table: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told) as caught:
        read_fault(table, "scenario x, fault 4")
    assert str(caught.value).startswith("scenario x, fault 4: ")
