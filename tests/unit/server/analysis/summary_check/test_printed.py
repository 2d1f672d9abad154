"""Digits as printed and what they stand for."""

import math

import pytest

from server.analysis.summary_check.printed import Interval, Printed, tell


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("26.30", 26.295, 26.305),
        ("26.3", 26.25, 26.35),
        ("160", 159.5, 160.5),
        ("160.0", 159.95, 160.05),
        ("-4.70", -4.705, -4.695),
        ("1.6e2", 159.5, 160.5),
        ("0.80", 0.795, 0.805),
    ],
)
def test_trailing_zeros_count(text: str, lo: float, hi: float) -> None:
    rounded = Printed.parse(text).rounded
    assert (rounded.lo, rounded.hi) == pytest.approx((lo, hi), rel=1e-12)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e400", "1e31", "1e-31", "x", "", "1,5"])
def test_what_no_table_prints_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        Printed.parse(text)


def test_cut_off_is_upwards_and_a_spread_is_never_negative() -> None:
    printed = Printed.parse("0.80")
    assert (printed.truncated.lo, printed.truncated.hi) == pytest.approx((0.80, 0.81))
    assert Printed.parse("0.0").spread == Interval(0.0, 0.05)


def test_a_number_of_our_own_is_itself() -> None:
    assert Printed.exact(1 / 3).rounded == Interval(1 / 3, 1 / 3)


def test_intervals() -> None:
    assert Interval(1, 2).overlaps(Interval(2, 3))
    assert not Interval(1, 2).overlaps(Interval(2.001, 3))
    assert Interval(1, math.inf).contains(1e300)
    assert Interval(0, 3).meet(Interval(2, 5)) == Interval(2, 3)
    assert Interval(0, 3).meet(Interval(4, 5)) == Interval(3, 3)


@pytest.mark.parametrize(
    ("value", "told"),
    [(12393.97, "12390"), (0.05, "0.05"), (4.1e-11, "4.1e-11"), (math.inf, "any height"), (0, "0")],
)
def test_four_digits_in_a_sentence(value: float, told: str) -> None:
    assert tell(value) == told
