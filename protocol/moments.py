"""When something was received: two clocks of one machine, never a naive datetime."""

from dataclasses import dataclass

from protocol.identifiers import BootId


@dataclass(frozen=True, slots=True)
class ReceivedAt:
    """A gateway's stamp: monotonic orders and spaces, wall only places it in the calendar."""

    boot_id: BootId
    monotonic_ns: int  # CLOCK_MONOTONIC of that boot
    wall_ns: int  # nanoseconds since 1970-01-01T00:00:00Z, as far as the gateway knew
