"""The course of a rehearsal: all trouble came, all straps came back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.course import (
    find_missed_faults,
    find_unprovoked_overflows,
    find_unreturned,
    is_alive_at_end,
)
from firmware_sim.rehearsal.verdict.evidence import InjectedFault, OrderedFault
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    SECOND_NS,
    START_NS,
    STRAP,
    sent_value,
)


def _ns(at_s: float) -> int:
    return START_NS + round(at_s * SECOND_NS)


def _fault(name: str, from_s: float, to_s: float, strap: str | None = STRAP) -> InjectedFault:
    return InjectedFault(name, strap, _ns(from_s), _ns(to_s))


WINDOW_NS = (_ns(0), _ns(60))


@given(st.lists(st.sampled_from(["fade", "drop", "kill_server"])), st.data())
def test_each_missing_fault_is_counted(names: list[str], data: st.DataObject) -> None:
    happened = [name for name in names if data.draw(st.booleans())]
    missed = find_missed_faults(
        [OrderedFault(name, STRAP) for name in names], [_fault(name, 1, 2) for name in happened]
    )
    assert sorted([*happened, *(fault.fault for fault in missed)]) == sorted(names)


def test_a_fault_of_another_strap_is_no_substitute() -> None:
    ordered = [OrderedFault("fade", STRAP)]
    assert find_missed_faults(ordered, [_fault("fade", 1, 2, "51ADA002")]) == ordered


@pytest.mark.parametrize(
    ("fault", "last_sent_s", "is_unreturned"),
    [
        pytest.param(_fault("drop", 10, 10), 9, True, id="gone for ever"),
        pytest.param(_fault("drop", 10, 10), 12, False, id="back"),
        pytest.param(_fault("drop", 50, 50), 49, False, id="has 15 s, the end came after 10"),
        pytest.param(_fault("out_of_range", 10, 60), 9, False, id="still away"),
        pytest.param(_fault("kill_gateway", 35, 36), 34, False, id="a gateway has 30 s"),
        pytest.param(_fault("kill_gateway", 25, 26), 24, True, id="and no more"),
        pytest.param(_fault("delay", 10, 11), 9, False, id="interrupts nothing"),
    ],
)
def test_a_strap_must_return(fault: InjectedFault, last_sent_s: float, is_unreturned: bool) -> None:
    assert find_unreturned([_ns(last_sent_s)], [fault], WINDOW_NS) == ([fault] * is_unreturned)


@pytest.mark.parametrize(
    ("last_kept_s", "faults", "is_alive"),
    [
        (59, [], True),
        (54, [], False),
        (30, [_fault("out_of_range", 31, 59)], True),
        (30, [_fault("out_of_range", 31, 38)], False),
        (30, [_fault("battery_low", 31, 60)], False),
    ],
)
def test_a_stream_lives_to_the_end_or_a_fault_lasts(
    last_kept_s: float, faults: list[InjectedFault], is_alive: bool
) -> None:
    assert is_alive_at_end([_ns(last_kept_s)], faults, WINDOW_NS) is is_alive


def test_only_trouble_may_fill_a_strap() -> None:
    value = sent_value(5, b"full")
    assert find_unprovoked_overflows([value], [_fault("drop", 4, 6)]) == [value]
    assert find_unprovoked_overflows([value], [_fault("delay", 4, 6)]) == []
    assert find_unprovoked_overflows([value], [_fault("delay", 4, 6, "51ADA002")]) == [value]
    assert find_unprovoked_overflows([value], [_fault("kill_gateway", 1, 3, None)]) == []
    assert find_unprovoked_overflows([value], [_fault("kill_gateway", 0, 1, None)]) == [value]
