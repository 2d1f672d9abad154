"""Every golden vector through our decoders, every field it expects: none is skipped.

An observer tells what our code sees in the bytes of a vector under the vector's own field names.
A field that no observer tells is a failure, not a pass.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from protocol.errors import MalformedPayloadError, ProtocolError, SampleTimeError
from tests.contract.ble_vectors.see_acceleration import see_acceleration
from tests.contract.ble_vectors.see_others import (
    see_advertising,
    see_battery,
    see_heart_rate,
    see_movesense,
    see_pfc,
)
from tests.contract.ble_vectors.see_pmd import (
    see_control_point,
    see_ecg,
    see_optical,
    see_sample_times,
)
from tests.contract.ble_vectors.vectors import Seen, Vector, read_vectors

OBSERVERS: dict[str, Callable[[bytes, Vector], Seen]] = {
    "acceleration": see_acceleration,
    "advertising": see_advertising,
    "battery": see_battery,
    "control_point": see_control_point,
    "ecg": see_ecg,
    "heart_rate": see_heart_rate,
    "movesense": see_movesense,
    "optical": see_optical,
    "pfc": see_pfc,
    "sample_times": see_sample_times,
}

# What a vector says is wrong, and how we say it.
REASONS: dict[str, tuple[type[ProtocolError], str]] = {
    "empty": (MalformedPayloadError, "shorter than 2 bytes"),
    "truncated uint16 heart rate": (MalformedPayloadError, "3 bytes of fields, there are 2"),
    "energy flag but no field": (MalformedPayloadError, "4 bytes of fields, there are 2"),
    "truncated value": (MalformedPayloadError, "truncated value"),
    ">100": (MalformedPayloadError, "above 100 %"),
    "no delta can be derived": (SampleTimeError, "no delta can be derived"),
}

VECTORS = read_vectors()


def test_no_vector_is_missing_or_unread() -> None:
    """121 came with the wire reference; each has its own id and an observer."""
    assert len({vector["id"] for _, vector in VECTORS}) == len(VECTORS) == 121
    assert Counter(name for name, _ in VECTORS).keys() == OBSERVERS.keys()
    assert all(len(vector["frame_hex"]) == 2 * vector["length"] for _, vector in VECTORS)


@pytest.mark.parametrize(
    ("name", "vector"), VECTORS, ids=[f"{name}-{vector['id']}" for name, vector in VECTORS]
)
def test_vector_decodes_to_every_field_it_expects(name: str, vector: Vector) -> None:
    """Or is refused, where the vector says that it must be, for the reason it gives."""
    wire, expected = bytes.fromhex(vector["frame_hex"]), vector["expected"]
    if "error" in expected:
        kind, words = REASONS[expected["error"]]
        with pytest.raises(kind, match=words):
            OBSERVERS[name](wire, vector)
        return
    assert expected
    seen = OBSERVERS[name](wire, vector)
    assert {field: seen.get(field, "not told") for field in expected} == expected
