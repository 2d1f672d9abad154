"""What the runs before kept, placed in the clock of this boot. Pure.

How long the machine was off between two boots nobody knows; how far apart two moments of one boot
are is known, and that any of an older boot came first.
"""

from collections.abc import Iterable, Mapping

from gateway.clock import NS_PER_S
from protocol.identifiers import BootId
from protocol.moments import ReceivedAt

BETWEEN_BOOTS_NS = 2 * NS_PER_S  # no machine is back sooner: from one boot to the next is a gap


def place_in_clock(
    kept: Mapping[str, ReceivedAt], now: ReceivedAt, latest_ns: int
) -> dict[str, int]:
    """When each was kept, on this boot's monotonic clock (ns); it may be below zero.

    The newest moment of the boot before counts as `latest_ns`.
    """
    placed: dict[str, int] = {}
    for boot in _boots_newest_first(kept.values(), now):
        moments = {name: at.monotonic_ns for name, at in kept.items() if at.boot_id == boot}
        shift_ns = 0 if boot == now.boot_id else latest_ns - max(moments.values())
        placed |= {name: moment_ns + shift_ns for name, moment_ns in moments.items()}
        latest_ns = min(latest_ns, min(placed.values()) - BETWEEN_BOOTS_NS)
    return placed


def is_later(at: ReceivedAt, than: ReceivedAt) -> bool:
    """Within a boot its own clock tells; of two boots only the wall clock."""
    if at.boot_id == than.boot_id:
        return at.monotonic_ns > than.monotonic_ns
    return at.wall_ns > than.wall_ns


def _boots_newest_first(moments: Iterable[ReceivedAt], now: ReceivedAt) -> list[BootId]:
    """This one first; which of two others came first only the wall clock tells."""
    newest_wall_ns: dict[BootId, int] = {}
    for at in moments:
        newest_wall_ns[at.boot_id] = max(at.wall_ns, newest_wall_ns.get(at.boot_id, at.wall_ns))
    boots = sorted(newest_wall_ns, key=lambda boot: newest_wall_ns[boot], reverse=True)
    return sorted(boots, key=lambda boot: boot != now.boot_id)
