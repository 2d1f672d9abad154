"""Decoding is total: whatever the bytes, a value or MalformedPayloadError, and nothing kept."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.decoding import SERVICES, ValueDecoder
from protocol.ble import pmd
from protocol.ble.advertising import (
    decode_heart_rate_element,
    decode_manufacturer_data,
    describe_strap,
)
from protocol.ble.codecs import CODECS
from protocol.ble.movesense import decode_measurement, decode_response
from protocol.errors import MalformedPayloadError
from tests.contract.ble_vectors.vectors import read_wires

SEED = 20260322
N_IN_CI = 100_000
N_AT_NIGHT = 1_000_000
MAX_VALUE_BYTES = 247  # largest notification of a strap in one link-layer packet
MOVESENSE_PATHS = (
    "/Meas/Acc/52",
    "/Meas/IMU9/104",
    "/Meas/ECG/125",
    "/Meas/HR",
    "/Meas/Temp",
    "/x",
)

Decoder = Callable[[bytes], object]


@dataclass(frozen=True)
class Refusal:
    """Bytes that are no value, and why."""

    reason: str


def delta_decoder(channels: int, bits: int) -> Decoder:
    return lambda wire: pmd.decode_delta(wire, channels, bits)


def path_decoder(path: str) -> Decoder:
    return lambda wire: decode_measurement(path, wire)


DECODERS: dict[str, Decoder] = {
    **{name: codec.decode for name, codec in CODECS.items()},
    "settings": pmd.decode_settings,
    "features": pmd.decode_features,
    "measurement states": pmd.decode_measurement_states,
    "sdk mode": pmd.decode_sdk_mode,
    "heart-rate element": decode_heart_rate_element,
    "manufacturer data": decode_manufacturer_data,
    "3 channels of 16 bits": delta_decoder(3, 16),
    "4 channels of 22 bits": delta_decoder(4, 22),
    "3 channels of 32 bits": delta_decoder(3, 32),
    **{path: path_decoder(path) for path in MOVESENSE_PATHS},
}

WIRES = read_wires()


def decode_or_refuse(decode: Decoder, wire: bytes) -> object:
    """The value, or why there is none. Any other exception fails the test."""
    try:
        return decode(wire)
    except MalformedPayloadError as error:
        return Refusal(error.reason)


@pytest.mark.parametrize("name", DECODERS)
@given(wire=st.binary(max_size=MAX_VALUE_BYTES) | st.sampled_from(WIRES))
@example(wire=b"")
def test_any_bytes_are_a_value_or_malformed(name: str, wire: bytes) -> None:
    """And the same bytes give the same answer again."""
    first = decode_or_refuse(DECODERS[name], wire)
    assert first != Refusal("")
    assert decode_or_refuse(DECODERS[name], wire) == first


@pytest.mark.parametrize("service", SERVICES)
@given(wires=st.lists(st.binary(max_size=64) | st.sampled_from(WIRES), max_size=4))
def test_any_bytes_are_a_json_object(service: str, wires: list[bytes]) -> None:
    """The command's shapes hold every value there is, parts joined or not."""
    decoder = ValueDecoder(service, path="/Meas/Acc/52" if service == "movesense" else None)
    assert all(decoder.decode(wire)["kind"] for wire in wires)


@given(
    name=st.none() | st.text(max_size=40),
    data=st.dictionaries(
        st.just(0x6B) | st.integers(0, 0xFFFF), st.binary(max_size=29), max_size=3
    ),
)
def test_any_advertisement_is_described(name: str | None, data: dict[int, bytes]) -> None:
    """Scanning never stops at a stranger's advertisement."""
    seen = describe_strap(name, ["180d"], data)
    assert (seen.name, seen.services) == (name, ("180d",))


def hostile_wires(chance: random.Random, count: int) -> Iterator[bytes]:
    """Noise, and real values with bytes changed, cut off, added, or a head of their own."""
    for _ in range(count):
        wire = bytearray(chance.choice(WIRES))
        match chance.randrange(5):
            case 0:
                wire = bytearray(chance.randbytes(chance.randrange(64)))
            case 1:
                wire[chance.randrange(len(wire))] = chance.randrange(256)
            case 2:
                del wire[chance.randrange(len(wire)) :]
            case 3:
                wire += chance.randbytes(chance.randrange(1, 9))
            case _:
                head = bytes((chance.randrange(16),)) + bytes(8)
                wire = bytearray(head + bytes((chance.choice((0, 1, 2, 0x80, 0x81)),)) + wire[-40:])
        yield bytes(wire)


def fuzz(count: int, seed: int) -> tuple[int, int]:
    """Feed `count` hostile frames to decoders picked by chance; (values, refusals)."""
    chance = random.Random(seed)
    names = list(DECODERS)
    control = ValueDecoder("pmd-control")
    control.decode(bytes.fromhex("f0010200010004 1900"))  # settings that go on in another answer
    sensor = ValueDecoder("movesense", path="/Meas/Acc/52")
    sensor.decode(b"\x02\x01" + bytes(150))  # a measurement that goes on in another part
    n_values = 0
    for wire in hostile_wires(chance, count):
        told = decode_or_refuse(DECODERS[chance.choice(names)], wire)
        n_values += not isinstance(told, Refusal)
        for decoder, decode in ((control, pmd.decode_control_point), (sensor, decode_response)):
            if isinstance(decode_or_refuse(decode, wire), Refusal):
                assert decoder.decode(wire)["kind"] == "malformed"
    # What is kept between frames is as it was: both open values close with their own last part.
    assert control.decode(bytes.fromhex("f001020000 32006400c800"))["settings"] == {
        "sample_rate": [25, 50, 100, 200]
    }
    closed = sensor.decode(b"\x03\x01" + bytes(142))
    assert len(closed["values"]["acceleration"]["samples"]) == 24
    return n_values, count - n_values


def test_d1_fuzzed_frames_are_values_or_malformed_and_change_nothing() -> None:
    """No other exception; and both outcomes occur often, or the fuzz would prove nothing."""
    n_values, n_refused = fuzz(N_IN_CI, SEED)
    assert n_values > N_IN_CI // 10
    assert n_refused > N_IN_CI // 10


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_d1_a_million_fuzzed_frames(night_seed: int) -> None:
    """The full count of the promise."""
    assert sum(fuzz(N_AT_NIGHT, night_seed)) == N_AT_NIGHT
