"""F, eta squared, t and ANCOVA from summaries equal those of raw data in R.

Numbers by `Rscript afex_oracle.R` (beside this file; R 4.2.2, afex 1.2.1, car 3.1.1): simulated
data of known correlation, 15 and 15 people, and 9 and 17.
"""

import pytest

from server.analysis.summary_check.ancova import imply_ancova
from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.eta_squared import (
    classical_eta_squared,
    generalised_eta_squared,
    partial_eta_squared,
)
from server.analysis.summary_check.feasible import find_f
from server.analysis.summary_check.p_findings import upper_tail
from server.analysis.summary_check.spread import variance_ratio_p
from server.analysis.summary_check.t_tests import student_t, welch_t
from server.analysis.summary_check.table import ArmSizes, Baseline, Measure
from tests.summary_tables import measure_of

# Mean and SD of control pre and post, training pre and post; r of both arms.
EQUAL = (
    216.869895602, 23.802981919, 216.060203462, 10.6285239041,
    219.31121364, 38.7018085693, 259.156802079, 20.8825467623,
)  # fmt: skip
EQUAL_R = (0.499816338571, 0.61632601041)
UNEQUAL = (
    45.4665299342, 8.06044284459, 48.44744152, 8.02934378584,
    53.9821463217, 9.77789752772, 60.8457195689, 6.53053362042,
)  # fmt: skip
UNEQUAL_R = (-0.634457920078, 0.870030515618)
UNEQUAL_N = ArmSizes(9, 17)
Case = tuple[Measure, float]


def _covariance(measure: Measure, r: tuple[float, float]) -> float:
    """By hand: (n - 1) r s_pre s_post, summed over arms, over N - 2."""
    weights = (measure.sizes.control - 1, measure.sizes.training - 1)
    arms = zip(weights, r, (measure.control, measure.training), strict=True)
    total = sum(w * one * arm.pre.sd.value * arm.post.sd.value for w, one, arm in arms)
    return total / sum(weights)


@pytest.fixture
def equal() -> Case:
    measure = measure_of(EQUAL)
    return measure, _covariance(measure, EQUAL_R)


@pytest.fixture
def unequal() -> Case:
    measure = measure_of(UNEQUAL, sizes=UNEQUAL_N)
    return measure, _covariance(measure, UNEQUAL_R)


def test_f_of_equal_arms(equal: Case) -> None:
    terms = (Term.GROUP, Term.TIME, Term.INTERACTION, Term.INTERCEPT, Term.TIME_BY_PEOPLE)
    assert [find_f(*_args(equal, term)) for term in terms] == pytest.approx(
        [8.05305314121, 16.7531602628, 18.1719844765, 3225.74847757, 16.7531602628], rel=1e-9
    )


def test_f_of_unequal_arms_is_that_of_type_iii(unequal: Case) -> None:
    terms = (Term.GROUP, Term.TIME, Term.INTERACTION, Term.INTERCEPT)
    assert [find_f(*_args(unequal, term)) for term in terms] == pytest.approx(
        [14.1408930735, 6.43552388399, 1.00105286468, 1408.7243413], rel=1e-9
    )


def test_time_with_people_weighed_alike_is_that_of_type_ii(unequal: Case) -> None:
    assert find_f(*_args(unequal, Term.TIME_BY_PEOPLE)) == pytest.approx(8.93849615735, rel=1e-9)


def _args(case: Case, term: Term) -> tuple[Measure, Term, float]:
    return case[0], term, case[1]


def test_generalised_eta_squared_needs_no_correlation(equal: Case, unequal: Case) -> None:
    terms = [Term.GROUP, Term.TIME, Term.INTERACTION]
    assert [generalised_eta_squared(equal[0], one) for one in terms] == pytest.approx(
        [0.175282712517, 0.135080234101, 0.144862948554], rel=1e-9
    )
    terms.append(Term.TIME_BY_PEOPLE)
    assert [generalised_eta_squared(unequal[0], one) for one in terms] == pytest.approx(
        [0.283807397597, 0.0807160197378, 0.013473851397, 0.108696644771], rel=1e-9
    )


def test_classical_eta_squared_only_where_sums_of_squares_add_up(
    equal: Case, unequal: Case
) -> None:
    """By hand from afex's sums of squares: 6198.194396 of 56277.248566 in all."""
    all_of_them = 7776.381950 + 27038.03027034 + 5714.254499 + 6198.194396 + 9550.38473169
    assert classical_eta_squared(equal[0], Term.INTERACTION) == pytest.approx(
        6198.194396 / all_of_them, rel=1e-8
    )
    assert classical_eta_squared(unequal[0], Term.INTERACTION) is None


def test_partial_eta_squared_and_p() -> None:
    assert partial_eta_squared(18.1719844765, 28) == pytest.approx(0.393571657847, rel=1e-9)
    assert partial_eta_squared(6.43552388399, 24) == pytest.approx(0.211447777555, rel=1e-9)
    assert upper_tail(18.1719844765, 28) == pytest.approx(0.000206906883937, rel=1e-9)
    assert upper_tail(6.43552388399, 24) == pytest.approx(0.0181026244521, rel=1e-9)


@pytest.mark.parametrize(
    ("case", "slope", "difference", "ci95", "f"),
    [
        ("equal", 0.302535922564, 42.3580122122, (32.1124213342, 52.6036030902), 71.9581670333),
        ("unequal", 0.273431943994, 10.0698365058, (3.75191170386, 16.3877613077), 10.8710918306),
    ],
)
def test_ancova_is_that_of_lm(
    case: str,
    slope: float,
    difference: float,
    ci95: tuple[float, float],
    f: float,
    request: pytest.FixtureRequest,
) -> None:
    found = imply_ancova(*request.getfixturevalue(case))
    assert found is not None
    assert (found.slope, found.difference, found.f) == pytest.approx(
        (slope, difference, f), rel=1e-8
    )
    assert (found.ci95.lo, found.ci95.hi) == pytest.approx(ci95, rel=1e-8)


def test_t_tests_and_variances_are_those_of_r(equal: Case, unequal: Case) -> None:
    """t.test with var.equal and without, var.test: of the values before."""
    one, other = _before(equal[0]), _before(unequal[0])
    assert student_t(one).p == pytest.approx(0.836657295842, rel=1e-9)
    assert (welch_t(one).p, welch_t(one).df) == pytest.approx(
        (0.83696194926, 23.2657147759), rel=1e-9
    )
    assert student_t(other).p == pytest.approx(0.0349559938357, rel=1e-8)
    assert (welch_t(other).p, welch_t(other).df) == pytest.approx(
        (0.027913530455, 19.4253722293), rel=1e-8
    )
    assert variance_ratio_p(38.7018085693**2, 23.802981919**2, 14, 14) == pytest.approx(
        0.0794718803405, rel=1e-8
    )
    assert variance_ratio_p(9.77789752772**2, 8.06044284459**2, 16, 8) == pytest.approx(
        0.593352751259, rel=1e-8
    )


def _before(measure: Measure) -> Baseline:
    return Baseline("pre", measure.sizes, measure.control.pre, measure.training.pre)
