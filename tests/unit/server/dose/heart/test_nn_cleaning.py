import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.decoding.beats import lay_out_beats
from server.dose.heart.nn_cleaning import CleanedIntervals, Interval, clean_intervals
from tests.recorded_heart_rates import read_ecg_marks, read_heard

NN, RANGE, DEV, UNJUDGED = (
    Interval.NN, Interval.OUT_OF_RANGE, Interval.DEVIATES, Interval.UNJUDGED,
)  # fmt: skip


def _clean(ticks: list[int], *begins: int) -> CleanedIntervals:
    runs = np.zeros(len(ticks), dtype=np.bool_)
    runs[[0, *begins] if ticks else []] = True
    return clean_intervals(np.array(ticks, dtype=np.int64), runs)


def test_raw_ticks_become_unrounded_milliseconds() -> None:
    assert _clean([1024] * 6).rr_ms.tolist() == [1000.0] * 6
    assert _clean([1023] * 6).rr_ms[0] == pytest.approx(999.0234375)


def test_an_ectopic_beat_takes_both_its_intervals() -> None:
    """600 early and 1400 late, among 1000: and no pair joins what lies around them."""
    cleaned = _clean([1000, 1004, 998, 1002, 600, 1400, 1000, 1003, 999, 1001])
    assert cleaned.verdicts.tolist() == [NN] * 4 + [DEV] * 2 + [NN] * 4
    assert cleaned.follows.tolist() == [
        False, True, True, True, False, False, False, True, True, True,
    ]  # fmt: skip
    assert cleaned.artefact_share == pytest.approx(0.2)
    assert cleaned.is_usable
    assert len(cleaned.nn_ms) == 8


def test_the_limit_is_twenty_percent_of_the_median() -> None:
    kept = _clean([1000] * 5 + [1200] + [1000] * 5)
    assert set(kept.verdicts.tolist()) == {NN}
    assert _clean([1000] * 5 + [1201] + [1000] * 5).verdicts[5] == DEV
    assert _clean([1000] * 5 + [799] + [1000] * 5).verdicts[5] == DEV


def test_a_heart_that_speeds_up_is_no_artefact() -> None:
    """75 to 150 beats a minute in half a minute."""
    ticks = np.linspace(820, 410, 45).astype(int).tolist()
    assert set(_clean(ticks).verdicts.tolist()) == {NN}


def test_no_heart_beats_outside_the_range_of_heart_rates() -> None:
    """60/220 s is 279.3 ticks, 60/30 s is 2048."""
    assert set(_clean([280] * 8).verdicts.tolist()) == {NN}
    assert set(_clean([279] * 8).verdicts.tolist()) == {RANGE}
    assert set(_clean([2048] * 8).verdicts.tolist()) == {NN}
    assert set(_clean([2049] * 8).verdicts.tolist()) == {RANGE}


def test_a_gap_parts_what_is_compared() -> None:
    """Rest before it, effort after it: neither is the other's neighbour."""
    cleaned = _clean([1000] * 6 + [500] * 6, 6)
    assert set(cleaned.verdicts.tolist()) == {NN}
    assert np.flatnonzero(~cleaned.follows).tolist() == [0, 6]


def test_a_short_run_has_nothing_to_be_compared_with() -> None:
    cleaned = _clean([1000] * 4 + [1000] * 5, 4)
    assert cleaned.verdicts.tolist() == [UNJUDGED] * 4 + [NN] * 5
    assert cleaned.artefact_share == 0.0
    assert _clean([1000] * 4).artefact_share is None
    assert not _clean([1000] * 4).is_usable
    assert _clean([]).artefact_share is None


def test_more_than_a_fifth_of_artefacts_is_unusable() -> None:
    fifth = [1000, 1000, 1000, 1000, 500] * 8
    assert _clean(fifth).is_usable
    assert not _clean([*fifth, 500]).is_usable


def _score(marks: list[str], refused: np.ndarray) -> tuple[float, float]:
    """(sensitivity, specificity) against the marks that the ECG gave."""
    abnormal, normal = np.array(marks) == "1", np.array(marks) == "0"
    return float(refused[abnormal].mean()), float((~refused)[normal].mean())


def test_on_a_real_heart_with_an_ectopic_in_three_beats_the_ecg_agrees() -> None:
    """Marks: R and S waves by neurokit2 0.3.0, RS over 36 ms; 477 abnormal and 308 normal ones.

    The method of Lipponen and Tarvainen, as neurokit2 0.3.0's signal_fixpeaks("Kubios") has it,
    scores 0.034 and 1.000 on the same.
    """
    line = lay_out_beats(read_heard("h10-pvc"))
    cleaned = clean_intervals(line.rr_ticks, line.begins_run)
    marks = read_ecg_marks()
    assert (marks.count("1"), marks.count("0")) == (477, 308)
    sensitivity, specificity = _score(marks, cleaned.verdicts != NN)
    assert sensitivity >= 0.99
    assert specificity >= 0.98
    assert not cleaned.is_usable
    assert cleaned.artefact_share == pytest.approx(477 / 785, abs=0.02)


def test_nothing_of_a_real_heart_at_rest_is_refused() -> None:
    line = lay_out_beats(read_heard("h10-polarstream"))
    cleaned = clean_intervals(line.rr_ticks, line.begins_run)
    assert cleaned.artefact_share == 0.0
    assert len(cleaned.nn_ms) == 85


@given(st.lists(st.integers(1, 4000), max_size=60), st.sets(st.integers(1, 59), max_size=6))
def test_nothing_is_invented_and_nothing_lost(ticks: list[int], begins: set[int]) -> None:
    cleaned = _clean(ticks, *(at for at in begins if at < len(ticks)))
    assert cleaned.rr_ms.tolist() == [each / 1.024 for each in ticks]
    is_nn = cleaned.verdicts == NN
    pairs = np.flatnonzero(cleaned.follows)
    assert is_nn[pairs].all()
    assert is_nn[pairs - 1].all()
    assert not set(pairs.tolist()) & ({0} | begins)
