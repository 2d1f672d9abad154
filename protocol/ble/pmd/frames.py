"""PMD data notifications: one characteristic carries all streams; byte 0 says which."""

from collections.abc import Callable

from protocol.ble.pmd.acceleration import AccelerationFrame, decode_acceleration
from protocol.ble.pmd.ecg import EcgFrame, decode_ecg
from protocol.ble.pmd.header import HEADER_BYTES, FrameHeader, decode_header
from protocol.ble.pmd.optical import (
    PpgFrame,
    PpiFrame,
    RecordedHeartRateFrame,
    decode_ppg,
    decode_ppi,
    decode_recorded_heart_rate,
)
from protocol.ble.pmd.vocabulary import Measurement
from protocol.errors import MalformedPayloadError

Frame = AccelerationFrame | EcgFrame | PpgFrame | PpiFrame | RecordedHeartRateFrame

_DECODERS: dict[int, Callable[[FrameHeader, bytes], Frame]] = {
    Measurement.ECG: decode_ecg,
    Measurement.PPG: decode_ppg,
    Measurement.ACCELERATION: decode_acceleration,
    Measurement.PPI: decode_ppi,
    Measurement.OFFLINE_HEART_RATE: decode_recorded_heart_rate,
}


def decode_frame(payload: bytes) -> Frame:
    """Decode a data notification. Raises MalformedPayloadError with the whole payload.

    A measurement or frame type without a published layout is malformed too: never guessed.
    """
    header = decode_header(payload)
    decoder = _DECODERS.get(header.measurement)
    if decoder is None:
        reason = f"measurement {header.measurement} has no known frame"
        raise MalformedPayloadError(reason, payload)
    try:
        return decoder(header, bytes(payload[HEADER_BYTES:]))
    except MalformedPayloadError as error:
        raise MalformedPayloadError(error.reason, payload) from None
