"""What a strap's records say of itself: how well its clock fits, how full its battery was. Pure."""

from collections.abc import Mapping, Sequence

from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.errors import ProtocolError
from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.projection.quality.seen import StrapFit
from server.projection.strap_clocks import StrapClocks

Level = tuple[int, int]  # UTC in ns, percent


def list_fits(clocks: StrapClocks) -> list[StrapFit]:
    """One for each unbroken clock."""
    return [
        StrapFit(
            clocks.strap,
            clocks.gateway,
            one.span_s,
            one.residual_p50_ms,
            one.residual_p95_ms,
            one.warnings,
        )
        for one in clocks.stretches
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
