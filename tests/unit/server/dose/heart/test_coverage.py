import pytest

from server.dose.heart.coverage import HeardTime, find_missing, prorate
from server.dose.quantity import Missing, Quantity

SUM = Quantity(48.0, "AU", 1, 0.8, flags=("above_max",))


def test_coverage_is_of_what_was_planned_and_never_more_than_all() -> None:
    assert HeardTime(2880.0, 3600.0).coverage == 0.8
    assert HeardTime(3700.0, 3600.0).coverage == 1.0
    assert HeardTime(0.0, 0.0).coverage is None


def test_a_sum_is_prorated_and_flagged() -> None:
    """48 AU in 48 of 60 minutes are 60."""
    prorated = prorate(SUM, HeardTime(2880.0, 3600.0))
    assert prorated.value == pytest.approx(60.0)
    assert (prorated.coverage, prorated.flags) == (0.8, ("above_max", "prorated"))


@pytest.mark.parametrize("heard", [HeardTime(3600.0, 3600.0), HeardTime(4000.0, 3600.0)])
def test_what_is_covered_whole_is_not_made_less(heard: HeardTime) -> None:
    assert prorate(SUM, heard) is SUM


def test_missing_stays_missing() -> None:
    missing = Quantity.missing_for(Missing.LOW_COVERAGE, "AU", 1, 0.5)
    assert prorate(missing, HeardTime(1800.0, 3600.0)) is missing


@pytest.mark.parametrize(
    ("valid_s", "n_rows", "n_refused", "expected"),
    [
        (2880.0, 100, 3, None),
        (2879.0, 100, 0, Missing.LOW_COVERAGE),
        (0.0, 100, 100, Missing.UNUSABLE),
        (0.0, 60, 0, Missing.LOW_COVERAGE),  # a row a minute: each hole is a gap
        (0.0, 1, 0, Missing.NO_DATA),
        (0.0, 0, 0, Missing.NO_DATA),
    ],
)
def test_missing_from_under_eighty_percent(
    valid_s: float, n_rows: int, n_refused: int, expected: Missing | None
) -> None:
    assert find_missing(HeardTime(valid_s, 3600.0), n_rows, n_refused) is expected


def test_eighty_percent_added_up_in_tenths_is_enough() -> None:
    valid_s = sum([0.1] * 480)  # 48.00000000000001 or a little less
    assert find_missing(HeardTime(valid_s - 1e-9, 60.0), 481, 0) is None


@pytest.mark.parametrize(
    ("share", "expected"), [(None, None), (0.2, None), (0.201, Missing.UNUSABLE)]
)
def test_too_many_artefacts_are_unusable_however_much_was_heard(
    share: float | None, expected: Missing | None
) -> None:
    assert find_missing(HeardTime(3600.0, 3600.0), 3600, 0, share) is expected
