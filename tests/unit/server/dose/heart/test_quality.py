from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.heart.quality import RULES, JudgedTrace, QualityRules, Verdict, judge_trace
from tests.recorded_heart_rates import read_trace

V, NO, RANGE, JUMP, FLAT = (
    Verdict.VALID, Verdict.NO_VALUE, Verdict.OUT_OF_RANGE, Verdict.JUMP, Verdict.FLAT,
)  # fmt: skip


def _judge(
    rates: Sequence[float], times: Sequence[float] = (), rules: QualityRules = RULES
) -> JudgedTrace:
    times_s = np.array(times or range(len(rates)), dtype=np.float64)
    return judge_trace(times_s, np.array(rates, dtype=np.float64), rules=rules)


def _lively(n: int, around: float = 100.0) -> list[float]:
    return [around + at % 3 for at in range(n)]


def test_the_range_has_its_ends() -> None:
    rates = [29.9, 30.0, 34.0, 30.0]
    assert _judge(rates).verdicts.tolist() == [RANGE, V, V, V]
    assert _judge([220.0, 220.1, 400.0, 219.0]).verdicts.tolist() == [V, RANGE, RANGE, V]


def test_no_value_is_no_heart_rate() -> None:
    assert _judge([80.0, 0.0, np.nan, 81.0]).verdicts.tolist() == [V, NO, NO, V]


def test_a_spike_is_refused_and_what_comes_after_is_not() -> None:
    """20 bpm in a second can be; 21 can't."""
    assert _judge([80, 100, 120, 121]).verdicts.tolist() == [V, V, V, V]
    assert _judge([80, 101, 81, 60]).verdicts.tolist() == [V, JUMP, V, JUMP]
    assert _judge([80, 150, 151, 81]).verdicts.tolist() == [V, JUMP, JUMP, V]


def test_a_step_is_believed_once_there_was_time_for_it() -> None:
    assert _judge([80, 140, 140, 140, 140]).verdicts.tolist() == [V, JUMP, JUMP, V, V]
    assert _judge([80, 140], times=[0.0, 3.0]).verdicts.tolist() == [V, V]


def test_nothing_is_compared_with_what_was_refused_itself() -> None:
    assert _judge([80, 400, 0, 90]).verdicts.tolist() == [V, RANGE, NO, V]


def test_a_strap_that_says_no_contact_is_believed() -> None:
    times_s, rates = np.arange(3.0), np.array([80.0, 81.0, 82.0])
    judged = judge_trace(times_s, rates, np.array([True, False, True]))
    assert judged.verdicts.tolist() == [V, Verdict.NO_CONTACT, V]


@pytest.mark.parametrize(("n", "expected"), [(31, V), (32, FLAT)])
def test_more_than_thirty_seconds_without_a_change_are_no_heart(n: int, expected: Verdict) -> None:
    """31 rows a second apart last 30 s."""
    rates = [*_lively(60), *[110.0] * n, *_lively(60)]
    verdicts = _judge(rates).verdicts
    assert set(verdicts[60 : 60 + n].tolist()) == {expected}
    assert set(verdicts[:60].tolist() + verdicts[60 + n :].tolist()) == {V}


def test_flatness_isnt_counted_over_a_hole() -> None:
    times = [*range(60), *range(60, 80), *range(200, 220), *range(220, 280)]
    rates = [*_lively(60), *[110.0] * 40, *_lively(60)]
    assert set(_judge(rates, [float(t) for t in times]).verdicts.tolist()) == {V}


@pytest.mark.parametrize(
    "rates",
    [
        [120.0] * 600,
        [*[90.0] * 300, *[100.0] * 300, *[95.0] * 300],
        [*[100.0] * 300, *([120.0] * 20 + [130.0] * 20) * 10, *[100.0] * 300],
    ],
)
def test_a_trace_made_of_steps_is_kept_and_said_to_be(rates: list[float]) -> None:
    """No strap wrote it, so its flatness proves nothing; unless the study says that one did."""
    judged = _judge(rates)
    assert judged.keeps_flat
    assert FLAT not in judged.verdicts
    strict = _judge(rates, rules=replace(RULES, steady_after_s=None))
    assert not strict.keeps_flat
    assert FLAT in strict.verdicts


def test_a_strap_that_freezes_in_mid_session_is_not_taken_for_steps() -> None:
    """Five minutes of a heart, then fifty of one value."""
    judged = _judge([*_lively(300), *[101.0] * 3000])
    assert not judged.keeps_flat
    assert (judged.verdicts == FLAT).sum() >= 3000


def test_a_long_hole_makes_no_steps_of_a_strap() -> None:
    """Nothing changes in it because nothing was heard."""
    times = [*range(120), *range(2000, 2100), *range(2100, 2160)]
    rates = [*_lively(120), *[110.0] * 100, *_lively(60)]
    judged = _judge(rates, [float(t) for t in times])
    assert not judged.keeps_flat
    assert (judged.verdicts == FLAT).sum() == 100


def test_nothing_of_a_real_strap_is_refused() -> None:
    judged = judge_trace(*read_trace("h10-run/trace.csv"))
    assert set(judged.verdicts.tolist()) == {V}
    assert not judged.keeps_flat


def test_times_that_dont_rise_are_refused() -> None:
    for times in ([0.0, 0.0], [1.0, 0.0]):
        with pytest.raises(ValueError, match="rise"):
            _judge([80.0, 80.0], times)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=80))
def test_whatever_is_accepted_keeps_the_rules(rates: list[float]) -> None:
    kept = np.flatnonzero(_judge(rates).verdicts == V)
    accepted = np.array(rates)[kept] if rates else np.array([])
    assert ((accepted >= 30) & (accepted <= 220)).all()
    assert (np.abs(np.diff(accepted)) <= 20 * np.diff(kept)).all()
