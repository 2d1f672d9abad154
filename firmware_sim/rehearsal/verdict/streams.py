"""Which streams a strap of a rehearsal should send."""

from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from protocol.ble.uuids import HEART_RATE_MEASUREMENT, PMD_DATA

MODELS_WITH_MOVEMENT = frozenset({"h10", "verity"})
HEART_RATE, MOVEMENT = "heart_rate", "movement"
STREAM_CHARACTERISTICS = {HEART_RATE: HEART_RATE_MEASUREMENT, MOVEMENT: PMD_DATA}


def expected_streams(strap: RehearsedStrap) -> list[str]:
    """What this strap should send: what its wearer agreed to and its model can do."""
    has_movement = strap.model in MODELS_WITH_MOVEMENT
    return [stream for stream in strap.streams or () if stream != MOVEMENT or has_movement]


def expected_characteristics(strap: RehearsedStrap) -> list[str]:
    """The same as names of characteristics."""
    return [STREAM_CHARACTERISTICS[stream] for stream in expected_streams(strap)]
