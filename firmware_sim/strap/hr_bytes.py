"""Heart Rate Measurement 0x2A37 as a strap writes it (Bluetooth Heart Rate Service 1.0, 3.1.1)."""

from collections.abc import Sequence

_WIDE_BPM = 0x01  # bit 0: heart rate takes two bytes
_CONTACT_SEEN = 0x02  # bit 1
_CONTACT_SUPPORTED = 0x04  # bit 2
_HAS_ENERGY = 0x08  # bit 3
_HAS_RR = 0x10  # bit 4

BODY_CHEST = b"\x01"  # Body Sensor Location 0x2A38
MAX_RR_TICKS = 0xFFFF
ATT_HEADER_BYTES = 3  # opcode and handle of a notification, Core Vol 3 Part F 3.4.7.1


def encode_heart_rate(
    bpm: int,
    rr_ticks: Sequence[int] = (),
    *,
    contact: bool | None = None,
    energy_kj: int | None = None,
    wide: bool = False,
) -> bytes:
    """One value: `bpm` 0 to 255, or to 65535 when `wide`; RR in 1/1024 s, oldest first.

    `contact` None means that the strap doesn't say. Raises OverflowError for what doesn't fit.
    """
    flags = _WIDE_BPM if wide else 0
    if contact is not None:
        flags |= _CONTACT_SUPPORTED | (_CONTACT_SEEN if contact else 0)
    value = bpm.to_bytes(2 if wide else 1, "little")
    if energy_kj is not None:
        flags |= _HAS_ENERGY
        value += energy_kj.to_bytes(2, "little")
    if rr_ticks:
        flags |= _HAS_RR
        value += b"".join(rr.to_bytes(2, "little") for rr in rr_ticks)
    return bytes((flags,)) + value


def max_rr_count(att_mtu: int, *, with_energy: bool = False, wide: bool = False) -> int:
    """How many RR fit into one notification at this ATT_MTU (9 at 23, with a one-byte rate)."""
    fixed_bytes = 1 + (2 if wide else 1) + (2 if with_energy else 0)
    return max(0, (att_mtu - ATT_HEADER_BYTES - fixed_bytes) // 2)


def split_rr(rr_ticks: Sequence[int], att_mtu: int) -> list[tuple[int, ...]]:
    """The RR of one value, or of several where they don't fit into one at this ATT_MTU.

    Room is left for energy and a two-byte rate; what takes more than 16 bit is told as the most.
    """
    fit = max_rr_count(att_mtu, with_energy=True, wide=True)
    told = tuple(min(rr, MAX_RR_TICKS) for rr in rr_ticks)
    return [told[place : place + fit] for place in range(0, len(told), fit)] or [()]
