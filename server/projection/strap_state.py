"""What a strap's records say of itself: how well its clock fits, how full its battery was. Pure."""

from collections.abc import Mapping, Sequence

from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.timed import TimedAcceleration
from server.projection.quality.seen import StrapFit

Level = tuple[int, int]  # UTC in ns, percent


def list_fits(gateway: str, strap: str, timed: TimedAcceleration) -> list[StrapFit]:
    """One for each unbroken clock."""
    return [
        StrapFit(
            strap,
            gateway,
            segment.clock.span_ms / 1000,
            segment.clock.residual_p50_ms,
            segment.clock.residual_p95_ms,
            tuple(warning.value for warning in segment.clock.warnings),
        )
        for segment in timed.segments
    ]


def read_battery(
    records: Sequence[NotificationRecord], clocks: Mapping[BootId, GatewayClock]
) -> list[Level]:
    """By time; what is no level is passed over. Raises KeyError for a boot without a clock."""
    levels = []
    for record in records:
        if record.characteristic != uuids.BATTERY_LEVEL:
            continue
        try:
            percent = decode_battery_level(record.payload)
        except ProtocolError:
            continue
        levels.append((clocks[BootId(record.boot_id)].place(record.monotonic_ns), percent))
    return sorted(levels)
