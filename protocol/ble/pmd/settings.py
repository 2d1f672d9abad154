"""Settings of a PMD stream: a list of elements `[type][count][count values]`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from struct import unpack

from protocol.ble.pmd.vocabulary import Setting
from protocol.errors import MalformedPayloadError

# Bytes of one value. Other types (6 security, 7 to 12 derived) have no size that is sure.
VALUE_BYTES = {
    Setting.SAMPLE_RATE: 2,
    Setting.RESOLUTION: 2,
    Setting.RANGE: 2,
    Setting.RANGE_MILLI: 4,
    Setting.CHANNELS: 1,
    Setting.FACTOR: 4,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a strap offers or has chosen, in the order it said so.

    `factor` is what compressed counts are multiplied with. `undecoded` starts at the first
    element of a type that isn't known: its length isn't either, so nothing after it is read.
    """

    values: Mapping[Setting, tuple[int, ...]] = field(default_factory=dict)
    factor: float | None = None
    undecoded: bytes = b""


def decode_settings(payload: bytes) -> Settings:
    """The settings in joined parameters. Raises MalformedPayloadError."""
    values: dict[Setting, tuple[int, ...]] = {}
    at = 0
    while at < len(payload):
        if payload[at] not in VALUE_BYTES:
            break
        setting = Setting(payload[at])
        if setting in values:
            raise MalformedPayloadError(f"setting {setting.name} is given twice", payload)
        values[setting], at = _read_element(payload, at, VALUE_BYTES[setting])
    factor_bits = values.pop(Setting.FACTOR, ())
    return Settings(values, _factor(factor_bits, payload), bytes(payload[at:]))


def _read_element(payload: bytes, at: int, size: int) -> tuple[tuple[int, ...], int]:
    """Values of the element at `at`, and where the next one starts."""
    if at + 2 > len(payload):
        raise MalformedPayloadError(f"setting {payload[at]} has no count", payload)
    start, count = at + 2, payload[at + 1]
    end = start + count * size
    if end > len(payload):
        raise MalformedPayloadError(
            f"truncated value: setting {payload[at]} announces {count} of {size} bytes, "
            f"{len(payload) - start} are left",
            payload,
        )
    numbers = (int.from_bytes(payload[i : i + size], "little") for i in range(start, end, size))
    return tuple(numbers), end


def _factor(bits: tuple[int, ...], payload: bytes) -> float | None:
    if not bits:
        return None
    if len(bits) > 1:
        raise MalformedPayloadError(f"{len(bits)} factors where one is meant", payload)
    (factor,) = unpack("<f", bits[0].to_bytes(4, "little"))
    if not isfinite(factor):
        raise MalformedPayloadError(f"factor is {factor}", payload)
    return float(factor)


def decode_chosen_settings(payload: bytes) -> Settings:
    """Settings in a start answer, where a lone reserved byte may stand in their place.

    Never raises: what isn't a whole list of known elements is left undecoded, because the start
    succeeded whatever these bytes mean (the documents show 00, 01 or a factor).
    """
    try:
        return decode_settings(payload)
    except MalformedPayloadError:
        return Settings(undecoded=bytes(payload))


def encode_settings(chosen: Mapping[Setting, int]) -> bytes:
    """One value an element, in the order given: what a start request carries."""
    return b"".join(
        bytes((setting, 1)) + value.to_bytes(VALUE_BYTES[setting], "little")
        for setting, value in chosen.items()
    )
