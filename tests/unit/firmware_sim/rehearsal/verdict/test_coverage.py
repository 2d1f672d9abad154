"""Promise A12: expected time = time with values + declared gaps, in every strap-minute."""

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.coverage import account_for_stream
from firmware_sim.rehearsal.verdict.evidence import DeclaredGap
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import HEART_RATE, SECOND_NS, STRAP

SECONDS = [second * SECOND_NS for second in range(180)]


def _gap(since_s: int, to_s: int) -> DeclaredGap:
    return DeclaredGap(STRAP, "link_lost", None, since_s * SECOND_NS, to_s * SECOND_NS)


def _without(since_s: int, to_s: int) -> list[int]:
    return [stamp for stamp in SECONDS if not since_s * SECOND_NS < stamp < to_s * SECOND_NS]


def test_a12_a_full_stream_needs_no_gap() -> None:
    coverage = account_for_stream(HEART_RATE, SECONDS, [])
    assert (coverage.n_minutes, coverage.error_ns, coverage.unaccounted) == (3, 0, [])
    assert coverage.stored_ns == coverage.expected_ns == 179 * SECOND_NS


@given(st.integers(0, 170), st.integers(2, 60))
def test_a12_every_hole_of_two_seconds_must_be_declared(since_s: int, length_s: int) -> None:
    to_s = min(since_s + length_s, 179)
    stamps = _without(since_s, to_s)
    declared = account_for_stream(HEART_RATE, stamps, [_gap(since_s, to_s)])
    assert (declared.error_ns, declared.unaccounted) == (0, [])
    silent = account_for_stream(HEART_RATE, stamps, [])
    assert silent.error_ns == (to_s - since_s) * SECOND_NS
    assert silent.unaccounted == [(since_s * SECOND_NS, to_s * SECOND_NS)]


def test_a12_slices_of_a_long_gap_count_once() -> None:
    slices = [_gap(20, 80), _gap(80, 140), _gap(100, 140)]
    coverage = account_for_stream(HEART_RATE, _without(20, 140), slices)
    assert (coverage.declared_ns, coverage.error_ns) == (120 * SECOND_NS, 0)


def test_a12_a_gap_that_leaves_two_seconds_open_is_an_error() -> None:
    coverage = account_for_stream(HEART_RATE, _without(20, 30), [_gap(20, 28)])
    assert coverage.error_ns == 2 * SECOND_NS


def test_a12_short_pieces_between_gaps_are_no_silence_however_many_they_are() -> None:
    """As a night found: values a second apart, and two kills between three of them."""
    at_ms = (0, 885, 4123, 4871, 8601, 9000)  # value, gap, gap, value
    first, *gaps, last = (ms * 1_000_000 for ms in at_ms)
    declared = [
        DeclaredGap(STRAP, "gateway_down", None, since, to)
        for since, to in zip(gaps[::2], gaps[1::2], strict=True)
    ]
    coverage = account_for_stream(HEART_RATE, [first, last], declared)
    assert (coverage.unaccounted, coverage.error_ns) == ([], 0)
    assert coverage.declared_ns == (3238 + 3730) * 1_000_000
    later = account_for_stream(HEART_RATE, [first, last + 3 * SECOND_NS], declared)
    assert later.unaccounted == [(gaps[-1], last + 3 * SECOND_NS)]
