"""Bluetooth addresses of simulated devices: always the same for the same seed."""

import hashlib

_STATIC_RANDOM_BITS = 0xC0  # Core Specification Vol 6 Part B 1.3.2.1: the two top bits are ones
_ADDRESS_BYTES = 6


def strap_address(seed: int, serial: str) -> str:
    """The static random address of a strap, as `C0:FF:EE:12:34:56`."""
    digest = hashlib.sha256(f"{seed}:{serial}".encode()).digest()[:_ADDRESS_BYTES]
    return ":".join(f"{byte:02X}" for byte in (digest[0] | _STATIC_RANDOM_BITS, *digest[1:]))


def adapter_address(number: int) -> str:
    """The public address of the n-th adapter that was plugged into the radio, counted from 1."""
    return ":".join(f"{byte:02X}" for byte in (0x00, 0x51, 0xAD, *number.to_bytes(3, "big")))
