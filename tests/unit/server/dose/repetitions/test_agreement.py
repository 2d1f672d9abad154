import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.quantity import Missing
from server.dose.repetitions.agreement import measure_agreement

DETECTOR = [10, 12, 8, 15, 10, 9, 12, 11, 10, 8]
TRAINER = [10, 12, 9, 15, 10, 10, 12, 10, 10, 8]


def test_by_hand() -> None:
    """Differences 0 0 -1 0 0 -1 0 1 0 0: mean -0.1, squares about it 2.9, so s = sqrt(2.9 / 9)."""
    told = measure_agreement(DETECTOR, TRAINER)
    reach = 1.96 * math.sqrt(2.9 / 9)
    assert told.n_sets == 10
    assert told.bias.value == pytest.approx(-0.1)
    assert told.lower_limit.value == pytest.approx(-0.1 - reach)
    assert told.upper_limit.value == pytest.approx(-0.1 + reach)
    assert told.exact.value == pytest.approx(0.7)
    assert told.within_one.value == 1.0


def test_against_another_program() -> None:
    """scikit-learn 1.9.1, cohen_kappa_score(labels=range(8, 16)), without and with quadratic."""
    told = measure_agreement(DETECTOR, TRAINER)
    assert told.kappa.value == pytest.approx(0.6103896103896104)
    assert told.weighted_kappa.value == pytest.approx(0.96)


def test_what_can_not_be_told_is_missing_with_its_reason() -> None:
    nothing = measure_agreement([], [])
    assert (nothing.n_sets, nothing.bias.missing) == (0, Missing.NO_DATA)
    one = measure_agreement([9], [10])
    assert one.bias.value == -1.0
    assert one.lower_limit.missing is Missing.NOT_APPLICABLE
    same = measure_agreement([10, 10, 10], [10, 10, 10])
    assert same.kappa.missing is Missing.NOT_APPLICABLE
    assert same.upper_limit.value == 0.0


@pytest.mark.parametrize(
    ("detector", "trainer", "sentence"),
    [([1, 2], [1], "2 counts of the detector, 1 of the trainer"), ([-1], [1], "below 0")],
)
def test_what_is_no_pair_of_counts_is_refused(
    detector: list[int], trainer: list[int], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        measure_agreement(detector, trainer)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=30))
def test_turned_about_only_the_sign_changes(pairs: list[tuple[int, int]]) -> None:
    ours, hers = [a for a, _ in pairs], [b for _, b in pairs]
    one, other = measure_agreement(ours, hers), measure_agreement(hers, ours)
    assert one.bias.value == pytest.approx(-(other.bias.value or 0.0))
    assert one.lower_limit.value == pytest.approx(-(other.upper_limit.value or 0.0))
    assert one.weighted_kappa.value == pytest.approx(other.weighted_kappa.value)


def test_kappa_of_a_whole_study_needs_no_table_of_all_pairs() -> None:
    """The same shares give the same kappa, however many sets; 10,000 squared would be 800 MB."""
    told = measure_agreement(DETECTOR * 1000, TRAINER * 1000)
    assert told.kappa.value == pytest.approx(0.6103896103896104)
    assert told.weighted_kappa.value == pytest.approx(0.96)
