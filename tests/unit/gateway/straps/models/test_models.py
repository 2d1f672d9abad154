"""Model names as rosters and advertisements write them."""

import pytest

from gateway.straps.models import profile_for
from protocol.messages.roster import ConsentedStream
from protocol.strap_models import StrapModel, collected_streams


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


@pytest.mark.parametrize("model", [*StrapModel, "h9", "TICKR X"])
def test_movement_is_promised_only_where_a_profile_sends_it(model: str) -> None:
    promised = ConsentedStream.MOVEMENT in collected_streams(model)
    assert promised == (profile_for(model).acceleration is not None)
    assert ConsentedStream.HEART_RATE in collected_streams(model)
