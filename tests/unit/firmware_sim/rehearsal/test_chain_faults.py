"""Which of a scenario's faults the rehearsal carries out itself."""

from firmware_sim.rehearsal.chain_faults import choose_chain_faults, list_ordered
from firmware_sim.rehearsal.verdict.evidence import OrderedFault, RehearsedStrap
from firmware_sim.scenario.faults import Fault, FaultKind
from firmware_sim.scenario.scenario import load_scenario


def test_the_shipped_faults_hold_trouble_of_every_part_of_the_chain() -> None:
    chosen = {fault.kind for fault in choose_chain_faults(load_scenario("faults").faults)}
    assert chosen == {
        FaultKind.KILL_GATEWAY,
        FaultKind.KILL_SERVER,
        FaultKind.SERVER_AWAY,
        FaultKind.DUPLICATE_BATCH,
    }


def test_what_concerns_all_straps_is_ordered_for_each() -> None:
    straps = [RehearsedStrap(f"51ADA00{n}", "h10", "", ()) for n in (1, 2)]
    faults = [
        Fault(FaultKind.KILL_SERVER, 1),
        Fault(FaultKind.DROP, 2),
        Fault(FaultKind.DELAY, 3, 1, 1, {"delay_ms": 250.0, "jitter_ms": 150.0}),
    ]
    assert list_ordered(faults, straps) == [
        OrderedFault("kill_server", None),
        OrderedFault("drop", "51ADA001"),
        OrderedFault("drop", "51ADA002"),
        OrderedFault("delay", "51ADA002", 400.0),
    ]
