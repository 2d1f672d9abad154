"""By hand, and as neurokit2 0.3.0's hrv_time computes it of the same NN intervals."""

import numpy as np
import pytest

from server.decoding.beats import lay_out_beats
from server.dose.heart.nn_cleaning import CleanedIntervals, Interval, clean_intervals
from server.dose.heart.variability import (
    Variability,
    compute_pnn50_pct,
    compute_rmssd_ms,
    compute_sdnn_ms,
    measure_variability,
)
from server.dose.quantity import Missing
from tests.recorded_heart_rates import read_ecg_marks, read_heard


def _nn(*rr_ms: float, apart: int | None = None) -> CleanedIntervals:
    """All NN, each following the one before but for `apart`."""
    follows = np.ones(len(rr_ms), dtype=np.bool_)
    follows[0] = False
    if apart is not None:
        follows[apart] = False
    nothing = np.zeros(len(rr_ms), dtype=np.uint8)
    return CleanedIntervals(np.array(rr_ms), nothing, follows, 0.0)


def measure(cleaned: CleanedIntervals) -> Variability:
    """As if the stretch were as long as its intervals."""
    return measure_variability(cleaned, float(cleaned.rr_ms.sum()) / 1000)


def test_worked_out_by_hand() -> None:
    """Differences 60, -50, 10: squares 3600 + 2500 + 100; over 50 is one of three."""
    cleaned = _nn(800.0, 860.0, 810.0, 820.0)
    assert compute_rmssd_ms(cleaned) == pytest.approx((6200 / 3) ** 0.5)
    assert compute_pnn50_pct(cleaned) == pytest.approx(100 / 3)
    # mean 822.5; squares 506.25 + 1406.25 + 156.25 + 6.25 = 2075, over n - 1
    assert compute_sdnn_ms(cleaned) == pytest.approx((2075 / 3) ** 0.5)


def test_what_doesnt_follow_is_no_pair() -> None:
    """The step of 60 lies over a gap."""
    cleaned = _nn(800.0, 860.0, 810.0, 820.0, apart=1)
    assert compute_rmssd_ms(cleaned) == pytest.approx((2600 / 2) ** 0.5)
    assert compute_pnn50_pct(cleaned) == 0.0


def test_a_real_heart_at_rest_as_neurokit2_has_it() -> None:
    """neurokit2 0.3.0: RMSSD 25.259047308666506, SDNN 56.62725263671385, pNN50 4.705882352941177.

    It divides the pairs over 50 ms by the number of intervals (4 of 85); of pairs it is 4 of 84.
    """
    line = lay_out_beats(read_heard("h10-polarstream"))
    measured = measure(clean_intervals(line.rr_ticks, line.begins_run))
    assert measured.rmssd.value == pytest.approx(25.259047308666506, abs=1e-9)
    assert measured.sdnn.value == pytest.approx(56.62725263671385, abs=1e-9)
    assert measured.pnn50.value == pytest.approx(4.705882352941177 * 85 / 84, abs=1e-9)
    assert (measured.rmssd.coverage, measured.rmssd.flags) == (1.0, ())


def test_between_ectopic_beats_as_neurokit2_has_it() -> None:
    """Intervals 735 to 794, of which the ECG calls 38 normal; neurokit2 0.3.0 got just those.

    With their times, so that it skips what doesn't follow: RMSSD 12.363035593849986, SDNN
    38.13952400773443.
    """
    part = slice(735, 795)
    line = lay_out_beats(read_heard("h10-pvc"))
    cleaned = clean_intervals(line.rr_ticks[part], line.begins_run[part])
    is_normal = np.array(read_ecg_marks())[part] == "0"
    assert ((cleaned.verdicts == Interval.NN) == is_normal).all()
    assert compute_rmssd_ms(cleaned) == pytest.approx(12.363035593849986, abs=1e-9)
    assert compute_sdnn_ms(cleaned) == pytest.approx(38.13952400773443, abs=1e-9)
    assert compute_pnn50_pct(cleaned) == 0.0


def test_too_many_artefacts_give_no_number() -> None:
    line = lay_out_beats(read_heard("h10-pvc"))
    measured = measure(clean_intervals(line.rr_ticks, line.begins_run))
    for quantity in (measured.rmssd, measured.sdnn, measured.pnn50):
        assert (quantity.value, quantity.missing) == (None, Missing.UNUSABLE)
    assert measured.rmssd.coverage == pytest.approx(0.386, abs=0.001)


def _steady(n: int, ectopic: tuple[int, ...] = ()) -> CleanedIntervals:
    ticks = np.array([800 + at % 7 for at in range(n)])
    ticks[list(ectopic)] = 500
    return clean_intervals(ticks, np.arange(n) == 0)


@pytest.mark.parametrize(("n", "missing"), [(20, Missing.NO_DATA), (21, None)])
def test_few_pairs_give_no_number(n: int, missing: Missing | None) -> None:
    assert measure(_steady(n)).rmssd.missing is missing


def test_some_artefacts_are_flagged() -> None:
    assert measure(_steady(100, (20, 40, 60, 70, 80))).sdnn.flags == ()
    assert measure(_steady(100, (20, 40, 60, 70, 80, 90))).sdnn.flags == ("artefacts",)


def test_no_beats_give_no_number() -> None:
    nothing = clean_intervals(np.array([], dtype=np.int64), np.array([], dtype=np.bool_))
    measured = measure_variability(nothing, 60.0)
    assert (measured.rmssd.missing, measured.rmssd.coverage) == (Missing.NO_DATA, 0.0)


@pytest.mark.parametrize(
    ("n", "expected_s", "coverage", "missing"),
    [
        (25, 300.0, 25 / 300, Missing.LOW_COVERAGE),  # it was said to be covered whole
        (10, 300.0, 10 / 300, Missing.LOW_COVERAGE),
        (79, 100.0, 0.79, Missing.LOW_COVERAGE),
        (80, 100.0, 0.8, None),
        (120, 100.0, 1.0, None),
        (20, 20.0, 1.0, Missing.NO_DATA),  # 19 pairs
    ],
)
def test_beats_of_a_second_in_a_longer_rest_cover_their_share_of_it(
    n: int, expected_s: float, coverage: float, missing: Missing | None
) -> None:
    cleaned = clean_intervals(np.full(n, 1024), np.arange(n) == 0)
    measured = measure_variability(cleaned, expected_s)
    for quantity in (measured.rmssd, measured.sdnn, measured.pnn50):
        assert quantity.coverage == pytest.approx(coverage)
        assert quantity.missing is missing
        assert quantity.version == 2
