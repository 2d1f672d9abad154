"""Words at baseline: counts by arm, and their distance beside R 4.2.2."""

import pytest

from server.analysis.methods.baseline_category import (
    BaselineCategory,
    Level,
    compare_categories,
)
from server.errors import MethodError

GROUP = ("control",) * 15 + ("training",) * 15
CODES = tuple(f"P{number:02d}" for number in range(1, 31))


def _compare(control: str, training: str) -> BaselineCategory:
    """A letter a participant; a dot is missing."""
    words = [None if one == "." else one for one in control + training]
    return compare_categories("dmt", CODES, GROUP, words)


def test_three_words_are_as_far_apart_as_mahalanobis_says() -> None:
    """`S <- function(p) diag(p) - p %*% t(p)`; `x` and `y` are the shares of b and c:
    `sqrt(mahalanobis(x, y, (S(x) + S(y)) / 2))` with x = c(4, 8) / 15, y = c(5, 4) / 15.
    """
    told = _compare("aaaaaabbbbbcccc", "aaabbbbcccccccc")
    assert told.levels == (Level("a", 6, 3), Level("b", 5, 4), Level("c", 4, 8))
    assert told.standardised_difference == pytest.approx(0.595683397181, rel=1e-9)
    assert told.notes == ()


def test_two_words_are_as_far_apart_as_austin_says() -> None:
    """|p1 - p2| / sqrt((p1 (1 - p1) + p2 (1 - p2)) / 2), Austin 2009; .6 and .4."""
    told = _compare("yyyyyynnnnnnnnn", "yyyyyyyyynnnnnn")
    assert told.standardised_difference == pytest.approx(0.408248290464, rel=1e-9)


def test_who_has_no_word_is_left_out_and_told() -> None:
    told = _compare("yyyyyynnnnnnnn.", "yyyyyyyyynnnn..")
    assert (told.n, told.n_control, told.n_training) == (27, 14, 13)
    assert told.notes == ("3 of 30 participants are left out, as dmt is missing.",)


def test_alike_arms_are_no_distance_apart_and_opposite_ones_have_none() -> None:
    assert _compare("y" * 15, "y" * 15).standardised_difference == 0.0
    told = _compare("y" * 15, "n" * 15)
    assert told.standardised_difference is None
    assert "doesn't exist" in told.notes[0]


def test_an_arm_without_a_word_is_refused() -> None:
    with pytest.raises(MethodError, match="no word in training"):
        _compare("y" * 15, "." * 15)
