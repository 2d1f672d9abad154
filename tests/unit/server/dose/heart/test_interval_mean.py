import numpy as np
import pytest

from server.dose.heart.interval_mean import HeldSpans, average_interval, hold_spans, silence
from server.dose.heart.quality import QualityRules, judge_trace
from server.dose.quantity import Missing

RULES = QualityRules(steady_after_s=None)


def spans(times_s: list[float], hr_bpm: list[float]) -> HeldSpans:
    times, rates = np.array(times_s), np.array(hr_bpm)
    return hold_spans(times, rates, judge_trace(times, rates, None, RULES), RULES.gap_limit_s)


def test_each_heart_rate_weighs_the_seconds_that_it_holds_inside() -> None:
    """By hand, 1 to 8 s of values at 0, 2, 5 and 10 s: 1 s of 100, 3 of 110, 3 of 130."""
    told = average_interval(spans([0, 2, 5, 10], [100, 110, 130, 90]), 1, 8)
    assert told.value == pytest.approx((100 + 3 * 110 + 3 * 130) / 7)
    assert told.unit == "bpm"
    assert told.coverage == pytest.approx(1.0)


def test_a_hole_holds_nothing_and_lowers_the_coverage() -> None:
    """By hand: 0 to 8 s and 14 to 20 s are heard of 20: a hole of 6 s is over the limit of 5."""
    held = spans([0, 4, 8, 14, 18, 20, 22], [100, 104, 108, 108, 112, 112, 112])
    assert average_interval(held, 0, 20).missing is Missing.LOW_COVERAGE
    assert average_interval(held, 0, 20).coverage == pytest.approx(14 / 20)
    assert average_interval(held, 14, 20).value == pytest.approx((4 * 108 + 2 * 112) / 6)
    assert average_interval(held, 8.5, 13.5).value is None


def test_what_was_refused_is_unusable_and_what_never_came_no_data() -> None:
    held = spans([0, 1, 2, 3], [0, 0, 0, 0])  # 0 bpm: no heart's
    assert average_interval(held, 0, 3).missing is Missing.UNUSABLE
    nothing = spans([100, 101], [90, 91])
    assert average_interval(nothing, 0, 60).missing is Missing.NO_DATA
    assert silence(Missing.NO_STRAP).missing is Missing.NO_STRAP


def test_intervals_that_follow_each_other_add_up_to_their_whole() -> None:
    chance = np.random.default_rng(1)
    times_s = np.cumsum(chance.uniform(0.5, 1.5, 100))
    held = spans(times_s.tolist(), chance.integers(90, 95, 100).tolist())
    ends_s = (float(times_s[3]), float(times_s[41]), float(times_s[90]))
    first, second, whole = (average_interval(held, *ends).value or 0.0
                            for ends in (ends_s[:2], ends_s[1:], ends_s[::2]))  # fmt: skip
    parts_s = np.diff(ends_s)
    assert whole == pytest.approx((first * parts_s[0] + second * parts_s[1]) / parts_s.sum())
