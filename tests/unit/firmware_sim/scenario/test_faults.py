"""Every kind of trouble has exactly one executor."""

from firmware_sim.scenario.faults import (
    CHAIN_FAULTS,
    OPTION_DEFAULTS,
    RADIO_FAULTS,
    STRAP_FAULTS,
    Fault,
    FaultKind,
)


def test_each_kind_belongs_to_one_executor() -> None:
    sets = (RADIO_FAULTS, STRAP_FAULTS, CHAIN_FAULTS)
    assert sum(len(each) for each in sets) == len(FaultKind)
    assert set().union(*sets) == set(FaultKind)


def test_the_radios_kinds() -> None:
    """The table of the virtual radio's design, in its order, plus its other twin."""
    assert {str(each) for each in RADIO_FAULTS} == {
        "drop", "out_of_range", "fade", "delay", "reboot", "refused", "asleep", "twin_name",
        "twin_address",
    }  # fmt: skip


def test_options_are_figures_of_known_kinds() -> None:
    assert set(OPTION_DEFAULTS) <= set(FaultKind)


def test_a_fault_ends() -> None:
    assert Fault(FaultKind.FADE, 14.0, 0.5).ends_s == 14.5
