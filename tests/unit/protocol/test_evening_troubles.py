"""One list of what can go wrong: simulated evenings and the tablet's practice name it alike."""

from firmware_sim.scenario.faults import FaultKind
from protocol.evening_troubles import EVENING_TROUBLES
from tests.update_troubles import LISTED, render_troubles


def test_the_tablet_s_list_is_this_one() -> None:
    """`python -m tests.update_troubles` writes it."""
    assert LISTED.read_text(encoding="utf-8") == render_troubles()


def test_what_scenarios_can_order_has_their_own_name() -> None:
    known = {kind.value for kind in FaultKind}
    for trouble in EVENING_TROUBLES:
        assert (trouble.name in known) == trouble.in_scenarios, trouble.name


def test_each_has_a_name_of_its_own() -> None:
    names = [trouble.name for trouble in EVENING_TROUBLES]
    assert len(set(names)) == len(names) >= 10
