"""Which of a scenario's faults the rehearsal carries out itself."""

from firmware_sim.rehearsal.chain_faults import choose_chain_faults
from firmware_sim.scenario.faults import FaultKind
from firmware_sim.scenario.scenario import load_scenario


def test_the_shipped_faults_hold_trouble_of_every_part_of_the_chain() -> None:
    chosen = {fault.kind for fault in choose_chain_faults(load_scenario("faults").faults)}
    assert chosen == {
        FaultKind.KILL_GATEWAY,
        FaultKind.KILL_SERVER,
        FaultKind.SERVER_AWAY,
        FaultKind.DUPLICATE_BATCH,
    }
