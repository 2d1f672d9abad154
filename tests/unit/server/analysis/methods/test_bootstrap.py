"""Against R 4.2.2, boot 1.3-28.1: boot(d, statistic, R = 40000, strata = d$group), boot.ci(type =
"bca", L = empinf(type = "jack")); the ends of either move by about 1 % of the width with the seed.
"""

from collections.abc import Callable

import numpy as np
import pytest

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.bootstrap import bootstrap_estimand
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.resampled import Estimand
from server.errors import MethodError
from tests.published_table import bdnf_of_the_table, gdnf_of_the_table
from tests.two_arm_outcomes import balanced, incomplete, unbalanced

SEED = 20260301
OF_THE_WIDTH = 0.03


@pytest.mark.parametrize(
    ("make", "estimand", "estimate", "ci"),
    [
        (balanced, Estimand.CHANGE, 41.98, (21.29333333, 64.10666667)),
        (balanced, Estimand.ADJUSTED_POST, 42.06366717, (22.83107389, 62.22599149)),
        (balanced, Estimand.CHANGE_BY_PRE_SD, 1.267975039, (0.5768461266, 2.049656839)),
        (unbalanced, Estimand.CHANGE, 49.4, (22.74336601, 75.66593876)),
        (unbalanced, Estimand.ADJUSTED_POST, 40.47258445, (16.57565596, 68.03968313)),
        (unbalanced, Estimand.CHANGE_BY_PRE_SD, 1.706214336, (0.5680862632, 2.846502287)),
        (incomplete, Estimand.CHANGE, 43.5474359, (19.31899683, 68.11480309)),
        (incomplete, Estimand.ADJUSTED_POST, 39.95043356, (17.79749836, 63.39759265)),
        (incomplete, Estimand.CHANGE_BY_PRE_SD, 1.418843571, (0.5091967729, 2.390231522)),
    ],
)
def test_as_r_has_it(
    make: Callable[[], TwoByTwo], estimand: Estimand, estimate: float, ci: tuple[float, float]
) -> None:
    told = bootstrap_estimand(make(), estimand, SEED)
    assert told.estimate == pytest.approx(estimate, rel=1e-8)
    assert told.ci == pytest.approx(ci, abs=OF_THE_WIDTH * (ci[1] - ci[0]))


def test_what_it_adjusts_is_the_ancovas() -> None:
    told = bootstrap_estimand(incomplete(), Estimand.ADJUSTED_POST, SEED, 1000)
    assert told.estimate == pytest.approx(fit_ancova(incomplete()).estimate)


@pytest.mark.parametrize(
    ("make", "estimate"), [(bdnf_of_the_table, 4.855), (gdnf_of_the_table, 5.267)]
)
def test_the_change_by_the_sd_of_pre_that_the_published_table_implies(
    make: Callable[[], TwoByTwo], estimate: float
) -> None:
    """By hand of its cells (d_ppc2 of Morris, Organ Res Methods 2008; 11: 364-386), 4 digits."""
    told = bootstrap_estimand(make(), Estimand.CHANGE_BY_PRE_SD, SEED, 1000)
    assert told.estimate == pytest.approx(estimate, rel=5e-4)


def test_the_same_seed_gives_the_same_interval() -> None:
    one, same, other = (
        bootstrap_estimand(balanced(), Estimand.CHANGE, seed, 1000) for seed in (5, 5, 6)
    )
    assert one == same
    assert one.ci != other.ci


def test_names_of_its_json() -> None:
    shown = bootstrap_estimand(incomplete(), Estimand.CHANGE, 7, 1000).to_json()
    promised = {
        "analysis", "outcome", "n", "notes", "measure", "estimate", "ci95", "replicates", "seed",
    }  # fmt: skip
    assert promised <= shown.keys()
    assert (shown["analysis"], shown["measure"]) == ("bootstrap", "change")
    assert (shown["seed"], shown["replicates"]) == (7, 1000)
    assert "left out" in str(shown["notes"])


def test_what_a_small_arm_does_to_it_is_told() -> None:
    (note,) = bootstrap_estimand(balanced(), Estimand.CHANGE, 7, 1000).notes
    assert note.startswith("A BCa interval of arms this small is somewhat narrow")
    many = np.arange(40.0)
    post = many + np.resize([1.0, 2, 4, 3, 7, 1, 2], 40)
    design = _of(many.tolist(), post.tolist())
    assert bootstrap_estimand(design, Estimand.CHANGE, 7, 1000).notes == ()


def _of(pre: list[float], post: list[float]) -> TwoByTwo:
    n = len(pre)
    group = ["control"] * (n // 2) + ["training"] * (n - n // 2)
    return TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)


COUNTED = [float(at) for at in range(12)]


@pytest.mark.parametrize(
    ("pre", "post", "estimand", "sentence"),
    [
        (COUNTED[:11], COUNTED[:11], Estimand.CHANGE, "control has 5"),
        (COUNTED, [at + 1 for at in COUNTED], Estimand.CHANGE, "are the same, in both arms"),
        ([3.0] * 12, COUNTED, Estimand.CHANGE_BY_PRE_SD, "are the same, in both arms"),
        ([3.0] * 12, COUNTED, Estimand.ADJUSTED_POST, "can't tell its terms apart"),
        (COUNTED, [2 * at for at in COUNTED], Estimand.ADJUSTED_POST, "leaves nothing over"),
    ],
)
def test_what_it_refuses(
    pre: list[float], post: list[float], estimand: Estimand, sentence: str
) -> None:
    with pytest.raises(MethodError, match=sentence):
        bootstrap_estimand(_of(pre, post), estimand, SEED)


def test_resamples_without_spread_are_refused() -> None:
    """Pre differs in two participants only, whom many resamples leave out."""
    pre = [3.0] * 5 + [4.0] + [3.0] * 5 + [4.0]
    post = np.resize([1.0, 2, 4, 3, 7], 12).tolist()
    with pytest.raises(MethodError, match="that resamples have no spread"):
        bootstrap_estimand(_of(pre, post), Estimand.CHANGE_BY_PRE_SD, SEED)


def test_few_replicates_are_refused() -> None:
    with pytest.raises(MethodError, match="at least 1000 replicates"):
        bootstrap_estimand(balanced(), Estimand.CHANGE, SEED, 999)
