"""What a recipient was told in bands bounds what she may be told next."""

import pytest

from server.study.told_levels import (
    TOGETHER,
    WORDS,
    Fineness,
    is_no_finer,
    may_be_told,
    read_levels,
    write_levels,
)

TEN_YEARS, FIVE_YEARS = (20.0, 30.0, 40.0), (20.0, 25.0, 30.0, 35.0, 40.0)


@pytest.mark.parametrize(
    ("one", "than", "is_so"),
    [
        (TEN_YEARS, FIVE_YEARS, True),
        (FIVE_YEARS, FIVE_YEARS, True),
        (FIVE_YEARS, TEN_YEARS, False),
        ((35.0,), TEN_YEARS, False),  # coarser, and across its limits: together they tell more
        (TOGETHER, WORDS, True),
        (WORDS, WORDS, True),
        (WORDS, TOGETHER, False),
        (WORDS, TEN_YEARS, False),
        (TEN_YEARS, WORDS, False),
    ],
)
def test_bands_are_no_finer_where_each_limit_was_told(
    one: Fineness, than: Fineness, *, is_so: bool
) -> None:
    assert is_no_finer(one, than) is is_so


def test_what_one_earlier_dataset_left_out_stays_out() -> None:
    assert may_be_told("age_y", TEN_YEARS, [])
    assert may_be_told("age_y", TEN_YEARS, [{"age_y": FIVE_YEARS, "sex": WORDS}])
    assert not may_be_told("age_y", TEN_YEARS, [{"age_y": FIVE_YEARS}, {"sex": WORDS}])
    assert not may_be_told("age_y", FIVE_YEARS, [{"age_y": FIVE_YEARS}, {"age_y": TEN_YEARS}])


def test_levels_are_read_as_they_were_written() -> None:
    levels: dict[str, Fineness] = {"sex": WORDS, "age_y": TEN_YEARS, "dmt": TOGETHER}
    assert read_levels(write_levels(levels)) == levels
    assert write_levels(levels) == write_levels(dict(reversed(levels.items())))
