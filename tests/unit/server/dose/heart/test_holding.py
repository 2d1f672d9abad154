"""A heart rate holds until the next accepted one, and over no hole longer than 5 s."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.decoding.gap_ledger import Gap, GapCause
from server.dose.heart.holding import HeldTrace, hold_trace
from server.dose.heart.quality import RULES, judge_trace

S = 1_000_000_000


def _hold(times: list[float], rates: list[float]) -> HeldTrace:
    times_s, hr_bpm = np.array(times, dtype=np.float64), np.array(rates, dtype=np.float64)
    return hold_trace(times_s, hr_bpm, judge_trace(times_s, hr_bpm), RULES.gap_limit_s)


def test_each_holds_until_the_next_and_the_last_holds_nothing() -> None:
    held = _hold([0, 1, 3, 8], [80, 81, 82, 83])
    assert held.held_s.tolist() == [1, 2, 5, 0]
    assert (held.valid_s, held.span_s, held.gaps) == (8, 8, ())


def test_a_hole_longer_than_the_limit_counts_nothing_at_all() -> None:
    """Not 5 s of it: nothing was heard in it."""
    held = _hold([0, 1, 6.1, 7.1], [80, 81, 82, 83])
    assert held.held_s.tolist() == pytest.approx([1, 0, 1, 0])
    assert held.gaps == (Gap(1 * S, 6_100_000_000, GapCause.SILENCE),)


def test_five_seconds_in_decimals_are_five_seconds() -> None:
    times = [0.1 * 7 + 5 * at for at in range(4)]  # 0.7000000000000001 and so on
    assert _hold(times, [80, 81, 82, 83]).valid_s == pytest.approx(15)


def test_a_refused_row_is_as_if_it_had_never_come() -> None:
    """The one before it holds over it, up to the limit."""
    for bad in (np.nan, 0.0, 400.0, 150.0):
        held = _hold([0, 1, 2, 3], [80, bad, 82, 83])
        assert held.held_s.tolist() == [2, 1, 0]
        assert held.hr_bpm.tolist() == [80, 82, 83]


def test_a_gap_has_the_cause_of_most_rows_in_it() -> None:
    rates = [80.0, 400.0, 400.0, 0.0, np.nan, 400.0, 84.0]
    assert _hold([0, 1, 2, 3, 4, 5, 6], rates).gaps == (Gap(0, 6 * S, GapCause.OUT_OF_RANGE),)


def test_what_is_refused_at_either_end_is_a_gap() -> None:
    held = _hold([0, 1, 2, 3], [0.0, 80.0, 81.0, 400.0])
    assert held.gaps == (Gap(0, S, GapCause.NO_VALUE), Gap(2 * S, 3 * S, GapCause.OUT_OF_RANGE))
    assert (held.valid_s, held.span_s) == (1, 3)


@pytest.mark.parametrize(("rates", "n_gaps"), [([], 0), ([0.0], 0), ([80.0], 0), ([0.0, 400.0], 1)])
def test_little_or_nothing_holds_nothing(rates: list[float], n_gaps: int) -> None:
    held = _hold([float(at) for at in range(len(rates))], rates)
    assert (held.valid_s, len(held.gaps)) == (0, n_gaps)


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.integers(60, 180) | st.sampled_from([0, 400])),
        min_size=1, max_size=60,
    )
)  # fmt: skip
def test_time_that_counts_and_gaps_make_the_whole_span(rows: list[tuple[int, int]]) -> None:
    times = np.cumsum([step for step, _ in rows]).tolist()
    held = _hold(times, [bpm for _, bpm in rows])
    gaps_s = sum(gap.duration_ns for gap in held.gaps) / S
    assert held.valid_s + gaps_s == pytest.approx(held.span_s)
