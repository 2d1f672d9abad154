"""An age that the live page tells is a heart rate's own, or the verdict says so."""

import pytest

from firmware_sim.rehearsal.verdict.ages import (
    AGE_LIMIT_NS,
    ToldAge,
    find_median_ns,
    measure_ages,
)
from firmware_sim.rehearsal.verdict.evidence import LiveFrame
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    SECOND_NS,
    START_NS,
    STRAP,
    kept_value,
    sent_value,
)

BEAT = sent_value(0, b"\x00\x46")
KEPT = kept_value(BEAT, 1, flight_ns=200_000_000)


def tell(age_s: float, at_s: float = 5.0) -> LiveFrame:
    return LiveFrame(START_NS + round(at_s * SECOND_NS), {STRAP: KEPT.monotonic_ns}, {STRAP: age_s})


@pytest.mark.parametrize(
    ("told_s", "error_ms", "is_wrong"),
    [
        (4.8, 0, False),  # since the gateway's stamp
        (5.0, 0, False),  # since the strap sent it
        (4.9, 0, False),
        (2.8, -2000, False),
        (2.7, -2100, True),
        (7.0, 2000, False),
        (7.1, 2100, True),
        (0.0, -4800, True),
    ],
)
def test_an_age_is_right_between_the_straps_stamp_and_the_gateways(
    told_s: float, error_ms: int, is_wrong: bool
) -> None:
    (age,) = measure_ages([(BEAT, KEPT)], [tell(told_s)])
    assert age.error_ns == pytest.approx(error_ms * 1e6, abs=1)
    assert age.is_wrong is is_wrong


def test_a_negative_age_is_wrong_however_near_it_is() -> None:
    (age,) = measure_ages([(BEAT, KEPT)], [tell(-0.1, at_s=0.2)])
    assert abs(age.error_ns) < AGE_LIMIT_NS
    assert age.is_wrong


def test_frames_amid_trouble_and_values_that_no_strap_sent_are_left_out() -> None:
    frames = [tell(0.0, at_s=second) for second in (3.0, 4.0, 5.0)]
    trouble = [(START_NS + 3 * SECOND_NS, START_NS + 4 * SECOND_NS)]
    (age,) = measure_ages([(BEAT, KEPT)], frames, trouble)
    assert age.arrived_monotonic_ns == START_NS + 5 * SECOND_NS
    assert measure_ages([], frames) == []


def test_the_median_is_of_errors_both_ways() -> None:
    errors_ms = (-900, -500, 0, 100, 700)
    ages = [ToldAge(STRAP, 1.0, START_NS, error_ms * 1_000_000) for error_ms in errors_ms]
    assert find_median_ns(ages) == 500_000_000
    assert find_median_ns([]) == 0
