import numpy as np
import pytest

from server.live.activity import compute_mad_mg


def test_mad_equals_its_definition() -> None:
    rng = np.random.default_rng(5)
    magnitudes = rng.normal(1000, 80, 200)
    by_loops = sum(abs(m - sum(magnitudes) / 200) for m in magnitudes) / 200
    assert compute_mad_mg(magnitudes) == pytest.approx(by_loops)
