"""From one strap's archive records to acceleration in mg with a UTC moment for each sample."""

from collections.abc import Mapping, Sequence

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.collected import Collected
from server.decoding.clocks.connections import read_connections
from server.decoding.clocks.decoded import DecodedConnection, decode_connection
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.spacing import Spacing, ask_spacing, estimate_spacing
from server.decoding.clocks.timed import TimedAcceleration


def time_acceleration(
    records: Sequence[NotificationRecord],
    clocks: Mapping[BootId, GatewayClock],
    *,
    asked_hz: int | None = None,
    carried_ppb: int | None = None,
) -> TimedAcceleration:
    """Every acceleration sample of one strap on one gateway, timed; all characteristics may come.

    `clocks`: of every boot in the records (`fit_gateway_clocks`, best over all of the gateway's
    records). `asked_hz`: the rate that was asked for, else the strap's rate that fits.
    `carried_ppb`: `TimedAcceleration.carried_ppb` of the same strap's earlier records. Raises
    KeyError for a boot without a clock.
    """
    by_boot: dict[BootId, list[DecodedConnection]] = {}
    for connection in read_connections(records):
        by_boot.setdefault(connection.boot_id, []).append(decode_connection(connection))
    boots = sorted(by_boot.values(), key=lambda boot: _begins_utc_ns(boot[0], clocks))
    expected = _find_expected([one for boot in boots for one in boot], asked_hz)
    collected = Collected(carried_ppb)
    for boot in boots:
        spacings = [estimate_spacing(one.frames, expected) for one in boot]
        collected.add_boot(boot, spacings, clocks[boot[0].boot_id])
    return collected.finish()


def _begins_utc_ns(one: DecodedConnection, clocks: Mapping[BootId, GatewayClock]) -> int:
    arrivals_ns = one.frames.arrivals_ns if len(one.frames) else one.refused_arrivals_ns
    return clocks[one.boot_id].place(int(arrivals_ns[0]))


def _find_expected(
    connections: Sequence[DecodedConnection], asked_hz: int | None
) -> Spacing | None:
    """What the connection with the most frames has: short ones alone can't tell."""
    asked = None if asked_hz is None else ask_spacing(asked_hz)
    if not connections:
        return asked
    longest = max(connections, key=lambda one: len(one.frames))
    return estimate_spacing(longest.frames, asked)
