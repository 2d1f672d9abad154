"""Force of a band, worked out by hand from the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.quantity import Missing
from server.dose.volume.band_force import (
    compute_band_force,
    compute_elongation_pct,
    find_band_level,
)

LBF = 4.4482216152605


def test_a_red_band_at_150_percent_by_hand() -> None:
    """Maker: halfway between 3.7 and 5.5 is 4.6 lbf; the older chart prints 4.9."""
    force = compute_band_force("red", 150)
    assert force.force_n.value == pytest.approx(4.6 * LBF)
    assert force.low_n.value == pytest.approx(4.6 * LBF)
    assert force.high_n.value == pytest.approx(4.9 * LBF)


def test_where_the_older_chart_reads_less_it_is_the_low_end() -> None:
    """Yellow at 100 %: maker 3.0, older 2.9."""
    force = compute_band_force("yellow", 100)
    assert (force.low_n.value, force.high_n.value) == pytest.approx((2.9 * LBF, 3.0 * LBF))


def test_two_strands_pull_twice() -> None:
    one, two = compute_band_force("blue", 120), compute_band_force("blue", 120, strands=2)
    for a, b in ((one.force_n, two.force_n), (one.low_n, two.low_n), (one.high_n, two.high_n)):
        assert a.value is not None
        assert b.value == pytest.approx(2 * a.value)


@pytest.mark.parametrize(
    ("colour", "elongation_pct"),
    [("red", 99.9), ("red", 200.1), ("red", 0), ("red", 250), ("pink", 150)],
)
def test_outside_the_maker_s_chart_nothing_is_guessed(colour: str, elongation_pct: float) -> None:
    force = compute_band_force(colour, elongation_pct)
    for one in (force.force_n, force.low_n, force.high_n):
        assert one.missing is Missing.OUT_OF_TABLE


def test_a_colour_of_one_chart_only_has_no_bounds() -> None:
    force = compute_band_force("tan", 150)
    assert force.force_n.value == pytest.approx(2.9 * LBF)
    assert (force.low_n.missing, force.high_n.missing) == (Missing.OUT_OF_TABLE,) * 2


def test_without_a_measured_elongation_there_is_no_force() -> None:
    force = compute_band_force("red", None)
    for one in (force.force_n, force.low_n, force.high_n):
        assert one.missing is Missing.NOT_MEASURED


@pytest.mark.parametrize(("colour", "level"), [("red", 1), ("green", 2), ("blue", 3), ("black", 4)])
def test_a_colour_is_a_level(colour: str, level: int) -> None:
    assert (find_band_level(colour).value, find_band_level(colour).unit) == (level, "level")


def test_no_band_and_a_colour_off_the_ladder_have_no_level() -> None:
    assert find_band_level(None).missing is Missing.NOT_APPLICABLE
    assert find_band_level("gold").missing is Missing.OUT_OF_TABLE


def test_elongation_by_hand() -> None:
    """50 cm unloaded, at a mark of 125 cm: 150 %."""
    assert compute_elongation_pct(50, 125) == 150
    assert compute_elongation_pct(50, 50) == 0


@pytest.mark.parametrize(("rest", "stretched"), [(0, 10), (-1, 10), (50, 49.9)])
def test_lengths_that_cannot_be_are_refused(rest: float, stretched: float) -> None:
    with pytest.raises(ValueError, match="stretched"):
        compute_elongation_pct(rest, stretched)


def test_no_strand_is_refused() -> None:
    with pytest.raises(ValueError, match="strands"):
        compute_band_force("red", 100, strands=0)


@given(
    st.sampled_from(["yellow", "red", "green", "blue", "black", "silver", "gold"]),
    st.floats(0, 300),
    st.floats(0, 300),
)
def test_further_is_never_weaker_and_bounds_hold_the_force(
    colour: str, a_pct: float, b_pct: float
) -> None:
    near, far = (compute_band_force(colour, pct) for pct in sorted((a_pct, b_pct)))
    if near.force_n.value is not None and far.force_n.value is not None:
        assert near.force_n.value <= far.force_n.value + 1e-9
    for one in (near, far):
        if one.force_n.value is not None:
            assert one.low_n.value is not None
            assert one.high_n.value is not None
            assert one.low_n.value <= one.force_n.value <= one.high_n.value
