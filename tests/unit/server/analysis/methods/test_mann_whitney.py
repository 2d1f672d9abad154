"""Against R 4.2.2: wilcox.test(training, control, conf.int = TRUE), whose W is our U.

scipy 1.17.1 goes asymptotic above eight in an arm unless told otherwise: 0.00323 for the first.
"""

from collections.abc import Callable

import numpy as np
import pytest

from server.analysis.methods.arms import Measure
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mann_whitney import compare_by_mann_whitney
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


@pytest.mark.parametrize(
    ("make", "measure", "u", "p", "estimate", "ci"),
    [
        (balanced, Measure.POST, 184, 0.00230645771026, 37, (12.6, 72.7)),
        (balanced, Measure.CHANGE, 185, 0.00196295041334, 42.4, (16.7, 63.2)),
        (unbalanced, Measure.POST, 115, 0.026416133335, 31.3, (2.7, 61.8)),
        (unbalanced, Measure.CHANGE, 127, 0.00290874827152, 51.6, (19.6, 78.7)),
        (incomplete, Measure.POST, 121, 0.0187846854989, 32, (7.2, 64.1)),
        (incomplete, Measure.CHANGE, 127, 0.00662807914928, 43.25, (16.0, 72.7)),
    ],
)
def test_as_r_has_it(
    make: Callable[[], TwoByTwo],
    measure: Measure,
    u: float,
    p: float,
    estimate: float,
    ci: tuple[float, float],
) -> None:
    told = compare_by_mann_whitney(make(), measure)
    assert (told.U, told.p, told.estimate) == pytest.approx((u, p, estimate), rel=1e-9)
    assert told.ci == pytest.approx(ci, rel=1e-9)
    assert told.exact
    assert not [note for note in told.notes if "approximation" in note]


def test_arms_apart_as_the_study_has_them() -> None:
    """15 and 15 without overlap: 2 / C(30, 15) = 1.29e-8 is the least there is."""
    told = compare_by_mann_whitney(_of(np.arange(15.0), 100 + np.arange(15.0)), Measure.POST)
    assert told.U == 225
    assert told.p == pytest.approx(2 / 155_117_520, rel=1e-9)


def _of(control: object, training: object) -> TwoByTwo:
    posts = np.concatenate([np.asarray(control, float), np.asarray(training, float)])
    n_control = len(np.asarray(control))
    group = ["control"] * n_control + ["training"] * (len(posts) - n_control)
    return TwoByTwo.from_arrays(
        "bdnf", [f"P{at}" for at in range(len(posts))], group, np.zeros(len(posts)), posts
    )


def test_ties_go_by_the_normal_approximation_and_say_so() -> None:
    """R 4.2.2: wilcox.test(x, y, exact = FALSE): W = 13.5, p = 0.103015450334."""
    told = compare_by_mann_whitney(
        _of([2, 4, 4, 5, 9, 9, 10, 11], [1, 2, 2, 3, 5, 7, 8]), Measure.POST
    )
    assert (told.U, told.p) == pytest.approx((13.5, 0.103015450334), rel=1e-9)
    assert not told.exact
    assert told.notes == (
        ("p and the interval are by the normal approximation, as some values are alike."),
    )
    assert told.ci is not None
    assert told.ci[0] <= told.estimate <= told.ci[1]


def test_ties_hidden_by_rounding_are_ties() -> None:
    """0.3 - 0.1 and 0.4 - 0.2 are one change, and two doubles."""
    design = TwoByTwo.from_arrays(
        "bdnf", list("abcd"), ["control"] * 2 + ["training"] * 2, [0.1, 0.5, 0.2, 0.1],
        [0.3, 0.6, 0.4, 0.9],
    )  # fmt: skip
    assert len(set((design.post - design.pre).tolist())) == 4
    assert not compare_by_mann_whitney(design, Measure.CHANGE).exact


def test_fifty_in_an_arm_go_by_the_normal_approximation() -> None:
    """R 4.2.2: wilcox.test((1:52)^1.3, y), p = 0.276598714727."""
    y = (3.3, 20.5, 70.1, 77.7, 100.3, 120.9, 160.2, 161.1, 169.9)
    told = compare_by_mann_whitney(_of(y, np.arange(1, 53) ** 1.3), Measure.POST)
    assert (told.U, told.p) == pytest.approx((180, 0.276598714727), rel=1e-9)
    (note,) = told.notes
    assert note.endswith("as an arm has 50 or more.")
    # By hand: 234 - 1.96 sqrt(52 * 9 * 62 / 12) = 137.6 differences lie outside at either end.
    differences = np.sort(np.subtract.outer(np.arange(1, 53) ** 1.3, y), axis=None)
    assert told.ci == pytest.approx((differences[137], differences[-138]))


def test_so_few_carry_no_interval() -> None:
    """R 4.2.2 of c(5.5, 7.1) and c(1, 2.2, 3): p = 0.2, shift 4.3, and of 95 % "not achievable"."""
    told = compare_by_mann_whitney(_of([1, 2.2, 3], [5.5, 7.1]), Measure.POST)
    assert (told.p, told.estimate) == pytest.approx((0.2, 4.3))
    assert told.ci is None


def test_names_of_its_json() -> None:
    shown = compare_by_mann_whitney(incomplete(), Measure.POST).to_json()
    assert {"analysis", "outcome", "n", "notes", "measure", "U", "df", "p"} <= shown.keys()
    assert (shown["analysis"], shown["measure"], shown["df"]) == ("mann_whitney", "post", None)
    assert "left out" in str(shown["notes"])


@pytest.mark.parametrize(
    ("control", "training", "sentence"),
    [([1, 1, 1], [1, 1], "all values are the same"), ([], [1, 2, 3], "control has 0")],
)
def test_what_it_refuses(control: list[float], training: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        compare_by_mann_whitney(_of(control, training), Measure.POST)
