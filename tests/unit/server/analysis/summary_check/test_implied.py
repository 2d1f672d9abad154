"""What one F implies for the others: the audit's numbers, and its formulas at every corner."""

from itertools import product

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.feasible import find_feasible_f
from server.analysis.summary_check.implied import Anchor
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import Measure
from tests.summary_tables import BDNF_CELLS, bdnf, gdnf, measure_of

TERMS = (Term.TIME, Term.GROUP, Term.INTERCEPT)


def _anchor(measure: Measure) -> Anchor:
    f = measure.reported[Term.INTERACTION].f
    assert f is not None
    return Anchor(measure, Term.INTERACTION, f)


@pytest.mark.parametrize(
    ("measure", "implied", "covariance"),
    [(bdnf(), [107.9, 219.3, 5371], -744.6), (gdnf(), [146.1, 111.7, 3161], 128.8)],
)
def test_f_and_covariance_by_the_interaction_of_the_study(
    measure: Measure, implied: list[float], covariance: float
) -> None:
    """`covariance` is r_c s_c0 s_c1 + r_t s_t0 s_t1, twice the pooled one of equal arms."""
    anchor = _anchor(measure)
    assert [float(f"{anchor.imply(term):.4g}") for term in TERMS] == implied
    assert float(f"{2 * anchor.covariance:.4g}") == covariance


@pytest.mark.parametrize("measure", [bdnf(), gdnf()], ids=lambda one: one.name)
def test_ranges_are_those_of_all_corners_of_rounding(measure: Measure) -> None:
    """The audit's formulas of equal arms, tried at the 512 corners of 4 means, 4 SDs and F."""
    seen: dict[Term, list[float]] = {term: [] for term in TERMS}
    for signs in product((-1, 1), repeat=9):
        for term, f in _by_hand(measure, signs).items():
            seen[term].append(f)
    for term in TERMS:
        found = _anchor(measure).imply_range(term)
        assert (found.lo, found.hi) == pytest.approx((min(seen[term]), max(seen[term])), rel=1e-9)


def _by_hand(measure: Measure, signs: tuple[int, ...]) -> dict[Term, float]:
    c0, c1, t0, t1 = (
        cell.mean.value + sign * 0.005 for cell, sign in zip(measure.cells, signs, strict=False)
    )
    squares = sum(
        (cell.sd.value + sign * 0.005) ** 2
        for cell, sign in zip(measure.cells, signs[4:], strict=False)
    )
    f = _anchor(measure).f.value + signs[8] * 0.005
    ms_within = 15 * ((t1 - t0) - (c1 - c0)) ** 2 / (4 * f)
    ms_between = (squares + (squares - 4 * ms_within)) / 4
    return {
        Term.TIME: 15 * ((t1 - t0) + (c1 - c0)) ** 2 / (4 * ms_within),
        Term.GROUP: 15 * ((t0 + t1 - c0 - c1) / 2) ** 2 / ms_between,
        Term.INTERCEPT: 60 * ((c0 + c1 + t0 + t1) / 4) ** 2 / ms_between,
    }


def test_the_range_of_the_audit_lies_inside() -> None:
    """Its ranges were drawn at random between the corners, so they are a little narrower."""
    group, intercept = (_anchor(bdnf()).imply_range(t) for t in (Term.GROUP, Term.INTERCEPT))
    assert 219.09 < group.lo < 219.14 < 219.53 < group.hi < 219.59
    assert 5364.8 < intercept.lo < 5366.06 < 5369.17 < 5375.51 < intercept.hi < 5376.7


def test_the_group_effect_implies_the_interaction_as_well() -> None:
    anchor = Anchor(gdnf(), Term.GROUP, Printed.parse("111.60"))
    assert anchor.imply(Term.INTERACTION) == pytest.approx(221.4, abs=0.5)
    assert anchor.imply_range(Term.INTERACTION).contains(221.14)


def test_an_f_of_nothing_and_means_that_may_be_equal_tell_nothing() -> None:
    assert not Anchor(bdnf(), Term.TIME, Printed.parse("0.00")).is_telling
    flat = measure_of((*BDNF_CELLS[:4], "228.78", "60.46", "233.48", "24.31"))
    anchor = Anchor(flat, Term.TIME, Printed.parse("0.01"))
    assert not anchor.is_telling
    over = anchor.imply_range(Term.GROUP)
    assert over.hi / over.lo > 2


def test_an_f_that_leaves_no_error_implies_one_without_limit() -> None:
    """F of the group so low that its error is more than both errors together."""
    assert Anchor(bdnf(), Term.GROUP, Printed.parse("10.00")).imply(Term.TIME) == float("inf")


def test_what_is_implied_is_never_beyond_what_is_possible() -> None:
    """91 may be 90.5, which no correlation gives."""
    over = Anchor(bdnf(), Term.GROUP, Printed.parse("91")).imply_range(Term.INTERACTION)
    assert over.hi == find_feasible_f(bdnf(), Term.INTERACTION, rounded=True).hi
