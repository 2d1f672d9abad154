"""Model names as rosters and advertisements write them."""

import pytest

from gateway.straps.models import profile_for


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("h10", "h10"), ("H10", "h10"), ("Polar H10", "h10"), ("polar-h9", "h9"),
        ("Verity Sense", "verity"), ("Sense", "verity"), ("generic", "generic"),
        ("TICKR X", "generic"), ("", "generic"),
    ],
)  # fmt: skip
def test_a_profile_by_any_of_its_names(name: str, model: str) -> None:
    assert profile_for(name).model == model
