"""Which answers to reads may be missing: introductions, and what a fault took with it."""

from collections.abc import Sequence

import pytest

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    DeclaredGap,
    InjectedFault,
    SentValue,
    Truth,
)
from firmware_sim.rehearsal.verdict.one_strap import StrapEvidence, split_by_strap
from firmware_sim.rehearsal.verdict.reads import find_lost_answers
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    BATTERY_READ,
    SECOND_NS,
    SERIAL_READ,
    START_NS,
    STRAP,
    healthy_run,
    introduce,
    keep_all,
    sent_value,
)

ANSWER = sent_value(5.5, b"d", BATTERY_READ)


def _moment(at_s: float) -> int:
    return START_NS + round(at_s * SECOND_NS)


def _gap(from_s: float, to_s: float, characteristic: str | None = None) -> DeclaredGap:
    return DeclaredGap(STRAP, "link_lost", characteristic, _moment(from_s), _moment(to_s))


def _drop(at_s: float) -> InjectedFault:
    return InjectedFault("drop", STRAP, _moment(at_s), _moment(at_s))


def _strap(
    faults: Sequence[InjectedFault] = (),
    gaps: Sequence[DeclaredGap] = (),
    values: Sequence[SentValue] | None = None,
) -> StrapEvidence:
    """A healthy run with these faults and gaps, and with links at -1 s and 5 s."""
    truth, _, _ = healthy_run()
    links = [*truth.links, introduce(5)[0]]
    sent = truth.sent if values is None else values
    truth = Truth(truth.straps, sent, faults, links=links)
    (strap,) = split_by_strap(truth, Archive(keep_all(sent), gaps))
    return strap


@pytest.mark.parametrize(
    ("faults", "gaps", "is_lost"),
    [
        pytest.param([], [], True, id="no fault, no gap"),
        pytest.param([_drop(5.6)], [], True, id="a fault and no gap"),
        pytest.param([], [_gap(5, 7)], True, id="a gap and no fault"),
        pytest.param([_drop(5.6)], [_gap(5, 7)], False, id="a gap at its fault"),
        pytest.param([_drop(5.6)], [_gap(5.51, 7)], False, id="kept a turn later"),
        pytest.param([_drop(5.6)], [_gap(6.1, 7)], True, id="the gap begins later"),
        pytest.param([_drop(5.6)], [_gap(3, 5)], True, id="the gap ended before"),
        pytest.param([_drop(9)], [_gap(5, 12)], True, id="long before the fault"),
        pytest.param([_drop(5.6)], [_gap(5, 7, "2a37")], True, id="another stream's gap"),
        pytest.param(
            [InjectedFault("twin_name", STRAP, _moment(5), _moment(6))], [_gap(5, 7)], True,
            id="a fault that interrupts nothing",
        ),
    ],
)  # fmt: skip
def test_a_missing_answer_is_lost_unless_a_gap_and_its_fault_answer_for_it(
    faults: list[InjectedFault], gaps: list[DeclaredGap], is_lost: bool
) -> None:
    lost = find_lost_answers([ANSWER], _strap(faults, gaps), None)
    assert lost == ([ANSWER] if is_lost else [])


def test_before_its_first_value_a_strap_can_have_no_gap() -> None:
    later = [sent_value(8, b"\x10\x46\x00\x04")]
    assert find_lost_answers([ANSWER], _strap([_drop(5.6)], [], later), None) == []
    assert find_lost_answers([ANSWER], _strap([], [], later), None) == [ANSWER]
    assert find_lost_answers([ANSWER], _strap([_drop(5.6)], [], []), None) == []


def test_a_link_s_first_serial_is_an_introduction_and_no_other_is() -> None:
    _, first = introduce(-1)
    _, second = introduce(5)
    lost = find_lost_answers([*first, *second], _strap(), None)
    assert lost == [*first[1:], *second[1:]]


def test_a_serial_without_a_link_is_no_introduction() -> None:
    early = sent_value(-5, STRAP.encode(), SERIAL_READ)
    assert find_lost_answers([early], _strap(), None) == [early]


@pytest.mark.parametrize(("ends_s", "is_lost"), [(6.4, False), (6.6, True)])
def test_an_answer_may_be_on_its_way_when_the_gateway_is_told_to_stop(
    ends_s: float, is_lost: bool
) -> None:
    lost = find_lost_answers([ANSWER], _strap(), (_moment(0), _moment(ends_s)))
    assert lost == ([ANSWER] if is_lost else [])
