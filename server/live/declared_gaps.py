"""What gateways declared missing in the last half hour, as rows for who looks on (A12). Pure."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from protocol.ble import uuids
from protocol.identifiers import BootId
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import GapDeclaration
from protocol.moments import ReceivedAt
from server.ingest.feed import ArchivedGap, GatewayContact
from server.live.frame import GapRow, Tile, format_utc
from server.live.moment import NS_PER_S, ServerNow, compute_age_ns

SHOWN_FOR_S: Final = 30 * 60.0
MAX_SHOWN: Final = 50  # of all gateways: every frame carries them
# Of one gateway: a token that invents gaps fills neither the memory nor another's place (C4).
MAX_KEPT_OF_ONE: Final = 200
# A gateway declares a long gap in pieces that touch; between clocks they may move by milliseconds.
TOUCHING_NS: Final = NS_PER_S

_STREAMS: Final[Mapping[str | None, str]] = {
    None: "all",
    uuids.HEART_RATE_MEASUREMENT: ConsentedStream.HEART_RATE.value,
    uuids.PMD_DATA: ConsentedStream.MOVEMENT.value,
}


@dataclass(slots=True)
class _Stretch:
    """One gap, or several that touch, on the server's clocks as they were when it came."""

    strap: str
    stream: str
    reason: str
    from_wall_ns: int
    to_wall_ns: int
    to_monotonic_ns: int  # ages it, whatever the wall clock does later

    def continues(self, before: "_Stretch") -> bool:
        same = (self.strap, self.stream, self.reason)
        return (
            same == (before.strap, before.stream, before.reason)
            and abs(self.from_wall_ns - before.to_wall_ns) <= TOUCHING_NS
        )


class DeclaredGaps:
    """Keeps the newest of each gateway."""

    def __init__(self) -> None:
        self._stretches: dict[str, deque[_Stretch]] = {}

    def add(
        self,
        gaps: Iterable[ArchivedGap],
        contacts: Mapping[str, GatewayContact],
        now: ServerNow,
    ) -> None:
        """Take in a page's gaps, in the order of their commits."""
        for one in gaps:
            new = _place(one.gap, contacts.get(one.gateway), now)
            kept = self._stretches.setdefault(one.gateway, deque(maxlen=MAX_KEPT_OF_ONE))
            before = next((stretch for stretch in reversed(kept) if new.continues(stretch)), None)
            if before is None:
                kept.append(new)
            else:
                before.to_wall_ns, before.to_monotonic_ns = new.to_wall_ns, new.to_monotonic_ns

    def show(self, tiles: Iterable[Tile], now: ServerNow) -> list[GapRow]:
        """Up to MAX_SHOWN of the straps that have a tile, the one that ended last first."""
        shown = {tile.strap: tile for tile in tiles}
        since_ns = now.monotonic_ns - round(SHOWN_FOR_S * NS_PER_S)
        recent = [
            stretch
            for stretches in self._stretches.values()
            for stretch in stretches
            if stretch.strap in shown and stretch.to_monotonic_ns >= since_ns
        ]
        recent.sort(key=lambda one: (-one.to_monotonic_ns, one.strap, one.stream))
        return [_show(shown[stretch.strap], stretch) for stretch in recent[:MAX_SHOWN]]


def _place(gap: GapDeclaration, contact: GatewayContact | None, now: ServerNow) -> _Stretch:
    """By the monotonic clocks where the gap has such stamps of the boot that goes on."""
    end = ReceivedAt(BootId(gap.boot_id or ""), gap.to_monotonic_ns or 0, gap.to_ns)
    age_ns = compute_age_ns(end, contact, now)
    to_wall_ns = now.wall_ns - age_ns
    return _Stretch(
        strap=gap.strap,
        stream=_STREAMS.get(gap.characteristic, "other"),
        reason=gap.reason,
        from_wall_ns=to_wall_ns - _compute_length_ns(gap),
        to_wall_ns=to_wall_ns,
        to_monotonic_ns=now.monotonic_ns - age_ns,
    )


def _compute_length_ns(gap: GapDeclaration) -> int:
    """By the monotonic clock where it has both stamps; wall stamps may be in the wrong order."""
    if gap.from_monotonic_ns is not None and gap.to_monotonic_ns is not None:
        return max(0, gap.to_monotonic_ns - gap.from_monotonic_ns)
    return max(0, gap.to_ns - gap.from_ns)


def _show(tile: Tile, stretch: _Stretch) -> GapRow:
    return GapRow(
        strap=tile.strap,
        label=tile.label,
        stream=stretch.stream,
        reason=stretch.reason,
        from_utc=format_utc(stretch.from_wall_ns),
        to_utc=format_utc(stretch.to_wall_ns),
    )
