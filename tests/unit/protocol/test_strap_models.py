"""What a gateway collects from each model of the roster."""

import pytest

from protocol.messages.roster import ConsentedStream
from protocol.strap_models import StrapModel, collected_streams


@pytest.mark.parametrize(
    ("model", "movement"),
    [
        (StrapModel.H10, True),
        (StrapModel.VERITY, True),
        (StrapModel.GENERIC, False),
        (StrapModel.MOVESENSE, False),
        ("another", False),
    ],
)
def test_all_send_heart_rate_and_two_send_movement(model: str, movement: bool) -> None:
    heart_rate = {ConsentedStream.HEART_RATE}
    assert collected_streams(model) == heart_rate | (
        {ConsentedStream.MOVEMENT} if movement else set()
    )
