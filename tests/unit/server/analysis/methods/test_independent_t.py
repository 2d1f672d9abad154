"""Against R 4.2.2: t.test(pre ~ group, var.equal = TRUE), training first; the standardised
difference there as (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2)."""

import math
from collections.abc import Callable

import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.independent_t import compare_baseline
from server.errors import MethodError
from tests.published_table import make_table
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


def _group(design: TwoByTwo) -> list[str]:
    return ["training" if flag else "control" for flag in design.is_training]


@pytest.mark.parametrize(
    ("make", "t", "df", "p", "ci", "standardised"),
    [
        (balanced, 0.01654355719, 28, 0.986918075597, (-24.5638052415, 24.9638052415),
         0.0060408529711),
        (unbalanced, -1.399604349, 23, 0.17497550513, (-40.99488095747, 7.90821429081),
         -0.578115901445),
        (incomplete, -0.5893870478, 26, 0.560688687074, (-31.0283511430, 17.1997797144),
         -0.222767364911),
    ],
)  # fmt: skip
def test_as_r_has_it(
    make: Callable[[], TwoByTwo],
    t: float,
    df: int,
    p: float,
    ci: tuple[float, float],
    standardised: float,
) -> None:
    design = make()
    told = compare_baseline("age", design.codes, _group(design), design.pre)
    assert (told.t, told.p) == pytest.approx((t, p), rel=1e-8)
    assert told.ci == pytest.approx(ci, rel=1e-9)
    assert told.standardised_difference == pytest.approx(standardised, rel=1e-9)
    assert (told.df, told.n) == (df, df + 2)


def test_of_the_published_table() -> None:
    """Its age, 37.1 (5.5) and 36.2 (5.8), by hand: t = -0.4361, p = 0.6661; 0.81 is printed."""
    design = make_table("age", [(37.1, 5.5), (1, 1)], [(36.2, 5.8), (1, 1)], (0, 0))
    told = compare_baseline("age", design.codes, _group(design), design.pre)
    assert (told.t, told.p) == pytest.approx((-0.4361, 0.6661), abs=5e-5)


def test_what_is_missing_is_left_out_and_told() -> None:
    told = compare_baseline("edss", list("abcde"), ["control", "training"] * 2 + ["control"],
                            [1, 2, 3, 4.5, math.nan])  # fmt: skip
    assert (told.n, told.notes) == (4, ("1 of 5 participants is left out, as edss is missing.",))


def test_names_of_its_json() -> None:
    design = balanced()
    shown = compare_baseline("age", design.codes, _group(design), design.pre).to_json()
    promised = {"analysis", "outcome", "n", "notes", "measure", "t", "df", "p",
                "standardised_difference"}  # fmt: skip
    assert promised <= shown.keys()
    assert (shown["analysis"], shown["measure"]) == ("independent_t", "age")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1, 2, 3, "4"], "age of d is '4', which is no number"),
        ([1, 2, 3, math.nan], "training has 1"),
        ([1, 1, 3, 3], "all values of an arm are the same, in both arms"),
        ([1, 2, 3], "age has 3 values for 4"),
    ],
)
def test_what_it_refuses(values: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        compare_baseline("age", list("abcd"), ["control"] * 2 + ["training"] * 2, values)


def test_a_code_that_occurs_twice_is_refused() -> None:
    with pytest.raises(MethodError, match="a: a participant's code may occur once only"):
        compare_baseline("age", list("aacd"), ["control"] * 2 + ["training"] * 2, [1, 2, 3, 4])
