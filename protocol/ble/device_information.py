"""Device Information Service: UTF-8 strings (0x2A24 to 0x2A29) and System ID (0x2A23)."""

from dataclasses import dataclass

from protocol.errors import MalformedPayloadError

SYSTEM_ID_BYTES = 8  # 40-bit number of the manufacturer, then its 24-bit identifier (OUI)


@dataclass(frozen=True, slots=True)
class SystemId:
    """0x2A23: who made it (IEEE OUI) and the maker's number for it."""

    manufacturer_number: int
    organisation: int


def decode_text(payload: bytes) -> str:
    """One of the service's strings, without the NUL bytes that some straps add at its end.

    Raises MalformedPayloadError when the bytes aren't UTF-8.
    """
    try:
        return payload.rstrip(b"\x00").decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedPayloadError(f"not UTF-8 text: {error.reason}", payload) from None


def decode_system_id(payload: bytes) -> SystemId:
    """Decode 0x2A23. Raises MalformedPayloadError."""
    if len(payload) != SYSTEM_ID_BYTES:
        raise MalformedPayloadError(f"system id is 8 bytes, not {len(payload)}", payload)
    return SystemId(int.from_bytes(payload[:5], "little"), int.from_bytes(payload[5:], "little"))
