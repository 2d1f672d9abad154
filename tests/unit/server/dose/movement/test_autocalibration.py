import numpy as np
import pytest
from numpy.typing import NDArray

from server.dose.movement.autocalibration import autocalibrate, calibrate_six_positions
from server.dose.movement.calibration import Calibration, Uncalibrated
from server.dose.movement.still_windows import find_still_windows

Floats = NDArray[np.float64]
TRUTH = Calibration((0.021, -0.034, 0.052), (1.012, 0.981, 1.027))
FACES = np.concatenate([np.eye(3), -np.eye(3)])


def directions(n: int) -> Floats:
    """Points spread evenly over the unit sphere (golden spiral)."""
    places = np.arange(n) + 0.5
    angles, heights = np.pi * (1 + 5**0.5) * places, 1 - 2 * places / n
    widths = np.sqrt(1 - heights**2)
    return np.stack([np.cos(angles) * widths, np.sin(angles) * widths, heights], axis=1)


def distort(true_g: Floats) -> Floats:
    """What an accelerometer with these errors measures."""
    return np.asarray((true_g - np.array(TRUTH.offsets_g)) / np.array(TRUTH.gains))


def assert_is_truth(found: Calibration | None, within: float) -> None:
    assert found is not None
    assert found.offsets_g == pytest.approx(TRUTH.offsets_g, abs=within)
    assert found.gains == pytest.approx(TRUTH.gains, abs=within)


def test_known_errors_are_found_again() -> None:
    report = autocalibrate(distort(directions(60)))
    assert_is_truth(report.calibration, 1e-9)
    assert (report.reason, report.n_still_windows) == (None, 60)
    assert report.error_before_g == pytest.approx(0.033, abs=0.001)
    assert report.error_after_g == pytest.approx(0.0, abs=1e-9)


def test_known_errors_are_found_again_through_noise_and_windows() -> None:
    """20 s in each of 40 positions at 50 Hz, 4 mg of noise as a strap has: within 1 mg."""
    rng = np.random.default_rng(3)
    samples_g = distort(np.repeat(directions(40), 1000, axis=0)) + rng.normal(0, 0.004, (40000, 3))
    still_g = find_still_windows(samples_g, 50)
    assert len(still_g) == 80
    assert_is_truth(autocalibrate(still_g).calibration, 0.001)


def test_a_few_windows_that_were_not_still_hardly_matter() -> None:
    true_g = directions(60)
    true_g[::15] *= 1.1
    report = autocalibrate(distort(true_g))
    assert_is_truth(report.calibration, 0.005)


def test_errors_of_uneven_size_as_ggir_finds_them() -> None:
    """The sphere part of `g.calibrate` of GGIR 3.3-7 (388064b) in R 4.2.2 on these windows.

    It stops a little before the end: mean error there 0.003771 g. Its offset is added before the
    gain is multiplied.
    """
    true_g = directions(60) * (1 + 0.006 * np.sin(np.arange(60) * 1.7))[:, None]
    report = autocalibrate(distort(true_g))
    assert report.calibration is not None
    gains = np.array(report.calibration.gains)
    assert gains == pytest.approx((1.01226436, 0.98068378, 1.02703926), abs=2e-5)
    offsets_g = np.array(report.calibration.offsets_g) / gains
    assert offsets_g == pytest.approx((0.02074930, -0.03474978, 0.05028571), abs=1e-4)
    assert report.error_before_g == pytest.approx(0.03315006, abs=1e-7)
    assert report.error_after_g == pytest.approx(0.003770634, abs=2e-6)


@pytest.mark.parametrize("axis", range(3))
@pytest.mark.parametrize("side", [-1, 1])
def test_no_correction_without_both_sides_of_every_axis(axis: int, side: int) -> None:
    """A chest strap that was only ever worn upright."""
    true_g = directions(200)
    report = autocalibrate(distort(true_g[true_g[:, axis] * side < 0.25]))
    assert (report.calibration, report.reason) == (None, Uncalibrated.FEW_ORIENTATIONS)
    assert report.reach_g[axis][side > 0] == pytest.approx(0.25 * side, abs=0.08)


def test_pooled_recordings_reach_what_one_of_them_does_not() -> None:
    still_g = distort(directions(200))
    lying, upright = still_g[still_g[:, 0] < 0], still_g[still_g[:, 0] >= 0]
    assert autocalibrate(lying).reason is Uncalibrated.FEW_ORIENTATIONS
    assert autocalibrate(upright).reason is Uncalibrated.FEW_ORIENTATIONS
    assert_is_truth(autocalibrate(np.concatenate([lying, upright])).calibration, 1e-9)


def test_few_windows_and_windows_that_are_no_sphere_leave_it_uncalibrated() -> None:
    assert autocalibrate(directions(9)).reason is Uncalibrated.FEW_STILL_WINDOWS
    assert autocalibrate(np.zeros((0, 3))).reason is Uncalibrated.FEW_STILL_WINDOWS
    rng = np.random.default_rng(5)
    rough = directions(60) * rng.uniform(0.9, 1.1, (60, 1))
    report = autocalibrate(rough)
    assert (report.calibration, report.reason) == (None, Uncalibrated.LARGE_ERROR)
    assert report.error_after_g is not None
    assert report.error_after_g > 0.01


def test_windows_without_error_need_no_correction() -> None:
    report = autocalibrate(directions(60))
    assert report.reason in {None, Uncalibrated.NO_IMPROVEMENT}
    if report.calibration is not None:
        assert report.calibration.gains == pytest.approx((1, 1, 1), abs=1e-9)


def test_six_positions_by_hand_are_enough() -> None:
    """Each face down for 4 s, a few degrees askew, as somebody does it on a table."""
    rng = np.random.default_rng(4)
    askew = FACES + rng.normal(0, 0.05, (6, 3))
    askew /= np.linalg.norm(askew, axis=1)[:, None]
    report = calibrate_six_positions(distort(np.repeat(askew, 2, axis=0)))
    assert_is_truth(report.calibration, 1e-6)


def test_six_exact_positions_without_noise_calibrate_a_strap_by_itself() -> None:
    samples_g = distort(np.repeat(FACES, 20 * 50, axis=0))
    assert_is_truth(autocalibrate(find_still_windows(samples_g, 50)).calibration, 1e-6)


@pytest.mark.parametrize("left_out", range(6))
def test_five_positions_are_no_check(left_out: int) -> None:
    still_g = np.repeat(np.delete(FACES, left_out, axis=0), 3, axis=0)
    assert calibrate_six_positions(still_g).reason is Uncalibrated.FEW_POSITIONS
