"""Numbers as a paper prints them."""

import pytest

from server.analysis.report.number_words import (
    write_interval,
    write_mean_sd,
    write_number,
    write_p,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (227.4999, "227.5"), (0.80751, "0.8075"), (-0.42424, "\u22120.4242"), (5371.2, "5371"),
        (0.0, "0.000"), (1.6e-11, "1.600\u00d710\u207b\u00b9\u00b9"), (None, "\u2013"),
        (123456.7, "123457"),
    ],
)  # fmt: skip
def test_four_significant_digits(value: float | None, text: str) -> None:
    assert write_number(value) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0306, "0.031"), (0.001, "0.001"), (1.0, "1.000"), (None, "\u2013"),
        (8.97e-15, "9.0\u00d710\u207b\u00b9\u2075"),
    ],
)  # fmt: skip
def test_p_is_exact_and_never_0(p: float | None, text: str) -> None:
    assert write_p(p) == text


def test_mean_and_sd_have_the_same_decimals() -> None:
    assert write_mean_sd(36.2, 5.83) == "36.20 \u00b1 5.83"
    assert write_mean_sd(-2.144, 27.906) == "\u22122.14 \u00b1 27.91"
    assert write_mean_sd(3.0, None) == "3.000 \u00b1 \u2013"


def test_an_interval_stands_in_brackets() -> None:
    assert write_interval((-1.5, 2.25)) == "[\u22121.500, 2.250]"
    assert write_interval(None) == "\u2013"


def test_a_p_that_a_double_cant_hold_is_no_0() -> None:
    assert write_p(0.0).startswith("< 2.2")
    assert write_number(float("inf")) == "\u2013"
