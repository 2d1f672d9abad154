"""A recorder that is two lists."""

from dataclasses import dataclass, field

from protocol.identifiers import StrapId
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt


@dataclass
class Kept:
    """A Recorder that is two lists."""

    rows: list[tuple[StrapId, str, ReceivedAt, bytes]] = field(default_factory=list)
    gaps: list[tuple[StrapId, GapReason, ReceivedAt, ReceivedAt, str | None]] = field(
        default_factory=list
    )

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        self.rows.append((strap, characteristic, received, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        self.gaps.append((strap, reason, since, until, characteristic))

    async def sync(self) -> None:
        pass

    def payloads(self, characteristic: str) -> list[bytes]:
        return [row[3] for row in self.rows if row[1] == characteristic]

    def links(self) -> list[LinkEvent]:
        return [decode_link_event(payload) for payload in self.payloads(LINK_CHARACTERISTIC)]

    def phases(self) -> list[str]:
        return [event.phase for event in self.links()]
