"""Session RPE load, by hand: rating times minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.effort.rating import Rating, Scale
from server.dose.effort.session_load import (
    RAW_RPE,
    RPE_MINUS_6,
    SRPE_13_AS_3_5,
    VARIANTS,
    compute_srpe_load,
    compute_srpe_variants,
)
from server.dose.quantity import Missing


def test_a_rating_on_0_to_10_times_minutes() -> None:
    load = compute_srpe_load(Rating(3, Scale.CR10), 60)
    assert (load.value, load.unit, load.flags) == (180, "AU", ())


def test_one_on_6_to_20_is_converted_and_marked() -> None:
    load = compute_srpe_load(Rating(13, Scale.BORG), 60)
    assert (load.value, load.flags) == (240, ("converted",))


def test_an_hour_of_rest_is_no_load_but_360_by_raw_numbers() -> None:
    rest = Rating(6, Scale.BORG)
    assert compute_srpe_load(rest, 60).value == 0
    assert compute_srpe_variants(rest, 60)[RAW_RPE].value == 360


def test_the_same_hour_is_told_in_three_other_ways() -> None:
    told = compute_srpe_variants(Rating(13, Scale.BORG), 60)
    values = {name: (one.value, one.flags) for name, one in told.items()}
    assert values == {
        SRPE_13_AS_3_5: (210, ("converted",)),
        RPE_MINUS_6: (420, ()),
        RAW_RPE: (780, ()),
    }
    assert {told[RPE_MINUS_6].unit, told[RAW_RPE].unit} & {"AU"} == set()


@pytest.mark.parametrize(
    ("rating", "minutes"), [(None, 60.0), (Rating(3, Scale.CR10), None), (None, None)]
)
def test_what_was_not_written_down_is_missing_and_no_zero(
    rating: Rating | None, minutes: float | None
) -> None:
    assert compute_srpe_load(rating, minutes).missing is Missing.NOT_RECORDED


def test_other_readings_of_6_to_20_do_not_exist_for_0_to_10() -> None:
    told = compute_srpe_variants(Rating(3, Scale.CR10), 60)
    assert {told[name].missing for name in VARIANTS} == {Missing.NOT_APPLICABLE}


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="minutes"):
        compute_srpe_load(Rating(3, Scale.CR10), -1)


@given(st.none() | st.integers(6, 20), st.none() | st.floats(0, 600))
def test_a_load_is_missing_exactly_when_one_of_its_two_is(
    borg: int | None, minutes: float | None
) -> None:
    rating = None if borg is None else Rating(borg, Scale.BORG)
    for one in (
        compute_srpe_load(rating, minutes),
        *compute_srpe_variants(rating, minutes).values(),
    ):
        assert (one.value is None) is (rating is None or minutes is None)
