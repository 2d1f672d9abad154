"""The noncentral F beside R 4.2.2: `pf(qf(1 - a, d1, d2), d1, d2, l, lower.tail = FALSE)`.

R sums its own series until 1e-9 is left (errmax in its pnbeta.c), so no closer than that.
"""

import itertools

import pytest

from server.analysis.methods.power.noncentral import compute_f_power

ORACLE = [
    (0, 1, 28, 0.05, 0.05),
    (8.64, 1, 22, 0.05, 0.80207879201746),
    (30, 3, 40, 0.01, 0.97535404006687),
    (2.52, 1, 2000, 0.05, 0.35466680220029),
    (612, 1, 2, 0.1, 1),
    (1e4, 1, 2, 0.0001, 0.6321389551319),
    (1e5, 1, 2, 1e-7, 0.0099502657398656),
]


@pytest.mark.parametrize(("noncentrality", "df1", "df2", "alpha", "power"), ORACLE)
def test_power_is_the_tail_of_the_noncentral_f(
    noncentrality: float, df1: float, df2: float, alpha: float, power: float
) -> None:
    found = compute_f_power(noncentrality, df1, df2, alpha)
    assert found == pytest.approx(power, abs=2e-9)


def test_power_never_falls_as_the_effect_grows() -> None:
    """Nor is it NaN anywhere, as SciPy's is at 611.6 with 1 and 2 degrees of freedom."""
    powers = [compute_f_power(step**2 / 4, 1, 2, 0.1) for step in range(400)]
    assert all(later > sooner - 1e-12 for sooner, later in itertools.pairwise(powers))
    assert powers[0] == pytest.approx(0.1)
    assert 0.999 < powers[-1] <= 1
