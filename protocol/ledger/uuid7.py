"""UUIDv7 (RFC 9562 5.7): an id that its maker needs nobody for, roughly in order of time."""

import re
from typing import Final

from protocol.errors import InvalidIdentifierError
from protocol.ledger.patterns import UUID7_FORM

RANDOM_BYTES: Final = 10

_FORM: Final = re.compile(UUID7_FORM)
_TIME_BITS: Final = 48
_VERSION: Final = 0x7
_VARIANT: Final = 0b10


def make_uuid7(wall_ms: int, random_bytes: bytes) -> str:
    """An id in lower case from a wall clock (ms since 1970) and ten random bytes."""
    if not 0 <= wall_ms < 1 << _TIME_BITS or len(random_bytes) != RANDOM_BYTES:
        raise InvalidIdentifierError(
            f"a UUIDv7 is made of a time after 1970 and {RANDOM_BYTES} random bytes"
        )
    random_a = int.from_bytes(random_bytes[:2], "big") & 0xFFF
    random_b = int.from_bytes(random_bytes[2:], "big") & ((1 << 62) - 1)
    number = (wall_ms << 80) | (_VERSION << 76) | (random_a << 64) | (_VARIANT << 62) | random_b
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def parse_uuid7(text: str) -> int:
    """The wall clock in an id, ms since 1970. Raises InvalidIdentifierError."""
    if not _FORM.fullmatch(text):
        raise InvalidIdentifierError(f"{text!r} is not a UUIDv7 in lower case")
    return int(text.replace("-", "")[:12], 16)
