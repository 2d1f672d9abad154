"""Whole traces: by hand, with holes, and as other programs summed them up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.strap.beat_reporter import BeatReporter
from firmware_sim.strap.simulated_wearer import Session, draw_body
from server.decoding.gap_ledger import GapCause
from server.dose.heart.hr_max import HrMax, HrMaxSource
from server.dose.heart.measures import HeartDose, measure_heart
from server.dose.heart.quality import RULES, Floats
from server.dose.heart.reserve import HeartScale, compute_hrr
from server.dose.heart.trimp import BANISTER, Thresholds, compute_trimp_banister
from server.dose.quantity import Missing
from tests.recorded_heart_rates import read_trace

SCALE = HeartScale(60.0, HrMax(180.0, HrMaxSource.MEASURED))
FEMALE = BANISTER["female"]
_S = 1_000_000_000
SUMS = ("banister", "banister_of_mean", "edwards", "mean_bpm", "mean_hrr", "mean_share_of_max")


def _measure(times: list[float], rates: list[float], planned_s: float | None = None) -> HeartDose:
    return measure_heart(np.array(times), np.array(rates), SCALE, FEMALE, planned_s=planned_s)


def _hour() -> tuple[Floats, Floats]:
    """Our own hour, a row a second: 100 to 160 bpm and back every five minutes, in whole bpm."""
    times_s = np.arange(3601.0)
    return times_s, np.rint(130 - 30 * np.cos(2 * np.pi * times_s / 300))


def test_a_trace_worked_out_by_hand() -> None:
    """Two minutes at 90 and one at 150, on 60 to 180: a quarter and three quarters.

    Twenty seconds apart would be holes, so a row comes every 5 s; 90 to 150 takes 3 s at least.
    """
    times = [5.0 * at for at in range(37)]
    rates = [*[90.0] * 24, *[150.0] * 13]
    dose = _measure(times, rates)
    assert (dose.heard.valid_s, dose.heard.coverage, dose.span_s) == (180.0, 1.0, 180.0)
    assert dose.mean_bpm.value == pytest.approx(110.0)
    assert dose.mean_hrr.value == pytest.approx(50 / 120)
    assert dose.mean_share_of_max.value == pytest.approx(110 / 180)
    # bc 1.07.1: 2*.25*.86*e(1.67*.25)+.75*.86*e(1.67*.75) and 3*(1.25/3)*.86*e(1.67*1.25/3)
    assert dose.banister.value == pytest.approx(2.909715830346, abs=1e-10)
    assert dose.banister_of_mean.value == pytest.approx(2.155782991980, abs=1e-10)
    # 90 is 50 % of 180 and 150 is 83 %: 2*1 + 1*4
    assert dose.edwards.value == pytest.approx(6.0)
    assert dose.minutes_of_max is not None
    assert dose.minutes_of_max.zones == pytest.approx((2, 0, 0, 1, 0))
    assert dose.minutes_of_reserve is not None
    assert dose.minutes_of_reserve.zones == pytest.approx((0, 0, 1, 0, 0))
    assert dose.minutes_of_reserve.below == pytest.approx(2.0)
    assert dose.flags == ("flat_stretches_kept",)


def test_valid_only_prorated_and_whole_are_three_numbers() -> None:
    """Two minutes of an hour unheard: 58/60 is what was heard, whoever was loud in it."""
    times_s, rates = _hour()
    kept = (times_s <= 1200) | (times_s >= 1320)
    whole = measure_heart(times_s, rates, SCALE, FEMALE)
    holed = measure_heart(times_s[kept], rates[kept], SCALE, FEMALE)
    assert holed.heard.coverage == pytest.approx(58 / 60)
    assert holed.banister.value is not None
    assert holed.prorated_banister.value == pytest.approx(holed.banister.value * 60 / 58)
    assert "prorated" in holed.prorated_banister.flags
    assert holed.banister_of_mean.value is not None
    of_mean = holed.prorated_banister_of_mean
    assert of_mean.value == pytest.approx(holed.banister_of_mean.value * 60 / 58)
    assert "prorated" in of_mean.flags
    assert "prorated" not in holed.banister.flags
    values = [holed.banister.value, holed.prorated_banister.value, whole.banister.value]
    assert len({round(value or 0, 2) for value in values}) == 3
    assert [gap.cause for gap in holed.gaps] == [GapCause.SILENCE]


@pytest.mark.parametrize("bad", [np.nan, 0.0, 400.0])
def test_a_hole_is_the_same_however_it_came(bad: float) -> None:
    """Rows left out, and rows there with nothing, 0 or 400 in them."""
    times_s, rates = _hour()
    inside = (times_s > 1200) & (times_s < 1320)
    filled = np.where(inside, bad, rates)
    without = measure_heart(times_s[~inside], rates[~inside], SCALE, FEMALE)
    refused = measure_heart(times_s, filled, SCALE, FEMALE)
    assert replace(refused, refused={}, gaps=()) == replace(without, refused={}, gaps=())
    assert sum(refused.refused.values()) == 119


def test_below_eighty_percent_everything_but_minutes_is_missing() -> None:
    times_s, rates = _hour()
    some = measure_heart(times_s[:2880], rates[:2880], SCALE, FEMALE, planned_s=3600.0)
    assert some.heard.coverage is not None
    assert some.heard.coverage < 0.8
    for name in (*SUMS, "prorated_banister", "prorated_edwards"):
        quantity = getattr(some, name)
        assert (quantity.value, quantity.missing) == (None, Missing.LOW_COVERAGE), name
        assert quantity.coverage == some.heard.coverage
    assert some.minutes_of_max is not None
    enough = measure_heart(times_s[:2881], rates[:2881], SCALE, FEMALE, planned_s=3600.0)
    assert enough.banister.value is not None
    assert enough.prorated_banister.value == pytest.approx(enough.banister.value / 0.8)


def test_nothing_heard_is_missing_and_never_0() -> None:
    for rates, missing in (
        ([], Missing.NO_DATA),
        ([80.0], Missing.NO_DATA),
        ([0.0, 400.0, np.nan], Missing.UNUSABLE),
    ):
        dose = _measure([float(at) for at in range(len(rates))], rates)
        assert {getattr(dose, name).missing for name in SUMS} == {missing}
        assert (dose.minutes_of_max, dose.minutes_of_reserve) == (None, None)


def test_lucia_needs_thresholds() -> None:
    times_s, rates = _hour()
    dose = measure_heart(times_s, rates, SCALE, FEMALE)
    assert dose.lucia.missing is dose.prorated_lucia.missing is Missing.NOT_MEASURED
    held = measure_heart(times_s, rates, SCALE, FEMALE, thresholds=Thresholds(99.0, 161.0))
    assert held.lucia.value == pytest.approx(120.0)  # an hour between the two


def test_a_maximum_or_a_rest_that_was_wrong_is_told() -> None:
    dose = _measure([0.0, 1.0, 2.0], [180.0, 181.0, 180.0])
    assert dose.flags == ("above_max",)
    assert _measure([0.0, 1.0, 2.0], [60.0, 59.0, 60.0]).flags == ("below_rest",)


def test_a_maximum_by_formula_and_a_heart_held_back_are_told() -> None:
    scale = HeartScale(60.0, HrMax(182.7, HrMaxSource.TANAKA, 10.0), unreliable=True)
    dose = measure_heart(np.arange(3.0), np.array([80.0, 81.0, 82.0]), scale, FEMALE)
    assert dose.banister.flags == ("hr_max_estimated", "hr_unreliable")


def test_too_many_artefacts_leave_nothing_usable() -> None:
    times_s, rates = _hour()
    few = measure_heart(times_s, rates, SCALE, FEMALE, artefact_share=0.2)
    assert few.banister.value is not None
    many = measure_heart(times_s, rates, SCALE, FEMALE, artefact_share=0.21)
    assert many.banister.missing is many.prorated_banister.missing is Missing.UNUSABLE


def test_contact_is_heeded() -> None:
    times_s, rates = _hour()
    contact = times_s < 3000
    dose = measure_heart(times_s, rates, SCALE, FEMALE, contact=contact)
    assert dose.heard.valid_s == 2999
    assert [gap.cause for gap in dose.gaps] == [GapCause.NO_CONTACT]


@pytest.mark.parametrize(
    ("name", "average", "maximum"),
    [
        # the session in the same FIT file, by the watch that wrote it
        ("garmin-fenix-5-run", 90, 112),
        ("garmin-fenix-5-walk", 75, 82),
        ("sample-activity", 166, 191),
    ],
)
def test_sessions_are_as_their_watches_summed_them_up(
    name: str, average: int, maximum: int
) -> None:
    """A watch writes when something changes: a heart rate holds for longer there."""
    times_s, rates = read_trace(f"hr-fit/{name}.csv")
    scale = HeartScale(50.0, HrMax(200.0, HrMaxSource.MEASURED))
    rules = replace(RULES, gap_limit_s=15.0)
    dose = measure_heart(times_s, rates, scale, FEMALE, rules=rules)
    assert dose.mean_bpm.value == pytest.approx(average, abs=1.0)
    assert rates.max() == maximum
    assert "jump" not in dose.refused


@given(st.lists(st.integers(60, 175), min_size=2, max_size=120), st.integers(1, 5))
def test_one_rate_held_is_as_much_as_many_rows_of_it(rates: list[int], step: int) -> None:
    """Rows may come each second or every few: what counts is time."""
    sparse_s = np.arange(0.0, len(rates) * step, step)
    dense_s = np.arange((len(rates) - 1) * step + 1.0)
    dense = np.repeat(np.array(rates, dtype=np.float64), step)[: len(dense_s)]
    rules = replace(RULES, max_slope_bpm_per_s=1000.0, flat_after_s=1e9)
    one = measure_heart(sparse_s, np.array(rates, dtype=np.float64), SCALE, FEMALE, rules=rules)
    other = measure_heart(dense_s, dense, SCALE, FEMALE, rules=rules)
    assert one.banister.value == pytest.approx(other.banister.value)
    assert one.edwards.value == pytest.approx(other.edwards.value)


@pytest.mark.parametrize("seed", range(1, 7))
def test_of_simulated_hearts_the_true_dose_is_found(seed: int) -> None:
    """Truth: Banister's sum over each true RR interval of an hour, with the heart's own artefacts.

    What the strap shows is a whole number of bpm, averaged over some beats: 0.7 to 1.5 % less on
    these six, which is less than what the session's mean takes away.
    """
    heart, twin = (draw_body(seed, 0, 0, Session(starts_at_min=0.0)).heart for _ in range(2))
    reports = BeatReporter(heart, _S, lambda _: True).take_until(3600 * _S)
    dose = _measure([r.at_ns / _S for r in reports], [float(r.bpm) for r in reports])
    rr_s = np.array(twin.beats_until(3600 * _S)) / 1024
    truth = compute_trimp_banister(compute_hrr(60 / rr_s, SCALE), rr_s, FEMALE)
    assert dose.banister.value == pytest.approx(truth, rel=0.02)
    assert (dose.banister_of_mean.value or 0) < (dose.banister.value or 0)
