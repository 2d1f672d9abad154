"""What identifies a device, out of sentences: it would name a person for ever. Pure."""

import re

HIDDEN_ADDRESS = "(address)"
HIDDEN_NAME = "(strap)"
_SIG_BASE = "0000-1000-8000-00805f9b34fb"  # names a characteristic, nobody's device

_HARDWARE = re.compile(  # Linux, Windows
    r"(?:dev_)?(?<![0-9a-f])[0-9a-f]{2}(?:[:_-][0-9a-f]{2}){5}(?![0-9a-f])", re.IGNORECASE
)
_UUID = re.compile(  # macOS
    rf"\b[0-9a-f]{{8}}-(?!{_SIG_BASE})(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b", re.IGNORECASE
)
# An advertised name holds a serial; bleak shows a device of whatever maker as BLEDevice(…).
_NAME = re.compile(
    r"\bBLEDevice\([^)]*\)|\bPolar (?:[\w+-]+ ){1,3}[0-9a-f]{8}\b|\bMovesense [0-9]{6,}\b",
    re.IGNORECASE,
)


def hide_devices(text: str) -> str:
    """The same sentence without an address, in any form that bleak or a system writes, or a name.

    Other UUIDs than those of characteristics go too: on macOS they are addresses.
    """
    return _UUID.sub(HIDDEN_ADDRESS, hide_hardware_addresses(_NAME.sub(HIDDEN_NAME, text)))


def hide_hardware_addresses(text: str) -> str:
    """For our own sentences, in which a UUID is a journal's epoch."""
    return _HARDWARE.sub(HIDDEN_ADDRESS, text)
