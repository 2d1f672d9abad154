import pytest

from server.dose.quantity import Missing, Quantity


def test_a_missing_number_says_why_and_is_no_zero() -> None:
    trimp = Quantity.missing_for(Missing.LOW_COVERAGE, "AU", version=1, coverage=0.6)
    assert (trimp.value, trimp.missing, trimp.coverage) == (None, Missing.LOW_COVERAGE, 0.6)


@pytest.mark.parametrize(("value", "missing"), [(None, None), (0.0, Missing.NO_STRAP)])
def test_a_number_and_a_reason_exclude_each_other(
    value: float | None, missing: Missing | None
) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        Quantity(value, "AU", 1, missing=missing)
