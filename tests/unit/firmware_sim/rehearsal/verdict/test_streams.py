"""What a strap should send."""

import pytest

from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from firmware_sim.rehearsal.verdict.streams import expected_characteristics
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import HEART_RATE, PMD_DATA


@pytest.mark.parametrize(
    ("model", "streams", "expected"),
    [
        ("h10", ("heart_rate", "movement"), [HEART_RATE, PMD_DATA]),
        ("h10", ("heart_rate",), [HEART_RATE]),
        ("generic", ("heart_rate", "movement"), [HEART_RATE]),
        ("h10", None, []),
    ],
)
def test_what_was_agreed_to_and_the_model_can_do(
    model: str, streams: tuple[str, ...] | None, expected: list[str]
) -> None:
    assert expected_characteristics(RehearsedStrap("51ADA001", model, "", streams)) == expected
