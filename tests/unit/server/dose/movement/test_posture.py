import numpy as np
import pytest

from server.dose.movement.posture import (
    H10_UPRIGHT,
    classify_posture,
    compute_gravity_mg,
    estimate_upright,
    measure_tilt_deg,
)

UPRIGHT = np.array(H10_UPRIGHT)


def tilted(*degrees: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Gravity of an H10 that leans backwards: from -x towards z."""
    angles = np.radians(degrees)
    return 1000 * np.stack([-np.cos(angles), 0 * angles, np.sin(angles)], axis=1)


def test_tilt_by_hand() -> None:
    assert measure_tilt_deg(tilted(0, 30, 90, 180), UPRIGHT) == pytest.approx([0, 30, 90, 180])
    one_side = np.array([(-800.0, 600.0, 0.0)])  # a 3-4-5 triangle
    assert measure_tilt_deg(one_side, UPRIGHT) == pytest.approx([36.8699], abs=1e-4)


def test_postures_change_at_30_and_64_9_degrees() -> None:
    told = classify_posture(np.array([0, 29.9, 30, 64.8, 64.9, 170, np.nan]))
    assert [each.value for each in told] == [
        "upright", "upright", "leaning", "leaning", "lying", "lying", "unknown",
    ]  # fmt: skip


def test_where_movement_hides_gravity_nothing_is_said() -> None:
    tilt_deg = measure_tilt_deg(tilted(0, 0, 0) * np.array([[1.19], [1.21], [0.79]]), UPRIGHT)
    assert np.isnan(tilt_deg).tolist() == [False, True, True]


def test_gravity_is_the_mean_of_each_epoch() -> None:
    samples = np.array([(-1000, 0, 0), (-800, 100, 0), (0, 0, 1000)], np.int16)
    gravity_mg = compute_gravity_mg(samples, np.array([0, 2]))
    assert gravity_mg.tolist() == [[-900, 50, 0], [0, 0, 1000]]


def test_a_sensor_on_a_sloping_chest_is_upright_when_she_is() -> None:
    standing = np.concatenate([tilted(*[25.0] * 9), tilted(90.0), 3 * tilted(25.0)])
    upright = estimate_upright(standing)
    assert upright is not None
    assert np.linalg.norm(upright) == pytest.approx(1)
    assert measure_tilt_deg(tilted(25, 95), upright) == pytest.approx([0, 70], abs=0.01)
    assert estimate_upright(3 * tilted(25.0)) is None
