import numpy as np
import pytest

from server.dose.movement.sampling_rate import agrees, measure_rate_hz


@pytest.mark.parametrize("rate_hz", [200, 100, 52, 25])
def test_stamps_in_whole_ms_tell_the_rate_across_gaps(rate_hz: float) -> None:
    times_s = np.round(np.arange(2000) / rate_hz, 3)
    kept = np.delete(times_s, np.s_[500:800])
    assert measure_rate_hz(kept) == pytest.approx(rate_hz, rel=0.001)


def test_a_strap_one_percent_off_agrees_and_half_the_rate_does_not() -> None:
    assert agrees(202.0, 200.0)
    assert agrees(198.0, 200.0)
    assert not agrees(195.0, 200.0)
    assert not agrees(100.0, 200.0)
