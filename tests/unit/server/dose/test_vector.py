"""One metric of the vector: planned beside delivered."""

import pytest

from server.dose.quantity import Missing, Quantity
from server.dose.vector import DoseVector, Metric, hash_inputs

SHA256 = "0" * 64


def _metric(planned: Quantity, delivered: Quantity) -> Metric:
    return Metric("srpe_load_au", planned, delivered, SHA256)


def test_the_ratio_is_delivered_over_planned_with_the_flags_of_both() -> None:
    planned = Quantity(120.0, "AU", 1, flags=("middle_of_the_target",))
    ratio = _metric(planned, Quantity(90.0, "AU", 1, 0.9, flags=("converted",))).ratio
    assert (ratio.value, ratio.coverage) == (0.75, 0.9)
    assert ratio.flags == ("middle_of_the_target", "converted")


def test_a_known_zero_has_a_ratio_of_zero() -> None:
    assert _metric(Quantity(120.0, "AU", 1), Quantity(0.0, "AU", 1)).ratio.value == 0


def test_what_is_missing_has_no_ratio_and_says_why() -> None:
    missing = Quantity.missing_for(Missing.REFUSED, "AU", 1)
    assert _metric(Quantity(120.0, "AU", 1), missing).ratio.missing is Missing.REFUSED
    assert _metric(missing, Quantity(120.0, "AU", 1)).ratio.missing is Missing.REFUSED


def test_over_nothing_planned_there_is_no_ratio() -> None:
    ratio = _metric(Quantity(0.0, "AU", 1), Quantity(10.0, "AU", 1)).ratio
    assert ratio.missing is Missing.NOT_APPLICABLE


def test_metrics_are_found_by_name_and_category() -> None:
    zero = Quantity(0.0, "sets", 1)
    core = Metric("sets_as_logged", zero, zero, SHA256, "core")
    vector = DoseVector("P01", (core,), {}, is_final=True)
    assert vector.find("sets_as_logged", "core") is core
    with pytest.raises(KeyError):
        vector.find("sets_as_logged")


def test_equal_inputs_have_one_hash_and_others_another() -> None:
    assert hash_inputs({"a": 1.0, "b": [2]}) == hash_inputs({"b": [2], "a": 1})
    assert hash_inputs({"a": 1}) != hash_inputs({"a": 2})
