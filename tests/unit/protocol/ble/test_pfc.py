from dataclasses import asdict

import pytest

from protocol.ble.pfc import decode_pfc_answer, decode_pfc_features
from protocol.errors import MalformedPayloadError

# polar-ble-sdk, BlePfcClient: (byte, bit) of each feature; the bits between are reserved.
BITS = {
    "broadcast": (0, 0), "khz_5": (0, 1), "ota": (0, 2), "whisper": (0, 4), "ble_mode": (0, 6),
    "multi_connection": (0, 7), "ant_plus": (1, 0), "security": (1, 1),
    "sensor_initiated_security": (1, 3),
}  # fmt: skip


@pytest.mark.parametrize(("byte", "bit"), [(byte, bit) for byte in (0, 1) for bit in range(8)])
def test_one_bit_is_one_feature_or_none(byte: int, bit: int) -> None:
    wire = bytearray(2)
    wire[byte] = 1 << bit
    found = [name for name, is_on in asdict(decode_pfc_features(bytes(wire))).items() if is_on]
    assert found == [name for name, place in BITS.items() if place == (byte, bit)]


def test_an_answer_names_its_status_even_if_nobody_listed_it() -> None:
    names = ["success", "not_supported", "invalid_parameter", "failed", "not_allowed", "unknown_6"]
    answers = [decode_pfc_answer(bytes((0xF0, 9, status, 1))) for status in range(1, 7)]
    assert [answer.status_name for answer in answers] == names
    assert all((answer.operation, answer.payload) == (9, b"\x01") for answer in answers)


@pytest.mark.parametrize("wire", ["", "f0", "f009", "e00901"])
def test_what_is_no_answer_is_malformed(wire: str) -> None:
    with pytest.raises(MalformedPayloadError):
        decode_pfc_answer(bytes.fromhex(wire))


def test_features_need_both_bytes() -> None:
    with pytest.raises(MalformedPayloadError):
        decode_pfc_features(b"\xff")
