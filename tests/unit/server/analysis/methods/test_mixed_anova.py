"""Against R 4.2.2, afex 1.2-1: aov_car(y ~ group + Error(code / time), type = 3, anova_table =
list(es = c("ges", "pes"))), of what is complete.

pingouin 0.7.0's mixed_anova has the same, but for time of the two shapes with unequal arms: there
its F is of type II, 4.420769863 and 2.726629008.
"""

from collections.abc import Callable

import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mixed_anova import fit_mixed_anova
from server.errors import MethodError
from tests.published_table import bdnf_of_the_table, gdnf_of_the_table
from tests.two_arm_outcomes import balanced, incomplete, unbalanced

# F, p, partial eta squared, generalised eta squared of each term
AFEX = {
    "balanced": {
        "group": (3.82781197085, 0.060449638914647, 0.120266261921, 0.0968184376424),
        "time": (4.89289623046, 0.035297063856118, 0.148752368784, 0.0363505290603),
        "group:time": (13.64332821645, 0.000949208877587, 0.327623386525, 0.0951725564136),
    },
    "unbalanced": {
        "group": (0.609306335806, 0.44300922518182, 0.0258078880904, 0.0184295489584),
        "time": (1.749356854145, 0.19895901036041, 0.0706829217605, 0.0216730123719),
        "group:time": (13.595803330787, 0.00121893803796, 0.3715126351482, 0.1468826450384),
    },
    "incomplete": {
        "group": (1.5443381007, 0.22649409352999, 0.062920340095, 0.0474984855454),
        "time": (3.1758944792, 0.08794077101990, 0.121328976235, 0.0343126787563),
        "group:time": (10.9188505447, 0.00309746348389, 0.321910983697, 0.1088614653331),
    },
}
SHAPES = {"balanced": balanced, "unbalanced": unbalanced, "incomplete": incomplete}


@pytest.mark.parametrize("shape", SHAPES)
def test_as_afex_has_it(shape: str) -> None:
    design = SHAPES[shape]()
    terms = fit_mixed_anova(design)
    assert [term.term for term in terms] == ["group", "time", "group:time"]
    for term in terms:
        found = (term.F, term.p, term.partial_eta_squared, term.generalized_eta_squared)
        assert found == pytest.approx(AFEX[shape][term.term], rel=1e-9), term.term
        n = int(design.is_complete.sum())
        assert (term.n, term.df1, term.df2) == (n, 1, n - 2)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (bdnf_of_the_table, {
            "group": (219.3, 0.8868, 0.8044, 0.9184, 0.7343),
            "time": (107.9, 0.7939, 0.6536, 0.8519, 0.7138),
            "group:time": (117.4, 0.8075, 0.6749, 0.8615, 0.7308)}),
        (gdnf_of_the_table, {
            "group": (111.7, 0.7996, 0.6625, 0.8559, 0.7210),
            "time": (146.1, 0.8392, 0.7258, 0.8842, 0.6476),
            "group:time": (221.1, 0.8876, 0.8057, 0.9190, 0.7356)}),
    ],
)  # fmt: skip
def test_as_the_published_table_implies(
    make: Callable[[], TwoByTwo], expected: dict[str, tuple[float, ...]]
) -> None:
    """By hand of its cells: F, partial eta squared with 90 %, generalised eta squared; 4 digits."""
    for term in fit_mixed_anova(make()):
        found = (
            term.F,
            term.partial_eta_squared,
            *term.partial_eta_squared_ci90,
            term.generalized_eta_squared,
        )
        assert found == pytest.approx(expected[term.term], rel=5e-4), term.term


def test_the_intercept_is_no_term() -> None:
    """The published table has it as its effect of group: F of 5369.17, where 219.3 is."""
    for term in fit_mixed_anova(bdnf_of_the_table()):
        assert term.F < 1000


def test_names_of_its_json() -> None:
    shown = fit_mixed_anova(incomplete())[0].to_json()
    promised = {
        "analysis", "outcome", "n", "notes", "term", "F", "df1", "df2", "p", "partial_eta_squared",
        "partial_eta_squared_ci90", "generalized_eta_squared",
    }  # fmt: skip
    assert promised <= shown.keys()
    assert shown["analysis"] == "mixed_anova"
    assert "5 of 30 participants are left out" in str(shown["notes"])


@pytest.mark.parametrize(
    ("pre", "post", "sentence"),
    [
        ([1, 2, 3], [2, 3, 5], "control has 1"),
        ([1, 2, 3, 4], [2, 3, 4, 5], "of the changes, leaves nothing over"),
        ([0.1, 0.2, 0.3, 0.7], [0.4, 0.5, 0.6, 1.0], "of the changes, leaves nothing over"),
        ([1, 2, 3, 4], [3, 2, 5, 4], "of the means of two times, leaves nothing over"),
    ],
)
def test_what_it_refuses(pre: list[float], post: list[float], sentence: str) -> None:
    n = len(pre)
    group = ["control"] * (n // 2) + ["training"] * (n - n // 2)
    design = TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)
    with pytest.raises(MethodError, match=sentence):
        fit_mixed_anova(design)
