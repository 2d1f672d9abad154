"""Multiple imputation of missing posts, against R 4.2.2.

The ANCOVA's estimate is linear in the posts, so over many sets it goes to that of the ANCOVA with
predict(lm(post ~ group + pre + x)) for what is missing, x the dose about training's mean and 0 in
control. The error is that of 40,000 sets drawn in R by the same posterior (rchisq, rnorm).
"""

from collections.abc import Sequence

import numpy as np
import pytest

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.missing.multiple import Dose, impute_and_pool
from server.errors import MethodError
from tests.two_arm_outcomes import GROUP, balanced, incomplete

SEED = 20_260_101
SETS = 4_000
WITH_DOSE, WITHOUT = 39.4708282383, 39.9504335630
ERROR_WITH_DOSE = 12.6155067585
OFF = 0.25  # three and a half times sqrt(20.9 / 4000), the spread of a mean of so many sets


def make_dose(lacks: Sequence[int] = ()) -> Dose:
    """Of training alone; its rows `lacks` have none."""
    values = [
        900 + 37.5 * (row * 7 % 15) + 0.8 * (row % 4)
        if arm == "training" and row not in lacks
        else np.nan
        for row, arm in enumerate(GROUP)
    ]
    return Dose("srpe_load_au", np.array([round(one, 1) for one in values]))


def test_pooled_with_the_dose_as_r_has_it() -> None:
    told = impute_and_pool(incomplete(), SEED, make_dose(), SETS)
    assert told.estimate == pytest.approx(WITH_DOSE, abs=OFF)
    assert told.se == pytest.approx(ERROR_WITH_DOSE, rel=0.01)
    assert told.imputed_from == ("group", "pre", "srpe_load_au")
    assert (told.n, told.n_imputed_control, told.n_imputed_training) == (28, 1, 2)
    assert told.ci[0] < told.estimate < told.ci[1]


def test_without_a_dose_it_goes_to_the_complete_pairs() -> None:
    """What is imputed by the analysis' own model brings nothing new."""
    told = impute_and_pool(incomplete(), SEED, None, SETS)
    assert told.estimate == pytest.approx(WITHOUT, abs=OFF)
    assert fit_ancova(incomplete()).estimate == pytest.approx(WITHOUT)
    assert told.imputed_from == ("group", "pre")


def test_a_dose_that_somebody_lacks_imputes_nothing_and_says_so() -> None:
    told = impute_and_pool(incomplete(), SEED, make_dose(lacks=(20,)), SETS)
    assert told.estimate == pytest.approx(WITHOUT, abs=OFF)
    assert told.imputed_from == ("group", "pre")
    assert "srpe_load_au is missing for 1 who train" in str(told.notes)
    alike = Dose("duration_min", np.array([1440.0] * len(GROUP)))
    assert "is the same for all" in str(impute_and_pool(incomplete(), SEED, alike).notes)


def test_one_seed_gives_one_result_and_the_level_widens_it() -> None:
    one, again = (impute_and_pool(incomplete(), SEED, make_dose()) for _ in range(2))
    assert one == again
    assert one.sets == 100
    assert impute_and_pool(incomplete(), SEED + 1, make_dose()).estimate != one.estimate
    strict = impute_and_pool(incomplete(), SEED, make_dose(), level=0.99)
    assert strict.ci[0] < one.ci[0] < one.ci[1] < strict.ci[1]
    assert "ci99" in strict.to_json()


def test_what_can_not_be_imputed_is_refused() -> None:
    with pytest.raises(MethodError, match="no post of somebody with a baseline is missing"):
        impute_and_pool(balanced(), SEED)
    with pytest.raises(MethodError, match="at least 20 sets"):
        impute_and_pool(incomplete(), SEED, sets=19)
