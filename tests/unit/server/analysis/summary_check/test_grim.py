"""Whole numbers and bounds: counts by the audit, and by trying all small data sets."""

from itertools import combinations_with_replacement
from statistics import mean, stdev

import pytest

from server.analysis.summary_check.finding import Verdict
from server.analysis.summary_check.grim import count_whole_numbers, find_largest_sd
from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.scale_findings import judge_scales
from server.analysis.summary_check.table import ArmSizes, Baseline, Measure, Scale
from tests.summary_tables import FIFTEEN, bdnf, cell_of

WHOLE = Scale(is_integer=True)


@pytest.mark.parametrize(
    ("m", "sd", "pairs"),
    [("36.2", "5.8", 8), ("37.1", "5.5", 15), ("161.5", "6.1", 16), ("160.0", "5.2", 7)],
)
def test_grimmer_of_the_study(m: str, sd: str, pairs: int) -> None:
    """Audit: age 8 and 15, height 16 and 7 (160 taken as 160.0)."""
    found = count_whole_numbers(cell_of(m, sd), 15)
    assert (found.n_pairs, found.can_fail) == (pairs, False)


def test_every_mean_and_sd_of_whole_numbers_passes() -> None:
    """All data sets of five whole numbers from 0 to 6, printed with two decimals."""
    for values in combinations_with_replacement(range(7), 5):
        cell = cell_of(f"{mean(values):.2f}", f"{stdev(values):.2f}")
        found = count_whole_numbers(cell, 5)
        assert found.n_pairs > 0, values
        assert found.can_fail


def test_what_no_whole_numbers_give_fails() -> None:
    """Brown & Heathers: 5.19 of 28 whole numbers; 5.18 and 5.21 are 145 and 146 over 28."""
    assert count_whole_numbers(cell_of("5.19", "1.00"), 28).n_sums == 0
    assert count_whole_numbers(cell_of("5.18", "1.00"), 28).n_sums == 1
    assert count_whole_numbers(cell_of("5.21", "1.00"), 28).n_sums == 1


def test_sums_of_squares_are_odd_or_even_as_sums_are() -> None:
    """Of 3 numbers with sum 6 they are 12, 14, 18, …: SD 0, 1, 1.73; 13 would be 0.71."""
    cells = [cell_of("2.00", sd) for sd in ("0.00", "1.00", "0.71")]
    n_pairs = [count_whole_numbers(cell, 3).n_pairs for cell in cells]
    assert n_pairs == [1, 1, 0]


@pytest.mark.parametrize(("m", "largest"), [("36.2", 9.575), ("37.1", 9.906)])
def test_largest_sd_of_the_study(m: str, largest: float) -> None:
    """Audit, for ages of 30 to 50: by the mean as printed."""
    value = float(m)
    assert find_largest_sd(Interval(value, value), Interval(30, 50), 15) == pytest.approx(
        largest, abs=0.0005
    )


def test_the_largest_sd_is_that_of_the_mean_nearest_the_middle() -> None:
    """By hand: sqrt(6.25 * 13.75 * 15/14) of 36.15 to 36.25, and 10 sqrt(15/14) around 40."""
    bounds = Interval(30, 50)
    assert find_largest_sd(Interval(36.15, 36.25), bounds, 15) == pytest.approx(9.5956, abs=5e-5)
    assert find_largest_sd(Interval(39, 41), bounds, 15) == pytest.approx(10.3510, abs=5e-5)


def test_values_as_equal_as_can_be_have_the_least_sd() -> None:
    """15 numbers with sum 37: eight 2 and seven 3 have squares of 95; 93 would be SD 0.35."""
    assert count_whole_numbers(cell_of("2.47", "0.35"), 15).n_pairs == 0
    assert count_whole_numbers(cell_of("2.47", "0.52"), 15).n_pairs == 1


def _judge(mean_: str, sd: str, scale: Scale) -> list[tuple[str, Verdict, str]]:
    cell = cell_of(mean_, sd)
    found = judge_scales(Baseline("x", FIFTEEN, cell, cell, None, scale))
    return [(one.term, one.verdict, one.explanation) for one in found[: len(found) // 2]]


def test_findings_say_what_failed() -> None:
    (grim,) = _judge("3.45", "1.00", WHOLE)
    assert grim[:2] == ("whole numbers", Verdict.IMPOSSIBLE)
    assert "(GRIM)" in grim[2]
    (grimmer,) = _judge("3.00", "0.10", WHOLE)
    assert grimmer[1] is Verdict.IMPOSSIBLE
    assert "(GRIMMER)" in grimmer[2]
    (weak,) = _judge("36.2", "5.8", WHOLE)
    assert weak[1] is Verdict.CONSISTENT
    assert "cannot fail" in weak[2]


def test_bounds() -> None:
    bounds = Scale(bounds=Interval(30, 50))
    assert [one[1] for one in _judge("36.2", "9.6", bounds)] == [Verdict.CONSISTENT]
    assert [one[1] for one in _judge("36.2", "9.8", bounds)] == [Verdict.IMPOSSIBLE]
    ((term, verdict, told),) = _judge("50.2", "1.0", bounds)
    assert (term, verdict) == ("bounds", Verdict.IMPOSSIBLE)
    assert "the mean can't be 50.2" in told


def test_nothing_is_said_of_values_that_nothing_is_known_of() -> None:
    assert _judge("3.45", "1.00", Scale()) == []


def test_a_measure_has_four_cells() -> None:
    bare = bdnf()
    measure = Measure("x", ArmSizes(15, 15), bare.control, bare.training, {}, WHOLE)
    assert [one.claim.split(" mean")[0] for one in judge_scales(measure)] == [
        "control pre", "control post", "training pre", "training post",
    ]  # fmt: skip
