"""What one strap sent through one gateway, decoded and timed; whose it is comes later. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.acceleration_times import time_acceleration
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.timed import TimedAcceleration
from server.projection.strap_clocks import StrapClocks, describe_clocks
from server.projection.strap_heart import StrapHeart, read_strap_heart
from server.projection.strap_records import StrapKey
from server.projection.strap_state import Level, read_battery


@dataclass(frozen=True, slots=True)
class StrapStream:
    """Bytes alone make it: the same however its wearers are corrected.

    `n_undecodable` values of both streams said nothing; `n_damaged` records don't match their hash.
    """

    gateway: str
    strap: str
    hearts: tuple[StrapHeart, ...]
    movement: TimedAcceleration
    battery: tuple[Level, ...]
    clocks: StrapClocks
    n_undecodable: int
    n_damaged: int = 0

    @property
    def n_bytes(self) -> int:
        """About how much memory it takes: that of its samples."""
        moved = self.movement
        return int(moved.utc_ns.nbytes + moved.samples_mg.nbytes + moved.segment.nbytes)


def read_strap_stream(
    key: StrapKey,
    records: Sequence[NotificationRecord],
    clocks: Mapping[BootId, GatewayClock],
    losses_utc_ns: Sequence[int] = (),
) -> StrapStream:
    """Decode all of a strap's records on one gateway.

    `losses_utc_ns`: the ends of gaps that were declared of its heart rates. Raises KeyError for a
    boot without a clock.
    """
    gateway, strap = key
    hearts, n_refused = read_strap_heart(records, clocks, losses_utc_ns)
    movement = time_acceleration(records, clocks)
    return StrapStream(
        gateway,
        strap,
        tuple(hearts),
        movement,
        tuple(read_battery(records, clocks)),
        describe_clocks(gateway, strap, movement),
        n_refused + movement.tally.n_refused,
    )
