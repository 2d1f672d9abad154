"""From one strap's archive records to acceleration in mg with a UTC moment for each sample."""

from collections import Counter
from collections.abc import Mapping, Sequence

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.collected import Collected
from server.decoding.clocks.connections import read_connections
from server.decoding.clocks.decoded import DecodedConnection, decode_connection
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.spacing import Spacing, estimate_spacing
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
    nominal_hz = asked_hz or _find_nominal([one for boot in boots for one in boot])
    collected = Collected(carried_ppb)
    for boot in boots:
        spacings = [_find_spacing(one, nominal_hz) for one in boot]
        collected.add_boot(boot, spacings, clocks[boot[0].boot_id])
    return collected.finish()


def _begins_utc_ns(one: DecodedConnection, clocks: Mapping[BootId, GatewayClock]) -> int:
    arrivals_ns = one.frames.arrivals_ns if len(one.frames) else one.refused_arrivals_ns
    return clocks[one.boot_id].place(int(arrivals_ns[0]))


def _find_nominal(connections: Sequence[DecodedConnection]) -> int | None:
    """The rate of most frames: what a connection of a frame or two must have had, too."""
    n_frames: Counter[int] = Counter()
    for one in connections:
        spacing = _find_spacing(one, None)
        if spacing is not None and spacing.nominal_hz is not None:
            n_frames[spacing.nominal_hz] += len(one.frames)
    return n_frames.most_common(1)[0][0] if n_frames else None


def _find_spacing(one: DecodedConnection, asked_hz: int | None) -> Spacing | None:
    return estimate_spacing(one.frames, asked_hz) if len(one.frames) else None
