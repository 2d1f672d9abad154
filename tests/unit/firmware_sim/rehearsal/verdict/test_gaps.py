"""Gaps: what they answer for, what answers for them, and what contradicts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.evidence import DeclaredGap, InjectedFault, SentValue
from firmware_sim.rehearsal.verdict.fault_effects import RETURN_LIMIT_NS
from firmware_sim.rehearsal.verdict.gaps import find_contradicted, find_lost, find_unexplained
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    FLIGHT_NS,
    HEART_RATE,
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    kept_value,
    sent_value,
)

BEATS = [sent_value(second, bytes([second])) for second in range(20)]


def _gap(from_s: float, to_s: float, characteristic: str | None = None) -> DeclaredGap:
    """A gap between the stamps of values sent at these seconds, as a gateway declares it."""
    since, until = START_NS + round(from_s * SECOND_NS), START_NS + round(to_s * SECOND_NS)
    return DeclaredGap(STRAP, "link_lost", characteristic, since + FLIGHT_NS, until + FLIGHT_NS)


def _fault(name: str, from_s: float, to_s: float, strap: str | None = None) -> InjectedFault:
    since, until = START_NS + round(from_s * SECOND_NS), START_NS + round(to_s * SECOND_NS)
    return InjectedFault(name, strap, since, until)


ALWAYS = [_fault("out_of_range", 0, 20)]


def _lost(missing: range, gaps: list[DeclaredGap]) -> list[SentValue]:
    arrivals = [
        (value, kept_value(value, seq)) for seq, value in enumerate(BEATS) if seq not in missing
    ]
    return find_lost([BEATS[place] for place in missing], arrivals, gaps, ALWAYS)


def test_a_gap_answers_for_all_between_its_ends() -> None:
    assert _lost(range(5, 9), [_gap(4, 9)]) == []


def test_what_is_missing_before_or_after_the_gap_is_lost() -> None:
    assert _lost(range(5, 9), [_gap(4, 8 - 0.5)]) == [BEATS[8]]
    assert _lost(range(5, 9), [_gap(5.5, 9)]) == [BEATS[5]]


def test_a12_a_gap_that_begins_late_hides_nothing_that_was_sent_before_it() -> None:
    """Also where less than the two seconds from which a silence must be declared are left open."""
    last, *missing = (sent_value(at_s, b"?") for at_s in (4, 5, 5.5))
    arrivals = [(last, kept_value(last, 4))]
    assert find_lost(missing, arrivals, [_gap(4, 9)], ALWAYS) == []
    assert find_lost(missing, arrivals, [_gap(5.49, 9)], ALWAYS) == missing[:1]
    assert find_lost(missing, arrivals, [_gap(5.99, 9)], ALWAYS) == missing


def test_a12_a_slice_of_a_gap_that_began_late_begins_where_the_one_before_ended() -> None:
    assert _lost(range(5, 9), [_gap(5.5, 7.5), _gap(7.5, 9)]) == [BEATS[5]]
    assert _lost(range(5, 9), [_gap(4, 7.5), _gap(7.5, 9)]) == []


def test_a_gap_of_one_stream_may_begin_at_a_value_of_another() -> None:
    """One link carries both, in order; what was sent before that value is no part of the gap."""
    beat = sent_value(4, b"hr")
    before, behind = sent_value(3.999, b"acc", PMD_DATA), sent_value(4.004, b"acc", PMD_DATA)
    arrivals = [(beat, kept_value(beat, 4))]
    gaps = [_gap(4, 9, PMD_DATA)]
    assert find_lost([before, behind], arrivals, gaps, ALWAYS) == [before]


def test_a_kept_value_before_the_gap_ends_what_the_gap_answers_for() -> None:
    arrivals = [(BEATS[4], kept_value(BEATS[4], 4))]
    assert find_lost([BEATS[3], BEATS[5]], arrivals, [_gap(4, 9)], ALWAYS) == [BEATS[3]]


def test_what_was_sent_right_behind_the_last_kept_value_is_answered_for() -> None:
    """Sent 1 ms after the last kept one, so before that one's stamp: still behind it on the air."""
    behind = sent_value(4.001, b"acc", PMD_DATA)
    arrivals = [(BEATS[4], kept_value(BEATS[4], 4))]
    assert find_lost([behind], arrivals, [_gap(4, 9)], ALWAYS) == []


def test_a_gap_of_one_stream_answers_for_that_stream_only() -> None:
    assert len(_lost(range(5, 9), [_gap(4, 9, PMD_DATA)])) == 4
    assert _lost(range(5, 9), [_gap(4, 9, HEART_RATE)]) == []


@given(st.floats(0, 20), st.floats(4.5, 9))
def test_a13_a_gap_is_no_licence_to_lose_what_was_sent_before_the_fault(
    sent_s: float, fault_s: float
) -> None:
    """Half a second before it at most: what is on its way and what no journal holds yet."""
    value = sent_value(sent_s, b"?")
    fault = _fault("kill_gateway", fault_s, 10)
    lost = find_lost([value], [], [_gap(-1, 21)], [fault])
    assert (lost == []) == (fault_s - 0.5 <= sent_s <= 10 + 1.5)


def test_values_on_a_delayed_link_are_on_their_way_for_longer() -> None:
    value, fault = sent_value(4, b"?"), _fault("kill_gateway", 5, 6)
    assert find_lost([value], [], [_gap(3, 9)], [fault]) == [value]
    assert find_lost([value], [], [_gap(3, 9)], [fault], delay_ns=SECOND_NS) == []


@pytest.mark.parametrize(
    ("gap", "fault", "is_explained"),
    [
        pytest.param(_gap(5, 9), _fault("out_of_range", 5, 9), True, id="same place"),
        pytest.param(_gap(3, 9), _fault("out_of_range", 5, 8), True, id="begins 2 s early"),
        pytest.param(_gap(1.5, 9), _fault("out_of_range", 5, 8), False, id="begins 3.5 s early"),
        pytest.param(_gap(5, 12.5), _fault("out_of_range", 5, 8), False, id="ends far too late"),
        pytest.param(_gap(5, 9), _fault("kill_server", 5, 8), False, id="harms no stream"),
        pytest.param(_gap(5, 9), _fault("kill_gateway", 5, 8), True, id="kills the gateway"),
        pytest.param(_gap(5, 9), _fault("delay", 5, 8), False, id="only delays"),
        pytest.param(_gap(5, 9), _fault("refused", 5, 8), False, id="refuses what nobody asks"),
        pytest.param(_gap(5, 8), _fault("fade", 5, 5.9), False, id="a fade the link survives"),
        pytest.param(_gap(5, 8), _fault("fade", 5, 6), True, id="a fade that breaks the link"),
    ],
)
def test_a_gap_needs_a_fault_at_its_place(
    gap: DeclaredGap, fault: InjectedFault, is_explained: bool
) -> None:
    assert find_unexplained([gap], BEATS, [fault]) == ([] if is_explained else [gap])


def test_a_gap_lasts_until_the_strap_is_back() -> None:
    """Nothing was sent from 8 to 15: the fault ended at 8, the strap streamed again at 15."""
    sent = [value for place, value in enumerate(BEATS) if not 8 <= place < 15]
    assert find_unexplained([_gap(7, 15)], sent, [_fault("drop", 7, 8)]) == []
    assert find_unexplained([_gap(7, 19)], sent, [_fault("drop", 7, 8)]) == [_gap(7, 19)]


def test_a_strap_that_takes_too_long_to_return_is_not_excused() -> None:
    long_s = RETURN_LIMIT_NS / SECOND_NS + 1
    sent = [*BEATS[:8], sent_value(8 + long_s, b"late")]
    gap = _gap(7, 8 + long_s)
    assert find_unexplained([gap], sent, [_fault("drop", 7, 8)]) == [gap]


def test_a_refusal_extends_the_fault_before_it() -> None:
    sent = [*BEATS[:5], sent_value(40, b"back")]
    drop, refusal = _fault("drop", 5, 5), _fault("refused", 7, 38)
    assert find_unexplained([_gap(4, 40)], sent, [drop, refusal]) == []
    assert find_unexplained([_gap(4, 40)], sent, [drop]) == [_gap(4, 40)]


def test_faults_that_follow_each_other_explain_one_gap_together() -> None:
    faults = [_fault("kill_gateway", 5, 6), _fault("kill_gateway", 9, 10)]
    assert find_unexplained([_gap(5, 12)], BEATS, faults) == []
    assert find_unexplained([_gap(5, 12)], BEATS, faults[:1]) == [_gap(5, 12)]


def test_a_gap_with_values_in_its_midst_is_contradicted() -> None:
    kept = [kept_value(value, seq) for seq, value in enumerate(BEATS)]
    assert find_contradicted([_gap(4, 9)], kept) == [_gap(4, 9)]
    assert find_contradicted([_gap(4, 5)], kept) == []
    assert find_contradicted([_gap(4, 9, PMD_DATA)], kept) == []
